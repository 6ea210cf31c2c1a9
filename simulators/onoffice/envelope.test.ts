import { expect, test } from 'vitest';
import { createOnOfficeSimulator, DEFAULT_SECRET, DEFAULT_TOKEN } from './index.ts';
import { call, errorCode, post, send, signedAction, type TestAnswer, testClock } from './test-client.ts';

const ONE_FIELD = { data: ['Name'] };

function simulator(switches = {}) {
  const clock = testClock();
  return { clock, sim: createOnOfficeSimulator({ clock, switches }) };
}

async function answerTo(sim: ReturnType<typeof simulator>['sim'], body: unknown): Promise<TestAnswer> {
  const answer = await post(sim, typeof body === 'string' ? body : JSON.stringify(body));
  expect(answer.status).toBe(200);
  return (await answer.json()) as TestAnswer;
}

test('answers several actions in their order and echoes what they said', async () => {
  const { sim } = simulator();
  const answer = await send(sim, [
    ['read address', ONE_FIELD, '', { identifier: 'page-1' }],
    ['get fields', { modules: ['address'] }, '', { identifier: null, resourceid: null }],
  ]);
  expect(answer.status).toEqual({ code: 200, errorcode: 0, message: 'OK' });
  expect(answer.response.results.map(({ resourcetype }) => resourcetype)).toEqual(['address', 'fields']);
  expect(answer.response.results[0]).toMatchObject({ identifier: 'page-1', cacheable: true, data: { records: [] } });
});

test.each([
  ['number', 2],
  ['text', '2'],
])('accepts hmac_version as %s', async (_, version) => {
  const { sim } = simulator();
  const answer = await send(sim, [['read address', ONE_FIELD, '', { hmac_version: version }]]);
  expect(answer.status.errorcode).toBe(0);
});

test('accepts the timestamp as text and empty parameters as an array', async () => {
  const { sim } = simulator();
  const timestamp = Math.floor(sim.store.now() / 1000);
  const action = signedAction(['read address', {}], sim.apiUser, timestamp);
  const answer = await answerTo(sim, {
    token: DEFAULT_TOKEN,
    request: { actions: [{ ...action, timestamp: String(timestamp), parameters: [] }] },
  });
  expect(answer.status.errorcode).toBe(0);
});

test('accepts any content type on both addresses, but only POST', async () => {
  const { sim } = simulator();
  const action = signedAction(['read address', {}], sim.apiUser, Math.floor(sim.store.now() / 1000));
  const body = JSON.stringify({ token: DEFAULT_TOKEN, request: { actions: [action] } });
  const form = await post(sim, body, { 'content-type': 'application/x-www-form-urlencoded' });
  expect(((await form.json()) as TestAnswer).status.code).toBe(200);
  const latest = await sim.fetch(new Request('http://crm.test/api/latest/api.php', { method: 'POST', body }));
  expect(((await latest.json()) as TestAnswer).status.code).toBe(200);
  expect((await sim.fetch(new Request('http://crm.test/api/stable/api.php'))).status).toBe(405);
});

test.each([
  ['', 9],
  ['{"token":', 4],
  ['[]', 13],
  [{ request: { actions: [{}] } }, 13],
  [{ token: DEFAULT_TOKEN }, 14],
  [{ token: DEFAULT_TOKEN, request: { actions: [] } }, 15],
])('refuses the body %j as a whole with %i', async (body, code) => {
  const answer = await answerTo(simulator().sim, body);
  expect(answer.status.errorcode).toBe(code);
  expect(answer.response.results).toEqual([]);
});

test('an unknown token is 22 with code 400', async () => {
  const { sim } = simulator();
  const answer = await send(sim, [['read address']], { user: { token: 'f'.repeat(32), secret: DEFAULT_SECRET } });
  expect(answer.status).toMatchObject({ code: 400, errorcode: 22 });
});

test('an inactive user is 104', async () => {
  const { sim } = simulator();
  sim.apiUser.active = false;
  expect((await send(sim, [['read address']])).status).toMatchObject({ code: 400, errorcode: 104 });
});

test('a wrong secret is 137, an old hmac scheme too', async () => {
  const { sim } = simulator();
  expect(await errorCode(sim, 'read address', {}, '', { token: DEFAULT_TOKEN, secret: 'wrong' })).toBe(137);
  const old = await send(sim, [['read address', {}, '', { hmac_version: undefined }]]);
  expect(old.response.results[0]?.status.errorcode).toBe(137);
});

test('a clock off by more than 120 s is 136, either way', async () => {
  const { sim } = simulator();
  const now = Math.floor(sim.store.now() / 1000);
  for (const [offset, code] of [
    [-121, 136],
    [121, 136],
    [-120, 0],
    [120, 0],
  ] as const) {
    const answer = await send(sim, [['read address']], { timestamp: now + offset });
    expect(answer.response.results[0]?.status.errorcode).toBe(code);
  }
});

test.each([
  ['actionid', undefined, 16],
  ['actionid', '', 17],
  ['resourceid', undefined, 18],
  ['resourcetype', '', 19],
  ['parameters', undefined, 20],
])('an action with %s = %j is refused with %i', async (element, value, code) => {
  const answer = await send(simulator().sim, [['read address', {}, '', { [element]: value }]]);
  expect(answer.response.results[0]?.status.errorcode).toBe(code);
});

test('an unknown call is 25; a single activity cannot be fetched', async () => {
  const { sim } = simulator();
  expect(await errorCode(sim, 'read estate')).toBe(25);
  expect(await errorCode(sim, 'get agentslog', {}, 5)).toBe(25);
  expect(await errorCode(sim, 'delete address', {}, 5)).toBe(25);
});

test.each([
  ['error-in-action', { code: 500, errorcode: 97 }],
  ['own-code', { code: 500, errorcode: 80 }],
  ['ok', { code: 200, errorcode: 0 }],
])('the top level says %s when one of several actions fails, and the others are carried out', async (style, status) => {
  const { sim } = simulator({ actionFailureStatus: style });
  const contact = sim.agent.createContact({ Name: 'Vorher' });
  const answer = await send(sim, [
    ['modify address', { Name: 'X' }, 1],
    ['modify address', { Name: 'Nachher' }, contact.id],
  ]);
  expect(answer.status).toMatchObject(status);
  expect(answer.response.results.map((result) => result.status.errorcode)).toEqual([80, 0]);
  expect(answer.response.results[0]?.data).toEqual([]);
  expect(contact.values.Name).toBe('Nachher');
});

test('more actions than the limit are refused before any is carried out', async () => {
  const { sim } = simulator({ maxActions: 1 });
  const answer = await send(sim, [
    ['create address', { Name: 'A' }],
    ['create address', { Name: 'B' }],
  ]);
  expect(answer.status.errorcode).toBe(15);
  expect(sim.store.addresses.size).toBe(0);
});

test('more requests a second than the limit are 429 until the second is over', async () => {
  const { sim, clock } = simulator({ requestsPerSecond: 2 });
  const statuses = [];
  for (let count = 0; count < 3; count += 1) statuses.push((await post(sim, '')).status);
  clock.advance(1000);
  statuses.push((await post(sim, '')).status);
  expect(statuses).toEqual([200, 200, 429, 200]);
});

test('counts requests and actions, and starts anew', async () => {
  const { sim } = simulator();
  await send(sim, [['read address'], ['read address'], ['get fields']]);
  expect(sim.counts).toMatchObject({ requests: 1, maxInFlight: 1, actions: { 'read address': 2, 'get fields': 1 } });
  sim.counts.reset();
  await call(sim, 'get users');
  expect(sim.counts).toMatchObject({ requests: 1, actions: { 'get users': 1 } });
});

test('counts how many requests are in flight at once', async () => {
  const releases: (() => void)[] = [];
  const wait = () => new Promise<void>((resolve) => releases.push(resolve));
  const sim = createOnOfficeSimulator({ clock: testClock(), wait, switches: { latencyMs: 5 } });
  const both = [call(sim, 'get users'), call(sim, 'get groups')];
  while (releases.length < 2) await Promise.resolve();
  for (const release of releases) release();
  await Promise.all(both);
  expect(sim.counts.maxInFlight).toBe(2);
});
