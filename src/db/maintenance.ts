import { sql } from 'kysely';
import type { Queryable } from './database.ts';
import type { ConnectionScope } from './scope.ts';

/** Below this many contacts and members no plan of the database is slow, in rows. */
const FEW_ROWS = 100;

/** Fresh statistics for the planner of the database: PGlite makes none by itself. Not after the work of a small connection. */
export async function analyze(db: Queryable, { connectionId }: ConnectionScope): Promise<void> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from (
      select from contacts where connection_id = ${connectionId}
      union all select from members where connection_id = ${connectionId} limit ${FEW_ROWS}) as counted`.execute(db);
  if ((rows[0]?.count ?? 0) < FEW_ROWS) return;
  for (const table of ['contacts', 'members', 'contact_links', 'plan_rows', 'consent_records']) {
    await sql`analyze ${sql.table(table)}`.execute(db);
  }
}

/**
 * What PGlite does not do by itself: frees dead rows, and the part of its log whose changes are in its tables by now. Outside a
 * transaction only.
 */
export async function tidyUp(db: Queryable): Promise<void> {
  await sql`vacuum (analyze)`.execute(db);
  await sql`checkpoint`.execute(db);
}
