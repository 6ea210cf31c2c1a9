import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Database, openPglite } from '../../src/db/database.ts';
import { plantContact, plantMember } from '../support/plant.ts';
import { countWrites, expectSettled, memberStatus, newsletterOf, syncAndApprove } from '../support/settled.ts';
import { createWorld, type World } from '../support/world.ts';

let database: Database;
let world: World;
let ids: number[];
const address = (number: number) => `kontakt.${number}@immo-test.de`;
const LIST = 'onoffice';

beforeAll(async () => {
  database = await openPglite(undefined);
});
afterAll(() => database.close());
beforeEach(async () => {
  world = await createWorld({
    database,
    seed: (crm, mailchimp) => {
      ids = Array.from({ length: 30 }, (_, number) => plantContact(crm, { email: address(number) }));
      plantMember(mailchimp, { email: address(0) });
    },
  });
  await syncAndApprove(world);
  world.advance(60_000);
});
afterEach(() => expectSettled(world));

const idOf = (number: number): number => ids[number] ?? 0;

test('R12: more than half of the managed members stops before the first write and asks; approved, it is carried out', async () => {
  for (let number = 0; number < 16; number += 1) world.crm.agent.editContact(idOf(number), { newsletter_aktiv: '4' });
  const before = countWrites(world);
  const run = await world.sync();
  expect(run).toMatchObject({ state: 'awaiting-approval', question: 'brake' });
  expect(run.brake).toEqual([{ kind: 'remove-member', count: 16, limit: 15 }]);
  expect(countWrites(world)).toEqual(before);
  await world.approve();
  expect(memberStatus(world, address(3))).toBe('archived');
  expect(memberStatus(world, address(20))).toBe('subscribed');
});

test('R12: half of the managed members goes without asking', async () => {
  for (let number = 0; number < 15; number += 1) world.crm.agent.editContact(idOf(number), { newsletter_aktiv: '4' });
  expect(await world.sync()).toMatchObject({ state: 'succeeded' });
});

test('R12: the brake holds no opt-out: those of the provider reach the CRM before it asks', async () => {
  for (let number = 0; number < 16; number += 1) world.crm.agent.editContact(idOf(number), { newsletter_aktiv: '4' });
  for (let number = 16; number < 19; number += 1) world.mailchimp.person.unsubscribe(LIST, address(number));
  world.crm.agent.editContact(idOf(20), { newsletter_aktiv: '0' });
  const run = await world.sync();
  expect(run).toMatchObject({ state: 'awaiting-approval', question: 'brake' });
  for (let number = 16; number < 19; number += 1) expect(newsletterOf(world, idOf(number))).toBe('2');
  expect(memberStatus(world, address(20))).toBe('unsubscribed');
  expect(memberStatus(world, address(3))).toBe('subscribed');
  await world.approve();
  expect(memberStatus(world, address(3))).toBe('archived');
});

test('R12: too many No of the CRM are archived at once, and become unsubscribed when that is approved', async () => {
  for (let number = 0; number < 16; number += 1) world.crm.agent.editContact(idOf(number), { newsletter_aktiv: '0' });
  world.mailchimp.person.unsubscribe(LIST, address(20));
  const run = await world.sync();
  expect(run).toMatchObject({ state: 'awaiting-approval', question: 'brake' });
  for (let number = 0; number < 16; number += 1) expect(memberStatus(world, address(number))).toBe('archived');
  expect(newsletterOf(world, idOf(20))).toBe('2');
  await world.approve();
  for (let number = 0; number < 16; number += 1) expect(memberStatus(world, address(number))).toBe('unsubscribed');
});

test('R12: who said Yes again before the answer is not unsubscribed by it', async () => {
  for (let number = 0; number < 16; number += 1) world.crm.agent.editContact(idOf(number), { newsletter_aktiv: '0' });
  await world.sync();
  world.advance(60_000);
  world.crm.agent.editContact(idOf(0), { newsletter_aktiv: '1' });
  await world.approve();
  expect(memberStatus(world, address(0))).not.toBe('unsubscribed');
  expect(memberStatus(world, address(1))).toBe('unsubscribed');
});

test('M21: all members archived in Mailchimp: nothing is written before somebody was asked', async () => {
  world.mailchimp.admin.archiveAll(LIST);
  const before = countWrites(world);
  const run = await world.sync();
  expect(run).toMatchObject({ state: 'awaiting-approval', question: 'brake' });
  expect(countWrites(world)).toEqual(before);
  for (const id of ids) expect(newsletterOf(world, id)).toBe('1');
});

test('a preview that was asked for holds no opt-out either', async () => {
  world.mailchimp.person.unsubscribe(LIST, address(0));
  world.crm.agent.editContact(idOf(1), { Vorname: 'Neu' });
  const run = await world.sync({ asksFirst: true });
  expect(run).toMatchObject({ state: 'awaiting-approval', question: 'asked-for-preview' });
  expect(newsletterOf(world, idOf(0))).toBe('2');
  expect(await world.planOf(run.id)).toEqual({ 'write-consent done': 1, 'update-member planned': 1 });
});

test('M8: before the first sync is approved not even an opt-out is written', async () => {
  const fresh = await createWorld({
    database,
    seed: (crm, mailchimp) => {
      plantContact(crm, { email: address(0) });
      plantMember(mailchimp, { email: address(0), status: 'unsubscribed' });
    },
  });
  const before = countWrites(fresh);
  expect(await fresh.sync()).toMatchObject({ state: 'awaiting-approval', question: 'first-sync' });
  expect(countWrites(fresh)).toEqual(before);
});
