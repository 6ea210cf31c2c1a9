import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Database, openPglite } from '../../src/db/database.ts';
import { laneName } from '../../src/jobs/lane-name.ts';
import { createSyncedWorld } from '../support/change-world.ts';
import { SIDES } from '../support/either-provider.ts';
import { plantContact } from '../support/plant.ts';
import { newsletterOf, reasonOf } from '../support/settled.ts';
import type { World } from '../support/world.ts';

let database: Database;
let world: World;
beforeAll(async () => {
  database = await openPglite(undefined);
});
afterAll(() => database.close());

const MINUTE = 60_000;
const PEOPLE = 40;
const MANY = 30;
const person = (index: number) => `person.${index}@immo-test.de`;

describe.each(SIDES)('R12 at $name', (side) => {
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
  });
  const many = Array.from({ length: MANY }, (_, index) => index);
  const held = () => world.store.tables.held.counts();

  test.each([true, false])(
    'M21: "archive all" changes nothing in the CRM and is asked (told by webhook: %s)',
    async (told) => {
      world.onWebhook = told ? undefined : () => 500;
      for (const index of many) side.administratorRemoves(world, person(index));
      await world.live(10 * MINUTE);
      for (const index of many) expect(newsletterOf(world, ids[index] ?? 0)).toBe('1');
      expect(await held()).toMatchObject([{ question: 'removed-in-bulk', kind: 'write-consent', count: MANY }]);
      expect(await reasonOf(world, ids[0] ?? 0)).toBe('removed_at_provider');
      expect(side.status(world, person(0)), 'and nobody is put back').toBe('out');
    },
  );

  test('M21: a burst is seen whole also where reading its people takes longer than two minutes', async () => {
    world.onRequest = ({ system, call }) => {
      if (system === side.name && call.startsWith('GET')) world.advance(1_000);
    };
    for (const index of many) side.administratorRemoves(world, person(index));
    await world.mailchimp.pump();
    await world.brevo.pump();
    for (let step = 0; step < 3; step += 1) {
      await world.turn(laneName({ connectionId: world.connection.id, lane: 'urgent' }));
      world.advance(2 * MINUTE + 5_000);
      await world.turn();
    }
    await world.live(5 * MINUTE);
    expect(new Set(many.map((index) => newsletterOf(world, ids[index] ?? 0)))).toEqual(new Set(['1']));
    expect(await held()).toMatchObject([{ question: 'removed-in-bulk', count: MANY }]);
  });

  test('M21: who still waits for the end of the burst counts with those whose wait is over', async () => {
    for (const index of many.slice(0, 16)) side.administratorRemoves(world, person(index));
    await world.live(MINUTE);
    for (const index of many.slice(16)) side.administratorRemoves(world, person(index));
    await world.live(6 * MINUTE);
    expect(new Set(many.map((index) => newsletterOf(world, ids[index] ?? 0)))).toEqual(new Set(['1']));
    expect(await held()).toMatchObject([{ question: 'removed-in-bulk', count: MANY }]);
  });

  test('M21: who is removed while the question is open is asked about with the others', async () => {
    for (const index of many.slice(0, 22)) side.administratorRemoves(world, person(index));
    await world.live(6 * MINUTE);
    for (const index of many.slice(22)) side.administratorRemoves(world, person(index));
    await world.live(6 * MINUTE);
    expect(new Set(many.map((index) => newsletterOf(world, ids[index] ?? 0)))).toEqual(new Set(['1']));
    expect(await held()).toMatchObject([{ question: 'removed-in-bulk', count: MANY }]);
  });

  test('many opt-outs of the provider are never held', async () => {
    for (const index of many) side.personLeaves(world, person(index));
    await world.live(MINUTE);
    for (const index of many) expect(newsletterOf(world, ids[index] ?? 0)).toBe('2');
    expect(await held()).toEqual([]);
  });

  test('contacts deleted in great number: their members stay, and it is asked; all else goes on', async () => {
    for (const index of many) world.crm.agent.deleteContact(ids[index] ?? 0);
    world.crm.agent.editContact(ids[39] ?? 0, { Vorname: 'Neuer Name' });
    await world.live(3 * MINUTE);
    for (const index of many) expect(side.status(world, person(index))).toBe('subscribed');
    expect(await held()).toMatchObject([{ question: 'brake', kind: 'remove-member', count: MANY }]);
    expect(side.firstName(world, person(39))).toBe('Neuer Name');
    await world.live(10 * MINUTE);
    expect(await held()).toMatchObject([{ count: MANY }]);
  });

  test('many set to No in the CRM leave the audience at once in the form that can be undone, and it is asked', async () => {
    for (const index of many) world.crm.agent.editContact(ids[index] ?? 0, { newsletter_aktiv: '0' });
    await world.live(3 * MINUTE);
    for (const index of many) expect(side.status(world, person(index))).toBe('out');
    expect(await held()).toMatchObject([{ question: 'brake', kind: 'unsubscribe-member', count: MANY }]);
    await world.live(10 * MINUTE);
    for (const index of many) expect(side.status(world, person(index)), 'nobody is raised again').toBe('out');
    expect(await held()).toMatchObject([{ count: MANY }]);
  });

  test('a few at a time count together within an hour', async () => {
    for (let index = 0; index < MANY; index += 1) {
      world.crm.agent.deleteContact(ids[index] ?? 0);
      if (index % 5 === 4) await world.live(2 * MINUTE);
    }
    await world.live(2 * MINUTE);
    const left = many.filter((index) => side.status(world, person(index)) === 'subscribed');
    expect(left.length).toBeGreaterThanOrEqual(MANY - 20);
    expect(left.length).toBeLessThan(MANY);
    expect((await held())[0]?.count).toBe(left.length);
  });

  test('at night nobody is asked by a run: what the brake stops is held, and the run ends', async () => {
    world.onWebhook = () => 500;
    for (const index of many) side.deletesForGood(world, person(index));
    await world.live(2 * MINUTE);
    await world.store.tables.cursors.planNext('nightly', world.clock.now());
    await world.live(5 * MINUTE);
    const nightly = await world.store.tables.runs.lastFinished();
    expect(nightly).toMatchObject({ startedBy: 'nightly', state: 'succeeded' });
    for (const index of many) expect(newsletterOf(world, ids[index] ?? 0)).toBe('1');
    expect(await held()).toMatchObject([{ question: 'removed-in-bulk', count: MANY }]);
  });
});
