import type { Operation } from '../../core/operation.ts';
import type { DueAddress } from '../../db/due-addresses.ts';

/** How long what came by event waits, so that a burst is seen whole (R12), in ms. */
const BURST_MS = 120_000;

/** Longest wait for webhooks whose members are still being read, in ms. */
const MOST_MS = 30 * 60_000;

/** Time between two looks at what waits for that, in ms. */
const LOOK_AGAIN_MS = 15_000;

/**
 * Until when an address has to wait (R12): it became due by an event less than two minutes ago, or webhooks that came no later
 * than that are not applied yet, and its operations are of a kind that the brake weighs. Opt-outs never wait.
 *
 * @param unreadSince when the oldest webhook came that is not applied yet, in ms; undefined: all are
 * @returns instant in ms; undefined: it does not wait
 */
export function burstEnd(
  mark: Pick<DueAddress, 'cause' | 'noticedAt' | 'isApproved'>,
  operations: readonly Operation[],
  now: number,
  unreadSince: number | undefined,
): number | undefined {
  if (mark.cause !== 'provider-event' || mark.isApproved) return undefined;
  if (!operations.some((operation) => burstKind(operation) !== undefined)) return undefined;
  const noticedAt = Date.parse(mark.noticedAt);
  if (now < noticedAt + BURST_MS) return noticedAt + BURST_MS;
  const isBeingRead = unreadSince !== undefined && unreadSince <= noticedAt + BURST_MS;
  return isBeingRead && now < noticedAt + MOST_MS ? now + LOOK_AGAIN_MS : undefined;
}

/** Kinds of which a burst is seen whole, as the brake counts them. */
export type BurstKind = 'create-contact' | 'remove-member' | 'setToNone';

/** As what the brake counts an operation of which a burst is seen whole; undefined: it is none. */
export function burstKind(operation: Operation): BurstKind | undefined {
  if (operation.kind === 'create-contact' || operation.kind === 'remove-member') return operation.kind;
  return operation.kind === 'write-consent' && operation.to === 'none' ? 'setToNone' : undefined;
}
