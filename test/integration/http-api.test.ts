import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Database } from '../../src/db/database.ts';
import { routes } from '../../src/http/api/routes.ts';
import { CRM_KEYS, createHttpWorld, type HttpWorld, openHttpDatabase, PASSWORD } from '../support/http-world.ts';

let database: Database;
let world: HttpWorld | undefined;

beforeAll(async () => {
  database = await openHttpDatabase();
});

afterAll(() => database.close());

afterEach(async () => {
  await world?.close();
  world = undefined;
});

async function open(options: Parameters<typeof createHttpWorld>[1] = {}): Promise<HttpWorld> {
  world = await createHttpWorld(database, options);
  return world;
}

const keys = Object.keys(routes);

test('every route of the contract is registered, and no other one but events and files', async () => {
  const { app } = await open();
  await app.ready();
  for (const key of keys) {
    const [method = '', url = ''] = key.split(' ');
    expect(app.hasRoute({ method: method as 'GET', url }), key).toBe(true);
  }
  const described = Object.entries(app.swagger().paths ?? {}).flatMap(([path, operations]) =>
    Object.keys(operations ?? {}).map((method) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`),
  );
  expect(described.filter((key) => !keys.includes(key)).sort()).toEqual([
    'GET /api/connections/:connectionId/contacts/:contactId/proof.html',
    'GET /api/connections/:connectionId/events',
    'GET /api/connections/:connectionId/runs/:runId/audience.csv',
    'GET /api/connections/:connectionId/runs/:runId/preview.csv',
    'GET /api/connections/:connectionId/undelivered.csv',
    'GET /api/connections/:connectionId/unexplained-members.csv',
    'GET /api/consent-record/records.csv',
    'GET /api/consent-record/records.json',
    'GET /api/tenants/:tenantId/opt-outs.csv',
  ]);
});

test('without login every route that is not public answers 401', async () => {
  const { app, request } = await open();
  await app.ready();
  const files = [
    'GET /api/connections/:connectionId/events',
    'GET /api/connections/:connectionId/contacts/:contactId/proof.html',
    'GET /api/connections/:connectionId/undelivered.csv',
    'GET /api/connections/:connectionId/unexplained-members.csv',
    'GET /api/connections/:connectionId/runs/:runId/preview.csv',
    'GET /api/connections/:connectionId/runs/:runId/audience.csv',
    'GET /api/consent-record/records.csv',
    'GET /api/consent-record/records.json',
  ];
  const guarded = Object.entries(routes).filter(([, route]) => route.access !== 'public');
  for (const key of [...guarded.map(([name]) => name), ...files]) {
    const [method = '', path = ''] = key.split(' ');
    const url = path.replace(/:\w+/g, 'x');
    const answer = await request(url, { method: method as 'GET' });
    expect([key, answer.status, answer.json.error?.code]).toEqual([key, 401, 'session.required']);
  }
});

test('the first operator’s link works once, and not at all once there is an account', async () => {
  const { request, setupLink } = await open();
  const token = 'x'.repeat(43);
  await setupLink(token);
  expect((await request('/api/about')).json).toEqual({ version: '1.2.3', needsOperator: true });
  const first = (name: string, given = token) =>
    request('/api/operators/first', { method: 'POST', payload: { token: given, name, password: PASSWORD } });
  expect((await first('Eva', 'y'.repeat(43))).json.error?.code).toBe('operator.link_invalid');
  const made = await first('Eva');
  expect(made.json).toEqual({ operator: { name: 'Eva', role: 'administrator' }, language: null });
  expect((await request('/api/session', { cookie: made.cookie })).json).toEqual(made.json);
  expect((await first('Ida')).status).toBe(403);
  await setupLink(token);
  expect((await first('Ida')).json.error?.code).toBe('operator.link_invalid');
  expect((await request('/api/about')).json).toMatchObject({ needsOperator: false });
});

test('a session begins with the right password only, lives while it is used and ends on request', async () => {
  const { request, logIn, advance } = await open();
  const cookie = await logIn('reader');
  const tried = (payload: object) => request('/api/session', { method: 'POST', payload });
  expect(await tried({ name: 'reader', password: 'falsch' })).toMatchObject({ status: 401 });
  expect((await tried({ name: 'nobody', password: PASSWORD })).json.error?.code).toBe('session.wrong_credentials');
  for (let hour = 0; hour < 30; hour += 10) {
    advance(10 * 3_600_000);
    expect((await request('/api/session', { cookie })).status).toBe(200);
  }
  expect((await request('/api/session', { method: 'DELETE', cookie })).status).toBe(200);
  expect((await request('/api/session', { cookie })).status).toBe(401);
  const another = (await tried({ name: 'READER', password: PASSWORD })).cookie;
  advance(13 * 3_600_000);
  expect((await request('/api/session', { cookie: another })).status).toBe(401);
});

test('U7: a language that was chosen goes with the account into every browser; before that there is none', async () => {
  const { request, logIn, call } = await open();
  const cookie = await logIn('reader');
  const choose = (language: string) =>
    request('/api/session/language', { method: 'PUT', cookie, payload: { language } });
  expect((await request('/api/session', { cookie })).json).toMatchObject({ language: null });
  expect((await choose('it')).status).toBe(200);
  const another = await request('/api/session', { method: 'POST', payload: { name: 'reader', password: PASSWORD } });
  expect(another.json).toMatchObject({ operator: { name: 'reader' }, language: 'it' });
  expect((await choose('pt')).json.error).toMatchObject({ code: 'input.invalid', field: 'language' });
  // The command line has no account.
  expect((await call('PUT', '/api/session/language', { language: 'it' })).status).toBe(403);
});

test('guessing passwords is slowed down', async () => {
  const { request } = await open();
  const statuses: number[] = [];
  for (let attempt = 0; attempt < 11; attempt += 1) {
    statuses.push((await request('/api/session', { method: 'POST', payload: { name: 'x', password: 'y' } })).status);
  }
  expect(statuses.filter((status) => status === 401)).toHaveLength(10);
  expect(statuses.at(-1)).toBe(429);
});

test('roles: a reader reads, an editor syncs, only an administrator sets up', async () => {
  const { request, connect, logIn } = await open();
  const { id } = (await connect()).json as unknown as { id: string };
  const [reader, editor, administrator] = [await logIn('reader'), await logIn('editor'), await logIn('administrator')];
  const calls = [
    ['GET', `/api/connections/${id}/overview`, undefined],
    ['POST', `/api/connections/${id}/runs`, { preview: true }],
    ['POST', '/api/checks/crm', CRM_KEYS],
  ] as const;
  const statuses = async (cookie: string) => {
    const answers: number[] = [];
    for (const [method, url, payload] of calls) {
      answers.push((await request(url, { method, cookie, ...(payload ? { payload } : {}) })).status);
    }
    return answers;
  };
  expect(await statuses(reader)).toEqual([200, 403, 403]);
  // 409: the draft is not ready yet, which only an editor is told.
  expect(await statuses(editor)).toEqual([200, 409, 403]);
  expect(await statuses(administrator)).toEqual([200, 409, 200]);
});

test('a request with the cookie that no page of ours sent changes nothing', async () => {
  const { app, logIn, parts } = await open();
  const cookie = await logIn('administrator');
  const send = (headers: Record<string, string>) => app.inject({ method: 'DELETE', url: '/api/session', headers });
  expect((await send({ cookie })).json().error.code).toBe('session.foreign_request');
  expect((await send({ cookie, authorization: 'Bearer wrong' })).statusCode).toBe(401);
  expect((await app.inject({ url: '/api/session', headers: { cookie } })).statusCode).toBe(200);
  expect((await send({ authorization: `Bearer ${parts.cliToken}` })).statusCode).toBe(200);
});

test('bad input is named by its field and changes nothing', async () => {
  const { call, app, rows } = await open();
  const wrong = await call('POST', '/api/checks/crm', { token: 'x' });
  expect(wrong).toMatchObject({ status: 400, json: { error: { code: 'input.invalid', field: 'secret' } } });
  const nested = await call('POST', '/api/connections', { crm: { token: 'x', secret: '' } });
  expect(nested.json.error?.field).toBe('crm.secret');
  const broken = await app.inject({
    method: 'POST',
    url: '/api/session',
    headers: { 'content-type': 'application/json' },
    payload: '{"name":',
  });
  expect([broken.statusCode, broken.json().error.code]).toEqual([400, 'input.invalid']);
  const huge = await call('POST', '/api/checks/crm', { token: 'x'.repeat(300_000), secret: 'y' });
  expect([huge.status, huge.json.error?.code]).toEqual([413, 'input.too_large']);
  expect((await call('GET', '/api/connections/none/overview')).json.error?.code).toBe('connection.not_found');
  expect((await call('GET', '/api/nothing')).status).toBe(404);
  expect(await rows()).toEqual({ tenants: 0, connections: 0, secrets: 0, health: 0, journal: 0 });
});

test('no secret of a connection comes out again, nor into the log', async () => {
  const { connect, call, lines, mailchimp } = await open();
  const { id } = (await connect()).json as unknown as { id: string };
  const answers = [
    await call('GET', '/api/connections'),
    await call('GET', `/api/connections/${id}/settings`),
    await call('GET', `/api/connections/${id}/overview`),
    await call('GET', `/api/connections/${id}/fields`),
  ];
  for (const secret of [CRM_KEYS.token, CRM_KEYS.secret, mailchimp.apiKey]) {
    expect(answers.map(({ text }) => text).join()).not.toContain(secret);
    expect(lines.join()).not.toContain(secret);
  }
});

test('our own bug answers 500 without details and is logged', async () => {
  const fail = () => {
    throw new Error('what only we may know');
  };
  const { call, lines } = await open({ parts: { systems: { crm: fail, provider: fail, capabilities: fail } } });
  const answer = await call('POST', '/api/checks/crm', CRM_KEYS);
  expect([answer.status, answer.json.error?.code, answer.text.includes('we may know')]).toEqual([
    500,
    'internal',
    false,
  ]);
  expect(lines.some((line) => line.includes('Request failed'))).toBe(true);
});

test('an outside system that is down is told with its status page', async () => {
  const { call, mailchimp } = await open();
  mailchimp.faults.plan({ fault: { type: 'status', status: 503 }, times: 50 });
  const answer = await call('POST', '/api/checks/provider', { provider: 'mailchimp', apiKey: mailchimp.apiKey });
  expect(answer).toMatchObject({
    status: 503,
    json: { error: { code: 'mailchimp.unavailable', statusPage: 'https://status.mailchimp.com' } },
  });
});

test('health, metrics and description are there for everybody, without anything personal', async () => {
  const { request } = await open();
  expect((await request('/healthz')).status).toBe(200);
  expect((await request('/readyz')).status).toBe(200);
  expect((await request('/metrics')).text).toContain('newsletter_connector_http_request_seconds');
  expect((await request('/api/openapi.json')).json).toMatchObject({ openapi: '3.1.0', info: { version: '1.2.3' } });
  expect((await request('/')).text).toContain('The page is not built yet');
});
