import { sql } from 'kysely';
import type { Queryable } from './database.ts';
import { jsonb } from './json-rows.ts';
import type { ConnectionScope } from './scope.ts';

/**
 * What becomes of a connection that ends (U7). Must run inside a transaction: workers that hold a lane lose it.
 */
export function disconnecting(trx: Queryable, { connectionId }: ConnectionScope) {
  /** What is under way ends; what waits for a person is not asked any more, what he did not want stays so. */
  const endWork = async (now: number) => {
    const at = new Date(now).toISOString();
    await sql`
      update sync_runs set state = 'cancelled', error = ${jsonb({ code: 'journal.disconnected', params: {} })}, question = null,
        waiting_for = null, not_before = null, finished_at = ${at}
      where finished_at is null and kind <> 'urgent' and connection_id = ${connectionId}`.execute(trx);
    // A full sync begins anew when it is connected again, and nothing is polled before that.
    await sql`delete from sync_cursors where connection_id = ${connectionId}`.execute(trx);
    await sql`delete from held_changes where connection_id = ${connectionId} and state <> 'dropped'`.execute(trx);
  };
  return {
    /** From now on nothing is done but taking people out, and what lowers consent. */
    async beginLeaving(now: number): Promise<void> {
      await endWork(now);
      await sql`update connections set state = 'leaving', state_before_attention = null, paused_at = null,
          fence = fence + 1 where id = ${connectionId}`.execute(trx);
    },

    /** Keys are forgotten and no webhook is taken any more; what was learned stays. */
    async disconnect(now: number): Promise<void> {
      await endWork(now);
      await sql`delete from due_addresses where connection_id = ${connectionId}`.execute(trx);
      await sql`delete from secrets where connection_id = ${connectionId}`.execute(trx);
      await sql`delete from health where connection_id = ${connectionId}`.execute(trx);
      await sql`
        update connections set state = 'disconnected', state_before_attention = null, twin = null, paused_at = null,
          hook_secret_hash = 'none ' || id, hook_marks = '[]', accepted_hooks = '[]', tags_aligned_at = null,
          fence = fence + 1, urgent_fence = urgent_fence + 1
        where id = ${connectionId}`.execute(trx);
    },
  };
}
