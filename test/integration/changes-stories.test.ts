import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
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

const ANNA = 'anna.muster@immo-test.de';
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const OTHERS = 24;
const other = (index: number) => `person.${index}@immo-test.de`;

describe.each(SIDES)('$name', (side) => {
  let anna = 0;
  const others: number[] = [];
  beforeEach(async () => {
    others.length = 0;
    world = await createSyncedWorld({
      database,
      provider: side.name,
      brevoLanguage: 'de',
      seed: (crm, mailchimp, brevo) => {
        anna = plantContact(crm, { email: ANNA, firstName: 'Anna' });
        for (let index = 0; index < OTHERS; index += 1)
          others.push(plantContact(crm, { email: other(index), firstName: `Person ${index}` }));
        side.plantSubscribed({ mailchimp, brevo }, other(1));
      },
    });
  });
  const contactOf = (email: string) =>
    [...world.crm.store.addresses.values()].find(({ emails }) => emails.some(({ address }) => address === email));

  describe('onOffice to the provider', () => {
    test('M14: a changed name is there after the next poll', async () => {
      world.crm.agent.editContact(anna, { Vorname: 'Anna Maria' });
      await world.live(2 * MINUTE);
      expect(side.firstName(world, ANNA)).toBe('Anna Maria');
      await side.expectSettled(world);
    });

    test('M15: No unsubscribes, Yes subscribes again', async () => {
      world.crm.agent.editContact(anna, { newsletter_aktiv: '0' });
      await world.live(2 * MINUTE);
      expect(side.status(world, ANNA)).toBe('opted-out');
      world.crm.agent.editContact(anna, { newsletter_aktiv: '1' });
      await world.live(2 * MINUTE);
      expect(side.status(world, ANNA)).toBe('subscribed');
      await side.expectSettled(world);
    });

    test('M17, M18: who became private, archived or deleted, or lost his address, leaves the audience', async () => {
      world.crm.agent.setPrivate(others[2] ?? 0, true);
      world.crm.agent.archive(others[3] ?? 0);
      world.crm.agent.deleteContact(others[4] ?? 0);
      world.crm.agent.editContact(others[5] ?? 0, { Email: '' });
      await world.live(2 * MINUTE);
      for (const index of [2, 3, 4, 5]) expect(side.status(world, other(index)), other(index)).toBe('out');
      await side.expectSettled(world);
    });

    test('M18: who had opted out before stays as he is when his contact goes', async () => {
      side.personLeaves(world, ANNA);
      await world.live(MINUTE);
      world.crm.agent.deleteContact(anna);
      await world.live(2 * MINUTE);
      expect(side.status(world, ANNA)).toBe('opted-out');
    });

    test('M18: nobody leaves whose address another contact with Yes has', async () => {
      world.crm.agent.createContact({ Vorname: 'Zweite', Email: ANNA, newsletter_aktiv: '1' });
      await world.live(2 * MINUTE);
      world.crm.agent.deleteContact(anna);
      await world.live(2 * MINUTE);
      expect(side.status(world, ANNA)).toBe('subscribed');
      expect(side.firstName(world, ANNA)).toBe('Zweite');
      await side.expectSettled(world);
    });

    test('a new contact with Yes is added', async () => {
      world.crm.agent.createContact({ Vorname: 'Neu', Email: 'neu@immo-test.de', newsletter_aktiv: '1' });
      await world.live(2 * MINUTE);
      expect(side.status(world, 'neu@immo-test.de')).toBe('subscribed');
      await side.expectSettled(world);
    });
  });

  describe.each([
    { how: 'by webhook', isHeard: true, within: MINUTE / 2 },
    { how: 'by the poll when every webhook is lost', isHeard: false, within: 6 * MINUTE },
  ])('the provider to onOffice $how', ({ isHeard, within }) => {
    beforeEach(() => {
      world.onWebhook = isHeard ? undefined : () => 500;
    });

    test.each(['personLeaves', 'administratorUnsubscribes', 'personComplains'] as const)(
      'M19: an opt-out (%s) sets the Newsletter field',
      async (leaves) => {
        side[leaves](world, ANNA);
        await world.live(within);
        expect(newsletterOf(world, anna)).toBe('2');
        await side.expectSettled(world);
        expect(side.status(world, ANNA)).toBe('opted-out');
      },
    );

    test('M20: who is archived or taken off the list becomes "not specified" and is not put back', async () => {
      side.administratorRemoves(world, ANNA);
      await world.live(within + 3 * MINUTE);
      expect(newsletterOf(world, anna)).toBe('4');
      await side.expectSettled(world);
      expect(side.status(world, ANNA)).toBe('out');
    });

    test('M20: a No, a cancellation and an "undeliverable" stay when the member is removed', async () => {
      for (const [index, value] of [
        [6, '0'],
        [7, '2'],
        [8, '5'],
      ] as const) {
        world.crm.agent.editContact(others[index] ?? 0, { newsletter_aktiv: value });
      }
      await world.live(2 * MINUTE);
      for (const index of [6, 7, 8])
        if (side.status(world, other(index)) === 'subscribed') side.administratorRemoves(world, other(index));
      await world.live(within + 3 * MINUTE);
      expect([6, 7, 8].map((index) => newsletterOf(world, others[index] ?? 0))).toEqual(['0', '2', '5']);
    });

    test('M23: a new member becomes a contact', async () => {
      side.signsUp(world, 'web@immo-test.de', 'Web');
      await world.live(within + 3 * MINUTE);
      expect(contactOf('web@immo-test.de')?.values).toMatchObject({ newsletter_aktiv: '1', Vorname: 'Web' });
      await side.expectSettled(world);
    });

    test('M23: a new member is joined to the contact that has his address, and his Newsletter field is set', async () => {
      const quiet = world.crm.agent.createContact({
        Vorname: 'Still',
        Email: 'still@immo-test.de',
        newsletter_aktiv: '4',
      });
      await world.live(2 * MINUTE);
      side.signsUp(world, 'still@immo-test.de', 'Andere');
      await world.live(within + 3 * MINUTE);
      expect(newsletterOf(world, quiet.id)).toBe('1');
      expect(world.crm.store.addresses.get(quiet.id)?.values.Vorname).toBe('Still');
      await side.expectSettled(world);
    });
  });

  test('R1 a: who unsubscribed and signs up again himself comes back', async () => {
    side.personLeaves(world, ANNA);
    await world.live(MINUTE);
    expect(newsletterOf(world, anna)).toBe('2');
    await world.live(MINUTE);
    side.signsUp(world, ANNA, 'Anna');
    await world.live(MINUTE);
    expect(newsletterOf(world, anna)).toBe('1');
    expect(side.status(world, ANNA)).toBe('subscribed');
    await side.expectSettled(world);
  });

  test('R1 b: whom an administrator unsubscribed and an agent sets to Yes later comes back', async () => {
    side.administratorUnsubscribes(world, ANNA);
    await world.live(4 * MINUTE);
    expect(newsletterOf(world, anna)).toBe('2');
    world.crm.agent.editContact(anna, { newsletter_aktiv: '1' });
    await world.live(3 * MINUTE);
    expect(newsletterOf(world, anna)).toBe('1');
    expect(side.status(world, ANNA)).toBe('subscribed');
  });

  test('R1 b, R5: whom an administrator unsubscribed and took out comes back with a later Yes: one leaving is answered once', async () => {
    side.administratorUnsubscribes(world, ANNA);
    await world.live(8 * MINUTE);
    side.administratorRemoves(world, ANNA);
    await world.live(8 * MINUTE);
    world.crm.agent.editContact(anna, { newsletter_aktiv: '1' });
    await world.live(3 * MINUTE);
    expect(newsletterOf(world, anna)).toBe('1');
    expect(side.status(world, ANNA)).toBe('subscribed');
    await side.expectSettled(world);
  });

  test('R13: what we wrote comes back as events and changes, and changes nothing', async () => {
    world.crm.agent.editContact(anna, { newsletter_aktiv: '0' });
    world.crm.agent.createContact({ Vorname: 'Neu', Email: 'neu@immo-test.de', newsletter_aktiv: '1' });
    side.personLeaves(world, other(9));
    await world.live(10 * MINUTE);
    const rounds = async () => (await world.store.tables.journal.page(undefined)).length;
    const before = await rounds();
    await world.live(HOUR / 2);
    expect(await rounds(), 'a quiet half hour writes no entry').toBe(before);
    await side.expectSettled(world);
  });

  test.each([
    { down: 'one minute', ms: MINUTE },
    { down: 'two hours', ms: 2 * HOUR },
    { down: 'three days', ms: 72 * HOUR },
  ])('F2: every opt-out of $down without a server is in the CRM afterwards', { timeout: 120_000 }, async ({ ms }) => {
    world.onWebhook = () => 0;
    side.personLeaves(world, other(10));
    world.advance(ms / 2);
    side.administratorUnsubscribes(world, other(11));
    side.administratorRemoves(world, other(12));
    world.advance(ms / 2);
    world.onWebhook = undefined;
    await world.live(10 * MINUTE);
    expect(newsletterOf(world, others[10] ?? 0)).toBe('2');
    expect(newsletterOf(world, others[11] ?? 0)).toBe('2');
    expect(newsletterOf(world, others[12] ?? 0)).toBe('4');
    await side.expectSettled(world);
  });
});
