import { sql } from 'kysely';
import type { Queryable } from './database.ts';
import { textArray } from './json-rows.ts';
import type { ConnectionScope } from './scope.ts';

/** Happenings at the provider that were applied: an event that comes twice does no harm (F1). */
export function eventKeys(db: Queryable, scope: ConnectionScope) {
  const { tenantId, connectionId } = scope;
  return {
    /** Those of the keys that were applied before. */
    async known(keys: readonly string[]): Promise<ReadonlySet<string>> {
      if (keys.length === 0) return new Set();
      const { rows } = await sql<{ key: string }>`
        select key from event_keys where connection_id = ${connectionId} and key = any(${textArray(keys)})`.execute(db);
      return new Set(rows.map((row) => row.key));
    },

    async add(keys: readonly string[], now: number): Promise<void> {
      if (keys.length === 0) return;
      await sql`insert into event_keys (tenant_id, connection_id, key, applied_at)
        select distinct ${tenantId}, ${connectionId}, key, ${new Date(now).toISOString()}::timestamptz
        from unnest(${textArray(keys)}) as key
        on conflict do nothing`.execute(db);
    },

    /** Vendors repeat an event for hours; after this long nobody does. */
    async forgetBefore(instant: number): Promise<void> {
      await sql`delete from event_keys
        where connection_id = ${connectionId} and applied_at < ${new Date(instant).toISOString()}`.execute(db);
    },
  };
}
