import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type Database, openPglite } from '../../src/db/database.ts';
import { type PlantedContact, type PlantedMember, plantContact, plantMember } from '../support/plant.ts';
import {
  countWrites,
  expectSettled,
  memberStatus,
  memberTags,
  newsletterOf,
  reasonOf,
  syncAndApprove,
} from '../support/settled.ts';
import { createWorld, type World } from '../support/world.ts';

let database: Database;
let world: World;
let ids: number[];
const ANNA = 'anna.muster@immo-test.de';
const LIST = 'onoffice';

beforeAll(async () => {
  database = await openPglite(undefined);
});
afterAll(() => database.close());
afterEach(() => expectSettled(world));

async function given(contacts: readonly PlantedContact[], members: readonly PlantedMember[] = []): Promise<void> {
  world = await createWorld({
    database,
    seed: (crm, mailchimp) => {
      ids = contacts.map((contact) => plantContact(crm, contact));
      for (const member of members) plantMember(mailchimp, member);
      // Others enough that one person is not half of the audience (R12).
      for (let number = 0; number < 6; number += 1) plantContact(crm, { email: `andere${number}@immo-test.de` });
    },
  });
  await syncAndApprove(world);
  world.advance(60_000);
}
const idOf = (index: number): number => ids[index] ?? 0;
const said = () => ids.map((id) => newsletterOf(world, id));
const firstNameOf = (email: string) => {
  const list = world.mailchimp.store.list(LIST);
  return list.members.find(email)?.mergeFields[1];
};
const memberReasons = async () => (await world.store.tables.bridges.newest())?.bridge.memberReasons;

test('R8: contacts with one address are one member, and the one with Yes and the lowest number stands for it', async () => {
  await given([
    { email: ANNA, newsletter: '4', firstName: 'Nicht', tags: ['Nicht'] },
    { email: ANNA.toUpperCase(), firstName: 'Anna', tags: ['Mieter'] },
    { email: ` ${ANNA} `, firstName: 'Auch', tags: ['Auch'] },
  ]);
  expect(firstNameOf(ANNA)).toBe('Anna');
  expect(memberTags(world, ANNA)).toEqual(['Mieter', 'onoffice']);
  expect(await reasonOf(world, idOf(1))).toBeNull();
  expect(await reasonOf(world, idOf(2))).toBe('duplicate_email');
});

test('R8: when the representative changes, the link moves and nobody leaves', async () => {
  await given([
    { email: ANNA, firstName: 'Anna' },
    { email: ANNA, firstName: 'Berta' },
  ]);
  world.crm.agent.setPrivate(idOf(0), true);
  await world.sync();
  expect(memberStatus(world, ANNA)).toBe('subscribed');
  expect(firstNameOf(ANNA)).toBe('Berta');
  expect(world.mailchimp.store.consentHistory.filter(({ email }) => email === ANNA)).toHaveLength(1);
});

test('R8: an opt-out at the provider is written to all that say Yes', async () => {
  await given([{ email: ANNA }, { email: ANNA }, { email: ANNA, newsletter: '3' }]);
  world.mailchimp.person.unsubscribe(LIST, ANNA);
  await world.sync();
  expect(said()).toEqual(['2', '2', '3']);
});

test('R8: a No that was seen to be set counts for the address', async () => {
  await given([{ email: ANNA }, { email: ANNA }]);
  world.crm.agent.editContact(idOf(1), { newsletter_aktiv: '0' });
  await world.sync();
  expect(memberStatus(world, ANNA)).toBe('unsubscribed');
  expect(said()).toEqual(['2', '0']);
});

test('R8: flags that differ without such an event are a conflict: not subscribed, no flag changed', async () => {
  await given([{ email: ANNA }, { email: ANNA, newsletter: '0' }]);
  expect(memberStatus(world, ANNA)).toBe('absent');
  expect(said()).toEqual(['1', '0']);
  expect(await reasonOf(world, idOf(0))).toBe('conflicting_flags');
});

test('R8: a conflict at a subscribed address unsubscribes it, no flag changed', async () => {
  await given([{ email: ANNA }, { email: ANNA, newsletter: '0' }], [{ email: ANNA }]);
  expect(memberStatus(world, ANNA)).toBe('unsubscribed');
  expect(said()).toEqual(['1', '0']);
  await expectSettled(world);
  expect(said()).toEqual(['1', '0']);
});

test('R8: whom a conflict took out comes back when an agent sets the other contact to Yes', async () => {
  await given([{ email: ANNA }, { email: ANNA, newsletter: '0' }], [{ email: ANNA }]);
  world.crm.agent.editContact(idOf(1), { newsletter_aktiv: '1' });
  await world.sync();
  expect(memberStatus(world, ANNA)).toBe('subscribed');
  expect(said()).toEqual(['1', '1']);
});

test('R1, R8: who leaves after a conflict was settled has left, though we had taken him out ourselves before', async () => {
  await given([{ email: ANNA }, { email: ANNA, newsletter: '0' }], [{ email: ANNA }]);
  world.crm.agent.editContact(idOf(1), { newsletter_aktiv: '1' });
  await world.sync();
  world.mailchimp.person.unsubscribe(LIST, ANNA);
  await world.sync();
  expect(memberStatus(world, ANNA)).toBe('unsubscribed');
  expect(said()).toEqual(['2', '2']);
});

test('R8: who goes away from flags that differ has not left: he is subscribed under his own address', async () => {
  await given([{ email: ANNA }, { email: ANNA, newsletter: '0' }], [{ email: ANNA }]);
  world.crm.agent.editContact(idOf(0), { Email: 'anna.neu@immo-test.de' });
  await world.sync();
  expect(said()).toEqual(['1', '0']);
  expect(memberStatus(world, 'anna.neu@immo-test.de')).toBe('subscribed');
});

test('R8: the same where both had met before the flags differed', async () => {
  await given([{ email: ANNA }]);
  plantContact(world.crm, { email: ANNA, newsletter: '0' });
  await world.sync();
  expect(memberStatus(world, ANNA)).toBe('unsubscribed');
  world.crm.agent.editContact(idOf(0), { Email: 'anna.neu@immo-test.de' });
  await world.sync();
  expect(said()).toEqual(['1']);
  expect(memberStatus(world, 'anna.neu@immo-test.de')).toBe('subscribed');
});

test('R1, R8: a No that is found together with another address counts for the one who stays behind, too', async () => {
  await given([{ email: ANNA }, { email: ANNA }]);
  world.crm.agent.editContact(idOf(0), { newsletter_aktiv: '0' });
  world.crm.agent.editContact(idOf(0), { Email: 'anna.neu@immo-test.de' });
  await world.sync();
  expect(said()).toEqual(['0', '2']);
  expect(memberStatus(world, ANNA)).toBe('unsubscribed');
});

test('R1, R8: a No stays with the address when its contact goes away, and another agent’s Yes answers it (b)', async () => {
  await given([{ email: ANNA }]);
  world.crm.agent.editContact(idOf(0), { newsletter_aktiv: '0' });
  await world.sync();
  world.crm.agent.editContact(idOf(0), { Email: 'anna.neu@immo-test.de' });
  await world.sync();
  const late = plantContact(world.crm, { email: ANNA });
  await world.sync();
  expect(newsletterOf(world, late)).toBe('2');
  world.crm.agent.editContact(late, { newsletter_aktiv: '1' });
  await world.sync();
  expect(memberStatus(world, ANNA)).toBe('subscribed');
});

test('R1, R4: Yes is not written to a contact that has got another address since it was read', async () => {
  const berta = 'berta.muster@immo-test.de';
  await given([
    { email: ANNA, newsletter: '4' },
    { email: berta, newsletter: '2' },
  ]);
  world.mailchimp.person.subscribe(LIST, { email: ANNA });
  world.onRequest = ({ call, body }) => {
    if (call !== 'read address' || !body.includes('recordids')) return undefined;
    world.onRequest = undefined;
    world.crm.agent.editContact(idOf(0), { Email: berta });
    return undefined;
  };
  await world.sync();
  expect(world.onRequest, 'it was read again before it was written').toBeUndefined();
  expect(said()).toEqual(['4', '2']);
});

test('R7: a new address in the CRM is subscribed, and the old member leaves', async () => {
  await given([{ email: ANNA, firstName: 'Anna' }]);
  world.crm.agent.editContact(idOf(0), { Email: 'anna.neu@immo-test.de' });
  await world.sync();
  await expectSettled(world);
  expect(memberStatus(world, 'anna.neu@immo-test.de')).toBe('subscribed');
  expect(memberStatus(world, ANNA)).not.toBe('subscribed');
});

test('R7: an unsubscribed person does not become subscribed by another address', async () => {
  await given([{ email: ANNA }]);
  world.mailchimp.person.unsubscribe(LIST, ANNA);
  await world.sync();
  world.advance(60_000);
  world.crm.agent.editContact(idOf(0), { Email: 'anna.neu@immo-test.de' });
  await expectSettled(world);
  expect(memberStatus(world, 'anna.neu@immo-test.de')).toBe('unsubscribed');
  expect(said()).toEqual(['2']);
});

test('M18: a deleted, archived or private contact leaves the audience, unless another with Yes has the address', async () => {
  await given([
    { email: 'geloescht@immo-test.de' },
    { email: 'archiviert@immo-test.de' },
    { email: ANNA },
    { email: ANNA, firstName: 'Bleibt' },
  ]);
  world.crm.agent.deleteContact(idOf(0));
  world.crm.agent.archive(idOf(1));
  world.crm.agent.deleteContact(idOf(2));
  await world.sync();
  expect(memberStatus(world, 'geloescht@immo-test.de')).toBe('archived');
  expect(memberStatus(world, 'archiviert@immo-test.de')).toBe('archived');
  expect(memberStatus(world, ANNA)).toBe('subscribed');
});

test('R9: a member who is a further address of a contact is joined to it and counted, nothing is created or written', async () => {
  await given([{ email: ANNA, furtherEmails: ['anna.privat@immo-test.de'] }], [{ email: 'anna.privat@immo-test.de' }]);
  expect(world.crm.store.idsByEmail('anna.privat@immo-test.de')).toEqual(ids);
  expect(memberTags(world, 'anna.privat@immo-test.de')).toEqual([]);
  expect(await memberReasons()).toEqual([{ reason: 'second_address', count: 1 }]);
});

test('R9: a member whose address a private or archived contact holds is counted, nothing is written', async () => {
  await given(
    [
      { email: 'privat@immo-test.de', isPrivate: true, newsletter: '4' },
      { email: 'archiv@immo-test.de', isArchived: true, newsletter: '4' },
      { email: '', furtherEmails: ['weiter@immo-test.de'], isPrivate: true },
    ],
    [{ email: 'privat@immo-test.de' }, { email: 'archiv@immo-test.de' }, { email: 'weiter@immo-test.de' }],
  );
  expect(world.crm.counts.actions['create address']).toBeUndefined();
  expect(said()).toEqual(['4', '4', '1']);
  expect(await memberReasons()).toEqual([
    { reason: 'member_of_private_contact', count: 2 },
    { reason: 'member_of_archived_contact', count: 1 },
  ]);
});

test('R9: created contacts carry names, address, Yes, origin and tags, and are created once', async () => {
  await given([], [{ email: 'Neu.Gast@immo-test.de', firstName: 'Neu', lastName: 'Gast', tags: ['Website'] }]);
  const [id, ...more] = world.crm.store.idsByEmail('neu.gast@immo-test.de');
  expect(more).toEqual([]);
  expect(world.crm.store.addresses.get(id ?? 0)?.values).toMatchObject({
    Vorname: 'Neu',
    Name: 'Gast',
    newsletter_aktiv: '1',
    HerkunftKontakt: ['Newsletter'],
  });
  expect(memberTags(world, 'neu.gast@immo-test.de')).toEqual(['Website', 'onoffice']);
});

test('R9: a member of ours whose contact was deleted is not created again', async () => {
  await given([{ email: ANNA }]);
  world.crm.agent.deleteContact(idOf(0));
  await expectSettled(world);
  expect(world.crm.store.idsByEmail(ANNA)).toEqual([]);
});

test('M17: a private contact is never synchronised, whatever it says', async () => {
  await given(
    [{ email: ANNA, isPrivate: true, firstName: 'Anna' }],
    [{ email: ANNA, firstName: 'Ann', tags: ['Website'] }],
  );
  expect(firstNameOf(ANNA)).toBe('Ann');
  expect(memberTags(world, ANNA)).toEqual(['Website']);
  const before = countWrites(world);
  world.crm.agent.editContact(idOf(0), { Vorname: 'Annabell', newsletter_aktiv: '0' });
  await world.sync();
  expect(countWrites(world)).toEqual(before);
});

test('R7: somebody leaves, and an agent changes his address before the next sync: the new address is not subscribed', async () => {
  await given([{ email: ANNA }]);
  const [id] = ids;
  const NEW = 'anna.neu@immo-test.de';
  world.mailchimp.person.unsubscribe(LIST, ANNA);
  world.crm.agent.editContact(id ?? 0, { Email: NEW });
  world.advance(60_000);
  await syncAndApprove(world);
  expect(memberStatus(world, ANNA)).toBe('unsubscribed');
  expect(memberStatus(world, NEW)).toBe('unsubscribed');
  expect(said()).toEqual(['2']);
});
