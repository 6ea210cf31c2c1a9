import type { EmailAddress } from '../core/email-address.ts';
import type { Member } from '../core/member.ts';
import type { Tables } from '../db/store.ts';
import type { SyncParts } from './sync-parts.ts';

/** Addresses of members that had come back and left again, with the time of the leaving. */
export type UnseenLeavings = ReadonlyMap<EmailAddress, { at: string }>;

/**
 * Whom we took out over flags that differ has not left (R8). If he signs up and leaves between two readings he is as we put him, but
 * for the time of the change: his history tells it. Asked for those few alone, one call each.
 *
 * @param observed members as read, not yet stored
 */
export async function unseenLeavings(
  { provider, connection, store }: Pick<SyncParts, 'provider' | 'connection' | 'store'>,
  observed: readonly Member[],
): Promise<UnseenLeavings> {
  const out = observed.filter(({ status }) => status === 'unsubscribed');
  const changedAt = await store.tables.members.leftAmong(out.map(({ email }) => email));
  const touched = out.filter((member) => member.changedAt > (changedAt.get(member.email) ?? member.changedAt));
  if (touched.length === 0) return new Map();
  const people = await store.tables.people.load(touched.map(({ email }) => email));
  const found = await Promise.all(
    people
      .filter(({ isOutOverFlags }) => isOutOverFlags)
      .map(async ({ email }) => {
        const history = await provider.readLeaveHistory(connection.audienceId, email);
        const isHis = history.state === 'left' && history.by !== 'administrator';
        return isHis && history.at > (changedAt.get(email) ?? '') ? [[email, { at: history.at }] as const] : [];
      }),
  );
  return new Map(found.flat());
}

/**
 * Books them as opt-outs (R1).
 *
 * @param tables of the transaction in which the members are stored
 */
export async function bookUnseenLeavings(
  tables: Tables,
  { connection, clock }: Pick<SyncParts, 'connection' | 'clock'>,
  leavings: UnseenLeavings,
): Promise<void> {
  await tables.consent.append(
    [...leavings].map(([email, { at }]) => ({
      connectionId: connection.id,
      contactId: undefined,
      email,
      effect: 'opt-out',
      learnedOrder: undefined,
      from: 'subscribed',
      to: 'unsubscribed',
      source: 'person',
      verdict: 'allowed',
      happenedAt: at,
      evidence: { history: 'person' },
      wrote: '',
    })),
    clock.now(),
  );
}
