import { afterAll, beforeAll, expect, test } from 'vitest';
import { seedFromAgency as seedMailchimp } from '../../simulators/mailchimp/index.ts';
import { seedFromAgency as seedOnOffice } from '../../simulators/onoffice/index.ts';
import { drawAgency } from '../../simulators/shared/agency.ts';
import { type Database, openPglite } from '../../src/db/database.ts';
import { audienceOf, plantContact, plantMember } from '../support/plant.ts';
import {
  contactTags,
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
const ANNA = 'anna.muster@immo-test.de';
const LIST = 'onoffice';

beforeAll(async () => {
  database = await openPglite(undefined);
});
afterAll(() => database.close());

/** Everything Mailchimp keeps of the members whom the connector does not manage, and of the rest of the account. */
function unmanagedOf({ mailchimp }: World): string {
  const list = audienceOf(mailchimp);
  const members = [...list.members.all()].map((member) => ({
    ...member,
    logPosition: 0,
    tags: [...member.tags].map(([id, at]) => [list.tags.get(id)?.name, at]),
  }));
  const unmanaged = members.filter(({ tags }) => !tags.some(([name]) => name === 'onoffice'));
  const others = mailchimp.store.listsOf(mailchimp.account).filter((other) => other !== list);
  return JSON.stringify({
    unmanaged: unmanaged.filter(({ status }) => status !== 'subscribed'),
    others: others.map((other) => ({ name: other.name, fields: other.mergeFields, members: [...other.members.all()] })),
    webhooks: [...list.webhooks],
  });
}

test('R11: members, tags, fields and webhooks that are not ours stay byte for byte', async () => {
  const agency = drawAgency({ contacts: 150, seed: 21, audience: 'existing' });
  const world = await createWorld({
    database,
    seed: (crm, mailchimp) => {
      seedOnOffice(crm, agency);
      seedMailchimp(mailchimp, agency);
      const other = mailchimp.addAudience({ name: 'Interne Liste' });
      mailchimp.admin.addMember(other.id, { email: ANNA, tags: ['onoffice', 'Team'] });
    },
  });
  const list = audienceOf(world.mailchimp);
  const fields = list.mergeFields.map((field) => ({ ...field }));
  // Whoever the CRM does not lead to is left alone: those who left, bounced or wait.
  const passive = [...list.members.all()].filter(({ status }) => /^(unsubscribed|cleaned)$/.test(status));
  const before = passive.map((member) => JSON.stringify({ ...member, tags: [...member.tags], logPosition: 0 }));
  const beforeOthers = unmanagedOf(world).slice(unmanagedOf(world).indexOf('"others"'));
  await syncAndApprove(world);
  await expectSettled(world);
  expect(passive.map((member) => JSON.stringify({ ...member, tags: [...member.tags], logPosition: 0 }))).toEqual(
    before,
  );
  expect(unmanagedOf(world).slice(unmanagedOf(world).indexOf('"others"'))).toBe(beforeOthers);
  expect(list.mergeFields.slice(0, fields.length)).toEqual(fields);
});

test('R11: fields of a managed member that are not mapped stay as they are', async () => {
  const world = await createWorld({
    database,
    seed: (crm, mailchimp) => {
      plantContact(crm, { email: ANNA, firstName: 'Anna' });
      const member = plantMember(mailchimp, { email: ANNA, firstName: 'Ann' });
      mailchimp.admin.editProfile(LIST, ANNA, { PHONE: '0241 1234', BIRTHDAY: '03/14' });
      Object.assign(member, { vip: true, language: 'de', emailType: 'text' });
    },
  });
  const member = audienceOf(world.mailchimp).members.find(ANNA);
  const { vip, language, emailType, ipOpt, timestampOpt, source } = member ?? {};
  const foreign = [member?.mergeFields[4], member?.mergeFields[5]];
  await syncAndApprove(world);
  expect(member?.mergeFields[1]).toBe('Anna');
  expect([member?.mergeFields[4], member?.mergeFields[5]]).toEqual(foreign);
  expect(member).toMatchObject({ vip, language, emailType, ipOpt, timestampOpt, source });
  await expectSettled(world);
});

test('M10, R11: Mailchimp’s tags flow into the CRM at the first sync, then the CRM’s flow out; the marker is not taken over', async () => {
  let id = 0;
  const world = await createWorld({
    database,
    seed: (crm, mailchimp) => {
      id = plantContact(crm, { email: ANNA, tags: ['Mieter'] });
      plantMember(mailchimp, { email: ANNA, tags: ['Messe 2025', 'onoffice'] });
    },
  });
  await syncAndApprove(world);
  expect(contactTags(world, id)).toEqual(['Messe 2025', 'Mieter']);
  expect(memberTags(world, ANNA)).toEqual(['Messe 2025', 'Mieter', 'onoffice']);
  await expectSettled(world);
  world.advance(60_000);
  world.crm.agent.editContact(id, { NewsletterTag: ['Mieter', world.crm.agent.addTag('Neubau')] });
  await syncAndApprove(world);
  expect(memberTags(world, ANNA)).toEqual(['Mieter', 'Neubau', 'onoffice']);
  world.advance(60_000);
  world.mailchimp.admin.setTags(LIST, ANNA, ['onoffice', 'Neubau', 'Website']);
  await expectSettled(world);
  expect(contactTags(world, id)).toEqual(['Neubau', 'Website']);
  expect(contactTags(world, id)).not.toContain('onoffice');
});

test('R11: a tag that may not be created in the CRM is reported once and stays as it is; a second sync writes nothing', async () => {
  let id = 0;
  const world = await createWorld({
    database,
    seed: (crm, mailchimp) => {
      crm.apiUser.rights.createTags = false;
      id = plantContact(crm, { email: ANNA, tags: ['Mieter'] });
      plantMember(mailchimp, { email: ANNA, tags: ['Messe 2025'] });
      plantMember(mailchimp, { email: 'gast@immo-test.de', tags: ['Website'] });
    },
  });
  await syncAndApprove(world);
  expect(contactTags(world, id)).toEqual(['Mieter']);
  expect(memberTags(world, ANNA)).toEqual(['Messe 2025', 'Mieter', 'onoffice']);
  const reported = (await world.store.tables.journal.page(undefined)).filter(
    ({ code }) => code === 'journal.tag_refused',
  );
  expect(reported.map(({ params }) => params.tag).sort()).toEqual(['Messe 2025', 'Website']);
  const before = countWrites(world);
  const second = await world.sync();
  expect(await world.planOf(second.id)).toEqual({});
  expect(countWrites(world)).toEqual(before);
  await expectSettled(world);
});

test.each([
  { values: ['1', '0', '3'], optOut: '0', bounced: '1', removed: '1' },
  { values: ['1', '0', '2', '3'], optOut: '2', bounced: '1', removed: '1' },
  { values: ['1', '0', '2', '3', '4', '5'], optOut: '2', bounced: '5', removed: '4' },
])('R10: only what the customer’s list permits is written ($values)', async ({ values, optOut, bounced, removed }) => {
  const ids = { left: 0, dead: 0, gone: 0 };
  const world = await createWorld({
    database,
    customer: { newsletterValues: values },
    seed: (crm, mailchimp) => {
      ids.left = plantContact(crm, { email: 'links@immo-test.de' });
      ids.dead = plantContact(crm, { email: 'tot@immo-test.de' });
      ids.gone = plantContact(crm, { email: 'weg@immo-test.de' });
      for (let number = 0; number < 5; number += 1) plantContact(crm, { email: `andere${number}@immo-test.de` });
      plantMember(mailchimp, { email: 'links@immo-test.de', status: 'unsubscribed' });
      plantMember(mailchimp, { email: 'tot@immo-test.de', status: 'cleaned' });
    },
  });
  await syncAndApprove(world);
  expect(newsletterOf(world, ids.left)).toBe(optOut);
  expect(newsletterOf(world, ids.dead)).toBe(bounced);
  if (bounced === '1') expect(await reasonOf(world, ids.dead)).toBe('bounced');
  world.advance(60_000);
  world.mailchimp.admin.archive(LIST, 'weg@immo-test.de');
  await syncAndApprove(world);
  expect(newsletterOf(world, ids.gone)).toBe(removed);
  // M20: where neither is permitted it stays Yes with a reason, and the member is not put back.
  if (removed === '1') expect(await reasonOf(world, ids.gone)).toBe('removed_at_provider');
  await expectSettled(world);
  expect(memberStatus(world, 'weg@immo-test.de')).toBe('archived');
  expect(world.crm.counts.errors).toEqual({});
});

test('R10: by setting an opt-out writes No', async () => {
  let id = 0;
  const world = await createWorld({
    database,
    optOutValue: 'no',
    seed: (crm, mailchimp) => {
      id = plantContact(crm, { email: ANNA });
      plantMember(mailchimp, { email: ANNA, status: 'unsubscribed' });
    },
  });
  await syncAndApprove(world);
  expect(newsletterOf(world, id)).toBe('0');
  await expectSettled(world);
});
