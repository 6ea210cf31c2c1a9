import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from '../../src/db/database.ts';
import { lanesWithWork } from '../../src/db/sync-runs.ts';
import { freePort } from '../../src/free-port.ts';
import { laneName } from '../../src/jobs/lane-name.ts';
import { createLaneWorker } from '../../src/jobs/lane-worker.ts';
import { axeFindings } from '../support/axe.ts';
import { launchBrowser, newSession } from '../support/browser.ts';
import { CRM_KEYS, createHttpWorld, type HttpWorld, openHttpDatabase, PASSWORD } from '../support/http-world.ts';
import { audienceOf } from '../support/plant.ts';

const PEOPLE = 60;
const GONE = 40;
const MINUTE = 60_000;
/** How long the page may take on a busy machine. */
const SOON = { timeout: 20_000 };

let browser: Browser;
let database: Database;
let world: HttpWorld;
let connectionId = '';
let origin = '';
const ids: number[] = [];

const emailOf = (index: number) => `person.${index}@immo-test.de`;

/** A synchronised connection with opt-outs both ways, and many contacts and a tag deleted in the CRM. */
beforeAll(async () => {
  database = await openHttpDatabase();
  const port = await freePort('127.0.0.1');
  origin = `http://127.0.0.1:${port}`;
  world = await createHttpWorld(database, {
    parts: { publicUrl: origin, isProviderLocal: true, webRoot: join(import.meta.dirname, '../../web/dist') },
  });
  const { crm, mailchimp, call, app } = world;
  mailchimp.addAudience({ name: 'onoffice' });
  crm.agent.addTag('Messe');
  for (let index = 0; index < PEOPLE; index += 1) {
    const values = {
      Vorname: `Vorname ${index}`,
      Name: 'Muster',
      Email: emailOf(index),
      newsletter_aktiv: '1',
      ...(index === 55 ? { NewsletterTag: ['Messe'] } : {}),
    };
    ids.push(crm.agent.createContact(values).id);
  }
  connectionId = ((await world.connect()).json as unknown as { id: string }).id;
  const base = `/api/connections/${connectionId}`;
  const settings = { audience: { choice: 'onoffice' }, mapping: {}, activities: [], optOutValue: 'cancellation' };
  await call('PUT', `${base}/settings`, settings);
  const run = (await call('POST', `${base}/runs`, { preview: false })).json as unknown as { id: string };
  await work();
  await call('POST', `${base}/runs/${run.id}/approve`);
  await work();
  mailchimp.person.unsubscribe('onoffice', emailOf(50));
  await world.mailchimp.pump();
  await work();
  crm.agent.editContact(ids[51] ?? 0, { newsletter_aktiv: '0' });
  world.advance(MINUTE);
  await work();
  for (const id of ids.slice(0, GONE)) crm.agent.deleteContact(id);
  crm.agent.deleteTag('Messe');
  world.advance(11 * MINUTE);
  await work();
  await world.logIn('editor');
  await app.listen({ host: '127.0.0.1', port });
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await world?.close();
  await database?.close();
});

/** Lets every lane do what its time has come for. */
async function work(): Promise<void> {
  const lane = createLaneWorker({
    ...world.parts,
    newId: randomUUID,
    onProgress: (id) => world.parts.runEvents.emit({ connectionId: id, what: 'run' }),
    onBug: (error) => {
      throw error;
    },
  });
  for (;;) {
    const lanes = await lanesWithWork(database.db, world.clock.now());
    if (lanes.length === 0) return;
    for (const one of lanes) await lane(laneName(one));
  }
}

test('an editor sees what goes on in the background, answers what was held, and reads in the journal what was done', async () => {
  const session = await newSession(browser);
  const page = await session.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(`${origin}/connections/${connectionId}`);
  await page.getByLabel('Name').fill('editor');
  await page.locator('input[type=password]').fill(PASSWORD);
  await page.getByRole('button', { name: 'Log in' }).click();

  // U2: opt-outs with their delays, the background, and what waits.
  const optOuts = page.getByRole('region', { name: 'Opt-outs of the last 30 days' });
  await optOuts
    .getByRole('row', { name: /Mailchimp to onOffice 1/ })
    .first()
    .waitFor();
  await optOuts
    .getByRole('row', { name: /onOffice to Mailchimp 1/ })
    .first()
    .waitFor();
  await optOuts.getByRole('img', { name: 'Opt-outs per day' }).first().waitFor();
  await page.getByText('Both sides are watched; there is nothing to do.').waitFor();
  await page.getByText(`${GONE} changes wait for your answer`).waitFor();
  await page.getByText('1 tag waits for your answer').waitFor();
  expect(await axeFindings(page)).toEqual([]);

  // R12: the question, whom it concerns, and the answer.
  await page.getByRole('link', { name: 'Look and answer' }).click();
  await page.getByRole('heading', { name: 'Take out of the audience' }).waitFor();
  await page.getByRole('cell', { name: emailOf(0) }).waitFor();
  expect(await axeFindings(page)).toEqual([]);
  await page.getByRole('button', { name: 'Show more' }).click();
  await expect.poll(() => page.getByRole('row').count(), SOON).toBe(GONE + 1);
  await page.getByRole('button', { name: 'Leave in the audience' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Leave in the audience' }).click();

  // R11: a tag that is gone in onOffice.
  await page.getByText('The tag “Messe” was deleted in onOffice. Mailchimp still has it.').waitFor();
  await page.getByRole('button', { name: 'Delete it at Mailchimp, too' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: 'Create it again in onOffice' }).click();
  await page.getByText('Nothing is waiting for an answer.').waitFor();

  // U6: the journal by kind, and every single change by address.
  await page.getByRole('link', { name: 'Journal' }).click();
  await page.getByText(`${GONE} × “Take out of the audience”, dropped`).waitFor();
  expect(await axeFindings(page)).toEqual([]);
  await page.getByText('Single changes').click();
  await page.getByLabel('Search for an address').fill(emailOf(50));
  await expect.poll(() => page.getByRole('row').count(), SOON).toBe(3);
  await page.getByRole('row', { name: /Newsletter: yes → Newsletter: cancellation/ }).waitFor();
  expect(await axeFindings(page)).toEqual([]);

  // U7: paused, and seen at once.
  await page.getByRole('link', { name: 'Overview' }).click();
  await page.getByRole('button', { name: 'Pause' }).click();
  await page.getByRole('button', { name: 'Pause now' }).click();
  await page.getByText('The background synchronisation is paused').waitFor();
  expect(await page.getByRole('button', { name: 'Synchronise now' }).count()).toBe(0);
  await page.getByRole('button', { name: 'Go on' }).click();
  await page.getByRole('button', { name: 'Synchronise now' }).waitFor();

  // The page updates itself when an opt-out comes.
  world.mailchimp.person.unsubscribe('onoffice', emailOf(52));
  await world.mailchimp.pump();
  world.advance(MINUTE);
  await work();
  // The stream tells of changes at most once a second of this clock.
  world.advance(2_000);
  await optOuts
    .getByRole('row', { name: /Mailchimp to onOffice 2/ })
    .first()
    .waitFor();
  expect(complaints).toEqual([]);
  await session.close();
});

test('by keyboard alone, in Spanish, dark and on a phone: everything is reached and named, nothing is cut', async () => {
  const session = await newSession(browser, {
    locale: 'es-ES',
    colorScheme: 'dark',
    viewport: { width: 390, height: 844 },
  });
  const page = await session.newPage();
  const { keyboard } = page;
  await page.goto(`${origin}/connections/${connectionId}`);
  await page.getByRole('button', { name: 'Iniciar sesión' }).focus();
  await keyboard.press('Enter');
  // what is wrong takes the focus
  await expect.poll(() => page.locator('input:focus').getAttribute('autocomplete')).toBe('username');
  await keyboard.type('editor');
  await page.locator('input[type=password]').focus();
  await keyboard.type(PASSWORD);
  await keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Los dos lados' }).waitFor(SOON);

  // a page that opens is read from its heading; the skip link leads there past the header
  expect(await page.locator(':focus').getAttribute('tabindex')).toBe('-1');
  await page.getByRole('link', { name: 'Ir al contenido' }).focus();
  await keyboard.press('Enter');
  await keyboard.press('Tab');
  expect(await page.locator('#content :focus').count()).toBe(1);

  const sections = ['', '/contacts', '/undelivered', '/journal', '/settings'].map(
    (path) => `/connections/${connectionId}${path}`,
  );
  for (const address of [...sections, '/guide/marketing']) {
    await page.goto(origin + address);
    await page.getByRole('heading', { level: 1 }).waitFor(SOON);
    await expect.poll(() => page.getByText('Cargando…').count(), SOON).toBe(0);
    expect(await page.locator('html').getAttribute('lang'), address).toBe('es');
    expect(await page.evaluate('document.documentElement.scrollWidth'), address).toBe(390);
    expect(await axeFindings(page), address).toEqual([]);
  }

  // another language by keyboard: chosen once, kept with the account
  await page.getByRole('button', { name: 'Idioma' }).focus();
  await keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Français' }).focus();
  await keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Aide', level: 1 }).waitFor();
  await page.reload();
  await page.getByRole('heading', { name: 'Aide', level: 1 }).waitFor();
  await session.close();

  // U7: another browser shows it, too, once he is known there
  const elsewhere = await newSession(browser, { locale: 'it-IT' });
  const other = await elsewhere.newPage();
  await other.goto(`${origin}/guide/marketing`);
  await other.locator('input[autocomplete=username]').fill('editor');
  await other.locator('input[type=password]').fill(PASSWORD);
  await other.getByRole('button', { name: 'Accedi' }).click();
  await other.getByRole('heading', { name: 'Aide', level: 1 }).waitFor();
  await elsewhere.close();
});

test('U7: disconnected with its people taken out, and connected again: who still says Yes comes back by the preview', async () => {
  const { crm, mailchimp } = world;
  const cookie = await world.logIn('administrator');
  const session = await newSession(browser);
  await session.addCookies([{ name: 'nc_session', value: cookie.split('=')[1] ?? '', url: origin }]);
  const page = await session.newPage();
  const active = () => Number(audienceOf(mailchimp).members.count('subscribed'));
  await page.goto(`${origin}/connections/${connectionId}/settings`);
  await page.getByRole('button', { name: 'Disconnect …' }).click();
  await page.getByRole('radio', { name: 'Take out whom the connector put there' }).check(SOON);
  await page.getByRole('dialog').getByRole('button', { name: 'Disconnect now' }).click();
  await page.getByText('This connection is ending').waitFor();
  await page.getByText(/^0 of \d+ taken out$/).waitFor();
  await page.getByText('only opt-outs are carried over').waitFor();
  expect(await axeFindings(page)).toEqual([]);
  await work();
  world.advance(2_000);
  await page.getByText('This connection has ended').waitFor(SOON);
  expect(active()).toBe(0);
  expect(await axeFindings(page)).toEqual([]);

  // one of those who were taken out does not want it any more
  const [left] = [...crm.store.addresses.values()].filter(({ values }) => values.newsletter_aktiv === '1');
  crm.agent.editContact(left?.id ?? 0, { newsletter_aktiv: '0' });
  await page.getByRole('link', { name: 'Connect again' }).click();
  await page.getByText('Choose the audience “onoffice” again').waitFor();
  await page.getByLabel('Token').fill(CRM_KEYS.token);
  await page.getByLabel('Secret').fill(CRM_KEYS.secret);
  await page.getByLabel('API key').fill(mailchimp.apiKey);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByText(`Connected: ${crm.store.addresses.size} contacts can be read.`).waitFor();
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('button', { name: 'Save and make the preview' }).click();
  await page.getByText('Both sides are being read and compared').waitFor();
  await work();
  world.advance(2_000);
  await page.getByText('Subscribe again').waitFor(SOON);
  expect(active()).toBe(0);
  expect(await axeFindings(page)).toEqual([]);
  await page.getByRole('button', { name: 'Start synchronisation' }).click();
  await page.getByText('How the two numbers fit together').waitFor(SOON);
  await work();
  const sayYes = [...crm.store.addresses.values()].filter(({ values }) => values.newsletter_aktiv === '1');
  expect([active(), sayYes.length > 10]).toEqual([sayYes.length, true]);
  await session.close();
});
