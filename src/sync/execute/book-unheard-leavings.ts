import type { EmailAddress } from '../../core/email-address.ts';
import type { Member } from '../../core/member.ts';
import type { PersonCase } from '../../core/person-case.ts';
import type { Tables } from '../../db/store.ts';
import type { GateRow } from '../consent-gate/gate-rows.ts';
import { ownLeavingEntry } from '../leaving-entry.ts';
import type { SyncParts } from '../sync-parts.ts';
import { takeDeparted } from '../take-departed.ts';

/**
 * Books for the contacts of members that were to be taken out what was found right before: they had left, and nobody had heard of
 * it (R1, R4). Such a contact may be at another address by now, which is looked at next: an opt-out of either wins (R7). What we
 * unsubscribed ourselves says nothing.
 *
 * @param tables of the transaction in which the members are stored: whom they belong to is not known afterwards (F5)
 * @param people as they were stored before that
 * @param members as just read, by address
 */
export async function bookUnheardLeavings(
  tables: Tables,
  { connection, clock }: Pick<SyncParts, 'connection' | 'clock'>,
  rows: readonly (GateRow<'remove-member'> | GateRow<'unsubscribe-member'>)[],
  people: readonly PersonCase[],
  members: ReadonlyMap<EmailAddress, Member>,
): Promise<void> {
  const leavers = new Map(people.map((person) => [person.email, person.leavers.map(({ contactId }) => contactId)]));
  const left: { email: EmailAddress; contactId: string; at: string }[] = [];
  for (const {
    operation: { email, contactId },
  } of rows) {
    const member = members.get(email);
    if (member?.status !== 'unsubscribed' || (await tables.consent.lastLeavingIsOurs(email))) continue;
    const departed = await takeDeparted(tables, [{ email, at: member.changedAt }]);
    const concerned = new Set([
      ...(contactId === undefined ? [] : [contactId]),
      ...(leavers.get(email) ?? []),
      ...departed.map((contact) => contact.contactId),
    ]);
    left.push(...[...concerned].map((id) => ({ email, contactId: id, at: member.changedAt })));
  }
  if (left.length === 0) return;
  await tables.consent.append(
    left.map((leaving) => ownLeavingEntry(connection.id, leaving)),
    clock.now(),
  );
  const addresses = await tables.contacts.addresses(left.map(({ contactId }) => contactId));
  await tables.due.mark(
    addresses.map((emailKey) => ({ emailKey, cause: 'again', isUrgent: true })),
    clock.now(),
  );
}
