import { randomUUID } from 'node:crypto';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Surroundings } from '../../src/core/standing.ts';
import { connectionRow, connections, LaneLostError } from '../../src/db/connections.ts';
import { type Database, openPglite, openPostgres } from '../../src/db/database.ts';
import { installation } from '../../src/db/installation.ts';
import { journal } from '../../src/db/journal.ts';
import { migrate } from '../../src/db/migrate.ts';
import { placeOf } from '../../src/db/place.ts';
import { syncRuns } from '../../src/db/sync-runs.ts';
import { startHeartbeat } from '../../src/jobs/heartbeat.ts';
import { settleStart } from '../../src/jobs/settle-start.ts';
import { BACKENDS, draftConnection, MIGRATIONS, type OpenDatabase, openMigrated } from '../support/backends.ts';
import { freshPostgresUrl } from '../support/databases.ts';

const NOW = Date.parse('2026-03-01T08:00:00Z');
const HOUR_MS = 3_600_000;
const here = (more: Partial<Surroundings> = {}): Surroundings => ({
  installationId: 'aaaaaaaaaaaaaaaa',
  place: 'file 1 2',
  folderAliveAt: undefined,
  now: NOW,
  ...more,
});

describe.each(BACKENDS)('F9: a start on %s', (backend) => {
  let opened: OpenDatabase;
  let database: Database;
  const ids = new Map<string, string>();
  beforeAll(async () => {
    opened = await openMigrated(backend);
    database = opened.database;
  });
  beforeEach(async () => {
    const tenantId = randomUUID();
    await connections(database.db).addTenant(tenantId, 'Test', NOW);
    for (const state of ['draft', 'ready', 'active', 'attention'] as const) {
      const row = { ...draftConnection(tenantId), state: state === 'attention' ? ('active' as const) : state };
      await connections(database.db).add(row, { crmAccount: tenantId, hookSecret: row.id }, NOW);
      if (state === 'attention') await connectionRow(database.db, { tenantId, connectionId: row.id }).needAttention();
      ids.set(state, row.id);
    }
  });
  afterEach(() => database.runScript('delete from connections; delete from journal; delete from installation;'));
  afterAll(() => opened.close());

  const get = async (state: string) => {
    const connection = await connections(database.db).get(ids.get(state) ?? '');
    if (!connection) throw new Error('the connection is there');
    const scope = { tenantId: connection.tenantId, connectionId: connection.id };
    const run = await syncRuns(database.db, scope).open();
    const alarms = await journal(database.db, scope).alarms(0);
    return { connection, scope, run, alarms: alarms.map(({ code, params }) => `${code} ${params.cause}`) };
  };

  test('for the first time, and again the same day, changes nothing', async () => {
    const nothing = { wentBack: undefined, twin: undefined };
    expect(await settleStart(database, here())).toEqual(nothing);
    await installation(database.db).beat(NOW + 30 * HOUR_MS);
    expect(await settleStart(database, here({ now: NOW + 53 * HOUR_MS }))).toEqual(nothing);
    expect(await get('active')).toMatchObject({
      connection: { wentBack: null, twin: null },
      run: undefined,
      alarms: [],
    });
  });

  test('after more than a day lets every connection go back: it reads first, loses its lane and what was under way', async () => {
    await settleStart(database, here());
    const { scope } = await get('active');
    const fence = await connectionRow(database.db, scope).takeLane();
    const old = randomUUID();
    await syncRuns(database.db, scope).start({ id: old, isFirst: false, asksFirst: false, now: NOW });
    const now = NOW + 25 * HOUR_MS;
    expect(await settleStart(database, here({ now }))).toEqual({ wentBack: 'long_pause', twin: undefined });

    const wentBack = { cause: 'long_pause', at: new Date(now).toISOString(), isCaughtUp: false };
    const active = await get('active');
    expect(active).toMatchObject({ connection: { wentBack }, alarms: ['journal.went_back going_back.long_pause'] });
    expect(active.run).toMatchObject({ state: 'running', phase: 'reading-contacts' });
    expect(active.run?.id).not.toBe(old);
    expect(await syncRuns(database.db, scope).get(old)).toMatchObject({ state: 'cancelled' });
    await expect(connectionRow(database.db, scope).assertLane(fence)).rejects.toThrow(LaneLostError);

    expect(await get('attention')).toMatchObject({
      connection: { state: 'attention', wentBack },
      run: { state: 'running' },
    });
    // Its first sync asks anyway.
    expect(await get('ready')).toMatchObject({ connection: { wentBack }, run: undefined });
    expect(await get('draft')).toMatchObject({ connection: { wentBack: null }, run: undefined, alarms: [] });
    expect(await settleStart(database, here({ now: now + HOUR_MS }))).toEqual({ wentBack: undefined, twin: undefined });
  });

  test('what was learned before is told from what is learned since', async () => {
    await settleStart(database, here());
    const { scope } = await get('active');
    const order = () => connectionRow(database.db, scope).wentBackOrder();
    expect(await order()).toBe(0);
    await settleStart(database, here({ now: NOW + 25 * HOUR_MS }));
    const first = await order();
    expect(first).toBeGreaterThan(0);
    await settleStart(database, here({ now: NOW + 50 * HOUR_MS + 1 }));
    expect(await order()).toBeGreaterThan(first);
  });

  test('on the database of another installation, or on a copy, stops every connection until it is taken over', async () => {
    await settleStart(database, here());
    const other = here({ installationId: 'bbbbbbbbbbbbbbbb', place: 'file 8 9' });
    expect(await settleStart(database, other)).toEqual({ wentBack: undefined, twin: 'other_installation' });
    const twin = { cause: 'other_installation', at: new Date(NOW).toISOString() };
    expect(await get('active')).toMatchObject({
      connection: { state: 'attention', stateBeforeAttention: 'active', twin },
      alarms: ['journal.twin twin.other_installation'],
    });
    expect(await get('attention')).toMatchObject({
      connection: { state: 'attention', stateBeforeAttention: 'active', twin },
    });
    expect(await get('draft')).toMatchObject({ connection: { state: 'draft', twin: null }, alarms: [] });
    // The next start finds nothing new and keeps them stopped.
    expect(await settleStart(database, other)).toEqual({ wentBack: undefined, twin: undefined });
    expect(await get('active')).toMatchObject({ connection: { state: 'attention', twin } });
    expect(await settleStart(database, { ...other, place: 'file 10 11' })).toEqual({
      wentBack: undefined,
      twin: 'copied',
    });
    expect(await get('active')).toMatchObject({
      connection: { twin },
      alarms: ['journal.twin twin.other_installation'],
    });
  });

  test('of several processes at once takes note once', async () => {
    await settleStart(database, here());
    await Promise.all([1, 2, 3].map(() => settleStart(database, here({ now: NOW + 25 * HOUR_MS }))));
    expect((await get('active')).alarms).toEqual(['journal.went_back going_back.long_pause']);
  });

  test('an installation says that it is alive, to the database first and to its folder after that', async () => {
    await settleStart(database, here());
    const told: number[] = [];
    let now = NOW + 40 * HOUR_MS;
    const heartbeat = startHeartbeat(
      database,
      { now: () => now },
      (at) => told.push(at),
      () => {},
    );
    now += HOUR_MS;
    await heartbeat.stop();
    expect(told).toEqual([NOW + 40 * HOUR_MS, NOW + 41 * HOUR_MS]);
    expect(await settleStart(database, here({ now: now + HOUR_MS, folderAliveAt: told.at(-1) }))).toEqual({
      wentBack: undefined,
      twin: undefined,
    });
  });
});

describe('F9: where a database lies', () => {
  test('a copied data folder lies elsewhere, one that is opened again or moved does not', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'place-'));
    const copy = mkdtempSync(join(tmpdir(), 'place-copy-'));
    const placeIn = async (path: string) => {
      const database = await openPglite(path);
      try {
        await migrate(database, MIGRATIONS);
        return await placeOf(database, path);
      } finally {
        await database.close();
      }
    };
    try {
      const before = await placeIn(folder);
      expect(before).toMatch(/^file \d+ \d+$/);
      expect(await placeIn(folder)).toBe(before);
      cpSync(folder, copy, { recursive: true, preserveTimestamps: true });
      const [, number, birth] = (await placeIn(copy)).split(' ');
      expect(before.split(' ')).not.toContain(number);
      expect(before.split(' ')).not.toContain(birth);
    } finally {
      for (const path of [folder, copy]) rmSync(path, { recursive: true, force: true });
    }
  });

  test('every database of PostgreSQL lies elsewhere', async () => {
    const fresh = await Promise.all([freshPostgresUrl(), freshPostgresUrl()]);
    const databases = fresh.map(({ url }) => openPostgres(url));
    const places = await Promise.all(databases.map((database) => placeOf(database, '')));
    for (const database of databases) await database.close();
    for (const { drop } of fresh) await drop();
    expect(places[0]).toMatch(/^database \d+ \d+$/);
    expect(places[0]).not.toBe(places[1]);
  });
});
