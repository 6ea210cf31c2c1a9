import type { Contact } from '../core/contact.ts';
import { parseEmailAddress } from '../core/email-address.ts';
import { type LetterLanguage, letterSalutation } from '../core/salutation.ts';
import type { ObservedContact } from '../db/contact-readings.ts';

/** Prepares contacts for storing: the comparable address and the whole letter salutation (M6). */
export function observeContacts(contacts: readonly Contact[], language: LetterLanguage): ObservedContact[] {
  return contacts.map((contact) => ({
    contact: {
      ...contact,
      fields: { ...contact.fields, letterSalutation: letterSalutation(contact.fields, language) },
    },
    emailKey: parseEmailAddress(contact.email),
  }));
}
