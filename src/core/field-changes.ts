import type { PersonField, PersonFields } from './contact.ts';
import { cutText } from './cut-text.ts';

/**
 * Decides which of a member's fields have to be written: onOffice leads (M9), an empty CRM field empties the provider's only
 * if it was seen to become empty, and a text longer than the provider keeps is compared as the provider would cut it.
 *
 * @param wanted the contact's fields
 * @param held the member's fields
 * @param base the fields when both sides last agreed; undefined at a first meeting
 * @param mapped fields that have a place at the provider
 * @returns undefined when nothing has to be written
 */
export function fieldChanges(
  wanted: PersonFields,
  held: PersonFields,
  base: PersonFields | undefined,
  mapped: readonly PersonField[],
  maxBytes: number,
): { before: Partial<PersonFields>; after: Partial<PersonFields> } | undefined {
  const before: Partial<PersonFields> = {};
  const after: Partial<PersonFields> = {};
  for (const field of mapped) {
    const value = cutText(wanted[field], maxBytes);
    if (value === held[field]) continue;
    if (value === '' && !base?.[field]) continue;
    before[field] = held[field];
    after[field] = value;
  }
  return Object.keys(after).length > 0 ? { before, after } : undefined;
}
