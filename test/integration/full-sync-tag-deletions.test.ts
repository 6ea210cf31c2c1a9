import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TagAnswer } from '../../src/core/tag-binding.ts';
import { type Database, openPglite } from '../../src/db/database.ts';
import { answerTagQuestion } from '../../src/sync/tags/answer-tag-question.ts';
import { audienceOf } from '../support/plant.ts';
import { contactTags, countWrites, expectSettled, memberTags } from '../support/settled.ts';
import { ANNA, BERND, tagEntries, tagWorld } from '../support/tag-world.ts';
import type { World } from '../support/world.ts';

let database: Database;
const LIST = 'onoffice';

beforeAll(async () => {
  database = await openPglite(undefined);
});
afterAll(() => database.close());

const deleteInCrm = ({ crm }: World) => crm.agent.deleteTag('Käufer');
const deleteAtProvider = ({ mailchimp }: World) => mailchimp.admin.deleteTag(LIST, 'Käufer');

async function answer(world: World, given: TagAnswer): Promise<void> {
  const [asked] = await world.store.tables.tagBindings.asked();
  await answerTagQuestion(world, asked?.id ?? 0, given);
}

test.each([
  ['onOffice', deleteInCrm, 'deleted-in-crm', 'journal.tag_deleted_in_crm'],
  ['Mailchimp', deleteAtProvider, 'deleted-at-provider', 'journal.tag_deleted_at_provider'],
] as const)(
  'R11: a tag deleted in %s is asked about once; before the answer no contact and no member changes',
  async (_, remove, question, code) => {
    const { world, picture } = await tagWorld(database);
    remove(world);
    const before = { picture: picture(), writes: countWrites(world) };
    world.advance(60_000);
    for (let run = 0; run < 2; run += 1) {
      const { id, state } = await world.sync();
      expect(state).toBe('succeeded');
      expect(await world.planOf(id)).toEqual({});
    }
    expect(picture()).toEqual(before.picture);
    expect(countWrites(world)).toEqual(before.writes);
    expect(await world.store.tables.tagBindings.asked()).toMatchObject([{ name: 'Käufer', question }]);
    expect(await tagEntries(world)).toEqual([{ code, params: { tag: 'Käufer' } }]);
    // All other tags go on.
    world.mailchimp.admin.setTags(LIST, BERND, [...memberTags(world, BERND), 'Mieter']);
    await expectSettled(world);
    expect(picture().contacts[1]).toContain('Mieter');
  },
);

test('R11: a member who is added and a contact who gets the tag while it is asked about carry it nowhere else', async () => {
  const { world, bernd } = await tagWorld(database);
  deleteAtProvider(world);
  await expectSettled(world);
  world.advance(60_000);
  world.crm.agent.createContact({
    Email: 'neu@immo-test.de',
    newsletter_aktiv: '1',
    NewsletterTag: ['Käufer', 'Mieter'],
  });
  world.crm.agent.editContact(bernd, { NewsletterTag: [] });
  await expectSettled(world);
  expect(memberTags(world, 'neu@immo-test.de')).toEqual(['Mieter', 'onoffice']);
  expect([...audienceOf(world.mailchimp).tags.values()].map(({ name }) => name).sort()).toEqual(['Mieter', 'onoffice']);
});

const NOW_WITHOUT = { contacts: [['Mieter'], []], members: [['Mieter', 'onoffice'], ['onoffice']] };
const NOW_WITH = {
  contacts: [['Käufer', 'Mieter'], ['Käufer']],
  members: [
    ['Käufer', 'Mieter', 'onoffice'],
    ['Käufer', 'onoffice'],
  ],
};

test.each([
  ['onOffice', 'delete', deleteInCrm, NOW_WITHOUT],
  ['onOffice', 'create', deleteInCrm, NOW_WITH],
  ['onOffice', 'keep', deleteInCrm, { contacts: NOW_WITHOUT.contacts, members: NOW_WITH.members }],
  ['Mailchimp', 'delete', deleteAtProvider, NOW_WITHOUT],
  ['Mailchimp', 'create', deleteAtProvider, NOW_WITH],
  ['Mailchimp', 'keep', deleteAtProvider, { contacts: NOW_WITH.contacts, members: NOW_WITHOUT.members }],
] as const)('R11: deleted in %s and answered with %s', async (_, given, remove, expected) => {
  const { world, picture } = await tagWorld(database);
  remove(world);
  await expectSettled(world);
  await answer(world, given);
  expect(await world.store.tables.tagBindings.asked()).toEqual([]);
  await expectSettled(world);
  expect(picture()).toMatchObject(expected);
  const lists = picture();
  const isThere = {
    crm: expected.contacts.flat().includes('Käufer'),
    provider: expected.members.flat().includes('Käufer'),
  };
  expect([lists.crm.includes('Käufer'), lists.provider.includes('Käufer')]).toEqual([isThere.crm, isThere.provider]);
  expect(await world.store.tables.tagBindings.asked()).toEqual([]);
});

test('R11: a tag that somebody made again by hand is one tag again without an answer', async () => {
  const { world, picture } = await tagWorld(database);
  deleteInCrm(world);
  await expectSettled(world);
  world.crm.agent.addTag('käufer');
  await expectSettled(world);
  expect(await world.store.tables.tagBindings.asked()).toEqual([]);
  expect(picture().contacts).toEqual([['käufer', 'Mieter'].sort(), ['käufer']]);
  expect(picture().members).toEqual(NOW_WITH.members);
});

test('R11: an answer that onOffice refuses is told, and asked for again', async () => {
  const { world, picture } = await tagWorld(database);
  deleteAtProvider(world);
  await expectSettled(world);
  const before = picture();
  world.crm.apiUser.rights.createTags = false;
  await answer(world, 'delete');
  await expectSettled(world);
  expect(picture()).toEqual(before);
  expect(await world.store.tables.tagBindings.asked()).toMatchObject([{ name: 'Käufer' }]);
  expect((await tagEntries(world)).map(({ code }) => code)).toEqual([
    'journal.tag_deleted_at_provider',
    'journal.tag_to_be_deleted',
    'journal.tag_answer_refused',
  ]);
});

test('R11: a tag deleted on both sides is gone without a question, and one of its name is a new tag', async () => {
  const { world, anna } = await tagWorld(database);
  deleteInCrm(world);
  deleteAtProvider(world);
  await expectSettled(world);
  expect(await tagEntries(world)).toEqual([]);
  world.crm.agent.addTag('Käufer');
  world.crm.agent.editContact(anna, { NewsletterTag: ['Käufer', 'Mieter'] });
  await expectSettled(world);
  expect(memberTags(world, ANNA)).toEqual(['Käufer', 'Mieter', 'onoffice']);
  expect(contactTags(world, anna)).toEqual(['Käufer', 'Mieter']);
});
