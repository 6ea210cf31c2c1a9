import { sql } from 'kysely';
import { ownObjects } from '../src/db/backup/own-objects.ts';
import { type Database, openPglite } from '../src/db/database.ts';
import { tidyUp } from '../src/db/maintenance.ts';
import { migrate } from '../src/db/migrate.ts';
import { MIGRATIONS } from '../test/support/backends.ts';

/** A database for one history after the other. */
export type LabDatabase = {
  database: Database;
  /** empties it for the next history */
  reset(): Promise<void>;
  close(): Promise<void>;
};

/** Histories after which the database is tidied up; nothing else does it. */
const TIDY_AFTER = 40;

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
  // Nothing that makes the database prepare or plan its statements anew: no script, no switch of replication, no altered sequence.
  // Consent records leave with their tenant only.
  const clear = [
    sql`select set_config('newsletter_connector.deleted_tenant', id, true) from tenants`,
    ...tables.toReversed().map((table) => sql`delete from ${sql.id(table)}`),
    ...rows.map(({ name }) => sql`select setval(${name}::regclass, 1, false)`),
  ];
  let histories = 0;
  return {
    database,
    async reset() {
      await database.transact(async (trx) => {
        for (const statement of clear) await statement.execute(trx);
      });
      histories += 1;
      if (histories % TIDY_AFTER === 0) await tidyUp(database.db);
    },
    close: () => database.close(),
  };
}
