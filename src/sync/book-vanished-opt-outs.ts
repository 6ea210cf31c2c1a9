import type { EmailAddress } from '../core/email-address.ts';
import type { PersonCase } from '../core/person-case.ts';
import { newestOptOut } from '../core/person-consent.ts';
import type { Tables } from '../db/store.ts';
import { leavingEntry } from './leaving-entry.ts';
import type { SyncParts } from './sync-parts.ts';

/**
 * Whoever left and is in no contact, or in one that was made since, was never booked: there was nothing to write for it. Before the
 * stored member stops telling of it, because he is shown as subscribed again or as archived, has another address, or is gone, it is
 * booked, so that whoever raises the address next has to be the person himself (R1), at each connection of the tenant (R15). An
 * opt-in that an event has told is on record by then; one that a reading shows is learned after this.
 *
 * @param tables of the transaction in which the members are stored otherwise or removed
 * @param emails of those members
 */
export async function bookVanishedOptOuts(
  tables: Tables,
  { connection, clock }: Pick<SyncParts, 'connection' | 'clock'>,
  emails: readonly EmailAddress[],
): Promise<void> {
  const left = await tables.members.leftAmong(emails);
  if (left.size === 0) return;
  const people = await tables.people.load([...left.keys()]);
  await tables.consent.append(
    people.filter(isUnbooked).map(({ email, contacts }) =>
      leavingEntry(connection.id, {
        email,
        contactId: contacts[0]?.id,
        at: left.get(email) ?? '',
        from: '',
        source: 'provider',
        evidence: { found: 'unsubscribed' },
      }),
    ),
    clock.now(),
  );
}

/** A contact whose field was read as not Yes may have answered it since (R1 b). */
function isUnbooked(person: PersonCase): boolean {
  const { contacts, ledger, isOutOverFlags } = person;
  const isNew = contacts.every(({ history }) => history.lastNotYes === 0);
  return isNew && newestOptOut(person) === 0 && !ledger.optIn && !isOutOverFlags;
}
