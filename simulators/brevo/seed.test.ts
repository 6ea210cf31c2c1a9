import { expect, test } from 'vitest';
import { drawAgency } from '../shared/agency.ts';
import { seedFromAgency } from './seed.ts';
import { createTestWorld } from './test-world.ts';

const agency = drawAgency({ contacts: 600, seed: 7, audience: 'existing' });

function seeded(options: Parameters<typeof createTestWorld>[0] = {}, more: Parameters<typeof seedFromAgency>[2] = {}) {
  const world = createTestWorld(options);
  const list = seedFromAgency(world.sim, agency, more)!;
  const { contacts } = world.sim.account;
  const of = (state: string) =>
    agency.people
      .filter(({ atProvider }) => atProvider === state)
      .map(({ email }) => contacts.byEmail(email.trim()))
      .filter((contact) => contact !== undefined);
  return { ...world, list, contacts, of };
}

test('the agency’s people stand at Brevo as its words for them are read, with strangers, without events', async () => {
  const { sim, list, contacts, of } = seeded();
  expect(list.name).toBe('onoffice');
  for (const contact of of('subscribed'))
    expect(contact).toMatchObject({ emailBlacklisted: false, listIds: [list.id] });
  for (const contact of of('unsubscribed')) expect(contact).toMatchObject({ emailBlacklisted: true });
  for (const contact of of('cleaned')) expect(contact).toMatchObject({ activities: [{ type: 'hardBounce' }] });
  for (const contact of of('archived')) expect(contact).toMatchObject({ emailBlacklisted: false, listIds: [] });
  expect(of('subscribed').length).toBeGreaterThan(20);
  expect(agency.strangers.every(({ email }) => contacts.byEmail(email))).toBe(true);
  expect(sim.store.deliveries).toEqual([]);
  expect(sim.store.consentHistory.length).toBe(contacts.size);
});

test('an account with list-based unsubscription has both kinds of people who left, and one of another language other names', () => {
  const { list, of, contacts } = seeded(
    { language: 'en', account: { unsubscribesPerList: true } },
    { listName: 'Mine' },
  );
  const left = of('unsubscribed');
  expect(left.some(({ emailBlacklisted }) => emailBlacklisted)).toBe(true);
  expect(
    left.some(({ emailBlacklisted, listUnsubscribed }) => !emailBlacklisted && listUnsubscribed.includes(list.id)),
  ).toBe(true);
  expect(contacts.all().every(({ attributes }) => !('VORNAME' in attributes))).toBe(true);
  expect(contacts.all().some(({ attributes }) => attributes.FIRSTNAME !== undefined)).toBe(true);
});

test('an empty audience makes no list, and a marked one carries the salutation', () => {
  const { sim } = createTestWorld();
  expect(seedFromAgency(sim, drawAgency({ contacts: 50, seed: 1, audience: 'empty' }))).toBeUndefined();
  expect(sim.account.lists.size).toBe(1);
  const { contacts } = seeded({}, { marked: true });
  expect(contacts.all().some(({ attributes }) => attributes.ANREDE === 'Frau')).toBe(true);
});

test('100,000 contacts are imported and read back by pages', { timeout: 60_000 }, async () => {
  const { sim, call, settle } = createTestWorld({ switches: { limits: false } });
  for (let part = 0; part < 4; part += 1) {
    const jsonBody = Array.from({ length: 25_000 }, (_, number) => ({
      email: `anna.${part}.${number}@immo-test.de`,
      attributes: { VORNAME: 'Anna', NACHNAME: `Müller ${number}`, EXT_ID: `onoffice-${part}-${number}` },
    }));
    expect((await call('POST', '/contacts/import', { jsonBody, listIds: [2], disableNotification: true })).status).toBe(
      202,
    );
  }
  await settle();
  const ids = new Set<number>();
  for (let offset = 0; offset < 100_000; offset += 500) {
    const { body } = await call('GET', `/contacts/lists/2/contacts?limit=500&offset=${offset}&sort=asc`);
    for (const { id } of body.contacts as { id: number }[]) ids.add(id);
  }
  expect(ids.size).toBe(100_000);
  expect(sim.account.contacts.count(2).unique).toBe(100_000);
});
