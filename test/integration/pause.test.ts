import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { connections } from '../../src/db/connections.ts';
import { type Database, openPglite } from '../../src/db/database.ts';
import { pauseConnection, unpauseConnection } from '../../src/sync/set-up/pause-connection.ts';
import { startRun } from '../../src/sync/set-up/start-run.ts';
import { createSyncedWorld } from '../support/change-world.ts';
import { plantContact } from '../support/plant.ts';
import { expectSettled, memberStatus, newsletterOf } from '../support/settled.ts';
import type { World } from '../support/world.ts';

const LIST = 'onoffice';
const MINUTE = 60_000;
const [ANNA, BERT, CARA] = ['anna@immo-test.de', 'bert@immo-test.de', 'cara@immo-test.de'];

let database: Database;
let world: World;
let ids: number[] = [];

beforeAll(async () => {
  database = await openPglite(undefined);
});
afterAll(() => database.close());
beforeEach(async () => {
  world = await createSyncedWorld({
    database,
    seed: (crm) => {
      for (let index = 0; index < 10; index += 1) plantContact(crm, { email: `person.${index}@immo-test.de` });
      ids = [ANNA, BERT, CARA].map((email) => plantContact(crm, { email, firstName: 'Vorname' }));
    },
  });
});

async function current() {
  const { store, clock } = world;
  const connection = await connections(database.db).get(world.connection.id);
  if (!connection) throw new Error('the connection is gone');
  return { connection, store, clock };
}

test('U7, R12: while a connection is paused opt-outs go both ways at once, and all else waits until it goes on', async () => {
  await pauseConnection(await current());
  const [anna = 0, bert = 0, cara = 0] = ids;
  world.mailchimp.person.unsubscribe(LIST, ANNA);
  world.crm.agent.editContact(bert, { newsletter_aktiv: '0' });
  world.crm.agent.editContact(cara, { Vorname: 'Clara' });
  world.crm.agent.createContact({ Vorname: 'Neu', Email: 'neu@immo-test.de', newsletter_aktiv: '1' });
  await world.live(3 * MINUTE);
  expect(newsletterOf(world, anna)).toBe('2');
  expect(memberStatus(world, BERT)).toBe('unsubscribed');
  const nameOfCara = () => world.mailchimp.store.list(LIST).members.find(CARA)?.mergeFields[1];
  expect(nameOfCara()).toBe('Vorname');
  expect(memberStatus(world, 'neu@immo-test.de')).toBe('absent');

  await unpauseConnection(await current());
  await world.live(2 * MINUTE);
  expect(nameOfCara()).toBe('Clara');
  expect(memberStatus(world, 'neu@immo-test.de')).toBe('subscribed');
  await expectSettled(world);
});

test('a full sync cannot be started while the connection is paused', async () => {
  await pauseConnection(await current());
  await expect(startRun(await current(), { id: 'any', asksFirst: false })).rejects.toMatchObject({
    code: 'connection.paused',
  });
  const codes = (await world.store.tables.journal.page(undefined, 'settings')).map(({ code }) => code);
  expect(codes[0]).toBe('journal.paused');
});
