import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Database, openPglite } from '../../src/db/database.ts';
import { audienceOf, plantContact, plantMember } from '../support/plant.ts';
import { contactTags, countWrites, expectSettled, memberTags, syncAndApprove } from '../support/settled.ts';
import { ANNA, BERND, tagEntries, tagWorld } from '../support/tag-world.ts';
import { createWorld, type World } from '../support/world.ts';

let database: Database;
const LIST = 'onoffice';

beforeAll(async () => {
  database = await openPglite(undefined);
});
afterAll(() => database.close());

/** Ids of Mailchimp's tags and keys of onOffice's, which no rename may change. */
const identities = ({ crm, mailchimp }: World) => ({
  keys: crm.store.fields.get('NewsletterTag')?.permitted.map(({ key }) => key),
  ids: [...audienceOf(mailchimp).tags.keys()],
});

/** Writes of a stretch that are neither renames of tags nor reads. */
function writesBetween(before: Record<string, number>, after: Record<string, number>): string[] {
  return Object.keys(after).filter(
    (call) => after[call] !== before[call] && !/segments\/\{segment_id\}$|multiselectkey/.test(call),
  );
}

const STORIES: readonly [string, (world: World) => void, { tenants: string; buyers: string }][] = [
  [
    'in onOffice',
    ({ crm }) => crm.agent.renameTag('Mieter', 'Mietinteressent'),
    { tenants: 'Mietinteressent', buyers: 'Käufer' },
  ],
  [
    'at Mailchimp',
    ({ mailchimp }) => mailchimp.admin.renameTag(LIST, 'Mieter', 'Mietinteressent'),
    { tenants: 'Mietinteressent', buyers: 'Käufer' },
  ],
  [
    'on both sides, and onOffice’s name wins',
    ({ crm, mailchimp }) => {
      crm.agent.renameTag('Mieter', 'Mietinteressent');
      mailchimp.admin.renameTag(LIST, 'Mieter', 'Tenants');
    },
    { tenants: 'Mietinteressent', buyers: 'Käufer' },
  ],
  ['to another case', ({ crm }) => crm.agent.renameTag('Mieter', 'MIETER'), { tenants: 'MIETER', buyers: 'Käufer' }],
  [
    'by a swap in onOffice',
    ({ crm }) => {
      crm.agent.renameTag('Mieter', '–');
      crm.agent.renameTag('Käufer', 'Mieter');
      crm.agent.renameTag('–', 'Käufer');
    },
    { tenants: 'Käufer', buyers: 'Mieter' },
  ],
  [
    'by a swap at Mailchimp',
    ({ mailchimp }) => {
      mailchimp.admin.renameTag(LIST, 'Mieter', '–');
      mailchimp.admin.renameTag(LIST, 'Käufer', 'Mieter');
      mailchimp.admin.renameTag(LIST, '–', 'Käufer');
    },
    { tenants: 'Käufer', buyers: 'Mieter' },
  ],
];

test.each(STORIES)(
  'R11: a tag renamed %s is renamed on the other side; nobody loses it, none is doubled',
  async (_, rename, names) => {
    const { world, picture } = await tagWorld(database);
    const before = { ...identities(world), writes: countWrites(world) };
    rename(world);
    const run = await world.sync();
    expect(run.state).toBe('succeeded');
    expect(await world.planOf(run.id)).toEqual({});
    expect(writesBetween(before.writes, countWrites(world))).toEqual([]);
    expect(identities(world)).toEqual({ keys: before.keys, ids: before.ids });
    expect(picture()).toEqual({
      crm: ['Messe', names.buyers, names.tenants].sort(),
      provider: [names.buyers, names.tenants, 'onoffice'].sort(),
      contacts: [[names.buyers, names.tenants].sort(), [names.buyers]],
      members: [[names.buyers, names.tenants, 'onoffice'].sort(), [names.buyers, 'onoffice'].sort()],
    });
    await expectSettled(world);
  },
);

const IN_STEPS = STORIES.filter(([name]) => /both|swap/.test(name));

test.each(IN_STEPS)(
  'R11, F5: a worker that dies while a tag is renamed %s leaves no tag doubled or lost',
  async (_, rename, names) => {
    for (let which = 0, hasDied = true; hasDied; which += 1) {
      const { world, picture } = await tagWorld(database);
      rename(world);
      let seen = 0;
      world.onRequest = ({ call }) =>
        /^PATCH .*\/segments\/|multiselectkey$/.test(call) && seen++ === which ? 'kill-after' : undefined;
      await syncAndApprove(world);
      hasDied = seen > which;
      await expectSettled(world);
      expect(picture(), `killed after ${which}`).toEqual({
        crm: ['Messe', names.buyers, names.tenants].sort(),
        provider: [names.buyers, names.tenants, 'onoffice'].sort(),
        contacts: [[names.buyers, names.tenants].sort(), [names.buyers]],
        members: [[names.buyers, names.tenants, 'onoffice'].sort(), [names.buyers, 'onoffice'].sort()],
      });
    }
  },
);

test('R11: a rename that onOffice does not permit is reported once; under two names it stays one tag', async () => {
  const { world, anna, bernd } = await tagWorld(database, (crm) => {
    crm.apiUser.rights.createTags = true;
  });
  world.crm.apiUser.rights.createTags = false;
  world.mailchimp.admin.renameTag(LIST, 'Mieter', 'Mietinteressent');
  world.mailchimp.admin.setTags(LIST, BERND, ['onoffice', 'Käufer', 'Mietinteressent']);
  await expectSettled(world);
  expect(await tagEntries(world)).toEqual([
    { code: 'journal.tag_rename_refused_by_crm', params: { from: 'Mieter', to: 'Mietinteressent' } },
  ]);
  // What is set under the one name arrives under the other, both ways.
  expect(contactTags(world, bernd)).toEqual(['Käufer', 'Mieter']);
  world.crm.agent.editContact(anna, { NewsletterTag: ['Käufer'] });
  await expectSettled(world);
  expect(memberTags(world, ANNA)).toEqual(['Käufer', 'onoffice']);
  expect(memberTags(world, BERND)).toEqual(['Käufer', 'Mietinteressent', 'onoffice']);
});

test('R11: a name that a foreign tag has is reported and asked about once, and carried over when it is free', async () => {
  const { world, picture } = await tagWorld(database, (_, mailchimp) => {
    plantMember(mailchimp, { email: 'gast@immo-test.de', status: 'unsubscribed', tags: ['Tenants'] });
  });
  world.crm.agent.renameTag('Mieter', 'Tenants');
  await expectSettled(world);
  expect(await tagEntries(world)).toEqual([
    { code: 'journal.tag_name_taken', params: { tag: 'Mieter', wanted: 'Tenants' } },
  ]);
  expect(await world.store.tables.tagBindings.asked()).toMatchObject([{ name: 'Mieter', question: 'name-taken' }]);
  expect(picture()).toMatchObject({
    provider: ['Käufer', 'Mieter', 'Tenants', 'onoffice'],
    contacts: [['Käufer', 'Tenants'], ['Käufer']],
    members: [
      ['Käufer', 'Mieter', 'onoffice'],
      ['Käufer', 'onoffice'],
    ],
  });
  expect(memberTags(world, 'gast@immo-test.de')).toEqual(['Tenants']);
  world.mailchimp.admin.renameTag(LIST, 'Tenants', 'Alte Mieter');
  await expectSettled(world);
  expect(picture().members).toEqual([
    ['Käufer', 'Tenants', 'onoffice'],
    ['Käufer', 'onoffice'],
  ]);
  expect(await world.store.tables.tagBindings.asked()).toEqual([]);
});

test('R11: renaming a tag of somebody with more than 50 tags changes nothing but its name', async () => {
  const many = Array.from({ length: 70 }, (_, index) => `Tag ${index}`);
  const { world, anna } = await tagWorld(database, (_, mailchimp) => {
    plantMember(mailchimp, { email: ANNA, tags: many });
  });
  expect(contactTags(world, anna)).toHaveLength(72);
  world.crm.agent.renameTag('Tag 69', 'Neubau');
  world.crm.agent.editContact(anna, { Vorname: 'Anna-Lena' });
  world.advance(60_000);
  await expectSettled(world);
  const expected = [...many.slice(0, 69), 'Neubau', 'Käufer', 'Mieter', 'onoffice'].sort();
  expect(memberTags(world, ANNA)).toEqual(expected);
  expect(contactTags(world, anna)).toEqual(expected.filter((name) => name !== 'onoffice'));
});

test('M8, R11: nothing is renamed before the preview is approved, and what was planned follows the new name', async () => {
  const world = await createWorld({
    database,
    seed: (crm, mailchimp) => {
      plantContact(crm, { email: ANNA, tags: ['Käufer'] });
      plantContact(crm, { email: BERND });
      plantMember(mailchimp, { email: BERND, tags: ['KÄUFER'] });
    },
  });
  expect(await world.sync()).toMatchObject({ state: 'awaiting-approval', question: 'first-sync' });
  world.advance(3_600_000);
  world.crm.agent.renameTag('Käufer', 'Kaufinteressent');
  const before = countWrites(world);
  await world.turn();
  expect(countWrites(world)).toEqual(before);
  expect(await world.approve()).toMatchObject({ state: 'succeeded' });
  expect(memberTags(world, ANNA)).toEqual(['Kaufinteressent', 'onoffice']);
  expect(memberTags(world, BERND)).toEqual(['Kaufinteressent', 'onoffice']);
  await expectSettled(world);
  expect([...audienceOf(world.mailchimp).tags.values()].map(({ name }) => name)).toEqual([
    'Kaufinteressent',
    'onoffice',
  ]);
});

test('R11: a later sync that asks first renames nothing before the answer', async () => {
  const { world, picture } = await tagWorld(database);
  world.crm.agent.renameTag('Mieter', 'Mietinteressent');
  world.crm.agent.createContact({
    Email: 'neu@immo-test.de',
    newsletter_aktiv: '1',
    NewsletterTag: ['Mietinteressent'],
  });
  expect(await world.sync({ asksFirst: true })).toMatchObject({ state: 'awaiting-approval' });
  expect(picture().provider).toEqual(['Käufer', 'Mieter', 'onoffice']);
  await world.approve();
  expect(picture().provider).toEqual(['Käufer', 'Mietinteressent', 'onoffice']);
  expect(memberTags(world, 'neu@immo-test.de')).toEqual(['Mietinteressent', 'onoffice']);
  await expectSettled(world);
});

test('R11: a tag that a sync has made can be renamed right after it', async () => {
  const { world, anna } = await tagWorld(database);
  world.crm.agent.renameTag('Messe', 'Immobilienmesse');
  world.crm.agent.editContact(anna, { NewsletterTag: ['Immobilienmesse'] });
  world.mailchimp.admin.setTags(LIST, BERND, ['onoffice', 'Website']);
  await syncAndApprove(world);
  world.advance(60_000);
  world.mailchimp.admin.renameTag(LIST, 'Immobilienmesse', 'Messe 2026');
  world.crm.agent.renameTag('Website', 'Homepage');
  await expectSettled(world);
  expect(memberTags(world, ANNA)).toEqual(['Messe 2026', 'onoffice']);
  expect(contactTags(world, anna)).toEqual(['Messe 2026']);
  expect(memberTags(world, BERND)).toEqual(['Homepage', 'onoffice']);
  expect([...audienceOf(world.mailchimp).tags.values()].map(({ name }) => name).sort()).toEqual(
    ['Homepage', 'Käufer', 'Messe 2026', 'Mieter', 'onoffice'].sort(),
  );
});

test('M10: the marker’s name is taken back, and nobody gets the other one as a tag', async () => {
  const { world, picture } = await tagWorld(database);
  const before = picture();
  world.mailchimp.admin.renameTag(LIST, 'onoffice', 'Rundbrief');
  await expectSettled(world);
  expect(picture()).toEqual(before);
});
