import type { ObservedContact } from '../db/contact-readings.ts';
import type { Tables } from '../db/store.ts';
import type { SyncParts } from './sync-parts.ts';

/**
 * Stores contacts as read. Which of two changes of one contact came first nobody can tell who reads both at once: a No that is
 * found together with another address is booked for the address before, too, as is every No whose contact goes away (R1, R8).
 *
 * @param tables of the transaction in which it is stored
 * @param seenBy the run that has read them, or `poll`
 * @param readFrom `learnedSoFar` before the reading began; left out where it is not known
 */
export async function storeContacts(
  tables: Tables,
  { connection, clock }: Pick<SyncParts, 'connection' | 'clock'>,
  seenBy: string,
  observed: readonly ObservedContact[],
  readFrom = 0,
): Promise<void> {
  const read = await tables.contacts.observe(seenBy, observed, { at: clock.now(), from: readFrom });
  // A No of our own at another connection is no agent's: it is as old as the opt-out that it carries on.
  const ours = await tables.consent.setToNoElsewhere(read.setToNo);
  if (ours.size > 0) await tables.contacts.unsetNo(ours);
  const left = read.left.filter(({ contactId }) => !ours.has(contactId));
  await tables.consent.append(
    left.map(({ contactId, emailKey, order }) => ({
      connectionId: connection.id,
      contactId,
      email: emailKey,
      learnedOrder: order,
      effect: 'opt-out',
      from: 'yes',
      to: 'no',
      source: 'crm-user',
      verdict: 'allowed',
      happenedAt: undefined,
      evidence: { rule: 'address-changed' },
      wrote: '',
    })),
    clock.now(),
  );
}
