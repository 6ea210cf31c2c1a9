import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Database, openPglite } from '../../src/db/database.ts';
import { tidyUp } from '../../src/db/maintenance.ts';

let database: Database;
beforeAll(async () => {
  database = await openPglite(undefined);
  await sql`create table pages (number int, words text)`.execute(database.db);
});
afterAll(() => database.close());

/** Writes about 20 MB and removes them again. */
async function writeMuch(): Promise<void> {
  await sql`insert into pages select number, repeat('x', 200) from generate_series(1, 60_000) as number`.execute(
    database.db,
  );
  await sql`delete from pages`.execute(database.db);
}

async function bytesOf(what: 'log' | 'table'): Promise<number> {
  const { rows } = await (what === 'log'
    ? sql<{ bytes: number }>`select sum(size)::float8 as bytes from pg_ls_waldir()`
    : sql<{ bytes: number }>`select pg_table_size('pages')::float8 as bytes`
  ).execute(database.db);
  return rows[0]?.bytes ?? 0;
}

test('section 9: what the embedded database has written and removed takes no room for ever', async () => {
  const rounds: { log: number; table: number }[] = [];
  for (let round = 0; round < 5; round += 1) {
    await writeMuch();
    await tidyUp(database.db);
    rounds.push({ log: await bytesOf('log'), table: await bytesOf('table') });
  }
  expect(rounds.at(-1)?.table).toBeLessThanOrEqual(rounds[0]?.table ?? 0);
  expect(rounds.at(-1)?.log).toBeLessThanOrEqual(2 * (rounds[0]?.log ?? 0));
});
