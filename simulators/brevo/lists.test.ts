import { expect, test } from 'vitest';
import { createTestWorld } from './test-world.ts';

function withLists() {
  return createTestWorld({ switches: { limits: false } });
}

test('a new account has its first folder and list, and pages of at most 50', async () => {
  const { call } = withLists();
  expect((await call('GET', '/contacts/folders')).body).toMatchObject({
    count: 1,
    folders: [{ id: 1, name: 'Your first folder' }],
  });
  expect((await call('GET', '/contacts/lists')).body).toMatchObject({ count: 1, lists: [{ id: 2, folderId: 1 }] });
  expect((await call('GET', '/contacts/lists?limit=51')).body.code).toBe('out_of_range');
});

test('lists of one name may exist twice, are paged by 10 and newest first', async () => {
  const { call } = withLists();
  for (let number = 1; number <= 11; number += 1)
    expect((await call('POST', '/contacts/lists', { name: 'onoffice', folderId: 1 })).status).toBe(201);
  const first = (await call('GET', '/contacts/lists')).body as { count: number; lists: { id: number }[] };
  expect([first.count, first.lists.length, first.lists[0]?.id]).toEqual([12, 10, 13]);
  const rest = (await call('GET', '/contacts/lists?offset=10&sort=asc')).body.lists;
  expect(rest).toMatchObject([{ id: 12 }, { id: 13 }]);
});

test('collections tell zero totals and count blocked contacts as unique; a single list tells real ones', async () => {
  const { call, sim } = withLists();
  sim.admin.importContacts(2, ['a@immo-test.de', 'b@immo-test.de']);
  sim.admin.block('a@immo-test.de');
  const zero = { uniqueSubscribers: 2, totalSubscribers: 0, totalBlacklisted: 0 };
  expect((await call('GET', '/contacts/lists')).body.lists).toMatchObject([zero]);
  expect((await call('GET', '/contacts/folders')).body.folders).toMatchObject([zero]);
  const real = { uniqueSubscribers: 2, totalSubscribers: 1, totalBlacklisted: 1, dynamicList: false };
  expect((await call('GET', '/contacts/lists/2')).body).toMatchObject(real);
});

test('a list is renamed or moved, and deleted without its contacts; a folder takes its lists along', async () => {
  const { call, sim } = withLists();
  const folderId = Number((await call('POST', '/contacts/folders', { name: 'Connector' })).body.id);
  const listId = Number((await call('POST', '/contacts/lists', { name: 'onoffice', folderId })).body.id);
  sim.admin.importContacts(listId, ['a@immo-test.de']);
  expect((await call('PUT', `/contacts/lists/${listId}`, { name: 'x', folderId: 1 })).status).toBe(400);
  expect((await call('PUT', `/contacts/lists/${listId}`, { name: 'x' })).status).toBe(204);
  expect((await call('GET', `/contacts/folders/${folderId}/lists`)).body.lists).toMatchObject([{ name: 'x' }]);
  expect((await call('DELETE', `/contacts/folders/${folderId}`)).status).toBe(204);
  const gone = await call('GET', `/contacts/lists/${listId}/contacts`);
  expect([gone.status, gone.body.code]).toEqual([404, 'document_not_found']);
  expect(sim.account.contacts.byEmail('a@immo-test.de')?.listIds).toEqual([]);
});

test('members of a list include the blocked ones, by pages of at most 500', async () => {
  const { call, sim, clock } = withLists();
  sim.admin.importContacts(2, ['a@immo-test.de', 'b@immo-test.de']);
  clock.advance(1000);
  sim.admin.block('b@immo-test.de');
  const all = await call('GET', '/contacts/lists/2/contacts?sort=asc');
  expect(all.body).toMatchObject({ count: 2, contacts: [{ emailBlacklisted: false }, { emailBlacklisted: true }] });
  const since = encodeURIComponent(new Date(clock.now()).toISOString());
  const changed = await call('GET', `/contacts/lists/2/contacts?modifiedSince=${since}`);
  expect(changed.body).toMatchObject({ count: 1, contacts: [{ email: 'b@immo-test.de' }] });
  expect((await call('GET', '/contacts/lists/2/contacts?limit=501')).status).toBe(400);
});

test('membership calls tell success and failure, take one kind of names and at most 150, and 400 means nothing was done', async () => {
  const { call, sim } = withLists();
  const add = (body: object) => call('POST', '/contacts/lists/2/contacts/add', body);
  sim.admin.addContact({ email: 'a@immo-test.de', blocked: true });
  const added = await add({ emails: ['a@immo-test.de', 'nobody@immo-test.de'] });
  expect([added.status, added.body]).toEqual([
    201,
    { contacts: { success: ['a@immo-test.de'], failure: ['nobody@immo-test.de'] } },
  ]);
  expect(sim.account.contacts.byId(1)?.emailBlacklisted).toBe(true);
  expect((await add({ ids: [1] })).body).toEqual({
    code: 'invalid_parameter',
    message: 'Contact already in list and/or does not exist',
  });
  expect((await add({ ids: [1], emails: ['a@immo-test.de'] })).status).toBe(400);
  expect((await add({ ids: Array.from({ length: 151 }, (_, id) => id) })).status).toBe(400);
  const removed = await call('POST', '/contacts/lists/2/contacts/remove', { ids: [1] });
  expect(removed.body).toEqual({ contacts: { success: [1], failure: [] } });
});

test('a whole list is emptied by a process', async () => {
  const { call, sim, settle } = withLists();
  sim.admin.importContacts(2, ['a@immo-test.de', 'b@immo-test.de']);
  const { body } = await call('POST', '/contacts/lists/2/contacts/remove', { all: true });
  expect(body).toEqual({ contacts: { processId: 1, total: 2 } });
  expect(sim.account.contacts.count(2).unique).toBe(2);
  await settle();
  expect(sim.account.contacts.count(2).unique).toBe(0);
});

test('name attributes are called by the language of the account', async () => {
  const names = { en: 'FIRSTNAME', de: 'VORNAME', fr: 'PRENOM', es: 'NOMBRE', it: 'NOME', pt: 'NOME' } as const;
  for (const [language, name] of Object.entries(names) as [keyof typeof names, string][]) {
    const { call } = createTestWorld({ language });
    expect(JSON.stringify((await call('GET', '/contacts/attributes')).body)).toContain(`"${name}"`);
  }
});

test('an attribute is created once, keeps its type and takes its values along', async () => {
  const { call, sim } = withLists();
  const create = () => call('POST', '/contacts/attributes/normal/anrede', { type: 'text' });
  expect([(await create()).status, (await create()).status]).toEqual([201, 400]);
  sim.admin.addContact({ email: 'a@immo-test.de', attributes: { ANREDE: 'Frau' } });
  expect((await call('PUT', '/contacts/attributes/normal/ANREDE', { type: 'float' })).status).toBe(400);
  expect((await call('DELETE', '/contacts/attributes/normal/ANREDE')).status).toBe(204);
  expect(sim.account.contacts.byId(1)?.attributes).toEqual({});
  expect((await call('DELETE', '/contacts/attributes/normal/ANREDE')).status).toBe(404);
});
