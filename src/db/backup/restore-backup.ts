import { sql } from 'kysely';
import type { Database, Queryable } from '../database.ts';
import { jsonRows } from '../json-rows.ts';
import { type Migration, migrationStatement, SCHEMA_MIGRATIONS } from '../migrate.ts';
import type { BackupHeader } from './backup-format.ts';
import { ownObjects } from './own-objects.ts';

/** One piece of a backup after its header, as `readBackup` hands it out: rows are still text. */
export type BackupPart =
  | { kind: 'rows'; table: string; rows: readonly string[] }
  | { kind: 'sequences'; values: Readonly<Record<string, number>> };

/** Why a database cannot take a backup. `not-empty`: something is stored in it. `newer`: of a newer version of the program. */
export type RestoreObstacle = { kind: 'not-empty' } | { kind: 'newer'; migration: string };

/** Looks for what stands in the way of a restore, before anything is touched. */
export async function restoreObstacle(
  database: Database,
  migrations: readonly Migration[],
  header: BackupHeader,
  options: { replace: boolean },
): Promise<RestoreObstacle | undefined> {
  const known = new Set(migrations.map(({ name }) => name));
  const unknown = [...header.migrations, ...(await appliedTo(database.db))].find((name) => !known.has(name));
  if (unknown !== undefined) return { kind: 'newer', migration: unknown };
  if (!options.replace && (await holdsData(database.db))) return { kind: 'not-empty' };
  return undefined;
}

/**
 * Puts a backup in place of whatever of ours the database holds, in one transaction: it is there as a whole or not at all.
 * The tables are made by the migrations that the backup names. The next start finds the mark that a restore leaves, and
 * every connection goes back with it (F9).
 *
 * @param now instant in ms
 */
export async function restoreBackup(
  database: Database,
  migrations: readonly Migration[],
  backup: { header: BackupHeader; parts: AsyncIterable<BackupPart> },
  now: number,
): Promise<void> {
  const ofBackup = new Set(backup.header.migrations);
  await database.transact(async (trx) => {
    await dropOwn(trx, migrations);
    await sql.raw(SCHEMA_MIGRATIONS).execute(trx);
    for (const migration of migrations) {
      if (ofBackup.has(migration.name)) await sql.raw(migrationStatement(migration)).execute(trx);
    }
    for await (const part of backup.parts) {
      if (part.kind === 'rows') await insertRows(trx, part.table, part.rows);
      else await setSequences(trx, part.values);
    }
    const at = new Date(now).toISOString();
    await sql`
      insert into installation (installation_id, place, last_alive_at, restored_at)
      values (${backup.header.installationId}, '', ${at}, ${at})
      on conflict (is_only) do update set place = '', restored_at = excluded.restored_at`.execute(trx);
  });
}

async function dropOwn(trx: Queryable, migrations: readonly Migration[]): Promise<void> {
  const { tables, sequences, functions } = ownObjects(migrations);
  for (const name of [...tables, 'schema_migrations']) {
    await sql`drop table if exists ${sql.id(name)} cascade`.execute(trx);
  }
  for (const name of sequences) await sql`drop sequence if exists ${sql.id(name)} cascade`.execute(trx);
  for (const name of functions) await sql`drop function if exists ${sql.id(name)} cascade`.execute(trx);
}

async function insertRows(trx: Queryable, table: string, rows: readonly string[]): Promise<void> {
  const columns = await sql<{ name: string }>`
    select column_name::text as name from information_schema.columns
    where table_schema = current_schema()::text and table_name = ${table} and is_generated = 'NEVER'`.execute(trx);
  const names = sql.join(columns.rows.map(({ name }) => sql.id(name)));
  // The text goes through as it is: numbers and instants are the database's own and must not pass through ours.
  await sql`
    insert into ${sql.table(table)} (${names}) overriding system value
    select ${names} from json_populate_recordset(null::${sql.table(table)}, ${`[${rows.join(',')}]`}::json)`.execute(
    trx,
  );
}

async function setSequences(trx: Queryable, values: Readonly<Record<string, number>>): Promise<void> {
  const rows = Object.entries(values).map(([name, value]) => ({ name, value }));
  await sql`
    select setval(format('%I', name)::regclass, value)
    from json_to_recordset(${jsonRows(rows)}) as sequence (name text, value bigint)`.execute(trx);
}

async function appliedTo(db: Queryable): Promise<string[]> {
  if (!(await hasTable(db, 'schema_migrations'))) return [];
  const { rows } = await sql<{ name: string }>`select name from schema_migrations`.execute(db);
  return rows.map(({ name }) => name);
}

/** Whether somebody has begun to work with it: what a mere start leaves behind is not worth asking. */
async function holdsData(db: Queryable): Promise<boolean> {
  for (const table of ['tenants', 'operators']) {
    if (!(await hasTable(db, table))) continue;
    const { rows } = await sql`select from ${sql.table(table)} limit 1`.execute(db);
    if (rows.length > 0) return true;
  }
  return false;
}

async function hasTable(db: Queryable, name: string): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    select exists (select from pg_class where relname = ${name} and relkind = 'r'
      and relnamespace = current_schema()::text::regnamespace) as found`.execute(db);
  return rows[0]?.found ?? false;
}
