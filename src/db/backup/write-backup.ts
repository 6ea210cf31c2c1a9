import { sql } from 'kysely';
import type { Database, Queryable } from '../database.ts';
import type { Migration } from '../migrate.ts';
import { type BackupAbout, createChecksum, headerOf, LEFT_OUT } from './backup-format.ts';
import { ownObjects } from './own-objects.ts';
import { openSnapshot } from './snapshot.ts';
import { type Reference, tablesInOrder } from './tables-in-order.ts';

/** Blocks of a table that are read at once: some hundred rows. */
const BLOCKS_AT_ONCE = 8;

/**
 * Everything that is stored, as it is at one instant, in pieces of whole lines. The form is that of `BackupHeader`.
 *
 * @param migrations the program's; tables that none of them makes are others'
 */
export async function* writeBackup(
  database: Database,
  migrations: readonly Migration[],
  about: BackupAbout,
): AsyncGenerator<string> {
  const checksum = createChecksum();
  const summed = (lines: string) => {
    checksum.add(lines);
    return `${lines}\n`;
  };
  const own = ownObjects(migrations).tables.filter((table) => !LEFT_OUT.has(table));
  const tables = tablesInOrder(own, await referencesOf(database.db));
  const { db, schema, close } = await openSnapshot(database, tables);
  try {
    let count = 0;
    yield summed(JSON.stringify(headerOf(about, await migrationsOf(db))));
    for (const table of tables) {
      yield summed(JSON.stringify({ table }));
      for await (const { lines, rows } of pagesOf(db, schema, table)) {
        count += rows;
        yield summed(lines);
      }
    }
    // Sequences are of no snapshot: whatever they say now is behind every row that was read.
    yield summed(JSON.stringify({ sequences: await sequencesOf(db) }));
    yield `${JSON.stringify({ end: { rows: count, sha256: checksum.sum() } })}\n`;
  } finally {
    await close();
  }
}

/** A table's rows as lines of JSON, by the blocks in which they lie: no key is needed, and each block is read once. */
async function* pagesOf(db: Queryable, schema: string, table: string): AsyncGenerator<{ lines: string; rows: number }> {
  const place = sql.id(schema, table);
  const { rows } = await sql<{ blocks: number }>`
    select (pg_relation_size(format('%I.%I', ${schema}::text, ${table}::text)::regclass)
      / current_setting('block_size')::bigint)::int as blocks`.execute(db);
  const blocks = rows[0]?.blocks ?? 0;
  for (let block = 0; block < blocks; block += BLOCKS_AT_ONCE) {
    const page = await sql<{ lines: string | null; rows: number }>`
      select string_agg(to_jsonb(t)::text, chr(10)) as lines, count(*)::int as rows from ${place} as t
      where ctid >= ${tupleId(block)}::tid and ctid < ${tupleId(block + BLOCKS_AT_ONCE)}::tid`.execute(db);
    const [read] = page.rows;
    if (read?.lines) yield { lines: read.lines, rows: read.rows };
  }
}

function tupleId(block: number): string {
  return `(${block},0)`;
}

async function referencesOf(db: Queryable): Promise<readonly Reference[]> {
  const { rows } = await sql<Reference>`
    select child.relname::text as "from", parent.relname::text as "to" from pg_constraint
      join pg_class as child on child.oid = conrelid join pg_class as parent on parent.oid = confrelid
    where contype = 'f' and connamespace = current_schema()::text::regnamespace`.execute(db);
  return rows;
}

async function migrationsOf(db: Queryable): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`select name from schema_migrations order by name`.execute(db);
  return rows.map(({ name }) => name);
}

async function sequencesOf(db: Queryable): Promise<Record<string, number>> {
  const { rows } = await sql<{ name: string; value: number }>`
    select sequencename::text as name, last_value as value from pg_sequences
    where schemaname = current_schema()::text and last_value is not null order by 1`.execute(db);
  return Object.fromEntries(rows.map(({ name, value }) => [name, value]));
}
