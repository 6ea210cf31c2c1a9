import { expect, test } from 'vitest';
import { createTestWorld } from './test-world.ts';

function withList(options: Parameters<typeof createTestWorld>[0] = {}) {
  const world = createTestWorld({ ...options, switches: { limits: false, ...options.switches } });
  const list = world.sim.admin.createList('onoffice');
  return { ...world, list, find: (email: string) => world.sim.account.contacts.byEmail(email)! };
}

test('a contact is created with 201 and its id, and looks as it does live', async () => {
  const { call, list } = withList();
  const attributes = { VORNAME: 'Anna', NACHNAME: 'Müller', EXT_ID: 'onoffice-1' };
  const created = await call('POST', '/contacts', { email: 'Anna@immo-test.de', attributes, listIds: [list.id] });
  expect(created.status).toBe(201);
  const { body } = await call('GET', '/contacts/anna%40immo-test.de');
  expect(body).toEqual({
    id: created.body.id,
    email: 'anna@immo-test.de',
    emailBlacklisted: false,
    smsBlacklisted: false,
    whatsappBlacklisted: false,
    createdAt: '2026-03-01T09:00:00.123+01:00',
    modifiedAt: '2026-03-01T09:00:00.123000+01:00',
    listIds: [list.id],
    listUnsubscribed: null,
    subscriptions: {},
    attributes,
    statistics: {},
  });
  const byExtId = await call('GET', '/contacts/onoffice-1?identifierType=ext_id');
  expect(byExtId.body.id).toBe(created.body.id);
  expect((await call('GET', `/contacts/${String(created.body.id)}`)).body.email).toBe('anna@immo-test.de');
});

test('a known address is refused in either code with the identifiers in metadata, and updated with updateEnabled', async () => {
  const { call, sim, find } = withList();
  sim.admin.addContact({ email: 'anna@immo-test.de' });
  for (const code of ['invalid_parameter', 'duplicate_parameter'] as const) {
    sim.switches.duplicateCode = code;
    const refused = await call('POST', '/contacts', { email: 'ANNA@immo-test.de' });
    expect(refused.status).toBe(400);
    expect(refused.body).toMatchObject({ code, metadata: { duplicate_identifiers: ['email'] } });
  }
  const update = { email: 'anna@immo-test.de', updateEnabled: true, attributes: { VORNAME: 'Anna' } };
  const updated = await call('POST', '/contacts', update);
  expect([updated.status, updated.text]).toEqual([204, '']);
  expect(find('anna@immo-test.de').attributes).toEqual({ VORNAME: 'Anna' });
});

test('POST with updateEnabled adds lists, or replaces them by switch; PUT adds and unlinks', async () => {
  const { call, sim, list, find } = withList();
  sim.admin.addContact({ email: 'anna@immo-test.de', lists: [2] });
  await call('POST', '/contacts', { email: 'anna@immo-test.de', updateEnabled: true, listIds: [list.id] });
  expect(find('anna@immo-test.de').listIds).toEqual([2, list.id]);
  await call('PUT', '/contacts/anna@immo-test.de', { unlinkListIds: [list.id] });
  expect(find('anna@immo-test.de').listIds).toEqual([2]);
  sim.switches.postListIds = 'replaces';
  await call('POST', '/contacts', { email: 'anna@immo-test.de', updateEnabled: true, listIds: [list.id] });
  expect(find('anna@immo-test.de').listIds).toEqual([list.id]);
});

test('emailBlacklisted: absent leaves the block, true blocks, false resubscribes', async () => {
  const { call, find } = withList();
  const put = (body: object) => call('PUT', '/contacts/anna@immo-test.de', body);
  await call('POST', '/contacts', { email: 'anna@immo-test.de', emailBlacklisted: true });
  await put({ attributes: { VORNAME: 'Anna' } });
  expect(find('anna@immo-test.de').emailBlacklisted).toBe(true);
  await put({ emailBlacklisted: false });
  expect(find('anna@immo-test.de').emailBlacklisted).toBe(false);
  await put({ emailBlacklisted: true });
  expect(find('anna@immo-test.de').emailBlacklisted).toBe(true);
});

test('a new address lifts the block, also together with emailBlacklisted:true, unless the switches say otherwise', async () => {
  const { call, sim, find } = withList();
  const move = async (body: object) => {
    sim.admin.addContact({ email: 'alt@immo-test.de', blocked: true });
    await call('PUT', '/contacts/alt@immo-test.de', body);
    const blocked = find('neu@immo-test.de').emailBlacklisted;
    sim.admin.deleteContact('neu@immo-test.de');
    return blocked;
  };
  const withBlock = { attributes: { EMAIL: 'neu@immo-test.de' }, emailBlacklisted: true };
  expect(await move({ attributes: { EMAIL: 'neu@immo-test.de' } })).toBe(false);
  expect(await move(withBlock)).toBe(false);
  sim.switches.addressChangeWithBlock = 'blocked';
  expect(await move(withBlock)).toBe(true);
  sim.switches.addressChange = 'keeps-block';
  expect(await move({ attributes: { EMAIL: 'neu@immo-test.de' } })).toBe(true);
  sim.admin.addContact({ email: 'alt@immo-test.de', blocked: true });
  await call('PUT', '/contacts/alt@immo-test.de', { attributes: { EMAIL: 'ALT@immo-test.de' } });
  expect(find('alt@immo-test.de').emailBlacklisted).toBe(true);
});

test('a new address that another contact has is a duplicate', async () => {
  const { call, sim } = withList();
  sim.admin.addContact({ email: 'a@immo-test.de' });
  sim.admin.addContact({ email: 'b@immo-test.de' });
  const refused = await call('PUT', '/contacts/a@immo-test.de', { attributes: { EMAIL: 'b@immo-test.de' } });
  expect(refused.body).toMatchObject({ metadata: { duplicate_identifiers: ['email'] } });
});

test('deleting loses the block, is 404 the second time and 405 for a protected contact', async () => {
  const { call, sim, find } = withList();
  sim.admin.addContact({ email: 'anna@immo-test.de', blocked: true });
  find('anna@immo-test.de').isProtected = true;
  expect((await call('DELETE', '/contacts/anna@immo-test.de')).status).toBe(405);
  find('anna@immo-test.de').isProtected = false;
  expect((await call('DELETE', '/contacts/anna@immo-test.de')).status).toBe(204);
  const gone = await call('DELETE', '/contacts/anna@immo-test.de');
  expect([gone.status, gone.body]).toEqual([404, { code: 'document_not_found', message: 'Contact does not exist' }]);
  await call('POST', '/contacts', { email: 'anna@immo-test.de' });
  expect(find('anna@immo-test.de').emailBlacklisted).toBe(false);
});

test('a malformed address is 400 in the path and in the body', async () => {
  const { call } = withList();
  expect((await call('GET', '/contacts/anna%40%40immo')).status).toBe(400);
  expect((await call('POST', '/contacts', { email: 'anna(at)immo-test.de' })).status).toBe(400);
  expect((await call('POST', '/contacts', {})).body.code).toBe('missing_parameter');
});

test('values that do not fit are left out, unknown attributes are refused or ignored by switch', async () => {
  const { call, sim, find } = withList();
  sim.admin.createAttribute('GEBURTSTAG', 'date');
  const attributes = { VORNAME: 'Anna', GEBURTSTAG: 'gestern' };
  await call('POST', '/contacts', { email: 'anna@immo-test.de', attributes });
  expect(find('anna@immo-test.de').attributes).toEqual({ VORNAME: 'Anna' });
  const unknown = { email: 'b@immo-test.de', attributes: { ANREDE: 'Frau' } };
  expect((await call('POST', '/contacts', unknown)).status).toBe(400);
  sim.switches.unknownAttributes = 'ignored';
  expect((await call('POST', '/contacts', unknown)).status).toBe(201);
});

test('a second write too early is 425, and an import can keep writes out', async () => {
  const { call, sim, clock, list } = withList({ switches: { tooEarlyMs: 1000, importBlocksWrites: true } });
  await call('POST', '/contacts', { email: 'anna@immo-test.de' });
  const put = () => call('PUT', '/contacts/anna@immo-test.de', { attributes: { VORNAME: 'Anna' } });
  expect((await put()).status).toBe(425);
  clock.advance(1000);
  expect((await put()).status).toBe(204);
  await call('POST', '/contacts/import', { jsonBody: [{ email: 'b@immo-test.de' }], listIds: [list.id] });
  clock.advance(2000);
  expect((await put()).body.code).toBe('account_in_process');
  clock.advance(sim.switches.processMs);
  expect((await put()).status).toBe(204);
});

test('lists of contacts are paged by creation, filtered, and modifiedSince is inclusive', async () => {
  const { call, sim, clock, list } = withList();
  const emails = async (query: string) =>
    ((await call('GET', `/contacts?sort=asc&${query}`)).body.contacts as { email: string }[]).map(({ email }) => email);
  for (const name of ['a', 'b', 'c']) {
    sim.admin.addContact({ email: `${name}@immo-test.de`, attributes: { VORNAME: name }, lists: [list.id] });
    clock.advance(1000);
  }
  const since = new Date(clock.now()).toISOString();
  sim.admin.editProfile('a@immo-test.de', { VORNAME: 'A' });
  clock.advance(1000);
  sim.admin.removeFromList(list.id, 'b@immo-test.de');
  expect(await emails(`modifiedSince=${encodeURIComponent(since)}`)).toEqual(['a@immo-test.de', 'b@immo-test.de']);
  expect(await emails(`listIds=${list.id}`)).toEqual(['a@immo-test.de', 'c@immo-test.de']);
  expect(await emails('listIds=2&listIds=3')).toEqual(['a@immo-test.de', 'c@immo-test.de']);
  expect(await emails('limit=1&offset=1')).toEqual(['b@immo-test.de']);
  expect(await emails(`filter=${encodeURIComponent('equals(VORNAME,"c")')}`)).toEqual(['c@immo-test.de']);
  expect(await emails('ids=1&ids=3')).toEqual(['a@immo-test.de', 'c@immo-test.de']);
  expect((await call('GET', '/contacts?limit=1001')).body.code).toBe('out_of_range');
  expect((await call('GET', '/contacts?modifiedSince=2026-03-01')).status).toBe(400);
  const newest = await call('GET', '/contacts?limit=1');
  expect(newest.body).toMatchObject({ count: 3, contacts: [{ email: 'c@immo-test.de' }] });
});

test('whether an unsubscription or a list removal moves modifiedAt is a switch', async () => {
  const { sim, clock, list, find } = withList({
    switches: { modifiedAtOnUnsubscribe: false, modifiedAtOnListRemoval: false },
  });
  const contact = sim.admin.addContact({ email: 'anna@immo-test.de', lists: [list.id] });
  const before = contact.modifiedAt;
  clock.advance(5000);
  sim.person.unsubscribe('anna@immo-test.de');
  sim.admin.removeFromList(list.id, 'anna@immo-test.de');
  expect(find('anna@immo-test.de')).toMatchObject({ modifiedAt: before, emailBlacklisted: true, listIds: [] });
  sim.admin.editProfile('anna@immo-test.de', { VORNAME: 'Anna' });
  expect(contact.modifiedAt).toBe(clock.now());
});

test('list-based unsubscription fills listUnsubscribed without a block', async () => {
  const { call, sim, list } = withList({ account: { unsubscribesPerList: true } });
  sim.admin.addContact({ email: 'anna@immo-test.de', lists: [list.id, 2] });
  sim.person.unsubscribe('anna@immo-test.de', { list: list.id });
  expect((await call('GET', '/contacts/1')).body).toMatchObject({
    emailBlacklisted: false,
    listIds: [list.id, 2],
    listUnsubscribed: [list.id],
  });
  sim.person.subscribe(list.id, { email: 'anna@immo-test.de' });
  expect((await call('GET', '/contacts/1')).body.listUnsubscribed).toBe(null);
});
