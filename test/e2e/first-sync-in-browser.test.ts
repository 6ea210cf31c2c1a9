import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { axeFindings } from '../support/axe.ts';
import { launchBrowser, newSession } from '../support/browser.ts';
import { audienceOf } from '../support/plant.ts';
import { type ListeningSimulators, listenToSimulators } from '../support/practice-world.ts';
import { type ServerProcess, startServerProcess } from '../support/server-process.ts';

let browser: Browser;
let simulators: ListeningSimulators;
let server: ServerProcess;
const folder = mkdtempSync(join(tmpdir(), 'newsletter-connector-story-'));

beforeAll(async () => {
  simulators = await listenToSimulators({ contacts: 400, seed: 3 });
  server = await startServerProcess(folder, simulators.environment);
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  await simulators?.close();
  rmSync(folder, { recursive: true, force: true });
});

test('a person goes from the one-time link to a finished first full sync, in the browser', async () => {
  const session = await newSession(browser);
  const page = await session.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (/content security policy/i.test(message.text())) complaints.push(message.text());
  });
  const setupLink = /http:\S+\/setup\?token=\S+/.exec(server.output())?.[0];
  expect(setupLink).toBeDefined();

  // U1: the first account, then both keys, each checked before anything is saved (M1, M28).
  await page.goto(String(setupLink));
  await page.getByLabel('Name').fill('Administrator');
  await page.locator('input[type=password]').fill('correct horse battery');
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.getByText('Start the set-up').click();
  expect(await axeFindings(page)).toEqual([]);
  const { token, secret, apiKey } = simulators.keys;
  await page.getByLabel('Token').fill(secret);
  await page.getByLabel('Secret').fill(token);
  await page.getByLabel('API key').fill(apiKey.replace(/^./, 'f'));
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect.poll(() => page.getByRole('alert').count(), { timeout: 20_000 }).toBeGreaterThanOrEqual(2);
  expect(await server.call('GET /api/connections', {})).toEqual({ connections: [] });
  await page.getByLabel('Token').fill(token);
  await page.getByLabel('Secret').fill(secret);
  await page.getByLabel('API key').fill(apiKey);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByText('Connected: 400 contacts can be read.').waitFor();
  await page.getByRole('button', { name: 'Continue' }).click();

  // Step 2: audience, fields and webhook are made; no person is written yet (M8).
  const before = simulators.mailchimp.store.consentHistory.length;
  await page.getByRole('button', { name: 'Save and make the preview' }).click();
  await page.getByRole('button', { name: 'Start synchronisation' }).waitFor({ timeout: 60_000 });
  expect(audienceOf(simulators.mailchimp).webhooks.size).toBe(1);
  expect(simulators.mailchimp.store.consentHistory.length).toBe(before);
  expect(await axeFindings(page)).toEqual([]);

  // U3: the preview, then "Start synchronisation", live until both numbers stand there (M11, M12).
  await page.getByRole('button', { name: 'Start synchronisation' }).click();
  await page.getByText('How the two numbers fit together').waitFor({ timeout: 90_000 });
  const [connection] = (await server.call('GET /api/connections', {})).connections;
  const { bridge } = await server.call('GET /api/connections/:connectionId/overview', {
    params: { connectionId: connection?.id ?? '' },
  });
  expect(bridge?.addsUp).toBe(true);
  expect(bridge?.activeMembers).toBe(audienceOf(simulators.mailchimp).members.count('subscribed'));
  await page.getByText(String(bridge?.activeMembers), { exact: true }).first().waitFor();
  expect(await axeFindings(page)).toEqual([]);

  // U5: every contact with a reason, as a file too.
  await page.getByRole('link', { name: 'Not delivered' }).click();
  await page.getByRole('table').waitFor();
  const [download] = await Promise.all([page.waitForEvent('download'), page.locator('a[download]').first().click()]);
  const lines = readFileSync(await download.path(), 'utf8')
    .trim()
    .split('\n');
  expect(lines.length - 1).toBe(bridge?.reasons.reduce((sum, { count }) => sum + count, 0));
  expect(await axeFindings(page)).toEqual([]);
  expect(complaints).toEqual([]);
  await session.close();
});
