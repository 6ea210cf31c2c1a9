import type { SyncParts } from '../sync-parts.ts';

const DAY_MS = 86_400_000;
/** Nights are compared between 0:00 and 3:00 UTC, each connection at its own time, in ms after midnight. */
const NIGHT_MS = 3 * 3_600_000;

/**
 * The next time for a connection's nightly comparison: after `now`, at a time of night that its id alone decides, so that many
 * connections do not all begin at once.
 */
export function nextNight(connectionId: string, now: number): number {
  const share = [...connectionId].reduce((sum, sign) => (sum * 31 + (sign.codePointAt(0) ?? 0)) % 9973, 7) / 9973;
  const tonight = Math.floor(now / DAY_MS) * DAY_MS + Math.floor(share * NIGHT_MS);
  return tonight > now ? tonight : tonight + DAY_MS;
}

/**
 * Starts the nightly comparison of everything (F2, F4): deleted members and lost contacts appear in no change feed. It asks
 * nobody; what the brake stops is held.
 */
export async function startNightlySync({
  store,
  clock,
  connection,
  newId,
}: Pick<SyncParts, 'store' | 'clock' | 'connection'> & { newId: () => string }): Promise<void> {
  const now = clock.now();
  await store.transact(async (tables) => {
    await tables.cursors.planNext('nightly', nextNight(connection.id, now));
    // One that a person started, or that waits for him, is enough.
    const isStarted = await tables.runs.start({
      id: newId(),
      isFirst: false,
      asksFirst: false,
      startedBy: 'nightly',
      now,
    });
    if (isStarted) await tables.journal.write('journal.nightly_started', {}, now);
  });
}
