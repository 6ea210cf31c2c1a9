import type { Operation } from './operation.ts';

/** How long what came by event waits, so that a burst is seen whole (R12), in ms. */
const BURST_MS = 120_000;

/** Longest wait for webhooks whose members are still being read, in ms. */
const MOST_MS = 30 * 60_000;

/** Time between two looks at what waits for that, in ms. */
const LOOK_AGAIN_MS = 15_000;

/** Kinds of which a burst is seen whole, as the brake counts them. */
export type BurstKind = 'create-contact' | 'remove-member' | 'setToNone';

/** How many operations wait, by kind. */
export type BurstCounts = Partial<Record<BurstKind, number>>;

/** What became due, and when that was noticed (ISO 8601). */
export type Noticed = { isByEvent: boolean; isApproved: boolean; noticedAt: string };

/** How many of the operations are of kinds of which a burst is seen whole; opt-outs are none. Pure. */
export function burstCounts(operations: readonly Operation[]): BurstCounts {
  const counts: BurstCounts = {};
  for (const kind of operations.map(burstKind)) if (kind) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

/**
 * Until when an address has to wait (R12): it became due by an event less than two minutes ago, or webhooks that came no later
 * than that are not applied yet, and its operations are of a kind that the brake weighs. Pure.
 *
 * @param unreadSince when the oldest webhook came that is not applied yet, in ms; undefined: all are
 * @returns instant in ms; undefined: it does not wait
 */
export function burstEnd(
  noticed: Noticed,
  operations: readonly Operation[],
  now: number,
  unreadSince: number | undefined,
): number | undefined {
  if (!noticed.isByEvent || noticed.isApproved || !operations.some(burstKind)) return undefined;
  const noticedAt = Date.parse(noticed.noticedAt);
  if (now < noticedAt + BURST_MS) return noticedAt + BURST_MS;
  const isBeingRead = unreadSince !== undefined && unreadSince <= noticedAt + BURST_MS;
  return isBeingRead && now < noticedAt + MOST_MS ? now + LOOK_AGAIN_MS : undefined;
}

function burstKind(operation: Operation): BurstKind | undefined {
  if (operation.kind === 'create-contact' || operation.kind === 'remove-member') return operation.kind;
  return operation.kind === 'write-consent' && operation.to === 'none' ? 'setToNone' : undefined;
}
