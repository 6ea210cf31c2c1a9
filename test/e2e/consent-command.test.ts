import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { connectAccount } from '../../src/cli/connect-account.ts';
import { openPglite } from '../../src/db/database.ts';
import { listenToSimulators } from '../support/practice-world.ts';
import { startServerProcess } from '../support/server-process.ts';

const program = join(import.meta.dirname, '../../src/cli/main.ts');

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const thing of open.splice(0).reverse()) await thing.close();
});

test('R14: "consent verify" finds a record that was cut while the server was down, and ends with 1', async () => {
  const simulators = await listenToSimulators({ contacts: 60, seed: 5 });
  open.push(simulators);
  const folder = mkdtempSync(join(tmpdir(), 'newsletter-connector-consent-'));
  open.push({ close: async () => rmSync(folder, { recursive: true, force: true }) });
  const run = (...words: string[]) =>
    new Promise<{ code: number; said: string }>((resolve) => {
      const environment = { ...process.env, DATA_FOLDER: folder };
      execFile(process.execPath, [program, ...words], { env: environment }, (error, stdout, stderr) =>
        resolve({ code: typeof error?.code === 'number' ? error.code : 0, said: `${stdout}${stderr}` }),
      );
    });
  let server = await startServerProcess(folder, simulators.environment);
  open.push({ close: () => server.stop() });
  const restart = async () => {
    server = await startServerProcess(folder, simulators.environment);
  };

  const connectionId = await connectAccount(server.call, simulators.keys);
  // U1: the page is there, and the one-time link that was printed makes the first operator.
  const link = new URL(/http:\S+\/setup\?token=\S+/.exec(server.output())?.[0] ?? '');
  const page = await fetch(link);
  expect([page.status, page.headers.get('content-security-policy')]).toEqual([
    200,
    expect.stringContaining("script-src 'self' 'nonce-"),
  ]);
  const body = { token: link.searchParams.get('token') ?? '', name: 'Eva', password: 'correct horse battery' };
  expect(await server.call('POST /api/operators/first', { body })).toMatchObject({ operator: { name: 'Eva' } });

  const { id: runId } = await server.call('POST /api/connections/:connectionId/runs', {
    params: { connectionId },
    body: { preview: false },
  });
  const params = { connectionId, runId };
  const state = async () => (await server.call('GET /api/connections/:connectionId/runs/:runId', { params })).state;
  await expect.poll(state, { timeout: 60_000, interval: 100 }).toBe('awaiting-approval');
  await server.call('POST /api/connections/:connectionId/runs/:runId/approve', { params, body: {} });
  await expect.poll(state, { timeout: 60_000, interval: 100 }).toBe('succeeded');
  await server.stop();
  // The end is logged at a start, and then once a day.
  await restart();
  const chain = async () => (await server.call('GET /api/consent-record/checks', { query: {} })).chains[0];
  await expect.poll(chain, { timeout: 60_000 }).toMatchObject({ lastLogged: { count: expect.any(Number) } });
  const { count = 0, head } = (await chain()) ?? {};
  expect(count).toBeGreaterThan(0);
  const verified = await run('consent', 'verify');
  expect(verified).toMatchObject({ code: 0, said: expect.stringContaining('is whole') });
  expect(verified.said).toContain(`compared with     entry ${count}, ${head}`);
  const { said } = await run('consent', 'export');
  const entries = JSON.parse(said) as { email: string; contactId: string }[];
  expect(entries).toHaveLength(count);
  // U4: one person of those who are in the record.
  const explained = await run('explain', entries[0]?.email ?? '');
  expect(explained).toMatchObject({ code: 0, said: expect.stringContaining('does nothing: both sides agree') });
  expect(explained.said).toContain(`no. ${entries[0]?.contactId}`);
  await server.stop();

  const database = await openPglite(folder);
  await database.runScript(`alter table consent_records disable trigger user;
    delete from consent_records where number = ${count};
    alter table consent_records enable trigger user;`);
  await database.close();
  await restart();
  expect(await run('consent', 'verify')).toMatchObject({
    code: 1,
    said: expect.stringContaining(`BROKEN at entry ${count}: the record ends before it`),
  });
}, 240_000);
