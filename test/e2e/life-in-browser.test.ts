import { readFileSync } from 'node:fs';
import type { BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { axeFindings } from '../support/axe.ts';
import { brevoList } from '../support/brevo-people.ts';
import {
  ANNA,
  BEN,
  type BrowserStory,
  expectFitForAll,
  openBrowserStory,
  PEOPLE,
  SOON,
  seeOn,
} from '../support/browser-story.ts';
import type { BrowserWorld } from '../support/browser-world.ts';
import { CRM_KEYS, PASSWORD } from '../support/http-world.ts';
import { createKeyboard, type Keyboard } from '../support/keyboard.ts';
import { plantContact } from '../support/plant.ts';

/** stands in the one-time link of the first start */
const LINK_TOKEN = 'token-of-the-first-start';
/** Has no name: the address is what the page calls him. */
const NAMELESS = 'auskunft.und.beratung@verwaltungsgesellschaft-immobilien-test.de';

let story: BrowserStory;
let world: BrowserWorld;
let session: BrowserContext;
let page: Page;
let keyboard: Keyboard;

beforeAll(async () => {
  story = await openBrowserStory({ provider: 'brevo', session: { locale: 'es-ES' } });
  ({ world, session, page } = story);
  plantContact(world.crm, { email: NAMELESS });
  await world.setupLink(LINK_TOKEN);
  keyboard = createKeyboard(page);
});
afterAll(() => story?.close());

const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
const section = (name: string) => page.getByRole('navigation', { name: 'Secciones' }).getByRole('link', { name });

const see = (...texts: (string | RegExp)[]) => seeOn(page, texts);
/** Where the middle of an element is on the page, in px. */
async function middleOf(element: Locator): Promise<[number, number]> {
  const { x = 0, y = 0, width = 0, height = 0 } = (await element.boundingBox()) ?? {};
  return [x + width / 2, y + height / 2];
}

const isFitForAll = (on: Page = page) => expectFitForAll(on);

test('U1: by keyboard alone, from the one-time link to the keys of both sides, each checked before anything is saved', async () => {
  await page.goto(`${world.origin}/setup?token=${LINK_TOKEN}`);
  await isFitForAll();
  await keyboard.typeInto('Nombre', 'Eva');
  await keyboard.typeInto('Contraseña', PASSWORD);
  await keyboard.enter(button('Crear cuenta'));
  await isFitForAll();
  await keyboard.enter(page.getByRole('link', { name: 'Empezar la configuración' }));
  await page.getByRole('heading', { level: 1, name: 'Configuración' }).waitFor(SOON);
  expect(await page.locator('h1:focus').count()).toBe(1);
  await keyboard.typeInto('Token', CRM_KEYS.secret);
  await keyboard.typeInto('Secreto', CRM_KEYS.token);
  await keyboard.reach(page.getByRole('radio', { name: 'Mailchimp' }));
  await page.keyboard.press('ArrowDown');
  await keyboard.typeInto('Clave API', 'xkeysib-wrong');
  await keyboard.enter(button('Continuar'));
  await expect.poll(() => page.getByRole('alert').count(), SOON).toBe(2);
  expect((await world.call('GET', '/api/connections')).json).toEqual({ connections: [] });
  await isFitForAll();
  await page.locator('h1').focus();
  await keyboard.typeInto('Token', CRM_KEYS.token);
  await keyboard.typeInto('Secreto', CRM_KEYS.secret);
  await keyboard.typeInto('Clave API', world.brevo.apiKey);
  await page.keyboard.press('Tab');
  await see(`Conectado: se pueden leer ${PEOPLE + 3} contactos.`, 'Conectado con «');
  await isFitForAll();
  await keyboard.enter(button('Continuar'));
  await see('Qué campos se transfieren');
});

test('M8, M11, M12: the preview, then the first sync waits for the queue of the provider, and both numbers fit together', async () => {
  expect(await page.locator('h1:focus, h2:focus').count()).toBe(1);
  await isFitForAll();
  await keyboard.reach(page.getByLabel('Newsletter abierta'));
  await page.keyboard.press('Space');
  const before = world.brevo.store.consentHistory.length;
  await keyboard.enter(button('Guardar y preparar la vista previa'));
  await button('Iniciar la sincronización').waitFor(SOON);
  expect(world.brevo.store.consentHistory.length).toBe(before);
  expect(world.brevo.account.webhooks.size).toBe(1);
  await isFitForAll();
  await keyboard.enter(button(/Añadir a la lista de correo/));
  await page.getByRole('columnheader', { name: 'Antes' }).first().waitFor();
  await isFitForAll();
  await page.locator('h1').focus();
  await keyboard.enter(button('Iniciar la sincronización'));
  await see('Esperar la importación de la plataforma');
  await isFitForAll();
  await story.live(40);
  await see('Cómo encajan las dos cifras');
  const [{ id }] = (await world.call('GET', '/api/connections')).json.connections as unknown as [{ id: string }];
  const { bridge } = (await world.call('GET', `/api/connections/${id}/overview`)).json as unknown as Overview;
  expect(bridge.addsUp).toBe(true);
  const list = brevoList(world.brevo);
  const active = [...world.brevo.account.contacts.all()].filter(
    ({ emailBlacklisted, listIds }) => !emailBlacklisted && listIds.includes(list.id),
  );
  expect(bridge.activeMembers).toBe(active.length);
  await see(String(active.length));
  await isFitForAll();

  // U5: every contact with a reason, as a file too.
  await section('Sin newsletter').click();
  await page.getByRole('table').waitFor();
  await isFitForAll();
  const [download] = await Promise.all([page.waitForEvent('download'), page.locator('a[download]').first().click()]);
  const lines = readFileSync(await download.path(), 'utf8')
    .trim()
    .split('\n');
  expect(lines.length - 1).toBe(bridge.reasons.reduce((sum, { count }) => sum + count, 0));
});

type Overview = { bridge: { addsUp: boolean; activeMembers: number; reasons: { count: number }[] } };

test('M19, M26: an unsubscribe arrives and a campaign is sent; both stand on the contacts and on their pages', async () => {
  await section('Campañas').click();
  await see(/no se ha enviado ninguna newsletter/);
  await isFitForAll();
  const nobody = { hardBounce: 0, softBounce: 0, open: 0, click: 0, unsubscribe: 0, complain: 0 };
  const { id } = world.brevo.campaign.send('onoffice', { name: 'Casas nuevas', rates: nobody });
  world.brevo.campaign.open(id, BEN);
  world.brevo.person.unsubscribe(ANNA, { campaignId: id });
  await story.live(35);
  await page.getByRole('heading', { name: 'Casas nuevas' }).waitFor(SOON);
  await see(/Newsletter abierta: 1/);
  await isFitForAll();
  const { addresses, activities } = world.crm.store;
  expect(addresses.get(story.annaId)?.values.newsletter_aktiv).toBe('2');
  const kindsOf = (id: number) =>
    activities.ofAddress(id).flatMap(({ note }) => /abbestellt|zugestellt|geöffnet/.exec(note)?.[0] ?? []);
  expect(kindsOf(story.annaId).toSorted()).toEqual(['abbestellt', 'zugestellt']);
  expect(kindsOf(story.benId).toSorted()).toEqual(['geöffnet', 'zugestellt']);
  await section('Resumen').click();
  await page
    .getByRole('row', { name: /de Brevo a onOffice 1/ })
    .first()
    .waitFor(SOON);
  await isFitForAll();
});

test('U4: by keyboard a contact is found and explained, and its proof sheet is whole', async () => {
  await keyboard.enter(section('Contactos'));
  await page.getByRole('table').waitFor();
  expect(await page.locator('h1:focus').count()).toBe(1);
  await keyboard.typeInto('Nombre, correo electrónico o número de contacto', 'muster anna');
  const found = page.getByRole('link', { name: 'Anna Müster' });
  await expect.poll(() => found.count(), SOON).toBe(1);
  await expect.poll(() => page.getByRole('row').count(), SOON).toBe(2);
  await isFitForAll();
  await keyboard.enter(found);
  await page.getByRole('heading', { name: 'Anna Müster', level: 1 }).waitFor();
  expect(await page.locator('h1:focus').count()).toBe(1);
  await see('Nada: los dos lados coinciden.', 'por: la persona');
  const inCrm = String(await page.getByRole('link', { name: 'Abrir en onOffice' }).getAttribute('href'));
  expect((await world.crm.fetch(new Request(inCrm))).headers.get('location')).toContain(String(story.annaId));
  await isFitForAll();
  const [sheet] = await Promise.all([
    session.waitForEvent('page'),
    page.getByRole('link', { name: 'Justificante' }).click(),
  ]);
  await sheet.getByRole('heading', { name: 'Justificante de consentimiento' }).waitFor();
  await sheet.getByText(/sus \d+ asientos están intactos/).waitFor();
  await isFitForAll(sheet);
  await sheet.close();

  await section('Contactos').click();
  await page.getByLabel('Nombre, correo electrónico o número de contacto').fill('muster ben');
  await page.getByRole('link', { name: 'Ben Müster' }).click(SOON);
  await see('Newsletter abierta: Casas nuevas');
});

test('U7: the contents of the settings name every section, and lead there by keyboard', async () => {
  await section('Ajustes').click();
  await page.getByRole('heading', { name: 'Freno de seguridad' }).waitFor(SOON);
  const contents = page.getByRole('navigation', { name: 'En esta página' }).getByRole('link');
  await expect.poll(() => page.locator('#tenant').count(), SOON).toBe(1);
  const named = await contents.evaluateAll((links) =>
    links.map(({ hash, textContent }) => [hash.slice(1), textContent]),
  );
  const there = await page
    .locator('section[id]')
    .evaluateAll((sections) => sections.map((one) => [one.id, one.querySelector('h2')?.textContent]));
  expect(named).toEqual(there);
  await keyboard.enter(contents.getByText('Freno de seguridad'));
  await page.keyboard.press('Tab');
  expect(await page.locator('#brake input:focus').count()).toBe(1);
});

test('F3: a webhook that tells too little is shown, and repaired by one click', async () => {
  const [hook] = world.brevo.account.webhooks.values();
  hook?.events.splice(hook.events.indexOf('opened'), 1);
  await page.route('**/webhook-check', () => {});
  await button('Comprobar ahora').click();
  // what is being done turns in the middle of its button
  const turning = page.locator('button[data-loading]');
  const [x, y] = await middleOf(turning);
  expect(await middleOf(turning.locator('.mantine-Button-loader'))).toEqual([
    expect.closeTo(x, -1),
    expect.closeTo(y, -1),
  ]);
  await page.unroute('**/webhook-check');
  await page.reload();
  await button('Comprobar ahora').click(SOON);
  await see('Comprobado: algo no está bien.', /La plataforma no avisa de todo lo que debería/);
  await isFitForAll();
  await button('Reparar').click();
  await see('Comprobado y reparado. Esto estaba mal:');
  expect(hook?.events).toContain('opened');
});

test('dark and on a phone everything is reached and named, and nothing is cut', async () => {
  const phone = await story.another({
    locale: 'es-ES',
    colorScheme: 'dark',
    viewport: { width: 390, height: 844 },
  });
  const small = await phone.newPage();
  const keys = small.keyboard;
  const base = new URL(page.url()).pathname.split('/').slice(0, 3).join('/');
  await small.goto(world.origin + base);
  await small.getByRole('button', { name: 'Iniciar sesión' }).focus();
  await keys.press('Enter');
  // what is wrong takes the focus
  await expect.poll(() => small.locator('input:focus').getAttribute('autocomplete')).toBe('username');
  await keys.type('Eva');
  await keys.press('Tab');
  await keys.type(PASSWORD);
  await keys.press('Enter');
  await small.getByRole('heading', { name: 'Los dos lados' }).waitFor(SOON);

  // a page that opens is read from its heading; the skip link leads there past the header
  expect(await small.locator('h1:focus').count()).toBe(1);
  await small.getByRole('link', { name: 'Ir al contenido' }).focus();
  await keys.press('Enter');
  await keys.press('Tab');
  expect(await small.locator('#content :focus').count()).toBe(1);

  const sections = ['', '/contacts', '/undelivered', '/campaigns', '/journal', '/settings'].map((path) => base + path);
  const people = [
    `${base}/members`,
    `${base}/held`,
    `${base}/contacts/${story.benId}`,
    `${base}/contacts/${BEN}`,
    `${base}/contacts/${NAMELESS}`,
  ];
  for (const address of [...sections, ...people, '/users', '/guide/marketing']) {
    await small.goto(world.origin + address);
    await small.getByRole('heading', { level: 1 }).waitFor(SOON);
    await expect.poll(() => small.getByText('Cargando…').count(), SOON).toBe(0);
    expect(await small.locator('html').getAttribute('lang'), address).toBe('es');
    expect(await small.evaluate('document.documentElement.scrollWidth'), address).toBe(390);
    expect(await axeFindings(small), address).toEqual([]);
  }
  await phone.close();
});

test('U7: the connection is ended, its audience stays as it is, and the page says so', async () => {
  await keyboard.enter(button('Desconectar…'));
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  await isFitForAll();
  // a dialog keeps the keyboard, and gives it back where it was opened
  for (let tabs = 0; tabs < 6; tabs += 1) await page.keyboard.press('Tab');
  expect(await dialog.locator(':focus').count()).toBe(1);
  await page.keyboard.press('Escape');
  await expect.poll(() => page.locator('button:focus').textContent()).toBe('Desconectar…');
  await page.keyboard.press('Enter');
  await keyboard.enter(dialog.getByRole('button', { name: 'Desconectar ahora' }));
  await see('Esta conexión ha terminado');
  await isFitForAll();
  expect(world.brevo.account.webhooks.size).toBe(0);
  const { listIds, emailBlacklisted } = world.brevo.account.contacts.byEmail(BEN) ?? {};
  expect([listIds, emailBlacklisted]).toEqual([[brevoList(world.brevo).id], false]);
});

test('U7: another language is chosen by keyboard, and kept with the account', async () => {
  await page.goto(`${world.origin}/guide/marketing`);
  await keyboard.enter(button('Idioma'));
  await page.getByRole('menuitem', { name: 'Français' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Aide', level: 1 }).waitFor(SOON);
  await page.reload();
  await page.getByRole('heading', { name: 'Aide', level: 1 }).waitFor(SOON);

  // another browser shows it, too, once the person is known there
  const elsewhere = await story.another({ locale: 'it-IT' });
  const other = await elsewhere.newPage();
  await other.goto(`${world.origin}/guide/marketing`);
  await other.locator('input[autocomplete=username]').fill('Eva');
  await other.locator('input[type=password]').fill(PASSWORD);
  await other.getByRole('button', { name: 'Accedi' }).click();
  await other.getByRole('heading', { name: 'Aide', level: 1 }).waitFor();
  expect(story.complaints).toEqual([]);
});
