import { expect, test } from 'vitest';
import { subscriberHash } from './member-index.ts';
import { createTestWorld, type TestWorld } from './test-world.ts';

const anna = 'anna.muster@immo-test.de';

function withAudience(world: TestWorld = createTestWorld()) {
  const list = world.sim.addAudience({ name: 'onoffice' });
  const path = `/lists/${list.id}`;
  const member = (email: string) => `${path}/members/${subscriberHash(email)}`;
  return { ...world, list, path, member };
}

test('a member is made with POST, found by hash, address and contact id, and not made twice', async () => {
  const { call, path, member } = withAudience();
  const made = await call('POST', `${path}/members`, {
    email_address: anna,
    status: 'subscribed',
    merge_fields: { FNAME: 'Anna', UNKNOWN: 'x' },
    tags: ['Eigentümer'],
  });
  expect(made.status).toBe(200);
  expect(made.body).toMatchObject({
    id: subscriberHash(anna),
    status: 'subscribed',
    merge_fields: { FNAME: 'Anna', LNAME: '', ADDRESS: '' },
    tags_count: 1,
    timestamp_opt: '2026-03-01T08:00:00+00:00',
  });
  for (const key of [subscriberHash(anna), anna.toUpperCase(), made.body.contact_id])
    expect((await call('GET', `${path}/members/${String(key)}`)).body.id).toBe(subscriberHash(anna));
  const again = await call('POST', `${path}/members`, { email_address: anna, status: 'subscribed' });
  expect(again.status).toBe(400);
  expect(again.body.title).toBe('Member Exists');
  expect(again.body).not.toHaveProperty('type');
  expect((await call('GET', member('nobody@immo-test.de'))).status).toBe(404);
});

test('archiving keeps tags and ids; POST puts the member back, PUT with status_if_new does not', async () => {
  const { call, path, member, clock } = withAudience();
  const made = await call('POST', `${path}/members`, { email_address: anna, status: 'subscribed', tags: ['Mieter'] });
  const gone = await call('DELETE', member(anna));
  expect(gone.status).toBe(204);
  expect(gone.headers.get('content-type')).toContain('application/json');
  const refused = await call('DELETE', member(anna));
  expect(refused.status).toBe(405);
  expect(refused.headers.get('allow')).toBe('GET, PUT');
  const put = await call('PUT', member(anna), { email_address: anna, status_if_new: 'subscribed' });
  expect(put.body.status).toBe('archived');
  expect((await call('GET', `${path}/members`)).body.total_items).toBe(0);
  expect((await call('GET', `${path}/members?status=archived`)).body.total_items).toBe(1);
  clock.advance(60_000);
  const back = await call('POST', `${path}/members`, { email_address: anna, status: 'subscribed' });
  expect(back.body).toMatchObject({
    status: 'subscribed',
    tags_count: 1,
    contact_id: made.body.contact_id,
    timestamp_opt: '2026-03-01T08:01:00+00:00',
  });
});

test('who left by himself is refused singly and silently kept by the bulk call, or refused there by switch', async () => {
  const { call, path, member, sim, list } = withAudience();
  await call('POST', `${path}/members`, { email_address: anna, status: 'subscribed' });
  sim.person.unsubscribe(list.id, anna);
  for (const method of ['PUT', 'PATCH']) {
    const refused = await call(method, member(anna), { status: 'subscribed' });
    expect([refused.status, refused.body.title]).toEqual([400, 'Member In Compliance State']);
    expect(refused.body).not.toHaveProperty('type');
  }
  const bulk = { members: [{ email_address: anna, status: 'subscribed' }], update_existing: true };
  const silent = await call('POST', path, bulk);
  expect(silent.body).toMatchObject({ error_count: 0, updated_members: [{ status: 'unsubscribed' }] });
  sim.switches.batchCompliance = 'error';
  const loud = await call('POST', path, bulk);
  expect(loud.body).toMatchObject({ error_count: 1, total_updated: 0, errors: [{ error_code: 'ERROR_GENERIC' }] });
  expect((await call('PUT', member(anna), { status: 'pending' })).body.status).toBe('pending');
  expect(sim.store.confirmationMails).toHaveLength(1);
  await call('PUT', member(anna), { status: 'pending' });
  expect(sim.store.confirmationMails).toHaveLength(1);
  expect((await call('PUT', member(anna), { status: 'subscribed' })).status).toBe(400);
  sim.person.confirm(list.id, anna);
  expect((await call('GET', member(anna))).body.status).toBe('subscribed');
  expect(sim.store.consentHistory.map(({ by, from, to }) => `${by} ${from}>${to}`)).toEqual([
    'api absent>subscribed',
    'person subscribed>unsubscribed',
    'api unsubscribed>pending',
    'person pending>subscribed',
  ]);
});

test('an unsubscribe made by the API can be raised again, refused, or silently kept, as the switch says', async () => {
  const { call, path, member, sim } = withAudience();
  await call('POST', `${path}/members`, { email_address: anna, status: 'subscribed' });
  const left = await call('PATCH', member(anna), { status: 'unsubscribed' });
  expect(left.body.unsubscribe_reason).toBe('N/A (Unsubscribed by admin)');
  sim.switches.raiseAfterApiUnsubscribe = 'refused';
  expect((await call('PATCH', member(anna), { status: 'subscribed' })).status).toBe(400);
  sim.switches.raiseAfterApiUnsubscribe = 'silent';
  const silent = await call('PATCH', member(anna), { status: 'subscribed' });
  expect([silent.status, silent.body.status]).toEqual([200, 'unsubscribed']);
  sim.switches.raiseAfterApiUnsubscribe = 'allowed';
  expect((await call('PATCH', member(anna), { status: 'subscribed' })).body.status).toBe('subscribed');
});

test('a changed address gives new hash and unique id and keeps contact, web id, tags and opt-in time', async () => {
  const { call, path, member, sim } = withAudience();
  const before = await call('POST', `${path}/members`, { email_address: anna, status: 'subscribed', tags: ['Mieter'] });
  await call('POST', `${path}/members`, { email_address: 'bert@immo-test.de', status: 'subscribed' });
  const moved = await call('PATCH', member(anna), { email_address: 'anna.neu@immo-test.de' });
  expect(moved.body).toMatchObject({
    id: subscriberHash('anna.neu@immo-test.de'),
    contact_id: before.body.contact_id,
    web_id: before.body.web_id,
    timestamp_opt: before.body.timestamp_opt,
    tags_count: 1,
  });
  expect(moved.body.unique_email_id).not.toBe(before.body.unique_email_id);
  expect((await call('GET', member(anna))).status).toBe(404);
  const taken = await call('PUT', member('anna.neu@immo-test.de'), { email_address: 'bert@immo-test.de' });
  expect(taken.body.title).toBe('Member Exists');
  await call('PATCH', member('bert@immo-test.de'), { status: 'unsubscribed' });
  const inactive = await call('PATCH', member('bert@immo-test.de'), { email_address: 'bert2@immo-test.de' });
  expect(inactive.status).toBe(400);
  sim.switches.changeAddressOfInactive = 'moved';
  const allowed = await call('PATCH', member('bert@immo-test.de'), { email_address: 'bert2@immo-test.de' });
  expect(allowed.body).toMatchObject({ email_address: 'bert2@immo-test.de', status: 'unsubscribed' });
});

test('a permanently deleted address cannot be added through the API, only by the person', async () => {
  const { call, path, member, sim, list } = withAudience();
  await call('POST', `${path}/members`, { email_address: anna, status: 'subscribed' });
  expect((await call('POST', `${path}/members/${anna}/actions/delete-permanent`)).status).toBe(404);
  expect((await call('POST', `${member(anna)}/actions/delete-permanent`)).status).toBe(204);
  for (const status of ['subscribed', 'pending']) {
    const refused = await call('PUT', member(anna), { email_address: anna, status });
    expect(refused.body.title).toBe('Forgotten Email Not Subscribed');
  }
  const bulk = await call('POST', path, { members: [{ email_address: anna, status: 'subscribed' }] });
  expect(bulk.body.errors).toMatchObject([{ error_code: 'ERROR_GENERIC' }]);
  sim.person.subscribe(list.id, { email: anna });
  expect((await call('GET', member(anna))).body.status).toBe('subscribed');
});

test.each([
  ['x@example.com', 'looks fake or invalid'],
  ['x@sub.example.org', 'looks fake or invalid'],
  ['kein-at.de', 'valid email'],
  ['zwei@@immo-test.de', 'valid email'],
  ['müller@immo-test.de', 'valid email'],
  ['viel@immo-test.de', 'signed up to a lot of lists'],
])('the address %s is refused', async (email, text) => {
  const { call, path, sim } = withAudience();
  sim.store.busyAddresses.add('viel@immo-test.de');
  const refused = await call('POST', `${path}/members`, { email_address: email, status: 'subscribed' });
  expect(refused.status).toBe(400);
  expect(refused.body.title).toBe('Invalid Resource');
  expect(String(refused.body.detail)).toContain(text);
});

test('last_changed moves with real changes and with any named tag, and stays otherwise', async () => {
  const { call, path, member, clock } = withAudience();
  await call('POST', `${path}/members`, { email_address: anna, status: 'subscribed', merge_fields: { FNAME: 'A' } });
  const moves = async (method: string, at: string, body?: unknown): Promise<boolean> => {
    const before = (await call('GET', member(anna))).body.last_changed;
    clock.advance(1000);
    expect((await call(method, at, body)).status).toBeLessThan(300);
    return (await call('GET', member(anna))).body.last_changed !== before;
  };
  const tags = `${member(anna)}/tags`;
  expect(await moves('PUT', member(anna), { status: 'subscribed', merge_fields: { FNAME: 'A' } })).toBe(false);
  expect(await moves('PUT', member(anna), { merge_fields: { FNAME: 'B' } })).toBe(true);
  expect(await moves('POST', tags, { tags: [{ name: 'Mieter', status: 'active' }] })).toBe(true);
  expect(await moves('POST', tags, { tags: [{ name: 'mieter', status: 'active' }] })).toBe(true);
  expect(await moves('POST', tags, { tags: [] })).toBe(false);
  expect(await moves('DELETE', member(anna))).toBe(true);
});

test('merge values are checked, cut at 255 bytes and cleared by an empty text', async () => {
  const { call, path, member, list } = withAudience();
  for (const field of [
    { tag: 'LTV', name: 'Wert', type: 'number' },
    { tag: 'SEX', name: 'S', type: 'dropdown', options: { choices: ['m', 'w', ''] } },
    { tag: 'MUST', name: 'Pflicht', type: 'text', required: true },
  ])
    expect((await call('POST', `${path}/merge-fields`, field)).status).toBe(200);
  const bad = await call('POST', `${path}/members`, {
    email_address: anna,
    status: 'subscribed',
    merge_fields: { LTV: 'viel', SEX: 'z' },
  });
  expect(bad.body.errors).toEqual([
    { field: 'LTV', message: 'Please enter a number' },
    { field: 'SEX', message: 'Value must be one of: m, w,  (not z)' },
    { field: 'MUST', message: 'Please enter a value' },
  ]);
  const made = await call('POST', `${path}/members?skip_merge_validation=true`, {
    email_address: anna,
    status: 'subscribed',
    merge_fields: { FNAME: 'ü'.repeat(200), LTV: '3.5' },
  });
  expect(made.body.merge_fields).toMatchObject({ FNAME: 'ü'.repeat(127), LTV: 3.5 });
  const cleared = await call('PATCH', `${member(anna)}?skip_merge_validation=true`, { merge_fields: { FNAME: '' } });
  expect(cleared.body.merge_fields).toMatchObject({ FNAME: '' });
  const tooLong = await call('POST', `${path}/merge-fields`, { tag: 'ELFZEICHEN_', name: 'x', type: 'text' });
  expect(tooLong.status).toBe(400);
  expect(list.mergeFields).toHaveLength(8);
});

test('a page holds 10 members unless told, never more than 1000, and filters reach them all', async () => {
  const { call, path, sim, list, clock } = withAudience();
  sim.admin.importMembers(
    list.id,
    Array.from({ length: 1200 }, (_, number) => `m${number}@immo-test.de`),
  );
  expect((await call('GET', `${path}/members?fields=members.id`)).body.members).toHaveLength(10);
  const big = await call('GET', `${path}/members?count=3000&fields=members.email_address,total_items`);
  expect(big.body.members).toHaveLength(1000);
  expect(big.body.total_items).toBe(1200);
  expect(Object.keys((big.body.members as object[])[0]!)).toEqual(['email_address']);
  clock.advance(5000);
  sim.person.unsubscribe(list.id, 'm7@immo-test.de');
  const since = await call('GET', `${path}/members?since_last_changed=2026-03-01T08:00:05%2B00:00`);
  expect(since.body.members).toMatchObject([{ email_address: 'm7@immo-test.de' }]);
  const newest = await call('GET', `${path}/members?sort_field=last_changed&sort_dir=DESC&count=1`);
  expect(newest.body.members).toMatchObject([{ email_address: 'm7@immo-test.de' }]);
  const rest = await call('GET', `${path}/members?status=subscribed&count=1000&offset=1000`);
  expect([rest.body.total_items, (rest.body.members as unknown[]).length]).toEqual([1199, 199]);
});

test('an unsubscribe link clicked by an archived member is kept in his feed or ignored, as the switch says', async () => {
  const { call, path, member, sim, list } = withAudience();
  await call('POST', `${path}/members`, { email_address: anna, status: 'subscribed' });
  sim.admin.archive(list.id, anna);
  sim.switches.unsubscribeOfArchived = 'ignored';
  sim.person.unsubscribe(list.id, anna);
  expect((await call('GET', `${member(anna)}/activity-feed`)).body.activity).toEqual([]);
  sim.switches.unsubscribeOfArchived = 'kept-in-feed';
  sim.person.unsubscribe(list.id, anna);
  expect((await call('GET', `${member(anna)}/activity-feed`)).body.activity).toMatchObject([
    { activity_type: 'unsub' },
  ]);
  expect((await call('GET', member(anna))).body.status).toBe('archived');
});

test('double opt-in makes a person pending until he confirms; who was unsubscribed by an administrator may be raised', async () => {
  const { call, member, sim, list } = withAudience();
  list.doubleOptin = true;
  sim.person.subscribe(list.id, { email: anna });
  expect((await call('GET', member(anna))).body.status).toBe('pending');
  expect((await call('DELETE', member(anna))).status).toBe(405);
  sim.person.confirm(list.id, anna);
  sim.admin.unsubscribe(list.id, anna);
  expect((await call('PATCH', member(anna), { status: 'subscribed' })).body.status).toBe('subscribed');
});
