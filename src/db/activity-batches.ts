import { sql } from 'kysely';
import type { Queryable } from './database.ts';
import type { ConnectionScope } from './scope.ts';

/** Entries that were sent to the CRM and whose answer is not stored. `happenedAt`: ISO 8601 in UTC. */
export type ActivityBatch = { id: number; happenedAt: string; reference: string };

/** Calls that write activities, from right before they are made until their answer is stored (F5). */
export function activityBatches(db: Queryable, scope: ConnectionScope) {
  const { tenantId, connectionId } = scope;
  return {
    /** @param checkAt when to ask the CRM, if no answer is stored by then. @returns its number */
    async open(batch: Omit<ActivityBatch, 'id'>, checkAt: number): Promise<number> {
      const { rows } = await sql<{ id: number }>`
        insert into activity_batches (tenant_id, connection_id, happened_at, reference, check_at)
        values (${tenantId}, ${connectionId}, ${batch.happenedAt}, ${batch.reference}, ${new Date(checkAt).toISOString()})
        returning id`.execute(db);
      if (!rows[0]) throw new Error('an insert returns its row');
      return rows[0].id;
    },

    /** Those that are to be looked for, oldest first. */
    async toCheck(now: number, limit: number): Promise<ActivityBatch[]> {
      const { rows } = await sql<ActivityBatch>`
        select id, to_char(happened_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "happenedAt", reference
        from activity_batches where connection_id = ${connectionId} and check_at <= ${new Date(now).toISOString()}
        order by id limit ${limit}`.execute(db);
      return rows;
    },

    async checkAt(batchId: number, at: number): Promise<void> {
      await sql`update activity_batches set check_at = ${new Date(at).toISOString()}
        where connection_id = ${connectionId} and id = ${batchId}`.execute(db);
    },

    async close(batchId: number): Promise<void> {
      await sql`delete from activity_batches where connection_id = ${connectionId} and id = ${batchId}`.execute(db);
    },
  };
}
