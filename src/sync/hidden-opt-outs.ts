import type { AddressMove } from '../core/address-move.ts';
import type { EmailAddress } from '../core/email-address.ts';
import type { SyncParts } from './sync-parts.ts';

/** Addresses whose members had left before they got them, with the time where the provider tells it. */
export type HiddenOptOuts = ReadonlyMap<EmailAddress, { at: string }>;

/**
 * Where a change of address lifts an opt-out, whoever left and got another address between two readings looks as if nothing had
 * been (R7). His history still tells: he left after he was last read, not as somebody who had left, and nobody has learned it.
 */
export async function hiddenOptOuts(
  { provider, connection, store }: Pick<SyncParts, 'provider' | 'connection' | 'store'>,
  moves: readonly AddressMove[],
): Promise<HiddenOptOuts> {
  if (moves.length === 0 || !provider.capabilities.addressChangeLiftsOptOut) return new Map();
  const { members, consent } = store.tables;
  const from = moves.map((move) => move.from);
  const changedAt = await members.notLeftAmong(from);
  const records = await consent.newestOfProvider(from);
  const found = await Promise.all(
    moves.map(async (move) => {
      const since = changedAt.get(move.from);
      if (since === undefined) return [];
      const history = await provider.readLeaveHistory(connection.audienceId, move.to);
      if (history.state !== 'left' || history.at <= since) return [];
      const { optInAt = '', optOutAt = '' } = records.get(move.from) ?? {};
      return history.at > optInAt && history.at > optOutAt ? [[move.to, { at: history.at }] as const] : [];
    }),
  );
  return new Map(found.flat());
}
