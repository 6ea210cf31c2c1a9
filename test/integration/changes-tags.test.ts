import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Database, openPglite } from '../../src/db/database.ts';
import { answerTagQuestion } from '../../src/sync/tags/answer-tag-question.ts';
import { createSyncedWorld } from '../support/change-world.ts';
import { audienceOf, plantContact, plantMember } from '../support/plant.ts';
import { contactTags, countWrites, expectSettled, memberTags, syncAndApprove } from '../support/settled.ts';
import { ANNA, BERND, tagEntries } from '../support/tag-world.ts';
import type { World } from '../support/world.ts';

let database: Database;
let world: World;
beforeAll(async () => {
  database = await openPglite(undefined);
});
afterAll(() => database.close());

const LIST = 'onoffice';
const MINUTE = 60_000;
const MANY = Array.from({ length: 60 }, (_, index) => `Tag ${index}`);

let anna = 0;
let bernd = 0;
beforeEach(async () => {
  world = await createSyncedWorld({
    database,
    seed: (crm, mailchimp) => {
      anna = plantContact(crm, { email: ANNA, tags: ['Käufer', 'Mieter'] });
      bernd = plantContact(crm, { email: BERND, tags: ['Käufer', ...MANY] });
      plantMember(mailchimp, { email: ANNA });
      for (let index = 0; index < 30; index += 1) plantContact(crm, { email: `person.${index}@immo-test.de` });
      crm.agent.addTag('Messe');
    },
  });
});

const tagsAtProvider = () => [...audienceOf(world.mailchimp).tags.values()].map(({ name }) => name).sort();
const tagsInCrm = () =>
  world.crm.store.fields
    .get('NewsletterTag')
    ?.permitted.map(({ labels }) => labels.DEU)
    .sort();

test('M16: a tag set or taken off on a contact is set or taken off at Mailchimp at once', async () => {
  world.crm.agent.editContact(anna, { NewsletterTag: ['Mieter', 'Messe'] });
  await world.live(2 * MINUTE);
  expect(memberTags(world, ANNA)).toEqual(['Messe', 'Mieter', 'onoffice']);
  await expectSettled(world);
});

test('M16: a tag that an agent has just made is set at Mailchimp at once, and renamed there a little later', async () => {
  world.crm.agent.addTag('Neubau');
  world.crm.agent.editContact(anna, { NewsletterTag: ['Mieter', 'Neubau'] });
  await world.live(2 * MINUTE);
  expect(memberTags(world, ANNA)).toEqual(['Mieter', 'Neubau', 'onoffice']);
  world.crm.agent.renameTag('Neubau', 'Neubauprojekt');
  await world.live(11 * MINUTE);
  expect(memberTags(world, ANNA)).toEqual(['Mieter', 'Neubauprojekt', 'onoffice']);
  expect(tagsAtProvider()).not.toContain('Neubau');
  await expectSettled(world);
});

test('R13: tags that we set ourselves are no news of the provider', async () => {
  await world.live(12 * MINUTE);
  world.mailchimp.admin.archive(LIST, ANNA);
  await world.live(6 * MINUTE);
  const before = await recovered();
  world.crm.agent.editContact(anna, { newsletter_aktiv: '1', NewsletterTag: ['Mieter', 'Messe', 'Käufer'] });
  world.crm.agent.editContact(bernd, { NewsletterTag: ['Messe', ...MANY] });
  await world.live(12 * MINUTE);
  expect(memberTags(world, ANNA)).toEqual(['Käufer', 'Messe', 'Mieter', 'onoffice']);
  expect(await recovered()).toBe(before);
});

/** How often the journal tells of changes that no event had told. */
async function recovered(): Promise<number> {
  const entries = await world.store.tables.journal.page(undefined);
  return entries.filter(({ code }) => code === 'journal.recovered').length;
}

test('M22: a tag changed at Mailchimp is neither carried over nor undone; the next full sync takes it over', async () => {
  world.mailchimp.admin.setTags(LIST, ANNA, ['onoffice', 'Mieter', 'Website']);
  const before = countWrites(world);
  await world.live(12 * MINUTE);
  expect(countWrites(world)).toEqual(before);
  // Not even when something else of the contact is carried over meanwhile.
  world.crm.agent.editContact(anna, { Vorname: 'Anna', NewsletterTag: ['Käufer', 'Mieter', 'Messe'] });
  await world.live(12 * MINUTE);
  expect(memberTags(world, ANNA)).toEqual(['Messe', 'Mieter', 'Website', 'onoffice']);
  expect(contactTags(world, anna)).toEqual(['Käufer', 'Messe', 'Mieter']);
  await syncAndApprove(world);
  expect(contactTags(world, anna)).toEqual(['Messe', 'Mieter', 'Website']);
  expect(memberTags(world, ANNA)).toEqual(['Messe', 'Mieter', 'Website', 'onoffice']);
  await expectSettled(world);
});

test('M22: a new member of the audience becomes a contact at once; his tags follow with the next full sync', async () => {
  world.mailchimp.admin.addMember(LIST, { email: 'gast@immo-test.de', tags: ['Käufer', 'Website'] });
  await world.live(9 * MINUTE);
  const created = [...world.crm.store.addresses.values()].find(
    ({ emails }) => emails[0]?.address === 'gast@immo-test.de',
  );
  expect(contactTags(world, created?.id ?? 0)).toEqual([]);
  expect(memberTags(world, 'gast@immo-test.de')).toEqual(['Käufer', 'Website', 'onoffice']);
  await syncAndApprove(world);
  expect(contactTags(world, created?.id ?? 0)).toEqual(['Käufer', 'Website']);
  await expectSettled(world);
});

test('R11: a tag renamed in onOffice is renamed at Mailchimp within minutes, and members keep it', async () => {
  world.crm.agent.renameTag('Käufer', 'Kaufinteressent');
  await world.live(11 * MINUTE);
  expect(memberTags(world, ANNA)).toEqual(['Kaufinteressent', 'Mieter', 'onoffice']);
  expect(tagsAtProvider()).not.toContain('Käufer');
  world.crm.agent.editContact(anna, { NewsletterTag: ['Mieter'] });
  await world.live(2 * MINUTE);
  expect(memberTags(world, ANNA)).toEqual(['Mieter', 'onoffice']);
  await expectSettled(world);
});

test('R11: names swapped at Mailchimp are swapped in onOffice, and later changes find the right tag', async () => {
  world.mailchimp.admin.renameTag(LIST, 'Mieter', '–');
  world.mailchimp.admin.renameTag(LIST, 'Käufer', 'Mieter');
  world.mailchimp.admin.renameTag(LIST, '–', 'Käufer');
  await world.live(11 * MINUTE);
  // Anna has both; what was “Käufer” and is “Mieter” now is taken off.
  world.crm.agent.editContact(bernd, { NewsletterTag: MANY });
  await world.live(2 * MINUTE);
  expect(memberTags(world, BERND)).not.toContain('Mieter');
  expect(memberTags(world, ANNA)).toEqual(['Käufer', 'Mieter', 'onoffice']);
  await expectSettled(world);
});

test('R11: a tag deleted in onOffice is taken off nobody by a round, and answered for it is', async () => {
  const before = [ANNA, BERND].map((email) => memberTags(world, email));
  world.crm.agent.deleteTag('Käufer');
  world.crm.agent.editContact(anna, { Vorname: 'Anna' });
  await world.live(12 * MINUTE);
  expect([ANNA, BERND].map((email) => memberTags(world, email))).toEqual(before);
  const [asked] = await world.store.tables.tagBindings.asked();
  expect(asked).toMatchObject({ name: 'Käufer', question: 'deleted-in-crm' });
  await answerTagQuestion(world, asked?.id ?? 0, 'delete');
  await world.live(MINUTE);
  expect(tagsAtProvider()).not.toContain('Käufer');
  expect((await tagEntries(world)).map(({ code }) => code)).toEqual([
    'journal.tag_deleted_in_crm',
    'journal.tag_to_be_deleted',
  ]);
  await expectSettled(world);
});

test('R11: a tag deleted at Mailchimp is taken off no contact, nor made again by a round', async () => {
  world.mailchimp.admin.deleteTag(LIST, 'Käufer');
  world.crm.agent.editContact(anna, { NewsletterTag: ['Käufer', 'Mieter', 'Messe'] });
  await world.live(12 * MINUTE);
  expect(contactTags(world, anna)).toEqual(['Käufer', 'Messe', 'Mieter']);
  expect(memberTags(world, ANNA)).toEqual(['Messe', 'Mieter', 'onoffice']);
  expect(tagsAtProvider()).not.toContain('Käufer');
  await expectSettled(world);
});

test('R11: of more than 50 tags none is lost by a round, and one that is taken off goes', async () => {
  expect(memberTags(world, BERND)).toEqual([...MANY, 'Käufer', 'onoffice'].sort());
  world.crm.agent.editContact(bernd, { Vorname: 'Bernd' });
  await world.live(12 * MINUTE);
  expect(memberTags(world, BERND)).toEqual([...MANY, 'Käufer', 'onoffice'].sort());
  world.crm.agent.editContact(bernd, { Vorname: 'Bernhard', NewsletterTag: ['Käufer', ...MANY.slice(1), 'Messe'] });
  await world.live(2 * MINUTE);
  expect(memberTags(world, BERND)).toEqual([...MANY.slice(1), 'Messe', 'Käufer', 'onoffice'].sort());
  await expectSettled(world);
});

test('while a person paused it, tags are only looked at', async () => {
  await world.store.tables.connection.setPaused(world.clock.now());
  const before = countWrites(world);
  world.crm.agent.renameTag('Käufer', 'Kaufinteressent');
  await world.live(25 * MINUTE);
  expect(countWrites(world)).toEqual(before);
  await world.store.tables.connection.setPaused(undefined);
  await world.live(11 * MINUTE);
  expect(tagsAtProvider()).toContain('Kaufinteressent');
  expect(tagsInCrm()).toContain('Kaufinteressent');
});
