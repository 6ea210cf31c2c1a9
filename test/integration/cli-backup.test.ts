import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { runCli } from '../../src/cli/run-cli.ts';
import { readConfig } from '../../src/config.ts';
import { connections } from '../../src/db/connections.ts';
import { type Database, openPglite, openPostgres } from '../../src/db/database.ts';
import { migrate } from '../../src/db/migrate.ts';
import { createLog } from '../../src/log.ts';
import { start } from '../../src/start.ts';
import { BACKENDS, MIGRATIONS } from '../support/backends.ts';
import { freshPostgresUrl } from '../support/databases.ts';

const closers: (() => unknown)[] = [];
let said: string[] = [];

beforeEach(() => {
  said = [];
  const say = (text: string) => void said.push(text);
  vi.spyOn(console, 'log').mockImplementation(say);
  vi.spyOn(console, 'error').mockImplementation(say);
});
afterEach(() => vi.restoreAllMocks());
afterAll(async () => {
  for (const close of closers.toReversed()) await close();
});

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'newsletter-connector-backup-'));
  closers.push(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

type Place = { environment: Record<string, string> & { DATA_FOLDER: string }; open(): Promise<Database> };

/** An empty data folder, and an empty database where it does not lie in the folder. */
async function newPlace(backend: (typeof BACKENDS)[number]): Promise<Place> {
  const folder = newFolder();
  const environment = { DATA_FOLDER: folder, PORT: '0', LOG_LEVEL: 'silent' };
  if (backend === 'pglite') return { environment, open: () => openPglite(folder) };
  const fresh = await freshPostgresUrl();
  closers.push(() => fresh.drop());
  return { environment: { ...environment, DATABASE_URL: fresh.url }, open: async () => openPostgres(fresh.url) };
}

/** A place in which a server has run and something is stored. */
async function filledPlace(backend: (typeof BACKENDS)[number], name: string): Promise<Place> {
  const place = await newPlace(backend);
  await addTenant(place, name);
  return place;
}

async function addTenant(place: Place, name: string): Promise<void> {
  const database = await place.open();
  await migrate(database, MIGRATIONS);
  await connections(database.db).addTenant(name, name, 0);
  await database.close();
}

async function tenantsOf(place: Place): Promise<string[]> {
  const database = await place.open();
  try {
    return (await sql<{ name: string }>`select name from tenants`.execute(database.db)).rows.map(({ name }) => name);
  } finally {
    await database.close();
  }
}

async function whileRunning<T>({ environment }: Place, work: () => Promise<T>): Promise<T> {
  const config = readConfig(environment);
  const running = await start(config, createLog('silent'));
  try {
    return await work();
  } finally {
    await running.close();
  }
}

const fileOf = ({ environment }: Place, name: string) => readFileSync(join(environment.DATA_FOLDER, name), 'utf8');

describe.each(BACKENDS)('F9: backup and restore on %s', (backend) => {
  test('what the running server has stored is back after a restore, with the same key and only where it may', async () => {
    const from = await filledPlace(backend, 'Agency');
    const files = newFolder();
    const plain = join(files, 'plain.backup');
    const withKey = join(files, 'with-key.backup');
    await whileRunning(from, async () => {
      expect(await runCli(['backup', plain], from.environment), said.join()).toBe(0);
      expect(said.join()).toContain('The master key is not in it');
      expect(statSync(plain).mode & 0o077).toBe(0);
      expect(gunzipSync(readFileSync(plain)).toString()).not.toContain(fileOf(from, 'master.key'));
      expect(await runCli(['backup', withKey, '--with-key'], from.environment), said.join()).toBe(0);
      expect(said.join()).toContain('WARNING: the master key is in the file');

      // F8: what cannot be written leaves everything as it was.
      expect(await runCli(['backup', plain], from.environment)).toBe(2);
      expect(said.at(-1)).toContain('exists: choose another name');
      expect(await runCli(['backup', join(files, 'no', 'such', 'folder')], from.environment)).toBe(2);
      expect(said.at(-1)).toContain('cannot be written: ENOENT');

      expect(await runCli(['restore', plain, '--replace'], from.environment)).not.toBe(0);
      expect(said.at(-1)).toMatch(/in use by another|A server runs on this database/);
    });
    expect(readdirSync(files).sort()).toEqual(['plain.backup', 'with-key.backup']);

    const to = await newPlace(backend);
    expect(await runCli(['restore', plain], to.environment)).toBe(2);
    expect(said.at(-1)).toContain('The master key is missing');
    expect(await runCli(['restore', plain], { ...to.environment, MASTER_KEY: 'ab'.repeat(32) })).toBe(2);
    expect(said.at(-1)).toContain('another master key');
    expect(readdirSync(to.environment.DATA_FOLDER)).toEqual([]);
    expect(await runCli(['restore', withKey], to.environment), said.join()).toBe(0);
    expect(await tenantsOf(to)).toEqual(['Agency']);
    for (const name of ['master.key', 'installation.id']) expect(fileOf(to, name)).toBe(fileOf(from, name));

    expect(await runCli(['restore', plain], to.environment)).toBe(2);
    expect(said.at(-1)).toContain('something stored already');
    await addTenant(to, 'Later');
    expect(await runCli(['restore', plain, '--replace'], to.environment), said.join()).toBe(0);
    expect(await tenantsOf(to)).toEqual(['Agency']);
    await whileRunning(to, async () => {});
  });
});

test('F8: what is off about the words or the file is said in a sentence, and nothing is changed', async () => {
  const { environment } = await newPlace('pglite');
  const folder = newFolder();
  const path = (name: string, content?: string | Buffer) => {
    if (content !== undefined) writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  const tried = async (...words: string[]) => [await runCli(words, environment), said.at(-1)];
  const sentence = (part: string) => expect.stringContaining(part);
  expect(await tried('backup')).toEqual([2, 'Name one file: backup <file>.']);
  expect(await tried('backup', 'a', 'b')).toEqual([2, 'Name one file: backup <file>.']);
  expect(await tried('backup', path('new'))).toEqual([2, sentence('No server runs on the data folder')]);
  expect(await tried('restore')).toEqual([2, 'Name one file: restore <file>.']);
  expect(await tried('restore', path('missing'))).toEqual([2, sentence('cannot be read: ENOENT')]);
  expect(await tried('restore', path('text', 'hello'))).toEqual([1, sentence('damaged, cut off, or no backup')]);
  expect(await tried('restore', path('zip', gzipSync('hello\n')))).toEqual([1, sentence('no backup of')]);
  expect(await tried('restore', '--force', path('zip'))).toEqual([2, sentence('--force')]);
  expect(await tried('restore', '--help')).toEqual([0, sentence('--replace takes the place')]);
  expect(await tried('backup', '--help')).toEqual([0, sentence('--with-key')]);
  expect(readdirSync(environment.DATA_FOLDER)).toEqual([]);
});
