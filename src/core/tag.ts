/** A newsletter tag of the CRM: the key is bound (R11), the label is what people see and what the provider carries. */
export type CrmTag = { key: string; label: string };

/** A tag of the provider: the id is bound (R11). Empty id: the answer that told of the tag did not name it. */
export type ProviderTag = { id: string; name: string };

/** The tag that every managed member carries; it is never taken over into the CRM (M10). */
export const MARKER_TAG = 'onoffice';

/** The form in which two tag names are the same tag (R11: by name, ignoring case). */
export function foldTag(name: string): string {
  // Some letters have a code of their own only as small ones: normal form once more, or one name had two forms.
  return name.normalize('NFC').trim().toLowerCase().normalize('NFC');
}

/** A tag's name as the provider would keep it, cut after so many characters. */
export function cutTagName(name: string, maxLength: number): string {
  return Array.from(name.normalize('NFC').trim()).slice(0, maxLength).join('').trimEnd();
}
