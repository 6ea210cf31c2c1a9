import { expect, test } from 'vitest';
import { createTestWorld } from './test-world.ts';

const ALL = [
  'unsubscribed',
  'spam',
  'hardBounce',
  'softBounce',
  'delivered',
  'opened',
  'click',
  'listAddition',
  'contactUpdated',
  'contactDeleted',
];

async function withWebhook(more: object = {}, options: Parameters<typeof createTestWorld>[0] = {}) {
  const world = createTestWorld({ ...options, switches: { limits: false, ...options.switches } });
  const list = world.sim.admin.createList('onoffice');
  const url = 'https://connector.test/hook';
  const made = await world.call('POST', '/webhooks', { type: 'marketing', url, events: ALL, ...more });
  expect(made.status).toBe(201);
  const events = () => world.received.map(({ body }) => body.event);
  const take = async () => {
    await world.settle();
    return world.received.splice(0).map(({ body }) => body);
  };
  return { ...world, list, events, take };
}

test('without a type only transactional webhooks are listed, and none of a type is 400', async () => {
  const { call } = await withWebhook();
  const none = await call('GET', '/webhooks');
  expect([none.status, none.body.code]).toEqual([400, 'document_not_found']);
  const marketing = await call('GET', '/webhooks?type=marketing');
  expect(marketing.body.webhooks).toMatchObject([{ id: 1, type: 'marketing', events: ALL, batched: false }]);
  expect((await call('PUT', '/webhooks/1', { events: ['spam'] })).status).toBe(204);
  expect((await call('GET', '/webhooks/1')).body.events).toEqual(['spam']);
  expect((await call('DELETE', '/webhooks/1')).status).toBe(204);
  expect((await call('GET', '/webhooks?type=marketing')).status).toBe(400);
  expect((await call('GET', '/webhooks/1')).status).toBe(404);
});

test('the type is transactional unless told, events must fit it, and 40 webhooks are the most', async () => {
  const { call } = createTestWorld({ switches: { limits: false } });
  const create = (body: object) => call('POST', '/webhooks', { url: 'https://connector.test/hook', ...body });
  expect((await create({ events: ['contactUpdated'] })).status).toBe(400);
  expect((await create({ events: [], type: 'marketing' })).status).toBe(400);
  expect((await create({ events: ['unknown'], type: 'marketing' })).status).toBe(400);
  for (let number = 1; number <= 40; number += 1)
    expect((await create({ events: ['spam'], type: 'marketing' })).status).toBe(201);
  expect((await create({ events: ['spam'], type: 'marketing' })).status).toBe(400);
});

test('a receiver is protected by a token, by user and password in its address, and by own headers', async () => {
  const headers = [{ key: 'x-connector-secret', value: 'geheim' }];
  const { call, sim, settle, received } = await withWebhook({ auth: { type: 'bearer', token: 't1' }, headers });
  await call('POST', '/webhooks', { type: 'marketing', url: 'https://u:p@connector.test/basic', events: ALL });
  sim.admin.addContact({ email: 'a@immo-test.de', lists: ['onoffice'] });
  await settle();
  const [bearer, basic] = received;
  expect(bearer?.headers.get('authorization')).toBe('Bearer t1');
  expect(bearer?.headers.get('x-connector-secret')).toBe('geheim');
  expect(basic?.url).toBe('https://connector.test/basic');
  expect(basic?.headers.get('authorization')).toBe(`Basic ${btoa('u:p')}`);
  expect([bearer?.body.id, basic?.body.id]).toEqual([1, 2]);
});

test('5xx and 4xx but 429 lose the event; 429 and silence are tried again after 10 min, 1 h, 2 h and 8 h', async () => {
  const HOUR = 3_600_000;
  const tries: Record<number, number[]> = {};
  for (const status of [200, 500, 503, 404, 401, 429, 0]) {
    const { sim, receiver, received, settle, clock } = await withWebhook();
    const start = clock.now();
    receiver.status = status;
    sim.admin.addContact({ email: 'a@immo-test.de', lists: ['onoffice'] });
    await settle();
    tries[status] = received.map(({ at }) => at - start);
    expect(sim.store.deliveries[0]?.state).toBe(status === 200 ? 'delivered' : 'lost');
  }
  const again = [0, HOUR / 6, (7 * HOUR) / 6, (19 * HOUR) / 6, (67 * HOUR) / 6];
  expect(tries).toEqual({ 200: [0], 500: [0], 503: [0], 404: [0], 401: [0], 429: again, 0: again });
});

test('after silence all deliveries of the webhook pause for ten minutes', async () => {
  const { sim, receiver, received, settle, clock } = await withWebhook();
  const start = clock.now();
  receiver.status = 0;
  sim.admin.addContact({ email: 'a@immo-test.de', lists: ['onoffice'] });
  await sim.pump();
  receiver.status = 200;
  clock.advance(60_000);
  sim.admin.addContact({ email: 'b@immo-test.de', lists: ['onoffice'] });
  await settle();
  expect(received.map(({ body, at }) => [body.email, at - start])).toEqual([
    ['a@immo-test.de', 0],
    ['a@immo-test.de', 600_000],
    ['b@immo-test.de', 600_000],
  ]);
});

test('a batched webhook gets an array of at most 500 events after its five minutes', async () => {
  const world = createTestWorld({ switches: { limits: false } });
  const { call, sim, received, settle } = world;
  await call('POST', '/webhooks', {
    type: 'marketing',
    url: 'https://connector.test/hook',
    events: ['listAddition'],
    batched: true,
  });
  for (let number = 1; number <= 501; number += 1)
    sim.admin.addContact({ email: `a${number}@immo-test.de`, lists: [2] });
  await sim.pump();
  expect(received).toEqual([]);
  await settle();
  expect(sim.store.deliveries.map(({ body }) => (JSON.parse(body) as unknown[]).length)).toEqual([500, 1]);
});

test('what the API changes is told with the name of its key, what people change with an empty one', async () => {
  const { call, sim, take, list } = await withWebhook();
  await call('POST', '/contacts', { email: 'a@immo-test.de', listIds: [list.id] });
  expect(await take()).toMatchObject([
    { event: 'list_addition', email: 'a@immo-test.de', list_id: [list.id], api_key_name: 'onOffice' },
  ]);
  const { key } = sim.addKey({ name: 'Shop' });
  await call('PUT', '/contacts/a@immo-test.de', { attributes: { VORNAME: 'Anna' } }, { 'api-key': key });
  expect(await take()).toMatchObject([
    {
      event: 'contact_updated',
      email: 'a@immo-test.de',
      content: [{ email: 'a@immo-test.de', list: {}, attributes: { VORNAME: 'Anna' } }],
      date: '2026-03-01 09:00:00',
      ts: 1772352000,
      api_key_name: 'Shop',
    },
  ]);
  sim.admin.block('a@immo-test.de');
  const [blocked] = await take();
  expect(blocked).toMatchObject({ content: [{ emailBlacklist: true }], api_key_name: '' });
  sim.admin.unblock('a@immo-test.de');
  expect(await take()).toMatchObject([{ content: [{ emailBlacklist: false, list: {}, attributes: {} }] }]);
  await call('DELETE', '/contacts/a@immo-test.de');
  const [deleted] = await take();
  expect(deleted).toMatchObject({ event: 'contact_deleted', list_id: [list.id] });
  expect(deleted).not.toHaveProperty('api_key_name');
});

test('lists of a known contact: an addition comes in the forms of the switch, a removal as deletion', async () => {
  const { sim, take, list } = await withWebhook();
  sim.admin.addContact({ email: 'a@immo-test.de' });
  const forms = { list_addition: 0, contact_updated: 0, both: 0 };
  for (const form of Object.keys(forms) as (keyof typeof forms)[]) {
    sim.switches.existingListAddition = form;
    sim.admin.addToList(list.id, 'a@immo-test.de');
    const names = (await take()).map(({ event }) => event);
    expect(names).toEqual(form === 'both' ? ['contact_updated', 'list_addition'] : [form]);
    sim.admin.removeFromList(list.id, 'a@immo-test.de');
    expect(await take()).toMatchObject([{ content: [{ list: { deletion: [{ id: list.id }] } }] }]);
  }
});

test('a changed address is told under the old one, with the new one inside', async () => {
  const { sim, take } = await withWebhook();
  sim.admin.addContact({ email: 'alt@immo-test.de', blocked: true });
  sim.person.changeAddress('alt@immo-test.de', 'neu@immo-test.de');
  const [moved] = await take();
  expect(moved).toMatchObject({ email: 'alt@immo-test.de', content: [{ updated_email: 'neu@immo-test.de' }] });
  expect(JSON.stringify(moved)).not.toContain('emailBlacklist');
  sim.switches.updatedAddress = 'content-only';
  sim.admin.editProfile('neu@immo-test.de', { VORNAME: 'Neu' });
  const [inside] = await take();
  expect(inside).not.toHaveProperty('email');
  expect(inside?.content).toMatchObject([{ email: 'neu@immo-test.de' }]);
});

test('an unsubscription has the spelling and the block event of the switches, in either order', async () => {
  const { sim, take, list } = await withWebhook();
  const leave = async () => {
    sim.person.subscribe(list.id, { email: 'a@immo-test.de' });
    await take();
    sim.person.unsubscribe('a@immo-test.de');
    return (await take()).map(({ event }) => event);
  };
  expect(await leave()).toEqual(['unsubscribe', 'contact_updated']);
  Object.assign(sim.switches, { blockEvents: 'before', eventSpelling: 'tables' });
  expect(await leave()).toEqual(['contact_updated', 'unsubscribed']);
  Object.assign(sim.switches, { blockEvents: 'none', eventSpelling: 'registered' });
  expect(await leave()).toEqual(['unsubscribed']);
});

test('doubled and mixed-up deliveries are switches', async () => {
  const { sim, take, list } = await withWebhook({}, { switches: { duplicateEvents: true, webhookJitterMs: 60_000 } });
  for (let number = 1; number <= 20; number += 1) sim.person.subscribe(list.id, { email: `a${number}@immo-test.de` });
  const emails = (await take()).map(({ email }) => email);
  expect(emails).toHaveLength(40);
  expect(emails).not.toEqual(Array.from({ length: 40 }, (_, at) => `a${Math.floor(at / 2) + 1}@immo-test.de`));
});
