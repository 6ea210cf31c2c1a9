import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Database, openPglite } from '../../src/db/database.ts';
import { hurryCrmPolls } from '../../src/db/sync-cursors.ts';
import { CRM_TOLD_POLL_MS } from '../../src/sync/changes/poll-crm.ts';
import { brevoStatus } from '../support/brevo-people.ts';
import { createSyncedWorld } from '../support/change-world.ts';
import { SIDES } from '../support/either-provider.ts';
import { plantContact } from '../support/plant.ts';
import { newsletterOf } from '../support/settled.ts';
import type { World } from '../support/world.ts';

let database: Database;
let world: World;
beforeAll(async () => {
  database = await openPglite(undefined);
});
afterAll(() => database.close());

const MINUTE = 60_000;
const PEOPLE = 30;
const person = (index: number) => `person.${index}@immo-test.de`;

describe.each(SIDES)('polls of $name', (side) => {
  const ids: number[] = [];
  beforeEach(async () => {
    ids.length = 0;
    world = await createSyncedWorld({
      database,
      provider: side.name,
      brevoLanguage: 'de',
      seed: (crm) => {
        for (let index = 0; index < PEOPLE; index += 1)
          ids.push(plantContact(crm, { email: person(index), firstName: `Person ${index}` }));
      },
    });
    world.onWebhook = () => 500;
  });

  test('F2: whatever the moment of an opt-out between two polls, the next poll finds it', {
    timeout: 120_000,
  }, async () => {
    for (let index = 0; index < 10; index += 1) {
      side.personLeaves(world, person(index));
      await world.live(37_000);
    }
    await world.live(6 * MINUTE);
    for (let index = 0; index < 10; index += 1) expect(newsletterOf(world, ids[index] ?? 0), person(index)).toBe('2');
    expect((await world.store.tables.cursors.get())?.providerRecovered).toBeGreaterThan(0);
  });

  test('F4: whatever the moment of a No between two polls, the next poll finds it', async () => {
    for (let index = 0; index < 12; index += 1) {
      world.crm.agent.editContact(ids[index] ?? 0, { newsletter_aktiv: '0' });
      await world.live(7_000);
    }
    await world.live(2 * MINUTE);
    for (let index = 0; index < 12; index += 1)
      expect(side.status(world, person(index)), person(index)).toBe('opted-out');
  });

  test('F4: what the CRM tells of by itself is asked for at once, and again where a poll was just reading', async () => {
    const told = () => hurryCrmPolls(database.db, world.store.scope.tenantId, world.clock.now(), CRM_TOLD_POLL_MS);
    await world.live(2 * MINUTE);
    world.crm.agent.editContact(ids[0] ?? 0, { newsletter_aktiv: '0' });
    await told();
    await world.live(CRM_TOLD_POLL_MS);
    expect(side.status(world, person(0))).toBe('opted-out');
    let isTold = false;
    world.onRequest = async ({ call }) => {
      if (isTold || call !== 'read address') return;
      isTold = true;
      await told();
    };
    for (let waited = 0; !isTold && waited < 2 * MINUTE; waited += 10_000) await world.live(10_000);
    const { crmPollAt, crmReadAt } = (await world.store.tables.cursors.get()) ?? {};
    expect(Date.parse(crmPollAt ?? '') - Date.parse(crmReadAt ?? '')).toBe(CRM_TOLD_POLL_MS);
  });

  test('F2, F4: a quiet hour asks little and writes nothing', async () => {
    await world.live(10 * MINUTE);
    const asked = { crm: 0, provider: 0, writes: 0 };
    world.onRequest = ({ system, call }) => {
      if (system === 'onoffice') asked.crm += 1;
      else asked.provider += 1;
      if (/^(POST|PUT|PATCH|DELETE|modify|create) /.test(call)) asked.writes += 1;
    };
    await world.live(60 * MINUTE);
    expect(asked.writes).toBe(0);
    // One request a minute, one or two listings every five, and the tags of both sides every ten.
    expect(asked.crm).toBeLessThanOrEqual(61 + 7);
    expect(asked.provider).toBeLessThanOrEqual(2 * 13 + 7);
  });

  test('F6: while one side does not answer, the other side’s opt-outs go on, and nothing is lost', async () => {
    world.onRequest = ({ system }) => {
      if (system === side.name) throw new TypeError('fetch failed');
    };
    world.crm.agent.editContact(ids[3] ?? 0, { newsletter_aktiv: '0' });
    side.personLeaves(world, person(4));
    await world.live(12 * MINUTE);
    expect((await world.store.tables.health.all()).find(({ system }) => system === 'provider')?.state).toBe('waiting');
    world.onRequest = undefined;
    await world.live(12 * MINUTE);
    expect(side.status(world, person(3))).toBe('opted-out');
    expect(newsletterOf(world, ids[4] ?? 0)).toBe('2');
  });
});

test('section 4, F2: a complaint that Mailchimp calls cleaned is an opt-out also where only the poll finds it', async () => {
  let id = 0;
  world = await createSyncedWorld({
    database,
    switches: { mailchimp: { complaint: 'cleaned' } },
    seed: (crm) => {
      id = plantContact(crm, { email: person(0) });
      for (let index = 1; index < 4; index += 1) plantContact(crm, { email: person(index) });
    },
  });
  world.onWebhook = () => 500;
  world.mailchimp.person.complain('onoffice', person(0));
  await world.live(6 * MINUTE);
  expect(newsletterOf(world, id)).toBe('2');
});

test('F2, R4: an opt-out that is read together with what an import has added reaches the CRM by the next poll', async () => {
  let id = 0;
  world = await createSyncedWorld({
    database,
    provider: 'brevo',
    // Then a few people are an import already.
    switches: { brevo: { bareContacts: 'slow', limits: true } },
    seed: (crm) => {
      id = plantContact(crm, { email: person(0) });
      for (let index = 1; index < 15; index += 1) plantContact(crm, { email: person(index) });
    },
  });
  world.onWebhook = () => 500;
  for (let index = 100; index < 105; index += 1)
    world.crm.agent.createContact({ newsletter_aktiv: '1', Email: person(index) });
  let hasLeft = false;
  world.onRequest = ({ call }) => {
    if (hasLeft || !/^POST .*\/import$/.test(call)) return;
    hasLeft = true;
    world.brevo.person.unsubscribe(person(0));
  };
  await world.live(12 * MINUTE);
  expect(hasLeft).toBe(true);
  expect(brevoStatus(world, person(104))).toBe('subscribed');
  expect(newsletterOf(world, id)).toBe('2');
});
