/** A newsletter tag of the CRM: the key is bound (R11), the label is what people see and what the provider carries. */
export type CrmTag = { key: string; label: string };

/** The tag that every managed member carries; it is never taken over into the CRM (M10). */
export const MARKER_TAG = 'onoffice';

/** The form in which two tag names are the same tag (R11: by name, ignoring case). */
export function foldTag(name: string): string {
  return name.normalize('NFC').trim().toLowerCase();
}
