import type { Clock } from '../core/clock.ts';
import type { Database } from '../db/database.ts';
import { installation } from '../db/installation.ts';

/** How often a process says that it is alive, in ms. */
const BEAT_MS = 60_000;

/**
 * Says every minute, and when it stops, that the installation is alive: first to the database, then to the data folder, so
 * that a database that is older than its folder shows (F9).
 *
 * @param tellFolder is handed the instant in ms
 * @param onError told of errors, after which it goes on
 */
export function startHeartbeat(
  database: Database,
  clock: Clock,
  tellFolder: (now: number) => void,
  onError: (error: unknown) => void,
): { stop(): Promise<void> } {
  const beat = async () => {
    const now = clock.now();
    await installation(database.db).beat(now);
    tellFolder(now);
  };
  let beating: Promise<void> = beat().catch(onError);
  const timer = setInterval(() => {
    beating = beating.then(beat).catch(onError);
  }, BEAT_MS);
  return {
    async stop() {
      clearInterval(timer);
      await beating;
      await beat().catch(onError);
    },
  };
}
