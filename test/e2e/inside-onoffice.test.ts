import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Frame, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { axeFindings } from '../support/axe.ts';
import { launchBrowser, newSession } from '../support/browser.ts';
import { audienceOf } from '../support/plant.ts';
import { type ListeningSimulators, listenToSimulators } from '../support/practice-world.ts';
import { type ServerProcess, startServerProcess } from '../support/server-process.ts';

/** How long the page may take on a busy machine. */
const SOON = { timeout: 60_000 };

let browser: Browser;
let simulators: ListeningSimulators;
let server: ServerProcess;
const folder = mkdtempSync(join(tmpdir(), 'newsletter-connector-inside-'));

beforeAll(async () => {
  simulators = await listenToSimulators({ contacts: 120, seed: 3 });
  server = await startServerProcess(folder, simulators.environment);
  simulators.register(server.origin);
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  await simulators?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The connector's own page in the CRM's frame. */
async function framed(page: Page): Promise<Frame> {
  const frame = await (await page.waitForSelector('iframe')).contentFrame();
  if (!frame) throw new Error('the frame has no page');
  await frame.waitForLoadState();
  return frame;
}

test('inside onOffice a person goes from the activation to a finished first full sync, in German', async () => {
  const session = await newSession(browser);
  const page = await session.newPage();
  const complaints: string[] = [];
  const asked: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (/content security policy/i.test(message.text())) complaints.push(message.text());
  });
  page.on('request', (request) => asked.push(request.url()));

  // M27: an administrator activates the provider; the key is copied by hand.
  await page.goto(`${simulators.crmOrigin}/_crm/marketplace?lang=DEU`);
  await page.getByRole('button', { name: 'Activate provider' }).click();
  const key = await page.getByLabel('API key of the provider').inputValue();
  const dialog = await framed(page);
  await dialog.getByText('Für Muster Immobilien GmbH.').waitFor(SOON);
  expect(new URL(dialog.url()).search).toBe('');
  expect(await axeFindings(dialog)).toEqual([]);
  await dialog.getByLabel('API-Schlüssel').fill(key.slice(1));
  await dialog.getByRole('button', { name: 'Jetzt aktivieren' }).click();
  await dialog.getByText('onOffice nimmt diesen API-Schlüssel nicht an').waitFor(SOON);
  await dialog.getByLabel('API-Schlüssel').fill(key);
  await dialog.getByRole('button', { name: 'Jetzt aktivieren' }).click();
  // The CRM was told, by the word it waits for.
  await page.getByText('The provider is activated.').waitFor(SOON);
  expect(simulators.crm.marketplace.unlocked).toBe(true);
  await page.getByRole('link', { name: 'Close' }).click();

  // U1 without a login and without keys of the CRM.
  await page.getByRole('link', { name: 'Newsletter Connector' }).click();
  const window = await framed(page);
  await window.getByText('Einrichtung beginnen').click(SOON);
  expect(window.url()).not.toMatch(/signature|apiClaim|Bearer/);
  await window.getByText('Verbunden: 120 Kontakte sind lesbar.').waitFor(SOON);
  await window.getByLabel('API-Schlüssel').fill(simulators.keys.apiKey);
  await window.getByRole('button', { name: 'Weiter' }).click();
  await window.getByText('Verbunden mit „').waitFor(SOON);
  expect(await axeFindings(window)).toEqual([]);
  await window.getByRole('button', { name: 'Weiter' }).click();
  await window.getByRole('button', { name: 'Speichern und Vorschau erstellen' }).click(SOON);
  await window.getByRole('button', { name: 'Synchronisation starten' }).click(SOON);
  await window.getByText('Wie die beiden Zahlen zusammenpassen').waitFor(SOON);
  await window
    .getByText('Die Zahlen können Kontakte enthalten, die Sie selbst in onOffice nicht lesen dürfen.')
    .waitFor();
  expect(audienceOf(simulators.mailchimp).members.count('subscribed')).toBeGreaterThan(0);
  expect(await axeFindings(window)).toEqual([]);

  // A file, which no link could fetch without a cookie.
  await window.getByRole('link', { name: 'Nicht beliefert' }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    window.getByRole('button', { name: 'CSV' }).first().click(SOON),
  ]);
  expect(download.suggestedFilename()).toMatch(/[.]csv$/);

  // The token stands in no address.
  const token = await window.evaluate(() => sessionStorage.getItem('session-token'));
  expect(token).toMatch(/^[\w-]{40,}$/);
  expect(asked.filter((url) => url.includes(String(token)))).toEqual([]);
  expect(complaints).toEqual([]);
  await session.close();
});
