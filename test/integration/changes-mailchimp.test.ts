import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Database, openPglite } from '../../src/db/database.ts';
import { createSyncedWorld } from '../support/change-world.ts';
import { plantContact, plantMember } from '../support/plant.ts';
import { expectSettled, memberStatus, memberTags, newsletterOf, reasonOf } from '../support/settled.ts';
import type { World } from '../support/world.ts';

let database: Database;
let world: World;
beforeAll(async () => {
  database = await openPglite(undefined);
});
afterAll(() => database.close());

const LIST = 'onoffice';
const ANNA = 'anna.muster@immo-test.de';
const MINUTE = 60_000;

let anna = 0;
beforeEach(async () => {
  world = await createSyncedWorld({
    database,
    seed: (crm, mailchimp) => {
      anna = plantContact(crm, { email: ANNA, firstName: 'Anna', tags: ['Mieter'] });
      for (let index = 0; index < 30; index += 1)
        plantContact(crm, { email: `person.${index}@immo-test.de`, firstName: `Person ${index}` });
      plantMember(mailchimp, { email: 'person.1@immo-test.de', firstName: 'Old' });
    },
  });
});

describe('onOffice to Mailchimp', () => {
  test('M14: a changed name is there after the next poll', async () => {
    world.crm.agent.editContact(anna, { Vorname: 'Anna Maria' });
    await world.live(2 * MINUTE);
    expect(world.mailchimp.store.list(LIST).members.find(ANNA)?.mergeFields[1]).toBe('Anna Maria');
    await expectSettled(world);
  });

  test('M15: No unsubscribes, Yes subscribes again', async () => {
    world.crm.agent.editContact(anna, { newsletter_aktiv: '0' });
    await world.live(2 * MINUTE);
    expect(memberStatus(world, ANNA)).toBe('unsubscribed');
    world.crm.agent.editContact(anna, { newsletter_aktiv: '1' });
    await world.live(2 * MINUTE);
    expect(memberStatus(world, ANNA)).toBe('subscribed');
    await expectSettled(world);
  });

  test('M17, M18: a contact made private, archived or deleted leaves the audience', async () => {
    const [one, two, three] = [2, 3, 4].map((index) =>
      [...world.crm.store.addresses.values()].find(
        ({ emails }) => emails[0]?.address === `person.${index}@immo-test.de`,
      ),
    );
    world.crm.agent.setPrivate(one?.id ?? 0, true);
    world.crm.agent.archive(two?.id ?? 0);
    world.crm.agent.deleteContact(three?.id ?? 0);
    await world.live(2 * MINUTE);
    for (const index of [2, 3, 4]) expect(memberStatus(world, `person.${index}@immo-test.de`)).toBe('archived');
    await expectSettled(world);
  });

  test('a new contact with Yes is added', async () => {
    world.crm.agent.createContact({ Vorname: 'Neu', Email: 'neu@immo-test.de', newsletter_aktiv: '1' });
    await world.live(2 * MINUTE);
    expect(memberStatus(world, 'neu@immo-test.de')).toBe('subscribed');
    expect(memberTags(world, 'neu@immo-test.de')).toEqual(['onoffice']);
    await expectSettled(world);
  });
});

describe.each([
  { how: 'by webhook', isHeard: true, within: 30_000 },
  { how: 'by the poll when every webhook is lost', isHeard: false, within: 6 * MINUTE },
])('Mailchimp to onOffice $how', ({ isHeard, within }) => {
  beforeEach(() => {
    world.onWebhook = isHeard ? undefined : () => 500;
  });

  test.each([
    ['the person', () => world.mailchimp.person.unsubscribe(LIST, ANNA)],
    ['an administrator', () => world.mailchimp.admin.unsubscribe(LIST, ANNA)],
    ['a complaint', () => world.mailchimp.person.complain(LIST, ANNA)],
  ])('M19: an unsubscribe by %s sets the Newsletter field', async (_, leave) => {
    leave();
    await world.live(within);
    expect(newsletterOf(world, anna)).toBe('2');
    expect(await reasonOf(world, anna)).toBeNull();
    await expectSettled(world);
    expect(memberStatus(world, ANNA)).toBe('unsubscribed');
  });

  test('M20: an archived member becomes "not specified"', async () => {
    world.mailchimp.admin.archive(LIST, ANNA);
    await world.live(within + 3 * MINUTE);
    expect(newsletterOf(world, anna)).toBe('4');
    await expectSettled(world);
  });

  test('M23: a new member becomes a contact', async () => {
    world.mailchimp.person.subscribe(LIST, { email: 'web@immo-test.de', mergeFields: { FNAME: 'Web' } });
    await world.live(within + 3 * MINUTE);
    const created = [...world.crm.store.addresses.values()].find(
      ({ emails }) => emails[0]?.address === 'web@immo-test.de',
    );
    expect(created?.values).toMatchObject({ newsletter_aktiv: '1', Vorname: 'Web' });
    await expectSettled(world);
  });

  test('R1 a: who unsubscribed and signs up again himself comes back', async () => {
    world.mailchimp.person.unsubscribe(LIST, ANNA);
    await world.live(within);
    expect(newsletterOf(world, anna)).toBe('2');
    world.advance(MINUTE);
    world.mailchimp.person.subscribe(LIST, { email: ANNA });
    await world.live(within);
    expect(newsletterOf(world, anna)).toBe('1');
    await expectSettled(world);
    expect(memberStatus(world, ANNA)).toBe('subscribed');
  });
});
