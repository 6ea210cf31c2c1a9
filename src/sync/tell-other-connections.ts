import type { ChunkPlan } from './plan-chunk.ts';
import type { SyncParts } from './sync-parts.ts';

/**
 * An opt-out at one provider reaches the others through the CRM (R15). Where the CRM's field cannot carry it, they are told to look
 * themselves. Called before what was planned is stored as settled: a crash in between repeats it (F5).
 *
 * @param plans of people for whom everything that was planned has been carried out
 */
export async function tellOtherConnections(
  { store, clock }: Pick<SyncParts, 'store' | 'clock'>,
  plans: ChunkPlan['plans'],
): Promise<void> {
  const untold = plans.filter(({ isLeavingUntold }) => isLeavingUntold).map(({ email }) => email);
  if (untold.length === 0) return;
  // By itself: two connections that tell each other must not wait for each other's addresses.
  await store.transact((tables) => tables.due.markElsewhere(untold, clock.now()));
}
