import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createChecksum } from '../../src/db/backup/backup-format.ts';
import { ownObjects } from '../../src/db/backup/own-objects.ts';
import { checkBackup } from '../../src/db/backup/read-backup.ts';
import { restoreObstacle } from '../../src/db/backup/restore-backup.ts';
import { writeBackup } from '../../src/db/backup/write-backup.ts';
import { connections } from '../../src/db/connections.ts';
import type { Database } from '../../src/db/database.ts';
import { migrate } from '../../src/db/migrate.ts';
import {
  BACKENDS,
  draftConnection,
  MIGRATIONS,
  type OpenDatabase,
  openEmpty,
  openMigrated,
} from '../support/backends.ts';
import { ABOUT, backupOf, each, restoreInto } from '../support/backups.ts';
import { plantContact, plantMember } from '../support/plant.ts';
import { syncAndApprove } from '../support/settled.ts';
import { createWorld } from '../support/world.ts';

const NOW = Date.parse('2026-03-02T08:00:00Z');

/** Everything that is stored, but for what is not kept and what the restore itself writes. */
async function contentOf(database: Database): Promise<Record<string, string[]>> {
  const content: Record<string, string[]> = {};
  for (const table of ownObjects(MIGRATIONS).tables) {
    if (table === 'sessions' || table === 'installation') continue;
    const { rows } = await sql<{ row: string }>`
      select to_jsonb(t)::text as row from ${sql.table(table)} as t order by to_jsonb(t)::text collate "C"`.execute(
      database.db,
    );
    content[table] = rows.map(({ row }) => row);
  }
  const { rows } = await sql<{ row: string }>`
    select sequencename || ' ' || coalesce(last_value, 0) as row from pg_sequences where schemaname = 'public'
    order by 1`.execute(database.db);
  content.sequences = rows.map(({ row }) => row);
  return content;
}

async function fill(database: Database): Promise<void> {
  const world = await createWorld({
    database,
    seed: (crm, mailchimp) => {
      for (let index = 0; index < 600; index += 1) plantContact(crm, { email: `person${index}@example.org` });
      plantContact(crm, { email: 'müller\u2028"\\@example.org', firstName: '\u{1F600}\n', lastName: 'Müller' });
      plantMember(mailchimp, { email: 'person1@example.org', status: 'unsubscribed' });
      plantMember(mailchimp, { email: 'unknown@example.org', tags: ['Kauf'] });
    },
  });
  await syncAndApprove(world);
  await world.store.tables.events.save([{ contentType: 'text/plain', body: 'x'.repeat(100_000), receivedAt: NOW }]);
}

describe.each(BACKENDS)('F9: a backup of %s', (backend) => {
  let opened: OpenDatabase;
  let database: Database;
  let lines: string[];
  beforeAll(async () => {
    opened = await openMigrated(backend);
    database = opened.database;
    await fill(database);
    lines = await backupOf(database);
  });
  afterAll(() => opened.close());

  test.each(BACKENDS)('is restored on %s to the last row and sequence', async (other) => {
    const target = await openEmpty(other);
    try {
      await restoreInto(target.database, lines, NOW);
      await migrate(target.database, MIGRATIONS);
      expect(await contentOf(target.database)).toEqual(await contentOf(database));
      const { rows } = await sql`select place, restored_at is not null as restored from installation`.execute(
        target.database.db,
      );
      expect(rows).toEqual([{ place: '', restored: true }]);
      // New rows come behind the old ones.
      const { id, tenantId } = (await connections(target.database.db).list())[0] ?? { id: '', tenantId: '' };
      await sql`insert into journal (tenant_id, connection_id, at, code) values (${tenantId}, ${id}, now(), 'after')`.execute(
        target.database.db,
      );
    } finally {
      await target.close();
    }
  });

  test('names its version, its installation and its migrations, and is whole', async () => {
    const checked = await checkBackup(each(lines));
    expect(checked).toMatchObject({ header: { ...ABOUT, version: 1 }, masterKey: undefined });
    expect(checked.header.migrations).toEqual(MIGRATIONS.map(({ name }) => name));
    expect(checked.rows).toBeGreaterThan(1800);
  });

  test('holds everything as it was at one instant, while others go on', async () => {
    const tenantId = randomUUID();
    const writing = await openMigrated(backend);
    try {
      await connections(writing.database.db).addTenant(tenantId, 'Test', NOW);
      const texts: string[] = [];
      for await (const text of writeBackup(writing.database, MIGRATIONS, ABOUT)) {
        texts.push(text);
        // Tenants come first and connections later: a row that is added now must be in neither.
        if (!text.startsWith('{"table":"tenants"}')) continue;
        const row = draftConnection(tenantId);
        await connections(writing.database.db).add(row, { crmAccount: tenantId, hookSecret: row.id }, NOW);
      }
      expect(await connections(writing.database.db).list()).toHaveLength(1);
      expect(texts.join('')).not.toContain('account_name');
      const left = await sql`select from pg_namespace where nspname = 'backup_copies'`.execute(writing.database.db);
      expect(left.rows).toEqual([]);
    } finally {
      await writing.close();
    }
  });

  test('replaces everything of ours and nothing of others, or nothing at all', async () => {
    const target = await openMigrated(backend);
    try {
      await target.database.runScript(`create table of_others (id int); insert into of_others values (1);`);
      await connections(target.database.db).addTenant('before', 'Before', NOW);
      const cut = lines.map((line) => (line.includes('"tenant_id"') ? line.replace('"tenant_id"', '"tenant"') : line));
      const broken = restoreInto(target.database, [...cut.slice(0, -1), endOf(cut)], NOW);
      await expect(broken).rejects.toThrow();
      const names = async () =>
        (await sql<{ name: string }>`select name from tenants`.execute(target.database.db)).rows;
      expect(await names()).toEqual([{ name: 'Before' }]);
      await restoreInto(target.database, lines, NOW);
      expect(await names()).toEqual([{ name: 'Test' }]);
      expect((await sql`select id from of_others`.execute(target.database.db)).rows).toEqual([{ id: 1 }]);
    } finally {
      await target.close();
    }
  });

  test('is refused by a database in which something is stored, and by an older program', async () => {
    const { header } = await checkBackup(each(lines));
    const target = await openMigrated(backend);
    const look = (options = { replace: false }, migrations = MIGRATIONS, of = header) =>
      restoreObstacle(target.database, migrations, of, options);
    try {
      expect(await look()).toBeUndefined();
      await connections(target.database.db).addTenant('before', 'Before', NOW);
      expect(await look()).toEqual({ kind: 'not-empty' });
      expect(await look({ replace: true })).toBeUndefined();
      const newer = { ...header, migrations: [...header.migrations, '9999-of-tomorrow.sql'] };
      expect(await look({ replace: true }, MIGRATIONS, newer)).toEqual({
        kind: 'newer',
        migration: '9999-of-tomorrow.sql',
      });
      expect(await look({ replace: true }, MIGRATIONS.slice(0, -1))).toMatchObject({ kind: 'newer' });
    } finally {
      await target.close();
    }
  });

  test('what a restore takes away is everything that the migrations make', async () => {
    const target = await openMigrated(backend);
    try {
      await restoreInto(target.database, [lines[0] ?? '', endOf([lines[0] ?? '', ''])], NOW);
      const { tables, sequences, functions } = ownObjects(MIGRATIONS);
      const { rows } = await sql<{ name: string; kind: string }>`
        select relname::text as name, relkind::text as kind from pg_class
          where relnamespace = 'public'::regnamespace and relkind in ('r', 'S', 'v', 'm')
          and not exists (select from pg_depend where objid = pg_class.oid and deptype in ('i', 'a'))
        union all select proname::text, 'f' from pg_proc where pronamespace = 'public'::regnamespace
        union all select typname::text, 'e' from pg_type where typnamespace = 'public'::regnamespace and typtype = 'e'
        order by 1`.execute(target.database.db);
      const named = (kind: string) => rows.filter((row) => row.kind === kind).map(({ name }) => name);
      expect(named('r')).toEqual([...tables, 'schema_migrations'].sort());
      expect(named('S')).toEqual([...sequences].sort());
      expect(named('f')).toEqual([...functions].sort());
      expect([...named('v'), ...named('m'), ...named('e')]).toEqual([]);
    } finally {
      await target.close();
    }
  });
});

/** The last line that makes a backup whole again after a test has changed its lines. */
function endOf(lines: readonly string[]): string {
  const checksum = createChecksum();
  const before = lines.slice(0, -1);
  for (const line of before) checksum.add(line);
  const rows = before.slice(1).filter((line) => !/^\{"(table|sequences)":/.test(line)).length;
  return JSON.stringify({ end: { rows, sha256: checksum.sum() } });
}

describe('F8: a backup that is none', () => {
  const header = JSON.stringify({ format: 'newsletter-connector backup', version: 1, ...ABOUT, migrations: [] });
  const whole = (...lines: string[]) => [...lines, endOf([...lines, ''])];
  const check = (lines: readonly string[]) => checkBackup(each(lines));

  test.each([
    ['an empty file', [], 'The file is empty'],
    ['another file', ['hello', 'world'], 'The file is no backup'],
    ['another JSON', ['{"format":"something else"}'], 'The file is no backup'],
    ['a newer form', [header.replace('"version":1', '"version":2')], 'made by a newer version'],
    ['one that is cut off', [header, '{"table":"tenants"}', '{"id":"1"}'], 'is cut off'],
    ['a row without a table', [header, '{"id":"1"}'], 'belongs to no table'],
  ])('%s is refused in a clear sentence', async (_, lines, sentence) => {
    await expect(check(lines)).rejects.toThrow(sentence);
  });

  test('one that was changed is refused', async () => {
    const lines = whole(header, '{"table":"tenants"}', '{"id":"1"}');
    await expect(check(lines)).resolves.toMatchObject({ rows: 1 });
    await expect(check(lines.map((line) => line.replace('"id":"1"', '"id":"2"')))).rejects.toThrow('was changed');
    const [first = '', table = '', row = '', end = ''] = lines;
    await expect(check([first, table, row, row, end])).rejects.toThrow('was changed');
  });

  test('the master key stands behind the end, where it was asked for', async () => {
    const lines = whole(header);
    const masterKey = 'ab'.repeat(32);
    await expect(check([...lines, JSON.stringify({ masterKey })])).resolves.toMatchObject({ masterKey });
  });
});
