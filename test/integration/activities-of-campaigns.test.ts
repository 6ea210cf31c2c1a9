import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { drawInteger, drawOne, seededRandom } from '../../simulators/shared/random.ts';
import type { ActivityKind, MailActivityKind } from '../../src/core/activity.ts';
import { tickedSince } from '../../src/core/activity-settings.ts';
import type { Connection } from '../../src/core/connection.ts';
import { connections } from '../../src/db/connections.ts';
import { type Database, openPglite } from '../../src/db/database.ts';
import { campaignsView } from '../../src/sync/views/campaigns-view.ts';
import { type CampaignStory, campaignStories } from '../support/campaign-story.ts';
import { createSyncedWorld } from '../support/change-world.ts';
import { plantContact } from '../support/plant.ts';
import type { World } from '../support/world.ts';

const MINUTE = 60_000;
const email = (index: number) => `person.${index}@immo-test.de`;

let database: Database;
beforeAll(async () => {
  database = await openPglite(undefined);
});
afterAll(() => database.close());

/** A world in which everybody says Yes, with the given kinds ticked. */
function worldOf(story: CampaignStory, activities: readonly ActivityKind[], people: number): Promise<World> {
  return createSyncedWorld({
    database,
    provider: story.name,
    brevoLanguage: 'de',
    activities,
    switches: { mailchimp: { sendingMs: 0 }, brevo: { sendingMs: 0, limits: false } },
    seed: (crm) => {
      for (let index = 0; index < people; index += 1) plantContact(crm, { email: email(index) });
    },
  });
}

/** How many entries of each kind every address has in the CRM, by what their notes say. */
function entriesOf({ crm }: World): Map<string, number> {
  const found = new Map<string, number>();
  for (const { note, addressIds } of crm.store.activities.all()) {
    const kind = KINDS.find(([words]) => note.includes(words))?.[1];
    if (!kind) continue;
    for (const id of addressIds) {
      const address = crm.store.addresses.get(id)?.emails[0]?.address ?? '';
      found.set(`${address} ${kind}`, (found.get(`${address} ${kind}`) ?? 0) + 1);
    }
  }
  return found;
}

const KINDS: readonly (readonly [string, MailActivityKind])[] = [
  ['zugestellt', 'delivered'],
  ['geöffnet', 'opened'],
  ['angeklickt', 'clicked'],
  ['Hard Bounce', 'hard-bounce'],
];

/** Everything once that the story says has happened and that is ticked. */
function expected(happened: Iterable<string>, ticked: readonly ActivityKind[]): Map<string, number> {
  const wanted = [...happened].filter((entry) => ticked.some((kind) => entry.endsWith(` ${kind}`)));
  return new Map(wanted.map((entry) => [entry, 1]));
}

/** Every choice among some kinds: none of them, one, several, all. */
function combinationsOf<T>(kinds: readonly T[]): T[][] {
  return Array.from({ length: 2 ** kinds.length }, (_, bits) => kinds.filter((_, at) => (bits >> at) & 1));
}

async function connectionNow({ database, connection }: World): Promise<Connection> {
  const row = await connections(database.db).get(connection.id);
  if (!row) throw new Error('the connection is gone');
  return row;
}

/** Brevo's simulator tells of every mail that it was delivered, also of one that comes back later. */
function withoutReturned({ name }: CampaignStory, entries: Map<string, number>): Map<string, number> {
  if (name !== 'brevo') return entries;
  const isReturned = (entry: string) => entries.has(entry.replace(/ delivered$/, ' hard-bounce'));
  return new Map([...entries].filter(([entry]) => !entry.endsWith(' delivered') || !isReturned(entry)));
}

describe.each(campaignStories)('M26: a campaign of $name', (story) => {
  test.each([
    [1, 200, KINDS.map(([, kind]) => kind)],
    [2, 40, ['delivered', 'hard-bounce']],
    [3, 40, ['opened', 'clicked']],
  ] as const)(
    'none twice, none missing: with crashes at random moments, events told twice and answers lost (seed %i, %i people, %j)',
    {
      timeout: 120_000,
    },
    async (seed, people, ticked) => {
      const random = seededRandom(seed);
      const world = await worldOf(story, ticked, people);
      story.tellTwice(world);
      let calls = 0;
      const disturbedUntil = 60;
      world.onRequest = ({ system }) => {
        calls += 1;
        if (calls > disturbedUntil || random() > 0.25) return undefined;
        const { faults } = { onoffice: world.crm, mailchimp: world.mailchimp, brevo: world.brevo }[system];
        const mishap = drawOne(random, ['kill-before', 'kill-after', 'lose-answer', 'truncate'] as const);
        if (mishap === 'kill-before' || mishap === 'kill-after') return mishap;
        faults.plan({ fault: { type: mishap }, times: 1 });
        return undefined;
      };
      const campaign = story.send(world);
      const happened = new Set<string>();
      for (let index = 0; index < people; index += 1) {
        const fate = drawInteger(random, 0, 9);
        if (fate === 0) {
          story.bounce(world, campaign, email(index));
          happened.add(`${email(index)} hard-bounce`);
          continue;
        }
        happened.add(`${email(index)} delivered`);
        if (fate < 5) continue;
        for (let times = drawInteger(random, 1, 2); times > 0; times -= 1) story.open(world, campaign, email(index));
        happened.add(`${email(index)} opened`);
        if (fate < 8) continue;
        story.click(world, campaign, email(index));
        happened.add(`${email(index)} clicked`);
      }
      await world.live(20 * MINUTE);
      world.onRequest = undefined;
      await world.live(50 * MINUTE);
      expect(withoutReturned(story, entriesOf(world))).toEqual(expected(happened, ticked));
      const written = world.crm.store.activities.size;
      await world.live(10 * MINUTE);
      expect(world.crm.store.activities.size).toBe(written);
    },
  );

  test('M4: of every combination of ticked boxes exactly that is written, newsletter after newsletter', async () => {
    const people = 20;
    const [reader, clicker] = [email(18), email(19)] as const;
    const kinds = KINDS.map(([, kind]) => kind);
    // Brevo's hook is told of all of them, so that what is not ticked arrives as well.
    const world = await worldOf(story, kinds, people);
    for (const [index, ticked] of combinationsOf(kinds).entries()) {
      const { connection } = world.store.tables;
      const { settings } = await connectionNow(world);
      const activitiesSince = tickedSince({ state: 'active', settings }, ticked, world.clock.now());
      await connection.saveSettings({ ...settings, activities: ticked, activitiesSince });
      world.advance(MINUTE);
      const before = entriesOf(world);
      const campaign = story.send(world);
      story.bounce(world, campaign, email(index));
      for (const who of [reader, clicker]) story.open(world, campaign, who);
      story.click(world, campaign, clicker);
      await world.live(2 * MINUTE);
      // Mailchimp's report is read ten minutes after the sending.
      world.advance(8 * MINUTE);
      await world.live(2 * MINUTE);
      // Whose address was dead in a newsletter before gets none any more.
      const delivered = Array.from(
        { length: people - index - 1 },
        (_, later) => `${email(index + 1 + later)} delivered`,
      );
      const read = [`${reader} opened`, `${clicker} opened`, `${clicker} clicked`, `${email(index)} hard-bounce`];
      const told = new Map([...entriesOf(world)].map(([entry, count]) => [entry, count - (before.get(entry) ?? 0)]));
      const written = new Map([...told].filter(([, count]) => count > 0));
      const returned = story.name === 'brevo' ? `${email(index)} delivered` : '';
      written.delete(returned);
      expect(written, ticked.join(' ')).toEqual(expected([...delivered, ...read], ticked));
    }
  });

  test('section 9: what says the same goes with one action for a hundred contacts', async () => {
    const world = await worldOf(story, ['delivered'], 250);
    story.send(world);
    let actions = 0;
    world.onRequest = ({ system, call, body }) => {
      if (system === 'onoffice' && call === 'create agentslog') actions += body.split('"agentslog"').length - 1;
    };
    await world.live(20 * MINUTE);
    expect([...entriesOf(world).values()].reduce((sum, count) => sum + count, 0)).toBe(250);
    expect(actions).toBeLessThanOrEqual(3);
  });

  test('F2: what happened while no webhook arrived is rebuilt', { timeout: 60_000 }, async () => {
    const ticked = ['delivered', 'opened', 'clicked', 'hard-bounce'] as const;
    const world = await worldOf(story, ticked, 40);
    world.onWebhook = () => (story.name === 'brevo' ? 500 : 503);
    const campaign = story.send(world);
    story.bounce(world, campaign, email(0));
    for (const index of [1, 2, 3]) story.open(world, campaign, email(index));
    story.click(world, campaign, email(1));
    await world.live(65 * MINUTE);
    const happened = Array.from({ length: 39 }, (_, index) => `${email(index + 1)} delivered`);
    const more = [`${email(0)} hard-bounce`, `${email(1)} clicked`];
    const opened = [1, 2, 3].map((index) => `${email(index)} opened`);
    expect(withoutReturned(story, entriesOf(world))).toEqual(expected([...happened, ...more, ...opened], ticked));
  });

  test('M4: ticking never writes history, and what nobody ticked is not asked for', async () => {
    const world = await worldOf(story, [], 20);
    const campaign = story.send(world);
    story.open(world, campaign, email(1));
    let asked = 0;
    world.onRequest = ({ call }) => {
      if (/sent-to|email-activity|campaignStats|emailCampaigns/.test(call)) asked += 1;
    };
    await world.live(20 * MINUTE);
    expect(entriesOf(world)).toEqual(new Map());
    expect(asked).toBe(0);
  });

  test('M4: a newsletter from before its kind was ticked is written when somebody asks for it', async () => {
    const world = await worldOf(story, [], 5);
    const campaign = story.send(world);
    story.open(world, campaign, email(1));
    await world.live(20 * MINUTE);
    const { tables } = world.store;
    const settings = { ...world.connection.settings, activities: ['delivered', 'opened'] } as const;
    const since = new Date(world.clock.now()).toISOString();
    await tables.connection.saveSettings({ ...settings, activitiesSince: { delivered: since, opened: since } });
    await tables.activityWork.plan('list', world.clock.now());
    await world.live(5 * MINUTE);
    expect(entriesOf(world)).toEqual(new Map());
    expect(await tables.campaigns.askForHistory(campaign, world.clock.now())).toBe(true);
    await world.store.transact((all) => all.activityWork.planLooking());
    await world.live(15 * MINUTE);
    const happened = [0, 1, 2, 3, 4].map((index) => `${email(index)} delivered`);
    expect(entriesOf(world)).toEqual(expected([...happened, `${email(1)} opened`], settings.activities));
    const view = await campaignsView(tables, undefined);
    expect(view).toMatchObject({
      campaigns: [{ id: campaign, name: 'Januar', isOurs: true, written: 6, waiting: 0, notWritten: [] }],
      next: null,
    });
    expect(view.campaigns[0]?.figures).toMatchObject({ recipients: 5, opened: 1 });
    const mails = await tables.activities.ofPerson({ emails: [email(1)], contactIds: [] }, 9);
    expect(mails.map(({ kind, state, campaignName }) => [kind, state, campaignName]).sort()).toEqual([
      ['delivered', 'written', 'Januar'],
      ['opened', 'written', 'Januar'],
    ]);
  });

  test('R8, M17: a shared address has its entries on the representative, a private contact has none', async () => {
    const world = await worldOf(story, ['delivered'], 4);
    const twin = plantContact(world.crm, { email: email(1) });
    const campaign = story.send(world);
    const hidden = [...world.crm.store.addresses.values()].find(({ emails }) => emails[0]?.address === email(2));
    world.crm.agent.editContact(hidden?.id ?? 0, { Privat: '1' });
    expect(campaign).toBeTruthy();
    await world.live(20 * MINUTE);
    expect(world.crm.store.activities.ofAddress(twin)).toEqual([]);
    expect(entriesOf(world)).toEqual(
      expected(
        [0, 1, 3].map((index) => `${email(index)} delivered`),
        ['delivered'],
      ),
    );
  });
});
