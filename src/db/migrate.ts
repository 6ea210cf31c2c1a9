import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { Database } from './database.ts';

// Any constant will do; it keeps two starting processes from migrating at once.
const MIGRATION_LOCK = 7_205_191;

/** One forward migration: plain SQL without `begin`. */
export type Migration = { name: string; script: string };

/** The table that says which migrations were applied. */
export const SCHEMA_MIGRATIONS =
  'create table if not exists schema_migrations (name text primary key, applied_at timestamptz not null default now());';

/** Reads the migrations of a folder in the order of their names. */
export function readMigrations(folder: string): Migration[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name) => ({ name, script: readFileSync(join(folder, name), 'utf8') }));
}

/**
 * Applies what is missing, each migration with its record in one transaction, safe under concurrent starts: everybody waits
 * for the same advisory lock and looks again.
 *
 * @throws Error when the database knows a migration that this program does not (an older program on a newer database)
 */
export async function migrate(database: Database, migrations: readonly Migration[]): Promise<void> {
  await database.runScript(`
    select pg_advisory_xact_lock(${MIGRATION_LOCK});
    ${SCHEMA_MIGRATIONS}`);
  const applied = await sql<{ name: string }>`select name from schema_migrations`.execute(database.db);
  const known = new Set(migrations.map((migration) => migration.name));
  const foreign = applied.rows.find((row) => !known.has(row.name));
  if (foreign) {
    throw new Error(
      `The database has migration ${foreign.name} of a newer version: start that version or restore a backup`,
    );
  }
  for (const migration of migrations) {
    if (applied.rows.some((row) => row.name === migration.name)) continue;
    await database.runScript(`select pg_advisory_xact_lock(${MIGRATION_LOCK});${migrationStatement(migration)}`);
  }
}

/**
 * A migration with its record as one statement that does nothing where it was applied already. A `do` block runs the script,
 * so that the check and the changes are one transaction on both backends.
 */
export function migrationStatement({ name, script }: Migration): string {
  const quotedName = `'${name.replaceAll("'", "''")}'`;
  return `
    do $migration$
    begin
      if not exists (select from schema_migrations where name = ${quotedName}) then
        execute $script$${script}$script$;
        insert into schema_migrations (name) values (${quotedName});
      end if;
    end
    $migration$;`;
}
