import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Database, openPostgres } from '../../src/db/database.ts';
import { BACKENDS, type OpenDatabase, openEmpty } from '../support/backends.ts';

/** What ran while a promise was open, in turns of the event loop. */
async function turnsDuring(work: () => Promise<void>): Promise<number> {
  let turns = 0;
  let goesOn = true;
  const turn = () => {
    turns += 1;
    if (goesOn) setImmediate(turn);
  };
  setImmediate(turn);
  await work();
  goesOn = false;
  return turns;
}

describe.each(BACKENDS)('transactions on %s', (backend) => {
  let opened: OpenDatabase;
  let database: Database;
  beforeAll(async () => {
    opened = await openEmpty(backend);
    database = opened.database;
    await database.runScript('create table numbers (number int primary key)');
  });
  beforeEach(() => database.runScript('delete from numbers'));
  afterAll(() => opened.close());

  const numbers = async () => {
    const { rows } = await sql<{ number: number }>`select number from numbers order by number`.execute(database.db);
    return rows.map((row) => row.number);
  };

  test('work that fails leaves nothing, and what comes next works', async () => {
    const failing = database.transact(async (trx) => {
      await sql`insert into numbers values (1)`.execute(trx);
      throw new Error('broken');
    });
    await expect(failing).rejects.toThrow('broken');
    expect(await numbers()).toEqual([]);
    await database.transact((trx) => sql`insert into numbers values (2)`.execute(trx));
    expect(await numbers()).toEqual([2]);
  });

  test('a refused statement that is swallowed does not let the rest through', async () => {
    const swallowing = database.transact(async (trx) => {
      await sql`insert into numbers values (1)`.execute(trx);
      await sql`insert into numbers values (1)`.execute(trx).catch(() => {});
      await sql`insert into numbers values (2)`.execute(trx);
    });
    await expect(swallowing).rejects.toThrow('aborted');
    expect(await numbers()).toEqual([]);
  });

  test('a statement of somebody else never slips into an open transaction', async () => {
    const isOpen = Promise.withResolvers<void>();
    const goesOn = Promise.withResolvers<void>();
    const transaction = database.transact(async (trx) => {
      await sql`insert into numbers values (1)`.execute(trx);
      isOpen.resolve();
      await goesOn.promise;
      throw new Error('rolled back');
    });
    transaction.catch(() => {});
    await isOpen.promise;
    const others = [
      sql`insert into numbers values (2)`.execute(database.db),
      database.runScript('insert into numbers values (3)'),
      database.transact((trx) => sql`insert into numbers values (4)`.execute(trx)),
      numbers().then((seen) => expect(seen).not.toContain(1)),
      database.queueStore?.executeSql('insert into numbers values ($1)', [5]),
    ];
    goesOn.resolve();
    await expect(transaction).rejects.toThrow('rolled back');
    await Promise.all(others);
    expect(await numbers()).toEqual(backend === 'pglite' ? [2, 3, 4, 5] : [2, 3, 4]);
  });

  test('many transactions at once each are whole', async () => {
    await sql`insert into numbers values (0)`.execute(database.db);
    const raise = () =>
      database.transact(async (trx) => {
        const { rows } = await sql<{ number: number }>`select number from numbers for update`.execute(trx);
        await sql`update numbers set number = ${(rows[0]?.number ?? 0) + 1}`.execute(trx);
      });
    await Promise.all(Array.from({ length: 30 }, raise));
    expect(await numbers()).toEqual([30]);
  });

  test('a script is one transaction', async () => {
    const script = 'insert into numbers values (1); insert into numbers values (2); insert into numbers values (1);';
    await expect(database.runScript(script)).rejects.toThrow('numbers_pkey');
    expect(await numbers()).toEqual([]);
  });

  test('200 awaited statements leave 200 turns to everybody else', async () => {
    const statement = () => sql`select 1`.execute(database.db);
    const inTransaction = () =>
      database.transact(async (trx) => {
        for (let index = 0; index < 200; index += 1) await sql`select 1`.execute(trx);
      });
    const repeated = (work: () => Promise<unknown>) => async () => {
      for (let index = 0; index < 200; index += 1) await work();
    };
    expect(await turnsDuring(repeated(statement))).toBeGreaterThanOrEqual(199);
    expect(await turnsDuring(inTransaction)).toBeGreaterThanOrEqual(199);
    const { queueStore } = database;
    if (queueStore) {
      expect(await turnsDuring(repeated(() => queueStore.executeSql('select 1', [])))).toBeGreaterThanOrEqual(199);
      expect(await turnsDuring(repeated(() => database.runScript('select 1')))).toBeGreaterThanOrEqual(199);
    }
  });

  test('int8, count and sum come as numbers', async () => {
    const { rows } = await sql`
      select 9007199254740991::int8 as big, -9007199254740991::int8 as small, count(*), sum(n), max(n::int8) as most, null::int8 as none
      from generate_series(1, 4) as n`.execute(database.db);
    expect(rows).toEqual([{ big: 9007199254740991, small: -9007199254740991, count: 4, sum: 10, most: 4, none: null }]);
  });

  test('an int8 that a number cannot hold is an error, not another number', async () => {
    await expect(sql`select 9007199254740993::int8 as big`.execute(database.db)).rejects.toThrow('2^53');
    expect(await numbers()).toEqual([]);
  });

  test('lists and objects pass through jsonb unchanged', async () => {
    const value = { list: ['ä', '"', '\\', '\u2028', '😀'], empty: [], deep: [{ a: null, b: [1.5, true] }], text: '' };
    const { rows } = await sql<{ value: unknown; list: unknown }>`
      select ${JSON.stringify(value)}::jsonb as value, ${JSON.stringify(value.list)}::jsonb as list`.execute(
      database.db,
    );
    expect(rows).toEqual([{ value, list: value.list }]);
  });

  test('the session runs in UTC', async () => {
    const { rows } = await sql<{ at: string }>`
      select to_char('2026-07-01 12:00:00'::timestamptz at time zone 'utc', 'HH24:MI') as at`.execute(database.db);
    expect(rows).toEqual([{ at: '12:00' }]);
  });

  test('small and capital letters are told apart in order of their codes where a column says so', async () => {
    const { rows } = await sql<{ text: string }>`
      select text from unnest(array['b', 'B', 'ä', 'a', 'Z']) as text order by text collate "C"`.execute(database.db);
    expect(rows.map((row) => row.text)).toEqual(['B', 'Z', 'a', 'b', 'ä']);
  });
});

test('PostgreSQL runs in UTC also where its administrator set another time zone', async () => {
  const opened = await openEmpty('postgres');
  const { url } = opened.database;
  const name = new URL(url ?? '').pathname.slice(1);
  await sql`alter database ${sql.ref(name)} set timezone = 'Europe/Berlin'`.execute(opened.database.db);
  const other = openPostgres(url ?? '');
  const { rows } = await sql<{ at: string }>`
    select to_char('2026-07-01 12:00:00'::timestamptz at time zone 'utc', 'HH24:MI') as at`.execute(other.db);
  expect(rows).toEqual([{ at: '12:00' }]);
  await other.close();
  await opened.close();
});

describe('the embedded database inside its own transaction', () => {
  let opened: OpenDatabase;
  let database: Database;
  beforeAll(async () => {
    opened = await openEmpty('pglite');
    database = opened.database;
  });
  afterAll(() => opened.close());

  test.each<[string, () => Promise<unknown>]>([
    ['a statement', () => sql`select 1`.execute(database.db)],
    ['a transaction', () => database.transact((trx) => sql`select 1`.execute(trx))],
    ['a script', () => database.runScript('select 1')],
    ['a statement of the queue', async () => database.queueStore?.executeSql('select 1', [])],
  ])('%s throws instead of waiting for itself for ever', async (_, use) => {
    const using = database.transact(async (trx) => {
      await sql`select 1`.execute(trx);
      await use();
    });
    await expect(using).rejects.toThrow('The database was used inside its own transaction');
    await use();
  });

  test('what was begun in a transaction and goes on after it may use the database', async () => {
    const ended = Promise.withResolvers<void>();
    let later: Promise<unknown> = Promise.resolve();
    await database.transact(async (trx) => {
      later = ended.promise.then(() => sql`select 1`.execute(database.db));
      await sql`select 1`.execute(trx);
    });
    ended.resolve();
    await later;
  });

  test('there are no cursors', async () => {
    const rows = database.db.selectNoFrom(sql`1`.as('number')).stream();
    await expect(rows.next()).rejects.toThrow('keyset pages');
  });
});
