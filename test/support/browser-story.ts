import type { BrowserContext, BrowserContextOptions, Frame, Page } from 'playwright-core';
import { expect } from 'vitest';
import { seedFromAgency as seedBrevo } from '../../simulators/brevo/index.ts';
import { seedFromAgency as seedMailchimp } from '../../simulators/mailchimp/index.ts';
import { seedFromAgency as seedOnOffice } from '../../simulators/onoffice/index.ts';
import { drawAgency } from '../../simulators/shared/agency.ts';
import { axeFindings } from './axe.ts';
import { complaintsOf, launchBrowser, newSession } from './browser.ts';
import { type BrowserWorld, createBrowserWorld } from './browser-world.ts';
import { openHttpDatabase } from './http-world.ts';
import { plantContact } from './plant.ts';

/** Contacts of the agency, without those who are called by name. */
export const PEOPLE = 120;
export const ANNA = 'anna.muster@immo-test.de';
export const BEN = 'ben.muster@immo-test.de';
/** How long the page may take on a busy machine. */
export const SOON = { timeout: 60_000 };

const MINUTE_MS = 60_000;

/** An agency in the CRM and in its newsletter tool, the server between them, and a person before a browser. */
export type BrowserStory = {
  world: BrowserWorld;
  session: BrowserContext;
  page: Page;
  /** what went wrong in the browser so far */
  complaints: readonly string[];
  annaId: number;
  benId: number;
  /** Opens another browsing session. */
  another(options: BrowserContextOptions): Promise<BrowserContext>;
  /** Lets time pass for everybody, the browser too. */
  live(minutes: number): Promise<void>;
  close(): Promise<void>;
};

type StoryOptions = {
  provider: 'mailchimp' | 'brevo';
  session?: BrowserContextOptions;
  /** of Ben, in the CRM */
  tags?: readonly string[];
};

/** Begins a story on an empty database. */
export async function openBrowserStory({ provider, session: look, tags = [] }: StoryOptions): Promise<BrowserStory> {
  const database = await openHttpDatabase();
  const world = await createBrowserWorld(database, { [provider]: { switches: { sendingMs: 0 } } });
  const agency = drawAgency({ contacts: PEOPLE, seed: 3, audience: 'existing' });
  seedOnOffice(world.crm, agency);
  if (provider === 'brevo') seedBrevo(world.brevo, agency);
  else seedMailchimp(world.mailchimp, agency);
  const annaId = plantContact(world.crm, { email: ANNA, salutation: 'Frau', firstName: 'Anna', lastName: 'Müster' });
  const ben = { email: BEN, salutation: 'Herr', firstName: 'Ben', lastName: 'Müster', tags };
  const benId = plantContact(world.crm, ben);
  const browser = await launchBrowser();
  const session = await newSession(browser, look);
  const page = await session.newPage();
  const catchUp = () => page.clock.setFixedTime(world.clock.now());
  await catchUp();
  return {
    world,
    session,
    page,
    complaints: complaintsOf(page),
    annaId,
    benId,
    another: (options) => newSession(browser, options),
    async live(minutes) {
      await world.live(minutes * MINUTE_MS);
      await catchUp();
    },
    async close() {
      await browser.close();
      await world.close();
      await database.close();
    },
  };
}

/** Waits until each text stands on the page or in the frame. */
export async function seeOn(on: Page | Frame, texts: readonly (string | RegExp)[]): Promise<void> {
  for (const text of texts) await on.getByText(text).first().waitFor(SOON);
}

/** Nothing on the page or in the frame as it is now keeps anybody out. */
export async function expectFitForAll(on: Page | Frame): Promise<void> {
  expect(await axeFindings(on)).toEqual([]);
}
