import { type EndParts, endConnection, removeHook } from './end-connection.ts';
import type { AudienceEnd } from './plan-disconnect.ts';
import { planDisconnect } from './plan-disconnect.ts';

/**
 * Ends a connection (U7). Taking people out is long work: it is begun here and done by the main lane, which the caller wakes.
 *
 * @param runId new and unique
 * @returns what has become of it
 * @throws UserError see `planDisconnect`
 */
export async function disconnect(
  parts: EndParts,
  end: AudienceEnd,
  runId: string,
): Promise<'removed' | 'disconnected' | 'leaving'> {
  const { connection, store, clock } = parts;
  switch (planDisconnect(connection, await store.tables.runs.anySucceeded(), end)) {
    case 'remove':
      await removeHook(parts);
      await store.transact((tables) => tables.connection.remove());
      return 'removed';
    case 'disconnect':
      await endConnection(parts);
      return 'disconnected';
    case 'leave': {
      const total = await store.tables.put.count();
      await store.transact(async (tables) => {
        const now = clock.now();
        await tables.ending.beginLeaving(now);
        await tables.runs.startLeave({ id: runId, total, now });
        await tables.journal.write('journal.leaving', { count: total }, now);
      });
      return 'leaving';
    }
  }
}
