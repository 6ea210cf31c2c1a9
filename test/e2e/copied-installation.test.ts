import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectAccount } from '../../src/cli/connect-account.ts';
import { axeFindings } from '../support/axe.ts';
import { launchBrowser, newSession } from '../support/browser.ts';
import { type ListeningSimulators, listenToSimulators } from '../support/practice-world.ts';
import { type ServerProcess, startServerProcess } from '../support/server-process.ts';

let browser: Browser;
let simulators: ListeningSimulators;
let server: ServerProcess;
const original = mkdtempSync(join(tmpdir(), 'newsletter-connector-original-'));
const copy = mkdtempSync(join(tmpdir(), 'newsletter-connector-copy-'));

beforeAll(async () => {
  simulators = await listenToSimulators({ contacts: 60, seed: 5 });
  server = await startServerProcess(original, simulators.environment);
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  await simulators?.close();
  for (const folder of [original, copy]) rmSync(folder, { recursive: true, force: true });
});

/** Makes the first account by the link that the server printed. */
async function enter(page: Page): Promise<void> {
  await page.goto(/http:\S+\/setup\?token=\S+/.exec(server.output())?.[0] ?? '');
  await page.getByLabel('Name').fill('Administrator');
  await page.locator('input[type=password]').fill('correct horse battery');
  const create = page.getByRole('button', { name: 'Create account' });
  await create.click();
  await create.waitFor({ state: 'detached' });
}

test('F9: a copied installation writes nothing before an administrator takes over, then it reads first and asks', async () => {
  const connectionId = await connectAccount(server.call, simulators.keys);
  const params = { connectionId };
  const overview = () => server.call('GET /api/connections/:connectionId/overview', { params });
  const running = async () => (await overview()).runningRun;
  const patient = { timeout: 60_000 };
  const { id: runId } = await server.call('POST /api/connections/:connectionId/runs', {
    params,
    body: { preview: false },
  });
  await expect.poll(async () => (await running())?.state, patient).toBe('awaiting-approval');
  await server.call('POST /api/connections/:connectionId/runs/:runId/approve', {
    params: { connectionId, runId },
    body: {},
  });
  await expect.poll(async () => (await overview()).lastRun?.state, patient).toBe('succeeded');
  await server.stop();
  cpSync(original, copy, { recursive: true, preserveTimestamps: true });
  const writes = () => [...simulators.mailchimp.counts.byRoute].filter(([route]) => !route.startsWith('GET '));
  const before = writes();

  server = await startServerProcess(copy, simulators.environment);
  const page = await (await newSession(browser)).newPage();
  await enter(page);
  await page.goto(`${server.origin}/connections/${connectionId}`);
  const alert = page.getByRole('alert').filter({ hasText: 'Somebody else may be working on this audience' });
  await alert.getByText('The database lies elsewhere than before: it was copied or moved.').waitFor();
  expect(await axeFindings(page)).toEqual([]);
  expect(writes(), 'nothing is written').toEqual(before);

  await alert.getByRole('button', { name: 'Take the audience over' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Take over' }).click();
  await page.getByText('The stored data may be of an earlier time', { exact: true }).waitFor();
  await page.getByRole('link', { name: 'Look at the preview' }).waitFor(patient);
  expect(await axeFindings(page)).toEqual([]);
  expect(await running()).toMatchObject({ state: 'awaiting-approval', question: 'after-restore' });
});
