import { isDeepStrictEqual } from 'node:util';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Database, openPglite } from '../../src/db/database.ts';

let database: Database;
beforeAll(async () => {
  database = await openPglite(undefined);
  await database.runScript(
    'create table things (id int primary key, name text, flag boolean, count bigint, data jsonb, at timestamptz, list text[])',
  );
});
afterAll(() => database.close());

const one = async (statement: ReturnType<typeof sql>) => (await statement.execute(database.db)).rows[0];

test('values come back as what they went in, also from a statement that ran before', async () => {
  const at = new Date('2026-03-01T08:00:00.000Z');
  for (const [id, name, flag, count, data, list] of [
    [1, 'Müller "O’Neil" \\ 🏠', true, 2 ** 53 - 1, { a: [1, null, 'é'] }, ['a', 'b,"c"']],
    [2, null, null, null, null, null],
    [3, '', false, 0, [], []],
  ] as const) {
    const json = data === null ? null : JSON.stringify(data);
    const values = sql`${id}, ${name}, ${flag}, ${count}, ${json}::jsonb, ${at}, ${list}::text[]`;
    const { numAffectedRows } = await sql`insert into things values (${values})`.execute(database.db);
    expect(numAffectedRows).toBe(1n);
    expect(await one(sql`select * from things where id = ${id}`)).toEqual({ id, name, flag, count, data, at, list });
  }
  expect((await sql`update things set name = ${'x'} where id > ${1}`.execute(database.db)).numAffectedRows).toBe(2n);
  expect((await sql`select 1 where false`.execute(database.db)).rows).toEqual([]);
});

test('a table with other columns is seen with its new ones, whether a script or a transaction changed it', async () => {
  await database.runScript('create table changing (a int); insert into changing values (1)');
  const all = () => one(sql`select * from changing`);
  expect(await all()).toEqual({ a: 1 });
  await database.runScript('alter table changing add column b int default 2');
  expect(await all()).toEqual({ a: 1, b: 2 });
  await database.transact((trx) => sql`alter table changing add column c text default 'three'`.execute(trx));
  expect(await all()).toEqual({ a: 1, b: 2, c: 'three' });
  expect(await all()).toEqual({ a: 1, b: 2, c: 'three' });
});

test('a refused statement says PostgreSQL’s code, tells nothing of its values, and leaves the session usable', async () => {
  const insert = () => sql`insert into things (id, name) values (${1}, ${'anna@immo-test.de'})`.execute(database.db);
  for (let time = 0; time < 2; time += 1) {
    const error = await insert().catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: '23505' });
    expect(JSON.stringify(error), 'no personal data').not.toContain('anna@');
    expect(await one(sql`select count(*) as count from things where id = 1`)).toEqual({ count: 1 });
  }
  await expect(sql`select nonsense`.execute(database.db)).rejects.toMatchObject({ code: '42703' });
  await expect(
    database.transact(async (trx) => {
      await sql`insert into things (id) values (${9})`.execute(trx);
      await sql`select ${'x'}::int`.execute(trx);
    }),
  ).rejects.toMatchObject({ code: '22P02' });
  expect(await one(sql`select count(*) as count from things where id = 9`)).toEqual({ count: 0 });
});

test('values longer than any message before come back whole', async () => {
  const long = 'Grüße 🏠 '.repeat(30_000);
  const rows = sql`select ${long}::text as long, number from generate_series(1, ${3}::int) as number`;
  expect((await rows.execute(database.db)).rows).toEqual([1, 2, 3].map((number) => ({ long, number })));
});

/** Within a transaction the database's time stands still. */
async function isTransactionOpen(): Promise<boolean> {
  const now = () => one(sql`select now()::text as now`);
  const began = await now();
  for (let asked = 0; asked < 1_000; asked += 1) if (!isDeepStrictEqual(await now(), began)) return false;
  return true;
}

test('a transaction whose first statement is refused, or that has none, leaves nothing open', async () => {
  const insert = (id: number) => database.transact((trx) => sql`insert into things (id) values (${id})`.execute(trx));
  await insert(20);
  for (let time = 0; time < 2; time += 1) await expect(insert(20)).rejects.toMatchObject({ code: '23505' });
  await expect(database.transact((trx) => sql`select nothing`.execute(trx))).rejects.toMatchObject({ code: '42703' });
  await database.transact(async () => {});
  await insert(21);
  await expect(
    database.transact(async (trx) => {
      await sql`select nothing`.execute(trx).catch(() => {});
      await sql`insert into things (id) values (${22})`.execute(trx);
    }),
    'as on PostgreSQL, what was refused ends the transaction',
  ).rejects.toMatchObject({ code: '25P02' });
  expect(await isTransactionOpen(), 'no transaction is open').toBe(false);
  expect((await sql`select id from things where id >= 20`.execute(database.db)).rows).toEqual([{ id: 20 }, { id: 21 }]);
});

test('a program with endless different texts does not fill the session', async () => {
  for (let index = 0; index < 600; index += 1) await sql.raw(`select ${index}`).execute(database.db);
  expect(await one(sql`select count(*) < 600 as "isBounded" from pg_prepared_statements`)).toEqual({ isBounded: true });
});
