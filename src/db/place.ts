import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { Database } from './database.ts';

/**
 * Where a database lies, in the words of `isElsewhere`: a copy of it lies elsewhere, a restart does not move it.
 *
 * @param folder data folder of the embedded database
 * @returns '' where it cannot be told
 */
export async function placeOf(database: Database, folder: string): Promise<string> {
  return database.backend === 'pglite' ? placeOfFile(join(folder, 'pglite', 'PG_VERSION')) : placeOfDatabase(database);
}

/** Written once, when the folder is made, and never again. */
async function placeOfFile(path: string): Promise<string> {
  const found = await stat(path, { bigint: true }).catch(() => undefined);
  return found ? `file ${found.ino} ${found.birthtimeNs}` : '';
}

async function placeOfDatabase({ db }: Database): Promise<string> {
  const { rows } = await sql<{ oid: string }>`
    select oid::text as oid from pg_database where datname = current_database()`.execute(db);
  // Some hosts keep this function for themselves.
  const cluster = await sql<{ id: string }>`select system_identifier::text as id from pg_control_system()`
    .execute(db)
    .catch(() => undefined);
  return `database ${cluster?.rows[0]?.id ?? '-'} ${rows[0]?.oid ?? '-'}`;
}
