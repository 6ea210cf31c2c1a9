import { afterAll, beforeAll, expect, test } from 'vitest';
import type { BrevoSimulator, BrevoSwitches } from '../../simulators/brevo/index.ts';
import { type Database, openPglite } from '../../src/db/database.ts';
import { brevoList, brevoStatus, expectBrevoSettled, plantBrevoContact } from '../support/brevo-people.ts';
import { plantContact } from '../support/plant.ts';
import { newsletterOf, syncAndApprove } from '../support/settled.ts';
import { createWorld, type World } from '../support/world.ts';

const MINUTE_MS = 60_000;
/** Section 9: bytes of one import, questions about processes. */
const IMPORT_BYTES = 8_000_000;
const PROCESS_READS = 20;

let database: Database;
beforeAll(async () => {
  database = await openPglite(undefined);
});
afterAll(() => database.close());

const ours = (number: number) => `kontakt.${number}@immo-test.de`;
const foreign = (number: number) => `fremd.${number}@immo-test.de`;

type Crowd = {
  /** contacts of the CRM, who all say Yes */
  contacts: number;
  /** contacts of the Brevo account that the CRM does not know, on another list */
  foreign: number;
  switches?: Partial<BrevoSwitches>;
  seed?: (brevo: BrevoSimulator) => void;
};

/** Limits on, and imports that wait half an hour. */
async function crowdedWorld(crowd: Crowd): Promise<{ world: World; ids: readonly number[] }> {
  const ids: number[] = [];
  const world = await createWorld({
    database,
    provider: 'brevo',
    switches: { brevo: { limits: true, processQueueMs: 30 * MINUTE_MS, ...crowd.switches } },
    seed: (crm, _, brevo) => {
      brevoList(brevo);
      for (let number = 0; number < crowd.foreign; number += 1) {
        const planted = plantBrevoContact(brevo, { email: foreign(number), standing: 'on another list' });
        if (planted) planted.modifiedAt -= number * MINUTE_MS;
      }
      for (let number = 0; number < crowd.contacts; number += 1)
        ids.push(plantContact(crm, { email: ours(number), firstName: 'Anna', lastName: `Muster ${number}` }));
      crowd.seed?.(brevo);
    },
  });
  return { world, ids };
}

type Reads = { pages: number; singles: number };
type Count = {
  before: Reads;
  /** looks at what changes while the import waits */
  watching: Reads;
  after: Reads;
  processes: number;
  imports: number;
  importBytes: number;
};

/** Counts Brevo's reads by where the run is; `meanwhile` is told of each look at the import. */
function countReads(world: World, meanwhile: (look: number) => void = () => {}): Count {
  const none = () => ({ pages: 0, singles: 0 });
  const count: Count = { before: none(), watching: none(), after: none(), processes: 0, imports: 0, importBytes: 0 };
  world.onRequest = async ({ system, call, body }) => {
    if (system !== 'brevo') return;
    if (call === 'POST /v3/contacts/import') {
      count.imports += 1;
      count.importBytes += Buffer.byteLength(body);
    }
    if (call.startsWith('GET /v3/processes/')) {
      count.processes += 1;
      meanwhile(count.processes);
    }
    const isPage = /^GET \/v3\/contacts(\/lists\/\d+\/contacts)?$/.test(call);
    const isSingle = /^GET \/v3\/contacts\/[^/]*(@|%40|\d+$)/.test(call);
    if (!isPage && !isSingle) return;
    const run = await world.store.tables.runs.open();
    const isAfter = run?.phase === 'checking' || run?.phase === 'counting' || run?.cursor.stage !== undefined;
    const place = isAfter ? count.after : run?.phase === 'importing' ? count.watching : count.before;
    if (isPage) place.pages += 1;
    else place.singles += 1;
  };
  return count;
}

async function expectNoLimitMet(world: World): Promise<void> {
  await expectBrevoSettled(world);
  expect(world.brevo.counts.byStatus.get(429) ?? 0).toBe(0);
}

test('section 9: with the limits on, a first sync causes not one 429 and no more imports and reads than allowed', {
  timeout: 180_000,
}, async () => {
  const { world } = await crowdedWorld({ contacts: 2_200, foreign: 1_300 });
  const count = countReads(world);
  expect(await syncAndApprove(world)).toMatchObject({ state: 'succeeded', error: null });
  expect(world.brevo.account.contacts.size).toBe(3_500);
  expect(count.imports).toBeLessThanOrEqual(Math.ceil(count.importBytes / IMPORT_BYTES) + 1);
  // One more for what changed while somebody looked at the preview.
  expect(count.before.pages).toBeLessThanOrEqual(Math.ceil(1_300 / 1000) + 1);
  expect(count.after).toEqual({ pages: Math.ceil(2_200 / 1000), singles: 0 });
  expect(count.after.pages).toBeLessThanOrEqual(Math.ceil(2_200 / 500));
  expect(count.watching.pages).toBeLessThanOrEqual(10);
  expect(count.processes).toBeLessThanOrEqual(PROCESS_READS);
  await expectNoLimitMet(world);
});

test('section 9: in a large account the reads after an import are no more than the list has pages', {
  timeout: 180_000,
}, async () => {
  const { world } = await crowdedWorld({ contacts: 400, foreign: 1_700 });
  const count = countReads(world, (look) => {
    if (look !== 8) return;
    // Somebody else's import: most of the account changes while ours waits.
    for (let number = 0; number < 1_300; number += 1) world.brevo.admin.addToList('onoffice-fremd', foreign(number));
  });
  world.brevo.admin.createList('onoffice-fremd');
  expect(await syncAndApprove(world)).toMatchObject({ state: 'succeeded', error: null });
  expect(brevoStatus(world, ours(399))).toBe('subscribed');
  // The one more is the page that told how much has changed elsewhere.
  expect(count.after.pages).toBeLessThanOrEqual(Math.ceil(400 / 500) + 1);
  expect(count.after.singles).toBe(0);
  await expectNoLimitMet(world);
});

test.each([1, 300])(
  'R4, section 9: %i whom an import left out without a word cost no second reading of the account',
  {
    timeout: 180_000,
  },
  async (left) => {
    const { world } = await crowdedWorld({ contacts: 400, foreign: 1_700, switches: { importInfo: 'counts' } });
    const count = countReads(world, () => {
      // The simulator takes every well-formed address; Brevo has its own reasons.
      for (let number = 0; number < left; number += 1) {
        const contact = world.brevo.account.contacts.byEmail(ours(number));
        if (contact) world.brevo.account.contacts.remove(contact);
      }
    });
    expect(await syncAndApprove(world)).toMatchObject({ state: 'succeeded', error: null });
    expect((await world.store.tables.members.counts()).active).toBe(400 - left);
    expect(count.after.pages + count.after.singles).toBeLessThanOrEqual(1 + Math.ceil(400 / 500));
  },
);

const SLOW = { bareContacts: 'slow' } as const;

test('R4: where the collection is metered slowly the list is read, and whoever is not on it is asked for; nobody blocked is raised', {
  timeout: 300_000,
}, async () => {
  const standings = ['blocked off the list', 'blocked by the person', 'blocked without a cause'] as const;
  const blocked = Array.from({ length: 60 }, (_, index) => index * 7);
  const { world, ids } = await crowdedWorld({
    contacts: 2_000,
    foreign: 2_500,
    switches: SLOW,
    seed: (brevo) => {
      for (const number of blocked)
        plantBrevoContact(brevo, { email: ours(number), standing: standings[number % 3] ?? 'blocked off the list' });
      for (let number = 1_000; number < 1_600; number += 1)
        if (number % 7 !== 0) plantBrevoContact(brevo, { email: ours(number) });
    },
  });
  const count = countReads(world);
  const { byRoute } = world.brevo.counts;
  world.brevo.counts.reset();
  expect(await syncAndApprove(world)).toMatchObject({ state: 'succeeded', error: null });
  for (const number of blocked) {
    expect(brevoStatus(world, ours(number))).toBe('blocked');
    expect(newsletterOf(world, ids[number] ?? 0)).toBe('2');
  }
  const raised = world.brevo.store.consentHistory.filter(({ email }) => blocked.some((one) => ours(one) === email));
  expect(raised, 'nothing was done to anybody who is blocked').toEqual([]);
  expect(brevoStatus(world, ours(1))).toBe('subscribed');
  // The one call that shows the meter, and one for each look at what changed.
  expect(byRoute.get('GET /contacts') ?? 0).toBeLessThanOrEqual(2 + count.processes);
  expect(byRoute.get('GET /contacts/lists/{listId}/contacts') ?? 0).toBeLessThanOrEqual(2 + Math.ceil(2_000 / 500) + 1);
  await expectNoLimitMet(world);
});

test('R4: where the collection is metered slowly and much has changed since the preview, everybody to be added is asked for again', {
  timeout: 180_000,
}, async () => {
  const { world, ids } = await crowdedWorld({ contacts: 120, foreign: 1_500, switches: SLOW });
  expect((await world.sync()).state).toBe('awaiting-approval');
  world.advance(60 * MINUTE_MS);
  world.brevo.admin.addContact({ email: ours(5), lists: ['Your first list'] });
  world.brevo.person.unsubscribe(ours(5));
  for (let number = 0; number < 1_400; number += 1) world.brevo.admin.editProfile(foreign(number), { VORNAME: 'Neu' });
  expect(await world.approve()).toMatchObject({ state: 'succeeded', error: null });
  const [made, ...changes] = world.brevo.store.consentHistory.filter(({ email }) => email === ours(5));
  expect(made).toMatchObject({ by: 'admin' });
  expect(
    changes.map(({ by }) => by),
    'nobody but the person himself changed anything',
  ).toEqual(['person']);
  expect(newsletterOf(world, ids[5] ?? 0)).toBe('2');
  await expectNoLimitMet(world);
});
