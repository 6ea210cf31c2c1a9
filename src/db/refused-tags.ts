import { sql } from 'kysely';
import type { Queryable } from './database.ts';
import { storable } from './json-rows.ts';
import type { ConnectionScope } from './scope.ts';

/** Tags of the provider that the CRM refused to create (R11): an administrator has to make them. */
export function refusedTags(db: Queryable, scope: ConnectionScope) {
  const { tenantId, connectionId } = scope;
  return {
    async save(name: string, folded: string): Promise<void> {
      await sql`insert into refused_tags (tenant_id, connection_id, name, folded)
        values (${tenantId}, ${connectionId}, ${storable(name)}, ${storable(folded)}) on conflict do nothing`.execute(
        db,
      );
    },
    async all(): Promise<{ name: string; folded: string }[]> {
      const { rows } = await sql<{ name: string; folded: string }>`
        select name, folded from refused_tags where connection_id = ${connectionId} order by folded`.execute(db);
      return rows;
    },
    async forget(folded: string): Promise<void> {
      await sql`delete from refused_tags where connection_id = ${connectionId} and folded = ${folded}`.execute(db);
    },
  };
}
