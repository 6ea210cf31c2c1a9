import { type BaseState, consentAgreed } from '../../core/base-state.ts';
import type { Clock } from '../../core/clock.ts';
import type { EmailAddress } from '../../core/email-address.ts';
import { UserError } from '../../core/errors.ts';
import type { PersonCase, SeenContact } from '../../core/person-case.ts';
import type { Store, Tables } from '../../db/store.ts';
import { bookOptIn, type EnteredOptIn, unbookedLeave } from '../consent-gate/book-opt-in.ts';

/** So much may the clock of who enters it be ahead of ours, in ms. */
const CLOCK_TOLERANCE_MS = 60_000;

/**
 * Enters an opt-in by hand (R1 c): a booked opt-out and a remembered refusal (R6) are answered by it. Nothing is written
 * outside here; the address is made due.
 *
 * @param options.setsField the CRM's Newsletter field is to be set to Yes
 * @throws UserError 404 `contact.not_found`, 400 `opt_in.…` naming the field; then nothing is changed
 */
export async function enterOptIn(
  { store, clock }: { store: Store; clock: Clock },
  contactId: string,
  typed: EnteredOptIn,
  options: { setsField: boolean },
): Promise<void> {
  const entered = { ...typed, person: typed.person.trim(), how: typed.how.trim() };
  if (entered.person === '') throw new UserError({ code: 'opt_in.person_missing', field: 'person' });
  if (entered.how === '') throw new UserError({ code: 'opt_in.evidence_missing', field: 'evidence' });
  const now = clock.now();
  const givenAt = Date.parse(entered.givenAt);
  if (givenAt > now + CLOCK_TOLERANCE_MS) throw new UserError({ code: 'opt_in.in_future', field: 'givenAt' });
  await store.transact(async (tables) => {
    const { person, contact } = await findContact(tables, contactId);
    const optOutAt = await newestOptOutAt(tables, person);
    // A tie is an opt-out (R1).
    if (optOutAt !== undefined && givenAt <= Date.parse(optOutAt)) {
      throw new UserError({ code: 'opt_in.before_opt_out', field: 'givenAt', params: { optOutAt } });
    }
    const { connectionId } = store.scope;
    const at = new Date(Math.min(givenAt, now)).toISOString();
    await bookOptIn(tables, { connectionId, person, contact }, { ...entered, givenAt: at }, now);
    if (options.setsField) await askYes(tables, person, contact);
    await tables.due.mark([{ emailKey: person.email, cause: 'opt-in' }], now);
  });
}

async function findContact(tables: Tables, contactId: string): Promise<{ person: PersonCase; contact: SeenContact }> {
  const email = await tables.contacts.addressOf(contactId);
  if (email === undefined) throw new UserError({ code: 'contact.not_found', status: 404 });
  if (email === '') throw new UserError({ code: 'opt_in.no_address' });
  const [person] = await tables.people.load([email as EmailAddress]);
  const contact = person?.contacts.find(({ id }) => id === contactId);
  if (!person || !contact) throw new Error('a contact is one of those who have its address');
  return { person, contact };
}

/** The newest opt-out of the person as far as an instant is known: booked, or found at the provider and not booked yet. */
async function newestOptOutAt(tables: Tables, person: PersonCase): Promise<string | undefined> {
  const booked = await tables.consent.newestOptOutAt({
    emails: [person.email],
    contactIds: person.contacts.map(({ id }) => id),
  });
  const found = unbookedLeave(person)?.atLatest;
  const instants = [booked, found].filter((at) => at !== undefined && at !== '');
  return instants.sort((a, b) => Date.parse(b ?? '') - Date.parse(a ?? ''))[0];
}

/** Stores the wish, and what both sides say now as the base from which it is a change (`SeenContact.asksYes`). */
async function askYes(tables: Tables, person: PersonCase, contact: SeenContact): Promise<void> {
  if (contact.consent === 'yes') return;
  const status = person.member?.status ?? 'absent';
  const { fields, tags } = contact.base ?? { fields: contact.fields, tags: [] };
  const base: BaseState = { ...consentAgreed(contact.consent, status, contact.base), status, fields, tags };
  const link = { contactId: contact.id, emailKey: person.email, base };
  await tables.contacts.askYes([contact.id], status);
  await tables.links.save([link]);
  await tables.links.endOthers([person.email], [link]);
}
