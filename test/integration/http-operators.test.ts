import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Database } from '../../src/db/database.ts';
import type { OperatorRole } from '../../src/db/operators.ts';
import { type RouteSchema, routes } from '../../src/http/api/routes.ts';
import { createHttpWorld, type HttpWorld, openHttpDatabase, PASSWORD } from '../support/http-world.ts';

const ROLES = ['reader', 'editor', 'administrator'] as const satisfies readonly OperatorRole[];
const DAY = 86_400_000;

let database: Database;
let world: HttpWorld;

beforeAll(async () => {
  database = await openHttpDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  world = await createHttpWorld(database);
});

type Listed = { operators: { id: string; name: string; role: string; isSelf: boolean; isLoggedIn: boolean }[] };
const listed = (answer: { json: object }) => (answer.json as Listed).operators;
const logIn = (name: string, password = PASSWORD) =>
  world.request('/api/session', { method: 'POST', payload: { name, password } });

test('U7: every route is open to its role and those above it, and to nobody else', async () => {
  const cookies = await Promise.all(ROLES.map(async (role) => [role, await world.logIn(role)] as const));
  const files: Record<string, Pick<RouteSchema, 'access'>> = {
    'GET /api/connections/:connectionId/undelivered.csv': { access: 'reader' },
    'GET /api/connections/:connectionId/unexplained-members.csv': { access: 'reader' },
    'GET /api/connections/:connectionId/runs/:runId/preview.csv': { access: 'reader' },
    'GET /api/connections/:connectionId/runs/:runId/audience.csv': { access: 'reader' },
    'GET /api/connections/:connectionId/contacts/:contactId/proof.html': { access: 'reader' },
    'GET /api/connections/:connectionId/events': { access: 'reader' },
    'GET /api/consent-record/records.csv': { access: 'administrator' },
    'GET /api/consent-record/records.json': { access: 'administrator' },
    'GET /api/tenants/:tenantId/opt-outs.csv': { access: 'administrator' },
  };
  const all = Object.entries<Pick<RouteSchema, 'access'>>({ ...routes, ...files });
  const wrong: string[] = [];
  for (const [key, { access }] of all) {
    if (access === 'public') continue;
    const [method = '', path = ''] = key.split(' ');
    for (const [role, cookie] of cookies) {
      const isAllowed = ROLES.indexOf(role) >= ROLES.indexOf(access);
      // What would end the session, or would be let through to an outside system, is left to the tests of its own.
      if (isAllowed && (key === 'DELETE /api/session' || path.startsWith('/api/checks'))) continue;
      const { status } = await world.request(path.replace(/:\w+/g, 'no-such'), { method: method as 'GET', cookie });
      if ((status === 403) === isAllowed) wrong.push(`${role}: ${key} answers ${status}`);
    }
  }
  expect(wrong).toEqual([]);
});

describe('U7: accounts', () => {
  test('an administrator adds one, which can log in at once; a name is given once, whatever its letters', async () => {
    const cookie = await world.logIn('administrator');
    const add = (name: string, password = 'noch ein Passwort') =>
      world.request('/api/operators', { method: 'POST', cookie, payload: { name, role: 'reader', password } });
    expect(listed(await add('Anna'))).toMatchObject([
      { name: 'administrator', role: 'administrator', isSelf: true, isLoggedIn: true },
      { name: 'Anna', role: 'reader', isSelf: false, isLoggedIn: false },
    ]);
    expect((await logIn('anna', 'noch ein Passwort')).status).toBe(200);
    const twice = await add('ANNA');
    expect([twice.status, twice.json.error?.code, twice.json.error?.field]).toEqual([
      409,
      'operator.name_taken',
      'name',
    ]);
    const short = await add('Bert', 'kurz');
    expect([short.status, short.json.error?.field]).toEqual([400, 'password']);
  });

  test('a new role or password ends what is open, and the last administrator stays one', async () => {
    const cookie = await world.logIn('administrator');
    const reader = await world.logIn('reader');
    const change = (id: string, payload: object) =>
      world.request(`/api/operators/${id}`, { method: 'PUT', cookie, payload });
    expect((await change('reader', { role: 'editor' })).status).toBe(200);
    expect((await world.request('/api/session', { cookie: reader })).status).toBe(401);
    expect((await change('reader', { password: 'ein neues Passwort' })).status).toBe(200);
    expect((await logIn('reader')).status).toBe(401);
    expect((await logIn('reader', 'ein neues Passwort')).json).toMatchObject({ operator: { role: 'editor' } });
    const last = await change('administrator', { role: 'reader' });
    expect([last.status, last.json.error?.code]).toEqual([409, 'operator.last_administrator']);
    const own = await world.request('/api/operators/administrator', { method: 'DELETE', cookie });
    expect([own.status, own.json.error?.code]).toEqual([409, 'operator.own_account']);
    const byCli = await world.call('DELETE', '/api/operators/administrator');
    expect([byCli.status, byCli.json.error?.code]).toEqual([409, 'operator.last_administrator']);
    expect((await world.call('DELETE', '/api/operators/nobody')).json.error?.code).toBe('operator.not_found');
    expect(listed(await world.request('/api/operators/reader', { method: 'DELETE', cookie }))).toHaveLength(1);
  });

  test('one’s own password is changed with the old one, and other sessions of the account end', async () => {
    const first = await world.logIn('reader');
    const second = (await logIn('reader')).cookie;
    const change = (current: string) =>
      world.request('/api/session/password', {
        method: 'PUT',
        cookie: second,
        payload: { current, password: 'mein neues Passwort' },
      });
    const refused = await change('falsch');
    expect([refused.status, refused.json.error?.code]).toEqual([400, 'operator.wrong_password']);
    expect((await change(PASSWORD)).status).toBe(200);
    expect((await world.request('/api/session', { cookie: first })).status).toBe(401);
    expect((await world.request('/api/session', { cookie: second })).status).toBe(200);
    expect((await logIn('reader')).status).toBe(401);
  });
});

test('a session ends a month after the login, however much it is used', async () => {
  const cookie = await world.logIn('reader');
  for (let half = 0; half < 59; half += 1) {
    world.advance(DAY / 2 - 1000);
    expect((await world.request('/api/session', { cookie })).status).toBe(200);
  }
  world.advance(DAY / 2);
  expect((await world.request('/api/session', { cookie })).status).toBe(401);
});
