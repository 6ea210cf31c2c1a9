import type { Clock } from '../../core/clock.ts';
import type { Connection } from '../../core/connection.ts';
import { UserError } from '../../core/errors.ts';
import type { Store } from '../../db/store.ts';

/**
 * Pauses the background work of a connection (U7). Both sides are still read, and opt-outs go on both ways (R12); all else
 * waits where it is.
 *
 * @throws UserError 409 `connection.not_ready` before the first full sync was started
 */
export async function pauseConnection(parts: { connection: Connection; store: Store; clock: Clock }): Promise<void> {
  const { connection, store, clock } = parts;
  if (connection.state !== 'active' && connection.state !== 'attention') {
    throw new UserError({ code: 'connection.not_ready', status: 409 });
  }
  if (connection.pausedAt !== null) return;
  await store.transact(async (tables) => {
    await tables.connection.setPaused(clock.now());
    await tables.journal.write('journal.paused', {}, clock.now());
  });
}

/** Lets a paused connection go on with what has waited; the caller wakes the lane. */
export async function unpauseConnection(parts: { connection: Connection; store: Store; clock: Clock }): Promise<void> {
  const { connection, store, clock } = parts;
  if (connection.pausedAt === null) return;
  await store.transact(async (tables) => {
    await tables.connection.setPaused(undefined);
    await tables.journal.write('journal.unpaused', {}, clock.now());
  });
}
