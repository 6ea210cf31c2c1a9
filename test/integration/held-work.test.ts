import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { EmailAddress } from '../../src/core/email-address.ts';
import type { OperationKind } from '../../src/core/operation.ts';
import { type Database, openPglite } from '../../src/db/database.ts';
import type { HeldQuestion } from '../../src/db/held-changes.ts';
import { decideHeld, type HeldDecision } from '../../src/sync/changes/decide-held.ts';
import { brevoList, brevoStatus, countBrevoWrites } from '../support/brevo-people.ts';
import { createSyncedWorld } from '../support/change-world.ts';
import { plantContact } from '../support/plant.ts';
import { countWrites, expectSettled, memberStatus, newsletterOf, reasonOf } from '../support/settled.ts';
import type { World } from '../support/world.ts';

const PEOPLE = 40;
const CONCERNED = 30;
const MINUTE = 60_000;
const LIST = 'onoffice';

let database: Database;
let world: World;
let ids: number[];

beforeAll(async () => {
  database = await openPglite(undefined);
});
afterAll(() => database.close());

const emailOf = (index: number) => `person.${index}@immo-test.de`;
const concerned = Array.from({ length: CONCERNED }, (_, index) => index);

/** Forty people who say Yes and are subscribed. */
async function open(provider: 'mailchimp' | 'brevo'): Promise<void> {
  ids = [];
  world = await createSyncedWorld({
    database,
    provider,
    seed: (crm, _, brevo) => {
      if (provider === 'brevo') brevoList(brevo);
      for (let index = 0; index < PEOPLE; index += 1) ids.push(plantContact(crm, { email: emailOf(index) }));
    },
  });
}

const idOf = (index: number) => ids[index] ?? 0;

async function decide(question: HeldQuestion, kind: OperationKind, decision: HeldDecision): Promise<number> {
  const { store, clock } = world;
  world.advance(MINUTE);
  return decideHeld({ store, clock }, { question, kind, upTo: clock.now() }, decision);
}

/** How many people stand otherwise than `expected`. */
function others(expected: string, of: (index: number) => string): number {
  return concerned.filter((index) => of(index) !== expected).length;
}

const consentOf = (index: number) => newsletterOf(world, idOf(index));
const statusOf = (index: number) => memberStatus(world, emailOf(index));

describe('M21: "archive all" at Mailchimp', () => {
  async function archiveMany(): Promise<void> {
    await open('mailchimp');
    for (const index of concerned) world.mailchimp.admin.archive(LIST, emailOf(index));
    await world.live(5 * MINUTE);
  }

  test('nothing is written, the contacts carry the reason, and the user is asked', async () => {
    await open('mailchimp');
    const writes = countWrites(world);
    for (const index of concerned) world.mailchimp.admin.archive(LIST, emailOf(index));
    await world.live(5 * MINUTE);
    expect(countWrites(world)).toEqual(writes);
    for (const index of concerned) expect(await reasonOf(world, idOf(index))).toBe('removed_at_provider');
    expect(await world.store.tables.held.counts()).toMatchObject([
      { question: 'removed-in-bulk', kind: 'write-consent', count: CONCERNED },
    ]);
    expect(await world.store.tables.journal.alarms(0)).toMatchObject([
      { code: 'journal.held_by_brake', params: { count: CONCERNED } },
    ]);
  });

  test('carried out: the contacts become "not specified"', async () => {
    await archiveMany();
    expect(await decide('removed-in-bulk', 'write-consent', 'carry-out')).toBe(CONCERNED);
    await world.live(2 * MINUTE);
    expect(others('4', consentOf)).toBe(0);
    expect(await world.store.tables.held.counts()).toEqual([]);
    await expectSettled(world);
  });

  test('left: the contacts keep their Yes and the reason, whatever runs afterwards', async () => {
    await archiveMany();
    await decide('removed-in-bulk', 'write-consent', 'drop');
    await world.live(10 * MINUTE);
    await expectSettled(world);
    expect(others('1', consentOf)).toBe(0);
    expect(others('archived', statusOf)).toBe(0);
    expect(await reasonOf(world, idOf(0))).toBe('removed_at_provider');
    expect(await world.store.tables.held.counts()).toEqual([]);
  });

  test('put back: they are subscribed again, but for those who had left by themselves', async () => {
    await open('mailchimp');
    world.onWebhook = () => 500;
    world.mailchimp.person.unsubscribe(LIST, emailOf(0));
    for (const index of concerned) world.mailchimp.admin.archive(LIST, emailOf(index));
    await world.live(8 * MINUTE);
    expect(await decide('removed-in-bulk', 'write-consent', 'put-back')).toBe(CONCERNED);
    await world.live(2 * MINUTE);
    expect(statusOf(0)).toBe('archived');
    expect(consentOf(0)).toBe('2');
    for (const index of concerned.slice(1)) expect(statusOf(index)).toBe('subscribed');
    expect(others('1', consentOf)).toBe(1);
    await expectSettled(world);
  });
});

describe('M21: many taken off the list at Brevo', () => {
  async function takeOffMany(): Promise<void> {
    await open('brevo');
    const list = brevoList(world.brevo);
    for (const index of concerned) world.brevo.admin.removeFromList(list.name, emailOf(index));
    await world.live(10 * MINUTE);
  }
  const atBrevo = (index: number) => brevoStatus(world, emailOf(index));

  test('nothing is written and the user is asked; left, it stays so', async () => {
    await open('brevo');
    const writes = countBrevoWrites(world);
    const list = brevoList(world.brevo);
    for (const index of concerned) world.brevo.admin.removeFromList(list.name, emailOf(index));
    await world.live(10 * MINUTE);
    expect(countBrevoWrites(world)).toEqual(writes);
    expect(await reasonOf(world, idOf(3))).toBe('removed_at_provider');
    expect(await world.store.tables.held.counts()).toMatchObject([
      { question: 'removed-in-bulk', kind: 'write-consent', count: CONCERNED },
    ]);
    await decide('removed-in-bulk', 'write-consent', 'drop');
    await world.live(10 * MINUTE);
    expect(countBrevoWrites(world)).toEqual(writes);
    expect(others('1', consentOf)).toBe(0);
  });

  test('carried out: the contacts become "not specified"', async () => {
    await takeOffMany();
    await decide('removed-in-bulk', 'write-consent', 'carry-out');
    await world.live(2 * MINUTE);
    expect(others('4', consentOf)).toBe(0);
  });

  test('put back: they are on the list again', async () => {
    await takeOffMany();
    await decide('removed-in-bulk', 'write-consent', 'put-back');
    await world.live(40 * MINUTE);
    expect(others('subscribed', atBrevo)).toBe(0);
    expect(others('1', consentOf)).toBe(0);
  });
});

describe('R12: many contacts deleted in the CRM', () => {
  async function deleteMany(): Promise<void> {
    await open('mailchimp');
    for (const index of concerned) world.crm.agent.deleteContact(idOf(index));
    await world.live(3 * MINUTE);
  }

  test('nobody is taken out before it is asked; carried out, they leave', async () => {
    await deleteMany();
    expect(others('subscribed', statusOf)).toBe(0);
    expect(await world.store.tables.held.counts()).toMatchObject([
      { question: 'brake', kind: 'remove-member', count: CONCERNED },
    ]);
    await decide('brake', 'remove-member', 'carry-out');
    await world.live(2 * MINUTE);
    expect(others('archived', statusOf)).toBe(0);
    const alarms = await world.store.tables.journal.alarms(0);
    expect(
      alarms.map(({ code }) => code),
      'what was approved is not asked again',
    ).toEqual(['journal.held_by_brake']);
    await expectSettled(world);
  });

  test('dropped, they stay in the audience, and the count bridge names them', async () => {
    await deleteMany();
    await decide('brake', 'remove-member', 'drop');
    await world.live(10 * MINUTE);
    await expectSettled(world);
    expect(others('subscribed', statusOf)).toBe(0);
    const bridge = await world.store.tables.bridges.newest();
    expect(bridge?.bridge.memberReasons).toEqual([{ reason: 'member_of_unreadable_contact', count: CONCERNED }]);
  });

  test('R7: contacts join the member of another address, and their old members leave when it is approved', async () => {
    await open('mailchimp');
    const shared = emailOf(PEOPLE - 1);
    for (const index of concerned) world.crm.agent.editContact(idOf(index), { Email: shared });
    await world.live(5 * MINUTE);
    expect(others('subscribed', statusOf), 'nobody is taken out before the answer').toBe(0);
    expect(await world.store.tables.held.counts()).toMatchObject([
      { question: 'brake', kind: 'remove-member', count: CONCERNED },
    ]);
    await decide('brake', 'remove-member', 'carry-out');
    await world.live(2 * MINUTE);
    expect(others('archived', statusOf)).toBe(0);
    await expectSettled(world);
  });

  test('what is held after the page was made is not answered with it', async () => {
    await deleteMany();
    const { store, clock } = world;
    const upTo = clock.now() - 60 * MINUTE;
    expect(await decideHeld({ store, clock }, { question: 'brake', kind: 'remove-member', upTo }, 'carry-out')).toBe(0);
    expect(await store.tables.held.counts()).toMatchObject([{ count: CONCERNED }]);
  });

  test('nobody can be put back who was not removed at the provider', async () => {
    await deleteMany();
    await expect(decide('brake', 'remove-member', 'put-back')).rejects.toMatchObject({ code: 'input.invalid' });
    expect(await world.store.tables.held.counts()).toMatchObject([{ count: CONCERNED }]);
  });
});

describe('R12: many contacts set to No in the CRM', () => {
  async function setManyToNo(): Promise<void> {
    await open('mailchimp');
    for (const index of concerned) world.crm.agent.editContact(idOf(index), { newsletter_aktiv: '0' });
    await world.live(3 * MINUTE);
  }

  test('they leave at once in the form that can be undone, and become unsubscribed when that is approved', async () => {
    await setManyToNo();
    expect(others('archived', statusOf)).toBe(0);
    expect(await world.store.tables.held.counts()).toMatchObject([
      { question: 'brake', kind: 'unsubscribe-member', count: CONCERNED },
    ]);
    world.crm.agent.editContact(idOf(7), { newsletter_aktiv: '4' });
    await world.live(2 * MINUTE);
    await decide('brake', 'unsubscribe-member', 'carry-out');
    await world.live(2 * MINUTE);
    expect(statusOf(7), 'who does not say No any more is not unsubscribed').toBe('archived');
    for (const index of concerned.filter((one) => one !== 7)) expect(statusOf(index)).toBe('unsubscribed');
    const emails = concerned.map((index) => emailOf(index) as EmailAddress);
    expect(await world.store.tables.held.ofAddresses(emails), 'nothing is left of the question').toEqual([]);
    await expectSettled(world);
  });

  test('dropped, they stay archived', async () => {
    await setManyToNo();
    await decide('brake', 'unsubscribe-member', 'drop');
    await world.live(10 * MINUTE);
    expect(others('archived', statusOf)).toBe(0);
    await expectSettled(world);
  });
});
