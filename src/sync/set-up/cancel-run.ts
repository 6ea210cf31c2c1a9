import type { Clock } from '../../core/clock.ts';
import type { Store } from '../../db/store.ts';

/** Ends a run where it is; what was carried out stays. A run that has ended stays as it is. */
export async function cancelRun(parts: { store: Store; clock: Clock }, runId: string): Promise<void> {
  const { store, clock } = parts;
  await store.transact(async (tables) => {
    const now = clock.now();
    if (await tables.runs.finish(runId, 'cancelled', now)) await tables.journal.write('journal.run_cancelled', {}, now);
  });
}
