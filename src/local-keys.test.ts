import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readLocalKeys } from './local-keys.ts';

const NOTHING_GIVEN = { masterKey: undefined, installationId: undefined };

let parent = '';
let folder = '';
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'local-keys-'));
  folder = join(parent, 'new', 'data');
});
afterEach(() => rmSync(parent, { recursive: true, force: true }));

test('keys are made at first start and found again at the next', () => {
  const first = readLocalKeys(folder, NOTHING_GIVEN);
  expect(first.masterKey).toHaveLength(32);
  expect(first.installationId).toMatch(/^[0-9a-f]{16}$/);
  expect(readLocalKeys(folder, NOTHING_GIVEN)).toEqual(first);
  expect(readdirSync(folder).sort()).toEqual(['installation.id', 'master.key']);
});

test.skipIf(process.platform === 'win32')('the keys can be read by their user alone', () => {
  readLocalKeys(folder, NOTHING_GIVEN);
  expect(statSync(join(folder, 'master.key')).mode & 0o777).toBe(0o600);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
});

test('what the environment gives is used and never stored', () => {
  const keys = readLocalKeys(folder, { masterKey: 'ab'.repeat(32), installationId: '0123456789abcdef' });
  expect(keys).toEqual({ masterKey: Buffer.alloc(32, 0xab), installationId: '0123456789abcdef' });
  expect(existsSync(folder) && readdirSync(folder)).toEqual([]);
});

test.each(['', '   \n', 'abcd', 'not hex at all', 'g'.repeat(64)])('a damaged master.key %j is named', (text) => {
  readLocalKeys(folder, NOTHING_GIVEN);
  writeFileSync(join(folder, 'master.key'), text);
  expect(() => readLocalKeys(folder, NOTHING_GIVEN)).toThrow(/master\.key must hold 64 hex digits/);
  expect(readFileSync(join(folder, 'master.key'), 'utf8')).toBe(text);
});

test('a line break at the end of a file does no harm', () => {
  const keys = readLocalKeys(folder, NOTHING_GIVEN);
  writeFileSync(join(folder, 'installation.id'), `${keys.installationId}\r\n`);
  expect(readLocalKeys(folder, NOTHING_GIVEN)).toEqual(keys);
});

test('processes that start on one new folder at once agree', async () => {
  const code = `
    const { parentPort, workerData } = require('node:worker_threads');
    import(workerData.module).then(({ readLocalKeys }) => {
      parentPort.once('message', () => {
        const keys = readLocalKeys(workerData.folder, {});
        parentPort.postMessage(Buffer.from(keys.masterKey).toString('hex') + keys.installationId);
      });
      parentPort.postMessage('ready');
    });`;
  const module = new URL('./local-keys.ts', import.meta.url).href;
  const workers = Array.from({ length: 6 }, () => new Worker(code, { eval: true, workerData: { module, folder } }));
  const next = (worker: Worker) =>
    new Promise<string>((resolve, reject) => worker.once('message', resolve).once('error', reject));
  await Promise.all(workers.map(next));
  const answers = workers.map(next);
  for (const worker of workers) worker.postMessage('go');
  expect(new Set(await Promise.all(answers)).size).toBe(1);
});
