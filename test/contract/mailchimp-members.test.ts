import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { MemberScope } from '../../src/core/mailing-provider.ts';
import { address, MAPPING, mailchimpWorld, newMember, START } from './mailchimp-world.ts';

const ANNA = 'anna.muster@immo-test.de';

function crowd() {
  const world = mailchimpWorld();
  const { mailchimp, listId } = world;
  for (const name of ['sub', 'unsub', 'dead', 'arch', 'trans'])
    mailchimp.admin.addMember(listId, {
      email: `${name}@immo-test.de`,
      status: name === 'trans' ? 'transactional' : 'subscribed',
      mergeFields: { FNAME: name },
      tags: ['onoffice'],
    });
  mailchimp.person.unsubscribe(listId, 'unsub@immo-test.de');
  mailchimp.switches.complaint = 'cleaned';
  mailchimp.person.complain(listId, 'dead@immo-test.de');
  mailchimp.admin.archive(listId, 'arch@immo-test.de');
  const read = async (scope: MemberScope, more: object = {}) =>
    (await world.reads.readMembers({ audienceId: listId, scope, offset: 0, mapping: MAPPING, ...more })).members;
  return { ...world, read };
}

test('the present members come with their statuses, fields and tags, the archived ones apart', async () => {
  const { read, tagged } = crowd();
  const present = await read('present');
  expect(Object.fromEntries(present.map(({ email, status }) => [email, status]))).toEqual({
    'sub@immo-test.de': 'subscribed',
    'unsub@immo-test.de': 'unsubscribed',
    'dead@immo-test.de': 'cleaned',
    'trans@immo-test.de': 'known',
  });
  expect(present.find(({ email }) => email === 'sub@immo-test.de')).toMatchObject({
    fields: { firstName: 'sub' },
    tags: tagged('onoffice'),
    // An administrator added her: nobody signed up, so there is no evidence of an opt-in (R1 a).
    optInAt: '',
  });
  expect((await read('archived')).map(({ email, status }) => [email, status])).toEqual([
    ['arch@immo-test.de', 'archived'],
  ]);
});

test('listings ask for little, and for newest first', async () => {
  const { read, sent } = crowd();
  await read('present');
  await read('present', { changedSince: '2026-03-02T07:59:59.000Z' });
  const [whole, changes] = sent.map(({ query }) => Object.fromEntries(query));
  expect(whole).toMatchObject({ count: '1000', offset: '0', sort_field: 'timestamp_opt', sort_dir: 'DESC' });
  expect(whole).not.toHaveProperty('status');
  expect(whole?.fields).not.toContain('_links');
  expect(changes).toMatchObject({ sort_field: 'last_changed', since_last_changed: '2026-03-02T07:59:59.000Z' });
});

test('one status is asked for, several are picked out', async () => {
  const { read, sent } = crowd();
  expect((await read('present', { statuses: ['known'] })).map(({ email }) => email)).toEqual(['trans@immo-test.de']);
  expect(sent.at(-1)?.query.get('status')).toBe('transactional');
  expect(await read('present', { statuses: ['unsubscribed', 'cleaned'] })).toHaveLength(2);
  expect(await read('present', { statuses: ['archived'] })).toEqual([]);
});

test('only what changed since is read', async () => {
  const { read, mailchimp, listId, pass } = crowd();
  pass(60_000);
  mailchimp.admin.editProfile(listId, 'sub@immo-test.de', { FNAME: 'Neu' });
  mailchimp.admin.archive(listId, 'trans@immo-test.de');
  const since = { changedSince: new Date(START + 60_000).toISOString() };
  expect((await read('present', since)).map(({ email }) => email)).toEqual(['sub@immo-test.de']);
  expect((await read('archived', since)).map(({ email }) => email)).toEqual(['trans@immo-test.de']);
});

test('all pages together are all members', async () => {
  const { mailchimp, listId, reads } = mailchimpWorld();
  mailchimp.admin.importMembers(
    listId,
    Array.from({ length: 2_345 }, (_, number) => `m${number}@immo-test.de`),
    { silent: true },
  );
  const found = new Set<string>();
  let total = 1;
  for (let offset = 0; offset < total; offset += reads.capabilities.membersPerPage) {
    const page = await reads.readMembers({ audienceId: listId, scope: 'present', offset, mapping: MAPPING });
    total = page.total;
    for (const { email } of page.members) found.add(email);
  }
  expect([total, found.size]).toEqual([2_345, 2_345]);
});

test('a raise while we read hides nobody else', async () => {
  const { mailchimp, listId, reads, pass } = mailchimpWorld();
  const emails = Array.from({ length: 1_500 }, (_, number) => `m${number}@immo-test.de`);
  mailchimp.admin.importMembers(listId, emails, { silent: true });
  for (const email of emails.slice(0, 20)) mailchimp.admin.unsubscribe(listId, email);
  const read = (offset: number) =>
    reads.readMembers({ audienceId: listId, scope: 'present', offset, mapping: MAPPING });
  const first = await read(0);
  pass(60_000);
  for (const email of emails.slice(0, 20)) mailchimp.admin.subscribe(listId, email);
  const second = await read(1_000);
  const found = new Set([...first.members, ...second.members].map(({ email }) => email));
  expect(emails.slice(20).filter((email) => !found.has(address(email)))).toEqual([]);
});

test('the listing tells that tags are cut, a single member has them all', async () => {
  const { mailchimp, listId, reads, tagged } = mailchimpWorld();
  const tags = Array.from({ length: 60 }, (_, number) => `Tag ${number}`);
  mailchimp.admin.addMember(listId, { email: ANNA, tags });
  const page = await reads.readMembers({ audienceId: listId, scope: 'present', offset: 0, mapping: MAPPING });
  expect(page.members[0]).toMatchObject({ hasMoreTags: true, tags: expect.objectContaining({ length: 50 }) });
  expect(await reads.readMember(listId, address(ANNA), MAPPING)).toMatchObject({
    hasMoreTags: false,
    tags: tagged(...[...tags].sort()),
  });
});

test('an address that Mailchimp does not know is undefined', async () => {
  const { listId, reads } = mailchimpWorld();
  expect(await reads.readMember(listId, address(ANNA), MAPPING)).toBeUndefined();
});

test('an update writes fields and no status, cuts what is too long, and leaves what is not mapped', async () => {
  const { mailchimp, listId, reads, sent, at } = mailchimpWorld();
  mailchimp.admin.addMember(listId, { email: ANNA, mergeFields: { FNAME: 'Anna', LNAME: 'Alt' } });
  mailchimp.person.unsubscribe(listId, ANNA);
  const result = await reads.updateMember(
    listId,
    address(ANNA),
    { firstName: '', lastName: 'Ö'.repeat(200), salutation: 'Frau' },
    MAPPING,
  );
  expect(result).toMatchObject({
    outcome: 'done',
    member: { status: 'unsubscribed', fields: { firstName: '', lastName: 'Ö'.repeat(127) } },
  });
  expect(at(ANNA)?.status).toBe('unsubscribed');
  expect(sent.map(({ method, body }) => [method, body])).toEqual([
    ['PATCH', { merge_fields: { FNAME: '', LNAME: 'Ö'.repeat(127) } }],
  ]);
  expect(sent[0]?.query.get('skip_merge_validation')).toBe('true');
});

test('an update never moves anybody into or out of the audience', async () => {
  const { reads, listId, sent, at } = crowd();
  const emails = ['sub', 'unsub', 'dead', 'arch', 'trans'].map((name) => address(`${name}@immo-test.de`));
  const before = emails.map((email) => at(email)?.status);
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...emails),
      fc.record({ firstName: fc.string(), lastName: fc.string(), salutation: fc.string() }, { requiredKeys: [] }),
      async (email, fields) => {
        const mapping = { ...MAPPING, salutation: 'status' };
        expect(await reads.updateMember(listId, email, fields, mapping)).toMatchObject({ outcome: 'done' });
      },
    ),
    { numRuns: 50 },
  );
  expect(emails.map((email) => at(email)?.status)).toEqual(before);
  expect(sent.every(({ method, body }) => method === 'PATCH' && !Object.hasOwn(Object(body), 'status'))).toBe(true);
});

test('an update of somebody unknown creates nobody', async () => {
  const { listId, reads, at } = mailchimpWorld();
  expect(await reads.updateMember(listId, address(ANNA), { firstName: 'A' }, MAPPING)).toEqual({ outcome: 'gone' });
  expect(at(ANNA)).toBeUndefined();
});

test('a refused field is a refusal, not a failure', async () => {
  const { mailchimp, listId, reads } = mailchimpWorld();
  mailchimp.admin.addMember(listId, { email: ANNA });
  expect(
    await reads.updateMember(listId, address(ANNA), { firstName: 'heute' }, { firstName: 'BIRTHDAY' }),
  ).toMatchObject({ outcome: 'refused', reason: 'rejected_by_provider', isPermanent: true });
});

test.each([
  ['the person', 'person'],
  ['an administrator', 'administrator'],
  ['a complaint', 'complaint'],
] as const)('the history of an archived member shows that he had left: %s', async (_name, by) => {
  const { mailchimp, listId, reads, pass } = mailchimpWorld();
  mailchimp.admin.addMember(listId, { email: ANNA });
  if (by === 'person') mailchimp.person.unsubscribe(listId, ANNA);
  else if (by === 'administrator') mailchimp.admin.unsubscribe(listId, ANNA);
  else mailchimp.person.complain(listId, ANNA);
  pass(60_000);
  mailchimp.admin.archive(listId, ANNA);
  expect(await reads.readLeaveHistory(listId, address(ANNA))).toEqual({
    state: 'left',
    at: new Date(START).toISOString(),
    by,
  });
});

test('the last leaving counts', async () => {
  const { mailchimp, listId, reads, pass } = mailchimpWorld();
  mailchimp.admin.addMember(listId, { email: ANNA });
  mailchimp.admin.unsubscribe(listId, ANNA);
  pass(60_000);
  mailchimp.person.subscribe(listId, { email: ANNA });
  mailchimp.person.unsubscribe(listId, ANNA);
  expect(await reads.readLeaveHistory(listId, address(ANNA))).toMatchObject({
    at: new Date(START + 60_000).toISOString(),
    by: 'person',
  });
});

test('a member who never left has not left', async () => {
  const { mailchimp, listId, reads } = mailchimpWorld();
  mailchimp.admin.addMember(listId, { email: ANNA });
  mailchimp.admin.archive(listId, ANNA);
  expect(await reads.readLeaveHistory(listId, address(ANNA))).toEqual({ state: 'not-left' });
});

test.each([
  ['a complaint that Mailchimp calls so', 'cleaned'],
  ['one that it calls an opt-out', 'unsubscribe'],
] as const)('section 4: the activity shows %s', async (_, complaint) => {
  const { mailchimp, listId, reads } = mailchimpWorld({ switches: { complaint } });
  mailchimp.admin.addMember(listId, { email: ANNA });
  expect(await reads.readComplaint(listId, address(ANNA))).toBeUndefined();
  mailchimp.person.complain(listId, ANNA);
  expect(await reads.readComplaint(listId, address(ANNA))).toEqual({ at: new Date(START).toISOString() });
  expect(await reads.readComplaint(listId, address('unbekannt@immo-test.de'))).toBeUndefined();
});

test('a history that Mailchimp does not show is unreadable', async () => {
  const { mailchimp, listId, reads } = mailchimpWorld({ switches: { archivedFeed: 'missing' } });
  mailchimp.admin.addMember(listId, { email: ANNA });
  mailchimp.admin.archive(listId, ANNA);
  expect(await reads.readLeaveHistory(listId, address(ANNA))).toEqual({ state: 'unreadable' });
});

test('a new member is read as it was written', async () => {
  const { writes, listId, reads } = mailchimpWorld();
  const [result] = await writes.addMembers(listId, [newMember(ANNA, { tags: ['onoffice', 'Käufer'] })], MAPPING);
  const member = await reads.readMember(listId, address(ANNA), MAPPING);
  // A bulk answer lacks two of the ids, the one that stays among them; the next reading brings them.
  expect(result).toMatchObject({ outcome: 'done', member: { ...member, ids: { id: member?.ids.id }, stableId: '' } });
});
