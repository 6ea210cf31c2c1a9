import type { EmailAddress } from '../core/email-address.ts';
import type { Member } from '../core/member.ts';
import type { Tables } from '../db/store.ts';
import { ownLeavingEntry } from './leaving-entry.ts';
import type { SyncParts } from './sync-parts.ts';

/** Addresses of members whom we took out, and who had left all the same, with the time of the leaving. */
export type UnseenLeavings = ReadonlyMap<EmailAddress, { at: string }>;

/**
 * Whom we took out over flags that differ has not left (R8). If he signs up and leaves between two readings, or leaves in the moment in
 * which we take him out, he is as we put him, but for the time of the change: his history tells it. Asked for those few alone, one call
 * each.
 *
 * @param observed members as read or as a write answered them, not yet stored
 */
export async function unseenLeavings(
  { provider, connection, store }: Pick<SyncParts, 'provider' | 'connection' | 'store'>,
  observed: readonly Member[],
): Promise<UnseenLeavings> {
  const { members, people, openPlans } = store.tables;
  const out = observed.filter(({ status }) => status === 'unsubscribed');
  const emails = out.map(({ email }) => email);
  const wereIn = await members.subscribedSince(emails);
  const ours = await openPlans.unsubscribing([...wereIn.keys()]);
  const changedAt = new Map([
    ...(await members.leftAmong(emails)),
    ...[...wereIn].filter(([email]) => ours.has(email)),
  ]);
  const touched = out.filter((member) => member.changedAt > (changedAt.get(member.email) ?? member.changedAt));
  const overFlags = await people.outOverFlags(touched.map(({ email }) => email));
  const found = await Promise.all(
    [...overFlags].map(async (email) => {
      const history = await provider.readLeaveHistory(connection.audienceId, email);
      const isHis = history.state === 'left' && history.by !== 'administrator';
      return isHis && history.at > (changedAt.get(email) ?? '') ? [[email, { at: history.at }] as const] : [];
    }),
  );
  return new Map(found.flat());
}

/**
 * Books them as opt-outs (R1), but for those of whom it is on record by now: an event may have told.
 *
 * @param tables of the transaction in which the members are stored
 */
export async function bookUnseenLeavings(
  tables: Tables,
  { connection, clock }: Pick<SyncParts, 'connection' | 'clock'>,
  leavings: UnseenLeavings,
): Promise<void> {
  const unsaid = await tables.people.outOverFlags([...leavings.keys()]);
  await tables.consent.append(
    [...leavings]
      .filter(([email]) => unsaid.has(email))
      .map(([email, { at }]) => ownLeavingEntry(connection.id, { email, contactId: undefined, at })),
    clock.now(),
  );
}
