import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Fault } from '../../simulators/shared/faults.ts';
import { seededRandom } from '../../simulators/shared/random.ts';
import { connectionRow, connections } from '../../src/db/connections.ts';
import { type Database, openPglite } from '../../src/db/database.ts';
import { audienceOf, plantContact, plantMember } from '../support/plant.ts';
import {
  contactTags,
  countWrites,
  expectBridgeFits,
  expectSettled,
  memberStatus,
  newsletterOf,
  reasonOf,
  syncAndApprove,
} from '../support/settled.ts';
import { createWorld, type World } from '../support/world.ts';

let database: Database;
let ids: number[] = [];
beforeAll(async () => {
  database = await openPglite(undefined);
});
afterAll(() => database.close());

const idOf = (index: number): number => ids[index] ?? 0;

/** A world in which every kind of write is needed once. */
function busyWorld(): Promise<World> {
  return createWorld({
    database,
    seed: (crm, mailchimp) => {
      ids = [
        plantContact(crm, { email: 'neu@immo-test.de', firstName: 'Neu', tags: ['Mieter'] }),
        plantContact(crm, { email: 'alt@immo-test.de', firstName: 'Alt', tags: ['Mieter'] }),
        plantContact(crm, { email: 'weg@immo-test.de' }),
        plantContact(crm, { email: 'zurueck@immo-test.de' }),
        plantContact(crm, { email: 'nein@immo-test.de', newsletter: '0' }),
      ];
      plantMember(mailchimp, { email: 'alt@immo-test.de', firstName: 'Al', tags: ['Website'] });
      plantMember(mailchimp, { email: 'weg@immo-test.de', status: 'unsubscribed' });
      plantMember(mailchimp, { email: 'zurueck@immo-test.de', status: 'archived' });
      plantMember(mailchimp, { email: 'nein@immo-test.de' });
      plantMember(mailchimp, { email: 'gast@immo-test.de', firstName: 'Gast' });
    },
  });
}

function expectAllDone(world: World): void {
  expect(memberStatus(world, 'neu@immo-test.de')).toBe('subscribed');
  expect(audienceOf(world.mailchimp).members.find('alt@immo-test.de')?.mergeFields[1]).toBe('Alt');
  expect(contactTags(world, idOf(1))).toEqual(['Mieter', 'Website']);
  expect(newsletterOf(world, idOf(2))).toBe('2');
  expect(memberStatus(world, 'zurueck@immo-test.de')).toBe('subscribed');
  expect(memberStatus(world, 'nein@immo-test.de')).toBe('unsubscribed');
  expect(world.crm.store.idsByEmail('gast@immo-test.de')).toHaveLength(1);
}

const TROUBLES: Record<string, Fault> = {
  '429': { type: 'status', status: 429, body: '{"title":"TooManyRequests","status":429}' },
  '403 without a body': { type: 'status', status: 403 },
  '502 with HTML': { type: 'status', status: 502, body: '<html><h1>Bad Gateway</h1></html>', contentType: 'text/html' },
  'HTML with status 200': { type: 'status', status: 200, body: '<html>maintenance</html>', contentType: 'text/html' },
  '500': { type: 'status', status: 500, body: '' },
  'a lost answer': { type: 'lose-answer' },
  'a truncated answer': { type: 'truncate' },
};

describe.each(['mailchimp', 'crm'] as const)('F6: trouble at %s', (system) => {
  // 403 without a body is Mailchimp's way of saying that it is busy.
  const troubles = Object.entries(TROUBLES).filter(([name]) => system === 'mailchimp' || !name.startsWith('403'));
  test.each(troubles)('%s for minutes: the run waits, says for whom, and finishes by itself', async (_, fault) => {
    const world = await busyWorld();
    await world.sync();
    const matches = fault.type === 'lose-answer' || fault.type === 'truncate' ? { match: /^(GET|read|get) / } : {};
    world[system].faults.plan({ fault, times: 25, ...matches });
    await world.store.tables.runs.approve((await world.store.tables.runs.open())?.id ?? '', world.clock.now());
    await connectionRow(database.db, world.store.scope).setState('active');
    await world.turn();
    const waiting = await world.store.tables.runs.open();
    expect(waiting).toMatchObject({ state: 'waiting', error: null });
    expect(waiting?.waitingFor?.code).toMatch(system === 'crm' ? /^onoffice\./ : /^mailchimp\./);
    expect(Date.parse(waiting?.notBefore ?? '')).toBeGreaterThan(world.clock.now());
    const run = await world.drain();
    expect(run).toMatchObject({ state: 'succeeded', error: null, waitingFor: null });
    expectAllDone(world);
    await expectSettled(world);
  });

  test('a connection that breaks in every third call slows the run down and nothing else', async () => {
    const world = await busyWorld();
    await world.sync();
    const random = seededRandom(5);
    world.onRequest = ({ system: asked }) => {
      if ((asked === 'onoffice') === (system === 'crm') && random() < 0.35) throw new TypeError('fetch failed');
    };
    const run = await world.approve();
    expect(run).toMatchObject({ state: 'succeeded', error: null });
    world.onRequest = undefined;
    expectAllDone(world);
    await expectSettled(world);
  });
});

describe('F6: a revoked key', () => {
  test.each(['reading-members', 'executing'])(
    'while %s stops the connection; once it works again the run goes on from where it was',
    async (phase) => {
      const world = await busyWorld();
      const { account, apiKey } = world.mailchimp;
      const revoke = () => void account.apiKeys.set(apiKey, 'revoked');
      if (phase === 'executing') {
        await world.sync();
        let writes = 0;
        world.onRequest = ({ call }) => {
          if (/^(POST|PATCH|PUT) /.test(call)) writes += 1;
          if (writes === 2) revoke();
        };
        await world.approve();
      } else {
        world.onRequest = ({ call }) => {
          if (call.endsWith('/members')) revoke();
        };
        await world.sync();
      }
      world.onRequest = undefined;
      expect(await connections(database.db).get(world.connection.id)).toMatchObject({ state: 'attention' });
      const stopped = await world.store.tables.runs.open();
      expect(stopped).toMatchObject({ phase, waitingFor: { code: 'mailchimp.key_invalid' } });
      const requests = world.mailchimp.counts.total;
      await world.turn();
      expect(world.mailchimp.counts.total, 'nothing is asked of Mailchimp until somebody acts').toBe(requests);
      account.apiKeys.set(apiKey, 'active');
      await connectionRow(database.db, world.store.scope).attentionIsOver();
      const run = await world.drain();
      expect(run.id).toBe(stopped?.id);
      if (run.state === 'awaiting-approval') await world.approve();
      expectAllDone(world);
      await expectSettled(world);
    },
  );
});

describe('F7: one refused contact', () => {
  test('does not stop the others, has the reason of section 7, and is not repeated until the contact changes', async () => {
    const world = await createWorld({
      database,
      seed: (crm, mailchimp) => {
        ids = [
          plantContact(crm, { email: 'gut@immo-test.de' }),
          plantContact(crm, { email: 'anna@example.com', firstName: 'Anna' }),
          plantContact(crm, { email: 'büro@immo-test.de' }),
          plantContact(crm, { email: 'vergessen@immo-test.de' }),
          plantContact(crm, { email: 'viel@immo-test.de' }),
          plantContact(crm, { email: 'auch-gut@immo-test.de' }),
        ];
        plantMember(mailchimp, { email: 'vergessen@immo-test.de', status: 'forgotten' });
        mailchimp.store.busyAddresses.add('viel@immo-test.de');
      },
    });
    await syncAndApprove(world);
    expect(memberStatus(world, 'gut@immo-test.de')).toBe('subscribed');
    expect(memberStatus(world, 'auch-gut@immo-test.de')).toBe('subscribed');
    expect(await reasonOf(world, idOf(1))).toBe('invalid_email');
    expect(await reasonOf(world, idOf(2))).toBe('invalid_email');
    expect(await reasonOf(world, idOf(3))).toBe('permanently_deleted');
    expect(await reasonOf(world, idOf(4))).toBe('rejected_by_provider');
    await expectBridgeFits(world);
    // The busy address is a passing trouble and tried again, the others are not.
    const second = await world.sync();
    expect(await world.planOf(second.id)).toEqual({ 'add-member refused': 1 });
    world.mailchimp.store.busyAddresses.clear();
    await world.sync();
    expect(memberStatus(world, 'viel@immo-test.de')).toBe('subscribed');
    await expectSettled(world);
    world.advance(60_000);
    world.crm.agent.editContact(idOf(1), { Vorname: 'Annabell' });
    const after = await world.sync();
    expect(await world.planOf(after.id)).toEqual({ 'add-member refused': 1 });
    world.crm.agent.editContact(idOf(1), { Email: 'anna@immo-test.de' });
    await world.sync();
    expect(memberStatus(world, 'anna@immo-test.de')).toBe('subscribed');
    await expectSettled(world);
  });

  test('the plan’s limit is a reason, and the next sync tries again', async () => {
    const world = await createWorld({
      database,
      seed: (crm, mailchimp) => {
        mailchimp.account.contactLimit = 2;
        ids = ['a', 'b', 'c', 'd'].map((name) => plantContact(crm, { email: `${name}@immo-test.de` }));
      },
    });
    await syncAndApprove(world);
    const reasons = () => Promise.all(ids.map((id) => reasonOf(world, id)));
    expect((await reasons()).filter((reason) => reason === 'plan_limit')).toHaveLength(2);
    await expectBridgeFits(world);
    world.mailchimp.account.contactLimit = undefined;
    await syncAndApprove(world);
    expect(await reasons()).toEqual([null, null, null, null]);
    await expectSettled(world);
  });

  test('an opt-out that the CRM refuses is an alarm, and is tried again by the next sync', async () => {
    const world = await createWorld({
      database,
      seed: (crm, mailchimp) => {
        ids = ['weg', 'auch-weg'].map((name) => plantContact(crm, { email: `${name}@immo-test.de` }));
        for (const name of ['weg', 'auch-weg']) {
          plantMember(mailchimp, { email: `${name}@immo-test.de`, status: 'unsubscribed' });
        }
      },
    });
    world.crm.actionFaults.plan({ code: 78, times: 1, match: /^modify address/, resourceId: String(idOf(0)) });
    await syncAndApprove(world);
    expect(newsletterOf(world, idOf(0))).toBe('1');
    expect(newsletterOf(world, idOf(1))).toBe('2');
    expect(await reasonOf(world, idOf(0))).toBe('opted_out');
    expect((await world.store.tables.journal.alarms(0)).map(({ code }) => code)).toContain('journal.opt_out_refused');
    await expectBridgeFits(world);
    await syncAndApprove(world);
    expect(newsletterOf(world, idOf(0))).toBe('2');
    await expectSettled(world);
  });
});

test('F4: a field that the rules need and that is no longer delivered stops the connection before anybody is concluded from it', async () => {
  const world = await busyWorld();
  await syncAndApprove(world);
  await expectSettled(world);
  const before = countWrites(world);
  const field = world.crm.store.fields.get('newsletter_aktiv');
  if (field) field.active = false;
  await world.sync();
  expect(await connections(database.db).get(world.connection.id)).toMatchObject({ state: 'attention' });
  expect(countWrites(world)).toEqual(before);
});

test('F4: contacts that may no longer be read are asked for by their number and leave only with an answer to the brake', async () => {
  const world = await busyWorld();
  await syncAndApprove(world);
  await expectSettled(world);
  const before = countWrites(world);
  world.crm.apiUser.rights.readAddresses = 'none';
  const run = await world.sync();
  expect(run.state === 'awaiting-approval' || run.state === 'waiting').toBe(true);
  expect(countWrites(world)).toEqual(before);
});
