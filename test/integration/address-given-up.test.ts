import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mainEmail } from '../../simulators/onoffice/entities.ts';
import { type Database, openPglite } from '../../src/db/database.ts';
import { createSyncedWorld } from '../support/change-world.ts';
import { SIDES, type Side } from '../support/either-provider.ts';
import { plantContact } from '../support/plant.ts';
import { newsletterOf } from '../support/settled.ts';
import type { World } from '../support/world.ts';

let database: Database;
beforeAll(async () => {
  database = await openPglite(undefined);
});
afterAll(() => database.close());

const OLD = 'anna.alt@immo-test.de';
const NEW = 'anna.neu@immo-test.de';
const MINUTE = 60_000;

/** Anna's contact; from the first sync on no webhook arrives. */
async function given(side: Side, newsletter: string): Promise<{ world: World; anna: number }> {
  let anna = 0;
  const world = await createSyncedWorld({
    database,
    provider: side.name,
    brevoLanguage: 'de',
    seed: (crm) => {
      anna = plantContact(crm, { email: OLD, newsletter });
      for (let index = 0; index < 8; index += 1) plantContact(crm, { email: `person.${index}@immo-test.de` });
    },
  });
  await world.live(6 * MINUTE);
  world.onWebhook = () => 500;
  return { world, anna };
}

describe.each(SIDES)('$name', (side) => {
  test('R1, R7: who says No in the CRM while the provider gives him another address is out under that one', async () => {
    const { world, anna } = await given(side, '1');
    side.movesTo(world, OLD, NEW);
    world.crm.agent.editContact(anna, { newsletter_aktiv: '0' });
    await world.live(12 * MINUTE);
    expect(side.status(world, NEW)).toBe('opted-out');
    expect([...world.crm.store.addresses.values()].filter((record) => mainEmail(record) === NEW)).toEqual([]);
    await side.expectSettled(world);
  });

  test('R1, R7: who shares an address and goes away before it is read that somebody left there is out, unless that was later', async () => {
    const SHARED = 'haus@immo-test.de';
    const contacts = new Map<string, number>();
    const world = await createSyncedWorld({
      database,
      provider: side.name,
      brevoLanguage: 'de',
      seed: (crm) => {
        for (const email of [OLD, SHARED]) {
          plantContact(crm, { email });
          contacts.set(email, plantContact(crm, { email }));
        }
        for (let index = 0; index < 8; index += 1) plantContact(crm, { email: `person.${index}@immo-test.de` });
      },
    });
    await world.live(6 * MINUTE);
    world.onWebhook = () => 500;
    const goes = (from: string, to: string) => world.crm.agent.editContact(contacts.get(from) ?? 0, { emails: [to] });
    goes(SHARED, 'eigene@immo-test.de');
    await world.live(4 * MINUTE);
    side.personLeaves(world, OLD);
    side.personLeaves(world, SHARED);
    goes(OLD, NEW);
    await world.live(12 * MINUTE);
    const newsletters = [OLD, SHARED].map((email) => newsletterOf(world, contacts.get(email) ?? 0));
    expect(newsletters).toEqual(['2', '1']);
    expect([NEW, 'eigene@immo-test.de'].map((email) => side.status(world, email))).toEqual(['opted-out', 'subscribed']);
    await side.expectSettled(world);
  });
});

const [MAILCHIMP] = SIDES as [Side];

test('R1, F2: who signs up for the first time beside a contact that says No has said Yes, though no webhook told of it', async () => {
  const { world, anna } = await given(MAILCHIMP, '0');
  MAILCHIMP.signsUp(world, OLD);
  await world.live(12 * MINUTE);
  expect([newsletterOf(world, anna), MAILCHIMP.status(world, OLD)]).toEqual(['1', 'subscribed']);
  await MAILCHIMP.expectSettled(world);
});

test('R1, R7: who signs up under an address that a member has just given up has said Yes, and the other one is out', async () => {
  const { world, anna } = await given(MAILCHIMP, '0');
  world.mailchimp.admin.addMember('onoffice', { email: OLD });
  await world.live(6 * MINUTE);
  MAILCHIMP.movesTo(world, OLD, NEW);
  MAILCHIMP.signsUp(world, OLD);
  await world.live(12 * MINUTE);
  expect([newsletterOf(world, anna), MAILCHIMP.status(world, OLD), MAILCHIMP.status(world, NEW)]).toEqual([
    '1',
    'subscribed',
    'opted-out',
  ]);
  await MAILCHIMP.expectSettled(world);
});

test('R1, R7: who leaves under his new address while somebody signs up under his old one has left', async () => {
  const { world, anna } = await given(MAILCHIMP, '0');
  world.mailchimp.admin.addMember('onoffice', { email: OLD });
  await world.live(6 * MINUTE);
  MAILCHIMP.movesTo(world, OLD, NEW);
  MAILCHIMP.signsUp(world, OLD);
  world.onRequest = ({ call }) => {
    if (call.startsWith('modify address')) MAILCHIMP.personLeaves(world, NEW);
  };
  await world.live(12 * MINUTE);
  expect([newsletterOf(world, anna), MAILCHIMP.status(world, NEW)]).toEqual(['2', 'opted-out']);
  await MAILCHIMP.expectSettled(world);
});
