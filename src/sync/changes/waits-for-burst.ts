import type { Operation } from '../../core/operation.ts';
import type { DueAddress } from '../../db/due-addresses.ts';

/** How long what came by event waits, so that a burst is seen whole (R12), in ms. */
export const BURST_MS = 120_000;

/**
 * Whether an address still has to wait (R12): it became due by an event less than two minutes ago, and its operations are of
 * a kind that the brake weighs. Opt-outs never wait.
 */
export function waitsForBurst(
  mark: Pick<DueAddress, 'cause' | 'noticedAt' | 'isApproved'>,
  operations: readonly Operation[],
  now: number,
): boolean {
  return (
    mark.cause === 'provider-event' &&
    !mark.isApproved &&
    now < Date.parse(mark.noticedAt) + BURST_MS &&
    operations.some(isWeighed)
  );
}

function isWeighed(operation: Operation): boolean {
  return (
    operation.kind === 'create-contact' ||
    operation.kind === 'remove-member' ||
    (operation.kind === 'write-consent' && operation.to === 'none')
  );
}
