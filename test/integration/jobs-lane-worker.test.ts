import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { Secret } from '../../src/core/secret.ts';
import { connectionRow, connections } from '../../src/db/connections.ts';
import type { Database } from '../../src/db/database.ts';
import { createSecretBox, type SecretBox } from '../../src/db/secret-box.ts';
import { secrets } from '../../src/db/secrets.ts';
import { lanesWithWork } from '../../src/db/sync-runs.ts';
import { createLaneWorker } from '../../src/jobs/lane-worker.ts';
import { createLog } from '../../src/log.ts';
import { type OpenDatabase, openMigrated } from '../support/backends.ts';
import { plantContact, plantMember } from '../support/plant.ts';
import { createWorld, type World } from '../support/world.ts';

const ADDRESS = 'ada.lovelace@example.org';

let opened: OpenDatabase;
let database: Database;
let world: World;
beforeAll(async () => {
  opened = await openMigrated('pglite');
  database = opened.database;
});
beforeEach(async () => {
  world = await createWorld({
    database,
    seed: (crm, mailchimp) => {
      plantContact(crm, { email: ADDRESS, firstName: 'Ada', lastName: 'Lovelace' });
      plantMember(mailchimp, { email: ADDRESS });
    },
  });
});
afterAll(() => opened.close());

/** A worker of the world that writes into a log, as the program's own does. */
function loggingWorker(box: SecretBox = createSecretBox(Buffer.alloc(32, 7))) {
  const lines: string[] = [];
  const log = createLog('debug', { write: (line) => void lines.push(line) });
  const work = createLaneWorker({
    database,
    box,
    systems: world.systems,
    clock: world.clock,
    language: 'de',
    newId: randomUUID,
    onProgress: (connectionId, run) => log.debug({ connectionId, run }, 'Run moved'),
    onBug: (error, connectionId) => log.error({ err: error, connectionId }, 'Sync run failed'),
  });
  return { lines, work: () => work(world.connection.id) };
}

async function startRun(): Promise<string> {
  const id = randomUUID();
  await world.store.tables.runs.start({ id, isFirst: true, asksFirst: false, now: world.clock.now() });
  return id;
}

function expectNothingPersonal(text: string): void {
  expect(text).not.toMatch(/lovelace|@example/i);
  for (const key of [world.mailchimp.apiKey, world.mailchimp.apiKey.split('-')[0] ?? ''])
    expect(text).not.toContain(key);
}

test('a run that fails by a bug of ours is logged with nothing personal in it, and ends', async () => {
  await database.runScript(`alter table contacts add constraint no_ada check (email <> '${ADDRESS}')`);
  const runId = await startRun();
  const { lines, work } = loggingWorker();
  try {
    expect(await work()).toBe('done');
  } finally {
    await database.runScript('alter table contacts drop constraint no_ada');
  }
  const text = lines.join('');
  expect(text).toContain('Sync run failed');
  expect(text).toContain('no_ada');
  expectNothingPersonal(text);
  expect(await world.store.tables.runs.get(runId)).toMatchObject({ state: 'failed', error: { code: 'internal' } });
});

test('a run that waits or stops for a vendor logs no bug and nothing personal', async () => {
  const vault = secrets(database.db, world.store.scope, createSecretBox(Buffer.alloc(32, 7)));
  await vault.put('provider-key', new Secret(`${'0'.repeat(32)}-us21`));
  const runId = await startRun();
  const { lines, work } = loggingWorker();
  while ((await work()) === 'more');
  const text = lines.join('');
  expect(text).not.toContain('Sync run failed');
  expectNothingPersonal(text);
  expect(text).not.toContain('0'.repeat(32));
  expect(await world.store.tables.runs.get(runId)).toMatchObject({ state: 'waiting' });
});

test('secrets that do not open are reported, without the secret, and the work is not lost', async () => {
  const runId = await startRun();
  const { lines, work } = loggingWorker(createSecretBox(Buffer.alloc(32, 8)));
  await expect(work()).rejects.toThrow('sealed with another key');
  expect(lines.join('')).toContain('sealed with another key');
  expectNothingPersonal(lines.join(''));
  expect(await world.store.tables.runs.get(runId)).toMatchObject({ state: 'running' });
});

test('a worker whose lane another one took ends quietly and has stored nothing more (F9)', async () => {
  const runId = await startRun();
  const { lines, work } = loggingWorker();
  let stored: unknown;
  const storedNow = async () =>
    (
      await sql`select contact_id from contacts where connection_id = ${world.connection.id}
        union all select email_key from members where connection_id = ${world.connection.id}`.execute(database.db)
    ).rows;
  world.onRequest = async ({ number }) => {
    if (stored !== undefined || number < 3) return;
    stored = await storedNow();
    await connectionRow(database.db, world.store.scope).takeLane();
  };
  expect(await work()).toBe('done');
  expect(stored).toBeDefined();
  expect(await storedNow()).toEqual(stored);
  expect(lines.join('')).not.toContain('Sync run failed');
  world.onRequest = undefined;
  expect(await world.store.tables.runs.get(runId)).toMatchObject({ state: 'running' });
  const next = loggingWorker();
  while ((await next.work()) === 'more');
  expect(await world.store.tables.runs.get(runId)).toMatchObject({ state: 'awaiting-approval' });
});

test('a lane of a connection that is gone is done', async () => {
  const { lines, work } = loggingWorker();
  await connectionRow(database.db, world.store.scope).remove();
  expect(await work()).toBe('done');
  expect(lines).toEqual([]);
});

test('F9: a worker that does not know its own address is not woken again and again to look for twins', async () => {
  await world.sync();
  await connections(database.db).checkHooksSoon();
  await world.work();
  const waiting = await lanesWithWork(database.db, world.clock.now());
  expect(waiting.filter(({ connectionId }) => connectionId === world.connection.id)).toEqual([]);
});
