import pg from 'pg';
import { expect, test } from 'vitest';
import { freshPostgresUrl } from '../support/databases.ts';

async function ask(url: string, statement: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(statement)).rows;
  } finally {
    await client.end();
  }
}

test('each test database is empty, speaks UTF-8 and knows nothing of the others', async () => {
  const one = await freshPostgresUrl();
  const other = await freshPostgresUrl();
  await ask(one.url, 'create table only_here (id int)');
  const tables = "select tablename from pg_tables where schemaname = 'public'";
  expect(await ask(one.url, tables)).toEqual([{ tablename: 'only_here' }]);
  expect(await ask(other.url, tables)).toEqual([]);
  expect(await ask(other.url, "select lower('ÄÖÜ') as lowered")).toEqual([{ lowered: 'äöü' }]);
  await one.drop();
  await other.drop();
  await expect(ask(one.url, 'select 1')).rejects.toThrow('does not exist');
});
