import type { EmailAddress } from '../../core/email-address.ts';
import type { Member } from '../../core/member.ts';
import type { ProviderEvent } from '../../core/provider-event.ts';
import type { SyncParts } from '../sync-parts.ts';
import { isOfOneReading } from './is-of-one-reading.ts';

/** Between the time of an event and that of the leaving it tells of, in ms: whole seconds of one provider's clock. */
const SAME_TIME_MS = 2_000;

/**
 * Some events do not say whether somebody left or was archived; the reading tells. Where we raised him in that very moment he is read
 * as subscribed, and his history tells that he had left (R4). One call for each of those few.
 *
 * @param named each event with the address under which its member is looked at
 * @param subscribed members that are read as subscribed, by address
 * @returns keys of the events that tell of an opt-out
 */
export async function unsaidLeavings(
  { provider, connection }: Pick<SyncParts, 'provider' | 'connection'>,
  named: readonly { email: EmailAddress; event: Pick<ProviderEvent, 'key' | 'kind' | 'happenedAt'> }[],
  subscribed: ReadonlyMap<EmailAddress, Member>,
): Promise<ReadonlySet<string>> {
  const doubtful = named.filter(({ email, event }) => event.kind === 'removed' && subscribed.has(email));
  const keys = await Promise.all(
    doubtful.map(async ({ email, event }) => ((await hadLeft(email, event.happenedAt)) ? [event.key] : [])),
  );
  return new Set(keys.flat());

  async function hadLeft(email: EmailAddress, happenedAt: string): Promise<boolean> {
    try {
      const history = await provider.readLeaveHistory(connection.audienceId, email);
      if (history.state !== 'left') return history.state === 'unreadable';
      return Date.parse(history.at) >= Date.parse(happenedAt) - SAME_TIME_MS;
    } catch (error) {
      // What nobody can tell is an opt-out (R1).
      if (isOfOneReading(error)) return true;
      throw error;
    }
  }
}
