import type { EmailAddress } from '../../core/email-address.ts';
import type { Member } from '../../core/member.ts';
import type { PersonCase } from '../../core/person-case.ts';
import type { DueMark } from '../../db/due-addresses.ts';
import type { GateRow } from '../consent-gate/gate-rows.ts';
import type { SyncParts } from '../sync-parts.ts';

/**
 * Books for the contacts of members that were to be taken out what was found right before: they had left, and nobody had heard of
 * it (R1, R4). Such a contact may be at another address by now, which is looked at next: an opt-out of either wins (R7). What we
 * unsubscribed ourselves says nothing.
 *
 * @param people as they were stored before that
 * @param members as just read, by address
 */
export async function bookUnheardLeavings(
  { store, gate, clock }: SyncParts,
  rows: readonly (GateRow<'remove-member'> | GateRow<'unsubscribe-member'>)[],
  people: readonly PersonCase[],
  members: ReadonlyMap<EmailAddress, Member>,
): Promise<void> {
  const left = rows.filter(({ operation }) => members.get(operation.email)?.status === 'unsubscribed');
  if (left.length === 0) return;
  const leavers = new Map(people.map((person) => [person.email, person.leavers.map(({ contactId }) => contactId)]));
  const marks: DueMark[] = [];
  for (const { operation } of left) {
    const { email, contactId } = operation;
    if (await store.tables.consent.lastLeavingIsOurs(email)) continue;
    const at = members.get(email)?.changedAt ?? '';
    for (const id of new Set([...(contactId === undefined ? [] : [contactId]), ...(leavers.get(email) ?? [])])) {
      await gate.bookOptOut({ email, contactId: id, history: { state: 'left', at, by: 'person' } });
      const [emailKey] = await store.tables.contacts.addresses([id]);
      if (emailKey) marks.push({ emailKey, cause: 'again', isUrgent: true });
    }
  }
  await store.transact((tables) => tables.due.mark(marks, clock.now()));
}
