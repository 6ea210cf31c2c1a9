import type { Clock } from '../../core/clock.ts';
import type { Connection } from '../../core/connection.ts';
import { UserError } from '../../core/errors.ts';
import type { Store } from '../../db/store.ts';

/**
 * Starts a full sync; the caller wakes the lane.
 *
 * @param run.id new and unique
 * @param run.asksFirst show the preview even where nobody would be asked
 * @throws UserError 409 `connection.not_ready`, `connection.paused`, `run.already_running`
 */
export async function startRun(
  parts: { connection: Connection; store: Store; clock: Clock },
  run: { id: string; asksFirst: boolean },
): Promise<void> {
  const { connection, store, clock } = parts;
  if ((connection.state !== 'ready' && connection.state !== 'active') || connection.audienceId === null) {
    throw new UserError({ code: 'connection.not_ready', status: 409 });
  }
  if (connection.pausedAt !== null) throw new UserError({ code: 'connection.paused', status: 409 });
  await store.transact(async (tables) => {
    // One that was connected anew starts with the preview as well (U7).
    const isFirst = connection.state === 'ready' || !(await tables.runs.anySucceeded());
    const now = clock.now();
    if (!(await tables.runs.start({ ...run, isFirst, now }))) {
      throw new UserError({ code: 'run.already_running', status: 409 });
    }
    await tables.journal.write('journal.run_started', {}, now);
  });
}
