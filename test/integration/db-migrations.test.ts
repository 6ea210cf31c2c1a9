import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Database, openPglite, openPostgres } from '../../src/db/database.ts';
import { type Migration, migrate } from '../../src/db/migrate.ts';
import { BACKENDS, MIGRATIONS, type OpenDatabase, openEmpty } from '../support/backends.ts';
import { freshPostgresUrl } from '../support/databases.ts';

/** Migrations that leave a mark each time they run. */
const MARKS: readonly Migration[] = [
  { name: '0001-marks.sql', script: 'create table marks (name text not null); insert into marks values ($$first$$);' },
  ...Array.from({ length: 9 }, (_, index) => ({
    name: `00${index + 10}-mark's.sql`,
    script: `insert into marks values ('${index}'); create table table_${index} (id int);`,
  })),
];

async function marksOf(database: Database): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`select name from marks order by name`.execute(database.db);
  return rows.map((row) => row.name);
}

async function appliedTo(database: Database): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`select name from schema_migrations order by name`.execute(database.db);
  return rows.map((row) => row.name);
}

/** Everything that a migration can make, one line each. */
async function schemaOf(database: Database): Promise<string> {
  const { rows } = await sql<{ line: string }>`
    select line collate "C" as line from (
      select 'column ' || table_name || '.' || column_name || ' ' || data_type || ' nullable=' || is_nullable
        || ' default=' || coalesce(column_default, '') || ' identity=' || is_identity
        || ' collation=' || coalesce(collation_name, '') as line
        from information_schema.columns where table_schema = 'public'
      union all select 'index ' || indexdef from pg_indexes where schemaname = 'public'
      union all select 'constraint ' || conrelid::regclass || ' ' || pg_get_constraintdef(oid) from pg_constraint
        where connamespace = 'public'::regnamespace and contype <> 'n'
      union all select 'trigger ' || pg_get_triggerdef(oid) from pg_trigger where not tgisinternal
      union all select 'sequence ' || sequencename from pg_sequences where schemaname = 'public'
      union all select 'function ' || pg_get_functiondef(oid) from pg_proc where pronamespace = 'public'::regnamespace
    ) as things order by line collate "C"`.execute(database.db);
  return `${rows.map((row) => row.line.trim()).join('\n')}\n`;
}

describe.each(BACKENDS)('migrations on %s', (backend) => {
  let opened: OpenDatabase;
  let database: Database;
  beforeAll(async () => {
    opened = await openEmpty(backend);
    database = opened.database;
  });
  beforeEach(() => database.runScript('drop schema public cascade; create schema public;'));
  afterAll(() => opened.close());

  test('all migrations make the schema that is written down in schema.txt', async () => {
    await migrate(database, MIGRATIONS);
    await expect(await schemaOf(database)).toMatchFileSnapshot('schema.txt');
  });

  test('a database at any earlier state is brought to the newest, to the same schema', async () => {
    const schemas: string[] = [];
    for (let length = 0; length <= MIGRATIONS.length; length += 1) {
      await database.runScript('drop schema public cascade; create schema public;');
      await migrate(database, MIGRATIONS.slice(0, length));
      expect(await appliedTo(database)).toHaveLength(length);
      await migrate(database, MIGRATIONS);
      expect(await appliedTo(database)).toEqual(MIGRATIONS.map(({ name }) => name));
      schemas.push(await schemaOf(database));
    }
    expect(new Set(schemas).size).toBe(1);
  });

  test('a start on a newest database changes nothing', async () => {
    await migrate(database, MARKS);
    const before = await sql`select * from schema_migrations order by name`.execute(database.db);
    await migrate(database, MARKS);
    expect((await sql`select * from schema_migrations order by name`.execute(database.db)).rows).toEqual(before.rows);
    expect(await marksOf(database)).toHaveLength(MARKS.length);
  });

  test('two starts at once apply each migration once', async () => {
    await Promise.all([migrate(database, MARKS), migrate(database, MARKS)]);
    expect(await marksOf(database)).toHaveLength(MARKS.length);
    expect(await appliedTo(database)).toEqual(MARKS.map(({ name }) => name).sort());
  });

  test('the database of a newer program is refused in a clear sentence, and nothing is changed', async () => {
    await migrate(database, [...MARKS, { name: '9999-of-tomorrow.sql', script: 'create table tomorrow (id int)' }]);
    const older = [...MARKS, { name: '0999-other.sql', script: 'create table other (id int)' }];
    await expect(migrate(database, older)).rejects.toThrow(
      'The database has migration 9999-of-tomorrow.sql of a newer version: start that version or restore a backup',
    );
    expect(await appliedTo(database)).not.toContain('0999-other.sql');
  });

  test('a migration that fails leaves nothing of itself, and the next start goes on after the ones before', async () => {
    const broken = { name: '0050-broken.sql', script: 'create table half (id int); select no_such_column from half;' };
    await expect(migrate(database, [...MARKS, broken])).rejects.toThrow('no_such_column');
    expect(await appliedTo(database)).toHaveLength(MARKS.length);
    await migrate(database, [...MARKS, { ...broken, script: 'create table half (id int)' }]);
    expect(await marksOf(database)).toHaveLength(MARKS.length);
    expect(await appliedTo(database)).toContain('0050-broken.sql');
  });
});

test('eight programs that start at once on one PostgreSQL apply each migration once', async () => {
  const fresh = await freshPostgresUrl();
  const databases = Array.from({ length: 8 }, () => openPostgres(fresh.url));
  const [first] = databases;
  try {
    await Promise.all(databases.map((database) => migrate(database, MARKS)));
    expect(first && (await marksOf(first))).toHaveLength(MARKS.length);
    await Promise.all(databases.map((database) => database.runScript('select 1')));
    await first?.runScript('drop schema public cascade; create schema public;');
    await Promise.all(databases.map((database) => migrate(database, MIGRATIONS)));
    expect(first && (await appliedTo(first))).toEqual(MIGRATIONS.map(({ name }) => name));
  } finally {
    await Promise.all(databases.map((database) => database.close()));
    await fresh.drop();
  }
});

test('the embedded database keeps what it has over a restart, and one program at a time has its folder', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'embedded-'));
  try {
    const database = await openPglite(folder);
    await migrate(database, MARKS);
    await expect(openPglite(folder)).rejects.toThrow('is in use by another newsletter-connector');
    expect(await marksOf(database)).toHaveLength(MARKS.length);
    await database.close();
    const again = await openPglite(folder);
    await migrate(again, MARKS);
    expect(await marksOf(again)).toHaveLength(MARKS.length);
    await again.close();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('no migration opens or ends a transaction: each is one', () => {
  for (const { name, script } of MIGRATIONS) {
    expect(script.replace(/\$\$.*?\$\$/gs, ''), name).not.toMatch(/^\s*(begin|commit|rollback)\b|\bconcurrently\b/im);
    expect(name).toMatch(/^\d{4}-[a-z-]+\.sql$/);
  }
  const numbers = MIGRATIONS.map(({ name }) => Number(name.slice(0, 4)));
  expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
});
