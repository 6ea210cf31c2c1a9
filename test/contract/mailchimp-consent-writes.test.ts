import { expect, test } from 'vitest';
import { address, MAPPING, mailchimpWorld, newMember, raisedMember } from './mailchimp-world.ts';

const ANNA = 'anna.muster@immo-test.de';

test('members are added in one create-only call, one result per row in order', async () => {
  const { writes, listId, mailchimp, sent, at, tagged } = mailchimpWorld();
  mailchimp.admin.addMember(listId, { email: 'da@immo-test.de', mergeFields: { FNAME: 'Bleibt' } });
  mailchimp.admin.addMember(listId, { email: 'weg@immo-test.de' });
  mailchimp.admin.deletePermanently(listId, 'weg@immo-test.de');
  mailchimp.store.busyAddresses.add('viel@immo-test.de');
  const results = await writes.addMembers(
    listId,
    [
      newMember(ANNA),
      newMember('da@immo-test.de'),
      newMember('weg@immo-test.de'),
      newMember('x@example.com'),
      newMember('viel@immo-test.de'),
    ],
    MAPPING,
  );
  expect(results).toMatchObject([
    { outcome: 'done', member: { email: ANNA, status: 'subscribed', tags: tagged('onoffice') } },
    { outcome: 'already-member' },
    { outcome: 'refused', reason: 'permanently_deleted', isPermanent: true },
    { outcome: 'refused', reason: 'invalid_email', isPermanent: true },
    { outcome: 'refused', reason: 'rejected_by_provider', isPermanent: false },
  ]);
  expect(at('da@immo-test.de')?.mergeFields).toEqual({ 1: 'Bleibt' });
  expect(sent).toHaveLength(1);
  expect(sent[0]).toMatchObject({ method: 'POST', path: `/lists/${listId}`, body: { update_existing: false } });
  expect(Object.fromEntries(sent[0]?.query ?? [])).toEqual({ skip_merge_validation: 'true' });
  expect(JSON.stringify(results)).not.toContain('weg@immo-test.de');
});

test('empty fields of a new member are not sent', async () => {
  const { writes, listId, sent } = mailchimpWorld();
  const fields = { salutation: '', letterSalutation: '', firstName: '', lastName: 'Muster' };
  await writes.addMembers(listId, [newMember(ANNA, { fields })], MAPPING);
  expect(sent[0]?.body).toMatchObject({ members: [{ merge_fields: { LNAME: 'Muster' } }] });
  expect(JSON.stringify(sent[0]?.body)).not.toContain('FNAME');
});

test('nobody to add is no call, too many are a bug', async () => {
  const { writes, listId, sent } = mailchimpWorld();
  expect(await writes.addMembers(listId, [], MAPPING)).toEqual([]);
  const rows = Array.from({ length: 501 }, (_, number) => newMember(`m${number}@immo-test.de`));
  await expect(writes.addMembers(listId, rows, MAPPING)).rejects.toThrow('more than 500');
  expect(sent).toEqual([]);
});

test.each(['silent', 'error'] as const)('somebody who left is not raised by an add (%s)', async (batchCompliance) => {
  const { writes, listId, mailchimp, at } = mailchimpWorld({ switches: { batchCompliance } });
  mailchimp.admin.addMember(listId, { email: ANNA });
  mailchimp.person.unsubscribe(listId, ANNA);
  expect(await writes.addMembers(listId, [newMember(ANNA)], MAPPING)).toEqual([{ outcome: 'already-member' }]);
  expect(at(ANNA)?.status).toBe('unsubscribed');
});

test.each([
  ['refused', { outcome: 'already-member' }, 'archived'],
  ['unarchived', { outcome: 'done', member: { status: 'subscribed' } }, 'subscribed'],
] as const)('an archived member in an add is told as it went: %s', async (bulkAddArchived, result, status) => {
  const { writes, listId, mailchimp, at } = mailchimpWorld({ switches: { bulkAddArchived } });
  mailchimp.admin.addMember(listId, { email: ANNA });
  mailchimp.admin.archive(listId, ANNA);
  expect(await writes.addMembers(listId, [newMember(ANNA)], MAPPING)).toMatchObject([result]);
  expect(at(ANNA)?.status).toBe(status);
});

test('a plan that is full refuses for now', async () => {
  const { writes, listId } = mailchimpWorld({ account: { contactLimit: 1 } });
  const results = await writes.addMembers(listId, [newMember(ANNA), newMember('b@immo-test.de')], MAPPING);
  expect(results).toMatchObject([
    { outcome: 'done' },
    { outcome: 'refused', reason: 'plan_limit', isPermanent: false },
  ]);
  expect(await writes.raiseMember(listId, raisedMember('c@immo-test.de'), MAPPING)).toMatchObject({
    outcome: 'refused',
    reason: 'plan_limit',
  });
});

test.each(['archived', 'known'] as const)('a member who is %s is raised singly, with fields and tags', async (was) => {
  const { writes, listId, mailchimp, at, sent, reads, tagged } = mailchimpWorld();
  mailchimp.admin.addMember(listId, {
    email: ANNA,
    status: was === 'known' ? 'transactional' : 'subscribed',
    tags: ['Alt'],
  });
  if (was === 'archived') mailchimp.admin.archive(listId, ANNA);
  const result = await writes.raiseMember(listId, raisedMember(ANNA, { tags: ['onoffice', 'Alt'] }), MAPPING);
  expect(result).toMatchObject({
    outcome: 'done',
    // The answer to the call that sets tags tells no ids.
    member: {
      status: 'subscribed',
      fields: { firstName: 'Anna' },
      tags: [...tagged('Alt'), { id: '', name: 'onoffice' }],
    },
  });
  expect(at(ANNA)?.status).toBe('subscribed');
  expect((await reads.readMember(listId, address(ANNA), MAPPING))?.tags).toEqual(tagged('Alt', 'onoffice'));
  expect(sent.slice(0, 2).map(({ method, body }) => [method, body])).toEqual([
    ['PUT', expect.objectContaining({ status: 'subscribed', email_address: ANNA })],
    ['POST', { tags: [{ name: 'onoffice', status: 'active' }], is_syncing: true }],
  ]);
});

test('a raise whose tags fail is still a raise, with the tags it has', async () => {
  const { writes, listId, mailchimp, tagged } = mailchimpWorld();
  mailchimp.admin.addMember(listId, { email: ANNA, tags: ['Alt'] });
  mailchimp.admin.archive(listId, ANNA);
  mailchimp.faults.plan({ fault: { type: 'status', status: 400, body: '{"title":"x"}' }, times: 1, match: /\/tags$/ });
  expect(await writes.raiseMember(listId, raisedMember(ANNA), MAPPING)).toMatchObject({
    outcome: 'done',
    member: { status: 'subscribed', tags: tagged('Alt') },
  });
});

test('raising somebody who left by himself is refused for good', async () => {
  const { writes, listId, mailchimp, at } = mailchimpWorld();
  mailchimp.admin.addMember(listId, { email: ANNA });
  mailchimp.person.unsubscribe(listId, ANNA);
  expect(await writes.raiseMember(listId, raisedMember(ANNA), MAPPING)).toMatchObject({
    outcome: 'refused',
    reason: 'compliance',
    isPermanent: true,
  });
  expect(at(ANNA)?.status).toBe('unsubscribed');
});

test.each([
  ['allowed', { outcome: 'done', member: { status: 'subscribed' } }],
  ['refused', { outcome: 'refused', reason: 'compliance', isPermanent: true }],
  ['silent', { outcome: 'refused', reason: 'compliance', isPermanent: true }],
] as const)('raising somebody whom we unsubscribed: %s', async (raiseAfterApiUnsubscribe, result) => {
  const { writes, listId, mailchimp } = mailchimpWorld({ switches: { raiseAfterApiUnsubscribe } });
  mailchimp.admin.addMember(listId, { email: ANNA });
  expect(await writes.unsubscribeMember(listId, address(ANNA), MAPPING)).toMatchObject({ outcome: 'done' });
  expect(await writes.raiseMember(listId, raisedMember(ANNA), MAPPING)).toMatchObject(result);
  expect(mailchimp.store.confirmationMails).toEqual([]);
});

test('a permanently deleted address is refused for good', async () => {
  const { writes, listId, mailchimp } = mailchimpWorld();
  mailchimp.admin.addMember(listId, { email: ANNA });
  mailchimp.admin.deletePermanently(listId, ANNA);
  expect(await writes.raiseMember(listId, raisedMember(ANNA), MAPPING)).toMatchObject({
    outcome: 'refused',
    reason: 'permanently_deleted',
    isPermanent: true,
  });
});

test('unsubscribing sends the status and nothing else', async () => {
  const { writes, listId, mailchimp, sent } = mailchimpWorld();
  mailchimp.admin.addMember(listId, { email: ANNA });
  expect(await writes.unsubscribeMember(listId, address(ANNA), MAPPING)).toMatchObject({
    outcome: 'done',
    member: { status: 'unsubscribed' },
  });
  expect(sent[0]).toMatchObject({ method: 'PATCH', body: { status: 'unsubscribed' } });
  expect(await writes.unsubscribeMember(listId, address('niemand@immo-test.de'), MAPPING)).toEqual({
    outcome: 'gone',
  });
});

test('an unsubscribe that leaves him subscribed is refused', async () => {
  const { writes, listId, mailchimp } = mailchimpWorld();
  mailchimp.admin.addMember(listId, { email: ANNA });
  mailchimp.faults.plan({
    fault: { type: 'status', status: 200, body: JSON.stringify({ email_address: ANNA, status: 'subscribed' }) },
    times: 1,
    match: /PATCH/,
  });
  expect(await writes.unsubscribeMember(listId, address(ANNA), MAPPING)).toMatchObject({ outcome: 'refused' });
});

test('removing archives, and who is not there any more is gone', async () => {
  const { writes, listId, mailchimp, at } = mailchimpWorld();
  mailchimp.admin.addMember(listId, { email: ANNA });
  expect(await writes.removeMember(listId, address(ANNA))).toEqual({ outcome: 'done', member: undefined });
  expect(at(ANNA)?.status).toBe('archived');
  expect(await writes.removeMember(listId, address(ANNA))).toEqual({ outcome: 'gone' });
  expect(await writes.removeMember(listId, address('niemand@immo-test.de'))).toEqual({ outcome: 'gone' });
});
