import type { Clock } from '../core/clock.ts';
import type { Database } from '../db/database.ts';
import { tidyUp } from '../db/maintenance.ts';
import { lanesWithWork } from '../db/sync-runs.ts';
import { laneName } from './lane-name.ts';
import type { LaneQueue } from './lane-queue.ts';

/** Wakes lanes whose time has come: after a start, after a wait for a vendor, and whatever was forgotten. */
export type Tick = { run(): Promise<void>; stop(): Promise<void> };

const TICK_MS = 1_000;
const TIDY_MS = 3_600_000;

/** Starts the tick. @param onError told of errors, after which it goes on */
export function startTick(
  database: Database,
  queue: Pick<LaneQueue, 'wake'>,
  clock: Clock,
  onError: (error: unknown) => void,
): Tick {
  let tidiedAt = clock.now();
  let running: Promise<void> = Promise.resolve();
  const run = async () => {
    for (const lane of await lanesWithWork(database.db, clock.now())) await queue.wake(laneName(lane));
    if (database.backend === 'pglite' && clock.now() - tidiedAt >= TIDY_MS) {
      tidiedAt = clock.now();
      await tidyUp(database.db);
    }
  };
  let isRunning = false;
  const timer = setInterval(() => {
    if (isRunning) return;
    isRunning = true;
    running = run()
      .catch(onError)
      .finally(() => {
        isRunning = false;
      });
  }, TICK_MS);
  return {
    run,
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}
