import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mainEmail } from '../../simulators/onoffice/entities.ts';
import type { EmailAddress } from '../../src/core/email-address.ts';
import { type Database, openPglite } from '../../src/db/database.ts';
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

const OLD = 'anna.alt@immo-test.de' as EmailAddress;
const NEW = 'anna.neu@immo-test.de' as EmailAddress;
const MINUTE = 60_000;

describe.each(SIDES)('$name', (side) => {
  let anna = 0;
  const given = async (options: Partial<Parameters<typeof createSyncedWorld>[0]> = {}) => {
    world = await createSyncedWorld({
      database,
      provider: side.name,
      brevoLanguage: 'de',
      seed: (crm) => {
        anna = plantContact(crm, { email: OLD, firstName: 'Anna' });
        for (let index = 0; index < 8; index += 1) plantContact(crm, { email: `person.${index}@immo-test.de` });
      },
      ...options,
    });
  };
  const emails = () => {
    const record = world.crm.store.addresses.get(anna);
    if (!record) throw new Error('the contact is gone');
    const main = mainEmail(record);
    return [main, ...record.emails.map(({ address }) => address).filter((address) => address !== main)];
  };

  test.each(['upemail-first', 'profile-first', 'upemail-only'] as const)(
    'M24: an event tells of a new address before anybody knows the id that stays (%s)',
    async (changedAddressEvents) => {
      if (side.name === 'brevo' && changedAddressEvents !== 'upemail-first') return;
      await given({ switches: { mailchimp: { changedAddressEvents } } });
      side.movesTo(world, OLD, NEW);
      await world.live(4 * MINUTE);
      expect(emails()).toEqual([NEW, OLD]);
      expect(newsletterOf(world, anna)).toBe('1');
      expect([side.status(world, OLD), side.status(world, NEW)]).toEqual(['out', 'subscribed']);
      await side.expectSettled(world);
    },
  );

  test('M24, F2: with every webhook lost the poll finds it by the id that stays', async () => {
    await given();
    await world.live(6 * MINUTE);
    world.onWebhook = () => 500;
    side.movesTo(world, OLD, NEW);
    await world.live(12 * MINUTE);
    expect(emails()).toEqual([NEW, OLD]);
    expect(newsletterOf(world, anna)).toBe('1');
    await side.expectSettled(world);
  });

  test('R7, R13: a member that we moved comes back as an event and changes nothing', async () => {
    await given();
    world.crm.agent.editContact(anna, { Email: NEW });
    await world.live(10 * MINUTE);
    expect(emails()).toEqual([NEW]);
    expect([side.status(world, OLD), side.status(world, NEW)]).toEqual(['out', 'subscribed']);
    const before = (await world.store.tables.journal.page(undefined)).length;
    await world.live(30 * MINUTE);
    expect((await world.store.tables.journal.page(undefined)).length).toBe(before);
    await side.expectSettled(world);
  });

  test('R7: somebody changes his address and leaves under the new one before we hear of either', async () => {
    await given();
    side.movesTo(world, OLD, NEW);
    world.advance(5_000);
    side.personLeaves(world, NEW);
    await world.live(MINUTE);
    expect(newsletterOf(world, anna)).toBe('2');
    await side.expectSettled(world);
    expect([side.status(world, OLD), side.status(world, NEW)]).toEqual(['out', 'opted-out']);
  });

  test('R7: somebody leaves and changes his address before we hear of either: he stays out', async () => {
    await given();
    side.personLeaves(world, OLD);
    world.advance(5_000);
    side.movesTo(world, OLD, NEW);
    await world.live(4 * MINUTE);
    expect(newsletterOf(world, anna)).toBe('2');
    expect(side.status(world, NEW)).toBe('opted-out');
    await side.expectSettled(world);
  });

  test('R1 (a), R7: whoever signs up under the address that another member had before has signed up himself', async () => {
    await given();
    await world.live(6 * MINUTE);
    side.personLeaves(world, OLD);
    await world.live(6 * MINUTE);
    side.movesTo(world, OLD, NEW);
    await world.live(12 * MINUTE);
    expect(newsletterOf(world, anna)).toBe('2');
    side.signsUp(world, OLD);
    await world.live(MINUTE);
    expect(newsletterOf(world, anna)).toBe('1');
    expect([side.status(world, OLD), side.status(world, NEW)]).toEqual(['subscribed', 'opted-out']);
    await side.expectSettled(world);
  });

  test('R9: whoever went away from the address of a private contact is a person of his own once somebody else signs up there', async () => {
    await given({
      seed: (crm, mailchimp, brevo) => {
        anna = plantContact(crm, { email: OLD, isPrivate: true });
        side.plantSubscribed({ mailchimp, brevo }, OLD);
        for (let index = 0; index < 8; index += 1) plantContact(crm, { email: `person.${index}@immo-test.de` });
      },
    });
    await world.live(6 * MINUTE);
    side.movesTo(world, OLD, NEW);
    await world.live(6 * MINUTE);
    expect(world.crm.store.idsByEmail(NEW)).toEqual([]);
    side.signsUp(world, OLD);
    await world.live(3 * MINUTE);
    expect(world.crm.store.idsByEmail(NEW)).toHaveLength(1);
    expect(newsletterOf(world, world.crm.store.idsByEmail(NEW)[0] ?? 0)).toBe('1');
  });

  test('R7: a member is found by every address and id he ever had', async () => {
    await given();
    await world.live(6 * MINUTE);
    const { members, aliases } = world.store.tables;
    const [page] = await world.store.tables.people.load([OLD]);
    const ids = page?.member?.ids ?? {};
    expect(Object.keys(ids)).not.toEqual([]);
    side.movesTo(world, OLD, NEW);
    await world.live(12 * MINUTE);
    const byId = Object.entries(ids).map(([kind, value]) => ({ email: undefined, ids: { [kind]: value } }));
    const names = [{ email: OLD, ids: {} }, { email: NEW, ids: {} }, ...byId];
    expect(await aliases.resolve(names)).toEqual(names.map(() => NEW));
    expect(await aliases.resolve([{ email: 'fremd@immo-test.de' as EmailAddress, ids: {} }])).toEqual([undefined]);
    side.deletesForGood(world, NEW);
    await world.sync();
    expect((await members.statuses([NEW])).get(NEW)).not.toBe('subscribed');
    expect(await aliases.resolve(byId)).toEqual(byId.map(() => NEW));
  });
});
