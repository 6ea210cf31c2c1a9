import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Database, openPglite } from '../../src/db/database.ts';
import { tryAgain } from '../../src/sync/changes/try-again.ts';
import { createSyncedWorld } from '../support/change-world.ts';
import { plantContact, plantMember } from '../support/plant.ts';
import { memberStatus } from '../support/settled.ts';
import type { World } from '../support/world.ts';

let database: Database;
let world: World;
const MINUTE = 60_000;
const BUSY = ['viel@immo-test.de', 'auch-viel@immo-test.de'] as const;
const FORGOTTEN = 'vergessen@immo-test.de';
const ids: number[] = [];

beforeAll(async () => {
  database = await openPglite(undefined);
  world = await createSyncedWorld({
    database,
    seed: (crm, mailchimp) => {
      // enough of them, so that two more are nothing unusual
      for (let index = 0; index < 20; index += 1) plantContact(crm, { email: `person.${index}@immo-test.de` });
      for (const email of [...BUSY, FORGOTTEN]) ids.push(plantContact(crm, { email }));
      ids.push(plantContact(crm, { email: 'keine Adresse' }));
      plantMember(mailchimp, { email: FORGOTTEN, status: 'forgotten' });
      for (const email of BUSY) mailchimp.store.busyAddresses.add(email);
    },
  });
});
afterAll(() => database.close());

const reasons = async () =>
  Object.fromEntries(
    (await world.store.tables.contactReasons.undelivered({ after: '', limit: 9 })).map(({ email, reason }) => [
      email,
      reason,
    ]),
  );
const all = { reason: undefined, contactId: undefined };

test('U5, F7: what the provider refused is left alone until a person has it tried again', async () => {
  expect(await reasons()).toMatchObject({ [BUSY[0]]: 'rejected_by_provider', [FORGOTTEN]: 'permanently_deleted' });
  world.mailchimp.store.busyAddresses.clear();
  await world.live(10 * MINUTE);
  expect(memberStatus(world, BUSY[0])).toBe('absent');

  expect(await tryAgain(world, { ...all, contactId: String(ids[0]) })).toBe(1);
  await world.live(3 * MINUTE);
  expect([memberStatus(world, BUSY[0]), memberStatus(world, BUSY[1])]).toEqual(['subscribed', 'absent']);

  expect(await tryAgain(world, all)).toBe(1);
  await world.live(3 * MINUTE);
  expect(memberStatus(world, BUSY[1])).toBe('subscribed');
});

test('R6: who was deleted for good or has no address is not tried again, whoever asks', async () => {
  const before = await reasons();
  expect(before).toEqual({ [FORGOTTEN]: 'permanently_deleted', 'keine Adresse': 'invalid_email' });
  expect(await tryAgain(world, all)).toBe(0);
  expect(await tryAgain(world, { ...all, contactId: String(ids[2]) })).toBe(0);
  await world.live(3 * MINUTE);
  expect(await reasons()).toEqual(before);
});
