import { UserError } from '../../core/errors.ts';
import type { LetterLanguage } from '../../core/salutation.ts';
import type { Tables } from '../../db/store.ts';
import { type ConsentChange, consentChange } from './consent-change.ts';

/** How the whole record of the tenant stood when the sheet was made. */
export type RecordCheck = {
  count: number;
  head: string;
  brokenAt: number | null;
  how: 'altered' | 'missing' | 'cut' | 'replaced' | null;
};

/** What can be shown about one contact's consent: every change of it, with its place in the chain (R14). */
export type ProofView = {
  issuedAt: string;
  contact: { contactId: string; name: string; email: string };
  /** oldest first */
  changes: (ConsentChange & { previousHash: string })[];
  check: RecordCheck;
};

/** More than this no sheet shows; nobody's consent changes so often. */
const MOST_CHANGES = 10_000;

/**
 * Puts together the proof sheet of one contact.
 *
 * @throws UserError 404 `contact.not_found`
 */
export async function proofView(
  tables: Tables,
  contactId: string,
  check: RecordCheck,
  language: LetterLanguage,
  now: number,
): Promise<ProofView> {
  const contact = await tables.contacts.asRead(contactId);
  if (!contact) throw new UserError({ code: 'contact.not_found', status: 404 });
  const address = await tables.contacts.addressOf(contactId);
  const records = await tables.consent.ofPerson(
    { emails: address ? [address] : [], contactIds: [contactId] },
    MOST_CHANGES,
  );
  const { firstName, lastName } = contact.fields;
  return {
    issuedAt: new Date(now).toISOString(),
    contact: { contactId, name: [firstName, lastName].filter(Boolean).join(' '), email: contact.email },
    changes: records
      .toReversed()
      .map((record) => ({ ...consentChange(record, language), previousHash: record.previousHash })),
    check,
  };
}
