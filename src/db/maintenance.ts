import { sql } from 'kysely';
import type { Queryable } from './database.ts';

/** Fresh statistics for the planner of the database: PGlite makes none by itself. */
export async function analyze(db: Queryable): Promise<void> {
  for (const table of ['contacts', 'members', 'contact_links', 'plan_rows', 'consent_records']) {
    await sql`analyze ${sql.table(table)}`.execute(db);
  }
}

/** Frees dead rows; PGlite has no autovacuum. Outside a transaction only. */
export async function vacuum(db: Queryable): Promise<void> {
  await sql`vacuum (analyze)`.execute(db);
}
