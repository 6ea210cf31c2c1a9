import { sql } from 'kysely';
import type { Database, Queryable } from '../database.ts';

/** Where the embedded database keeps the copies that a backup reads. */
const COPIES = 'backup_copies';

/** All tables as they were at one instant: what to ask, and the schema in which they lie. */
export type Snapshot = { db: Queryable; schema: string; close(): Promise<void> };

/**
 * Holds all tables still for a reader, however long he takes, while everybody else goes on. PostgreSQL has that by itself.
 * The embedded database has one session, which an open transaction would keep from the webhooks (F1): there the tables are
 * copied at once, inside the database, and the copies are read.
 *
 * @param tables names of the tables that are read
 */
export async function openSnapshot(database: Database, tables: readonly string[]): Promise<Snapshot> {
  if (database.backend === 'postgres') {
    const transaction = database.db.startTransaction().setIsolationLevel('repeatable read').setAccessMode('read only');
    const trx = await transaction.execute();
    const { rows } = await sql<{ name: string }>`select current_schema()::text as name`.execute(trx);
    return { db: trx, schema: rows[0]?.name ?? 'public', close: () => trx.rollback().execute() };
  }
  const { db } = database;
  const drop = async () => void (await sql`drop schema if exists ${sql.id(COPIES)} cascade`.execute(db));
  await drop();
  await database.transact(async (trx) => {
    await sql`create schema ${sql.id(COPIES)}`.execute(trx);
    for (const table of tables) {
      await sql`create unlogged table ${sql.id(COPIES, table)} as table ${sql.table(table)}`.execute(trx);
    }
  });
  return { db, schema: COPIES, close: drop };
}
