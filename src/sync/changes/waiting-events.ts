import type { StoredEvent } from '../../db/provider-events.ts';
import type { SyncParts } from '../sync-parts.ts';

/** Stored webhooks among which the next ones are looked for. */
const EVENTS_LOOKED_AT = 1_000;
/** Of those that stand behind them, so many that may tell of an opt-out. */
const LOOKED_AHEAD = 100;

/**
 * The webhooks that wait, oldest first. A campaign's happenings or our own writes come back by the thousand: what may tell of an
 * opt-out is looked for behind them as well (R12).
 */
export async function waitingEvents({ store, provider, clock }: SyncParts): Promise<StoredEvent[]> {
  const { events } = store.tables;
  const now = clock.now();
  const oldest = await events.waiting(now, EVENTS_LOOKED_AT);
  const last = oldest.at(-1);
  if (!last || oldest.length < EVENTS_LOOKED_AT) return oldest;
  return [...oldest, ...(await events.waitingWith(provider.capabilities.optOutWords, now, last.id, LOOKED_AHEAD))];
}
