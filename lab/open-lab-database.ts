import { sql } from 'kysely';
import { ownObjects } from '../src/db/backup/own-objects.ts';
import { type Database, openPglite } from '../src/db/database.ts';
import { vacuum } from '../src/db/maintenance.ts';
import { migrate } from '../src/db/migrate.ts';
import { MIGRATIONS } from '../test/support/backends.ts';

/** A database for one history after the other. */
export type LabDatabase = {
  database: Database;
  /** empties it for the next history */
  reset(): Promise<void>;
  close(): Promise<void>;
};

/** Histories after which dead rows are cleared away; nothing else does it on PGlite. */
const VACUUM_AFTER = 40;

/** Plans are made once, and nobody asks what the database did. */
const SETTINGS = [
  'plan_cache_mode = force_generic_plan',
  'jit = off',
  'synchronous_commit = off',
  'track_activities = off',
  'track_counts = off',
];

/** Opens the embedded database in memory, with every table and no rows. */
export async function openLabDatabase(): Promise<LabDatabase> {
  const database = await openPglite(undefined);
  await database.runScript(SETTINGS.map((setting) => `set ${setting}`).join(';'));
  await migrate(database, MIGRATIONS);
  const { tables } = ownObjects(MIGRATIONS);
  const { rows } = await sql<{ name: string }>`
    select quote_ident(sequencename) as name from pg_sequences where schemaname = current_schema()`.execute(
    database.db,
  );
  // Nothing of it is ever read again after a crash of ours: without a log it is faster.
  for (const table of tables.toReversed()) await sql`alter table ${sql.id(table)} set unlogged`.execute(database.db);
  // Not as a script: after one every statement is prepared anew.
  const clear = [
    sql`set session_replication_role = replica`,
    ...tables.map((table) => sql`delete from ${sql.id(table)}`),
    sql`set session_replication_role = origin`,
    ...rows.map(({ name }) => sql`alter sequence ${sql.raw(name)} restart`),
  ];
  let histories = 0;
  return {
    database,
    async reset() {
      for (const statement of clear) await statement.execute(database.db);
      histories += 1;
      if (histories % VACUUM_AFTER === 0) await vacuum(database.db);
    },
    close: () => database.close(),
  };
}
