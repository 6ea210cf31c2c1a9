import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectAccount } from '../../src/cli/connect-account.ts';
import { axeFindings } from '../support/axe.ts';
import { launchBrowser, newSession } from '../support/browser.ts';
import { audienceOf, plantContact, plantMember } from '../support/plant.ts';
import { type ListeningSimulators, listenToSimulators } from '../support/practice-world.ts';
import { type ServerProcess, startServerProcess } from '../support/server-process.ts';

let browser: Browser;
let simulators: ListeningSimulators;
let server: ServerProcess;
const folder = mkdtempSync(join(tmpdir(), 'newsletter-connector-contact-'));
const PASSWORD = 'correct horse battery';
const ANNA = 'anna.muster@immo-test.de';

beforeAll(async () => {
  simulators = await listenToSimulators({ contacts: 40, seed: 3 });
  plantContact(simulators.crm, {
    email: ANNA,
    salutation: 'Frau',
    firstName: 'Anna',
    lastName: 'Müster',
    newsletter: '0',
    tags: ['Käufer'],
  });
  plantMember(simulators.mailchimp, { email: ANNA, firstName: 'Anna', status: 'unsubscribed' });
  server = await startServerProcess(folder, simulators.environment);
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  await simulators?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Connects both sides and runs the first full sync. */
async function firstSync(): Promise<string> {
  const connectionId = await connectAccount(server.call, simulators.keys);
  const { id: runId } = await server.call('POST /api/connections/:connectionId/runs', {
    params: { connectionId },
    body: { preview: false },
  });
  const params = { connectionId, runId };
  const state = async () => (await server.call('GET /api/connections/:connectionId/runs/:runId', { params })).state;
  await expect.poll(state, { timeout: 60_000, interval: 100 }).toBe('awaiting-approval');
  await server.call('POST /api/connections/:connectionId/runs/:runId/approve', { params, body: {} });
  await expect.poll(state, { timeout: 60_000, interval: 100 }).toBe('succeeded');
  return connectionId;
}

test('U4, R1 (c): a person is found and explained, a consent is entered, and the proof sheet shows it', async () => {
  const connectionId = await firstSync();
  const session = await newSession(browser);
  const page = await session.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (/content security policy/i.test(message.text())) complaints.push(message.text());
  });
  await page.goto(String(/http:\S+\/setup\?token=\S+/.exec(server.output())?.[0]));
  await page.getByLabel('Name').fill('Eva');
  await page.locator('input[type=password]').fill(PASSWORD);
  await page.getByRole('button', { name: 'Create account' }).click();
  await page
    .getByRole('link', { name: /onoffice/i })
    .first()
    .waitFor();

  // Found by name without its accent; by keyboard to everything about her.
  await page.goto(`${server.origin}/connections/${connectionId}`);
  await page.getByRole('link', { name: 'Contacts', exact: true }).click();
  await page.getByRole('table').waitFor();
  expect(await axeFindings(page)).toEqual([]);
  await page.getByLabel('Name, e-mail address or contact number').fill('nobody at all');
  await page.getByText('Nobody matches.').waitFor();
  await page.getByLabel('Name, e-mail address or contact number').fill('muster anna');
  const found = page.getByRole('link', { name: 'Anna Müster' });
  await expect.poll(() => found.count(), { timeout: 20_000 }).toBe(1);
  await found.focus();
  await page.keyboard.press('Enter');

  await page.getByRole('heading', { name: 'Anna Müster', level: 1 }).waitFor();
  await page.getByText('Nothing: both sides agree.').waitFor();
  await page.getByText('unsubscribed', { exact: true }).waitFor();
  const contactNumber = /Contact no\. (\d+)/.exec(await page.getByRole('main').innerText())?.[1];
  const inCrm = String(await page.getByRole('link', { name: 'Open in onOffice' }).getAttribute('href'));
  expect((await fetch(inCrm, { redirect: 'manual' })).headers.get('location')).toContain(String(contactNumber));
  await page.getByText('No change of consent is on record for this person.').waitFor();
  expect(await axeFindings(page)).toEqual([]);

  // F8: what is missing or cannot be is said beside its input, and nothing is booked.
  await page.getByLabel('How it was given').fill('');
  await page.getByRole('button', { name: 'Enter consent' }).click();
  await page.getByText('Please enter how the consent was given').waitFor();
  await page.getByLabel('How it was given').fill('signed form of the viewing in Ulmenweg 3');
  await page.getByLabel('Given on').fill('2020-01-01T10:00');
  await page.getByRole('button', { name: 'Enter consent' }).click();
  await page.getByText('which is later than this consent').waitFor();
  expect(await axeFindings(page)).toEqual([]);
  await page.getByText('No change of consent is on record for this person.').waitFor();

  // A consent of now answers the opt-out: the field is set to Yes, and the person is subscribed again.
  await page
    .getByLabel('Given on')
    .fill(new Date(Date.now() - 60_000 - new Date().getTimezoneOffset() * 60_000).toISOString().slice(0, 16));
  await page.getByRole('button', { name: 'Enter consent' }).click();
  await page.getByText('an operator, entered by hand').first().waitFor();
  await page.getByText('how: signed form of the viewing in Ulmenweg 3').waitFor();
  const anna = [...simulators.crm.store.addresses.values()].find(({ values }) => values.Name === 'Müster');
  await expect.poll(() => anna?.values.newsletter_aktiv, { timeout: 60_000 }).toBe('1');
  await page.getByText('Newsletter field in onOffice: done').waitFor({ timeout: 60_000 });
  expect(await axeFindings(page)).toEqual([]);

  const [sheet] = await Promise.all([
    session.waitForEvent('page'),
    page.getByRole('link', { name: 'Proof sheet' }).click(),
  ]);
  await sheet.getByRole('heading', { name: 'Proof of consent' }).waitFor();
  await sheet.getByText('given by: Anna Müster').waitFor();
  await sheet.getByText(/all \d+ entries are unchanged/).waitFor();
  expect(await axeFindings(sheet)).toEqual([]);
  expect(complaints).toEqual([]);
  // He left by himself: Mailchimp lets only the person come back, and the page says so.
  expect(audienceOf(simulators.mailchimp).members.find(ANNA)?.status).toBe('unsubscribed');
  await page.getByText('Blocked for legal reasons').first().waitFor();
  await session.close();
});
