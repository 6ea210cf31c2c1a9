import { readFileSync } from 'node:fs';
import type { Frame, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
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
import { audienceOf, plantContact } from '../support/plant.ts';

/** Deleted in the CRM at once: more than the brake lets pass (R12). */
const GONE = 60;
const MINUTE = 60_000;
const CORA = 'cora.muster@immo-test.de';
const TAG = 'Messe';

let story: BrowserStory;
let world: BrowserWorld;
let page: Page;
/** our page in the CRM's frame */
let inside: Frame;
/** every address that was asked for */
const asked: string[] = [];
let annaId = 0;
let benId = 0;
let coraId = 0;

beforeAll(async () => {
  story = await openBrowserStory({ provider: 'mailchimp', tags: [TAG] });
  ({ world, page, annaId, benId } = story);
  coraId = plantContact(world.crm, { email: CORA, firstName: 'Cora', lastName: 'Müster' });
  page.on('request', (request) => asked.push(request.url()));
});
afterAll(() => story?.close());

/** Our page in the CRM's frame. */
async function framed(): Promise<Frame> {
  const frame = await (await page.waitForSelector('iframe')).contentFrame();
  if (!frame) throw new Error('the frame has no page');
  await frame.waitForLoadState();
  return frame;
}

const section = (name: string) => inside.getByRole('navigation', { name: 'Bereiche' }).getByRole('link', { name });
const press = (name: string) => inside.getByRole('button', { name, exact: true }).click(SOON);
/** Answers the question of a dialog. */
const confirm = (name: string) => inside.getByRole('dialog').getByRole('button', { name, exact: true }).click(SOON);
/** What stands in the CRM's Newsletter field of a contact. */
const newsletterOf = (id: number) => world.crm.store.addresses.get(id)?.values.newsletter_aktiv;

const see = (...texts: (string | RegExp)[]) => seeOn(inside, texts);
const isFitForAll = () => expectFitForAll(inside);

test('M27: an administrator activates the provider in the Marketplace; a wrong key is told and changes nothing', async () => {
  await page.goto(`${world.crmOrigin}/_crm/marketplace?lang=DEU`);
  await page.getByRole('button', { name: 'Activate provider' }).click();
  const key = await page.getByLabel('API key of the provider').inputValue();
  inside = await framed();
  await see('Für Muster Immobilien GmbH.');
  expect(new URL(inside.url()).search).toBe('');
  await isFitForAll();
  await inside.getByLabel('API-Schlüssel').fill(key.slice(1));
  await press('Jetzt aktivieren');
  await see('onOffice nimmt diesen API-Schlüssel nicht an');
  await isFitForAll();
  expect(world.crm.marketplace.unlocked).toBe(false);
  await inside.getByLabel('API-Schlüssel').fill(key);
  await press('Jetzt aktivieren');
  // The CRM was told, by the word it waits for.
  await page.getByText('The provider is activated.').waitFor(SOON);
  expect(world.crm.marketplace.unlocked).toBe(true);
  await isFitForAll();
});

test('U1, M8, M12: without a login from the set-up to a first full sync whose two numbers fit together', async () => {
  await page.getByRole('link', { name: 'Close' }).click();
  await page.getByRole('link', { name: 'Newsletter Connector' }).click();
  inside = await framed();
  await see('Einrichtung beginnen');
  expect(inside.url()).not.toMatch(/signature|apiClaim|Bearer/);
  await press('Zugang');
  await see('Muster Immobilien GmbH');
  await isFitForAll();
  await inside.page().keyboard.press('Escape');
  await inside.getByText('Einrichtung beginnen').click();
  await see(`Verbunden: ${PEOPLE + 3} Kontakte sind lesbar.`);
  await inside.getByLabel('API-Schlüssel').fill(world.mailchimp.apiKey);
  await inside.getByLabel('API-Schlüssel').blur();
  await see('Verbunden mit „');
  await isFitForAll();
  await press('Weiter');
  await inside.getByLabel('Newsletter zugestellt').check(SOON);
  await inside.getByLabel('Link angeklickt').check();
  await isFitForAll();
  const before = world.mailchimp.store.consentHistory.length;
  await press('Speichern und Vorschau erstellen');
  await inside.getByRole('button', { name: 'Synchronisation starten' }).waitFor(SOON);
  expect(world.mailchimp.store.consentHistory.length).toBe(before);
  await isFitForAll();
  await press('Synchronisation starten');
  await see('Wie die beiden Zahlen zusammenpassen');
  await see('Die Zahlen können Kontakte enthalten, die Sie selbst in onOffice nicht lesen dürfen.');
  await see(String(audienceOf(world.mailchimp).members.count('subscribed')));
  await isFitForAll();

  // U5 as a file, which no link could fetch without a cookie.
  await section('Nicht beliefert').click();
  const [download] = await Promise.all([page.waitForEvent('download'), press('Als CSV herunterladen')]);
  expect(download.suggestedFilename()).toMatch(/[.]csv$/);
  await inside.getByRole('table').waitFor();
  await isFitForAll();
});

test('M19, M25: an unsubscribe arrives, the page tells of it by itself, and it stands on the contact', async () => {
  await section('Übersicht').click();
  await see('In den letzten 30 Tagen hat sich niemand abgemeldet.');
  await story.live(2);
  await see('Beide Seiten werden beobachtet; es ist nichts zu tun.');
  world.mailchimp.person.unsubscribe('onoffice', ANNA);
  await story.live(3);
  const optOuts = inside.getByRole('region', { name: 'Abmeldungen der letzten 30 Tage' }).first();
  await optOuts
    .getByRole('row', { name: /Mailchimp zu onOffice 1/ })
    .first()
    .waitFor(SOON);
  await optOuts.getByRole('img', { name: /Abmeldungen pro Tag/ }).waitFor();
  await isFitForAll();
  expect(newsletterOf(annaId)).toBe('2');
  const notes = world.crm.store.activities.ofAddress(annaId).map(({ note }) => note);
  expect(notes).toEqual([expect.stringContaining('Newsletter abbestellt (bei Mailchimp)')]);
});

test('M26: what became of a campaign is told, and stands on the contacts', async () => {
  await section('Kampagnen').click();
  await see(/wurde kein Newsletter verschickt/);
  await isFitForAll();
  const nobody = { hardBounce: 0, softBounce: 0, open: 0, click: 0, unsubscribe: 0, complain: 0 };
  const { id } = world.mailchimp.campaign.send('onoffice', { subject: 'Neue Häuser', title: 'Januar', rates: nobody });
  world.mailchimp.campaign.click(id, BEN);
  await story.live(20);
  await inside.getByRole('heading', { name: 'Neue Häuser' }).waitFor(SOON);
  await see(/Aktivitäten stehen in onOffice .*Link angeklickt: 1/);
  await isFitForAll();
  const kinds = world.crm.store.activities.ofAddress(benId).map(({ note }) => /zugestellt|angeklickt/.exec(note)?.[0]);
  expect(kinds.toSorted()).toEqual(['angeklickt', 'zugestellt']);
});

test('U4, R1 (c): a contact is explained, a consent is entered, and the proof sheet shows it', async () => {
  await section('Kontakte').click();
  await inside.getByRole('table').waitFor();
  await isFitForAll();
  const search = inside.getByLabel('Name, E-Mail-Adresse oder Kontaktnummer');
  await search.fill('niemand und nichts');
  await see('Niemand passt dazu.');
  await isFitForAll();
  await search.fill('muster anna');
  const found = inside.getByRole('link', { name: 'Anna Müster' });
  await expect.poll(() => found.count(), SOON).toBe(1);
  await found.click();
  await inside.getByRole('heading', { name: 'Anna Müster', level: 1 }).waitFor();
  await see('Nichts: Beide Seiten stimmen überein.', 'durch: der Anbieter');
  await isFitForAll();

  // F8: what is missing or cannot be is said beside its input, and nothing is booked.
  const entries = inside.getByText(/Eintrag \d/);
  const booked = await entries.count();
  const evidence = inside.getByLabel('Wie sie gegeben wurde und was sie belegt');
  const givenAt = inside.getByLabel('Gegeben am');
  await press('Einwilligung eintragen');
  await see('Bitte geben Sie an, wie die Einwilligung gegeben wurde');
  await evidence.fill('unterschriebenes Formular der Besichtigung Ulmenweg 3');
  await givenAt.fill('2020-01-01T10:00');
  await press('Einwilligung eintragen');
  await see(/also nach dieser Einwilligung/);
  await isFitForAll();
  expect(await entries.count()).toBe(booked);

  // One of now answers the opt-out, but Mailchimp lets only the person himself come back, and the page says so.
  const now = new Date(world.clock.now() + MINUTE).toLocaleString('sv', { timeZone: 'Europe/Berlin' });
  world.advance(2 * MINUTE);
  await givenAt.fill(now.replace(' ', 'T').slice(0, 16));
  await press('Einwilligung eintragen');
  await see('wie: unterschriebenes Formular der Besichtigung Ulmenweg 3');
  await story.live(1);
  await see('Newsletter-Status in onOffice: erledigt', 'Rechtlich gesperrt');
  await isFitForAll();
  expect(newsletterOf(annaId)).toBe('1');
  const [sheet] = await Promise.all([page.waitForEvent('download'), press('Nachweisblatt')]);
  expect(readFileSync(await sheet.path(), 'utf8')).toContain('unterschriebenes Formular der Besichtigung Ulmenweg 3');
  expect(audienceOf(world.mailchimp).members.find(ANNA)?.status).toBe('unsubscribed');
});

test('F3: a webhook that was deleted at the provider is shown, and repaired by itself', async () => {
  await section('Einstellungen').click();
  await inside.getByRole('heading', { name: 'Sicherheitsbremse' }).waitFor(SOON);
  await isFitForAll();
  audienceOf(world.mailchimp).webhooks.clear();
  await press('Jetzt prüfen');
  await see('Geprüft und repariert. Das war falsch:', /Unser Webhook ist beim Anbieter nicht mehr vorhanden/);
  await isFitForAll();
  expect(audienceOf(world.mailchimp).webhooks.size).toBe(1);
});

test('R11, R12, U6, U7: what is unusual is asked and answered, the journal tells it, and a pause is seen at once', async () => {
  const members = [...audienceOf(world.mailchimp).members.all()].filter(({ status }) => status === 'subscribed');
  const active = new Set(members.map(({ emailAddress }) => emailAddress));
  const gone = [...world.crm.store.addresses.values()]
    .filter(({ id, emails }) => id !== benId && id !== coraId && active.has(emails[0]?.address ?? ''))
    .slice(0, GONE);
  expect(gone.length).toBe(GONE);
  for (const { id } of gone) world.crm.agent.deleteContact(id);
  world.crm.agent.deleteTag(TAG);
  await story.live(12);
  await section('Übersicht').click();
  const question = await inside.getByText(/^\d+ Änderungen warten auf Ihre Antwort/).textContent(SOON);
  const count = Number.parseInt(String(question), 10);
  expect(count).toBeGreaterThan(GONE / 2);
  await see('1 Tag wartet auf Ihre Antwort');
  await isFitForAll();
  await inside.getByRole('link', { name: 'Ansehen und antworten' }).click();
  await inside.getByRole('heading', { name: 'Aus der Mailing-Liste nehmen' }).waitFor(SOON);
  await press('Mehr zeigen');
  await expect.poll(() => inside.getByRole('row').count(), SOON).toBe(count + 1);
  await isFitForAll();
  await press('In der Mailing-Liste lassen');
  await confirm('In der Mailing-Liste lassen');

  // R11: a tag that is gone in onOffice.
  await see(`Das Tag „${TAG}“ wurde in onOffice gelöscht. Bei Mailchimp gibt es es weiterhin.`);
  await press('Auch bei Mailchimp löschen');
  await confirm('Abbrechen');
  await press('In onOffice wieder anlegen');
  await see('Nichts wartet auf eine Antwort.');
  await isFitForAll();

  await section('Protokoll').click();
  await see(`${count} × „Aus der Mailing-Liste nehmen“, verworfen`);
  await isFitForAll();
  await inside.getByText('Einzelne Änderungen').click();
  await inside.getByLabel('Adresse suchen').fill(ANNA);
  await inside
    .getByRole('row', { name: /Absage/ })
    .first()
    .waitFor(SOON);
  await isFitForAll();

  await section('Übersicht').click();
  await press('Anhalten');
  await confirm('Jetzt anhalten');
  await see('Die Synchronisation im Hintergrund ist angehalten');
  expect(await inside.getByRole('button', { name: 'Jetzt synchronisieren' }).count()).toBe(0);
  await press('Fortsetzen');
  await inside.getByRole('button', { name: 'Jetzt synchronisieren' }).waitFor(SOON);
});

test('U7: the connection is ended with its people taken out, and made again: who still says Yes comes back by the preview', async () => {
  const statusOf = (email: string) => audienceOf(world.mailchimp).members.find(email)?.status;
  await section('Einstellungen').click();
  await press('Verbindung trennen …');
  await inside.getByRole('radio', { name: 'Herausnehmen, wen der Connector hineingebracht hat' }).check(SOON);
  await isFitForAll();
  await world.whileHeld(async () => {
    await confirm('Jetzt trennen');
    await see('Diese Verbindung wird getrennt', /^0 von \d+ herausgenommen$/);
    await see('Bis die Verbindung endet, werden nur noch Abmeldungen übertragen.');
    await isFitForAll();
  });
  await see('Diese Verbindung ist getrennt');
  await isFitForAll();
  expect([statusOf(BEN), audienceOf(world.mailchimp).webhooks.size]).toEqual(['archived', 0]);

  // one of those who were taken out does not want it any more
  world.crm.agent.editContact(coraId, { newsletter_aktiv: '0' });
  await inside.getByRole('link', { name: 'Wieder verbinden' }).click();
  await see('Wählen Sie wieder die Mailing-Liste „onoffice“');
  await inside.getByLabel('API-Schlüssel').fill(world.mailchimp.apiKey);
  await inside.getByLabel('API-Schlüssel').blur();
  await see('Verbunden mit „');
  await press('Weiter');
  await press('Speichern und Vorschau erstellen');
  await see('Wieder anmelden');
  await isFitForAll();
  expect([statusOf(BEN), statusOf(CORA)]).toEqual(['archived', 'archived']);
  await press('Synchronisation starten');
  await expect.poll(() => [statusOf(BEN), statusOf(CORA)], SOON).toEqual(['subscribed', 'archived']);

  // The token stood in no address, and no policy was broken on all that way.
  const token = await inside.evaluate(() => sessionStorage.getItem('session-token'));
  expect(token).toMatch(/^[\w-]{40,}$/);
  expect(asked.filter((url) => url.includes(String(token)))).toEqual([]);
  expect(story.complaints).toEqual([]);
});
