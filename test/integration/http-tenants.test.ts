import { afterAll, beforeAll, expect, test } from 'vitest';
import { connections } from '../../src/db/connections.ts';
import type { Database } from '../../src/db/database.ts';
import { routes } from '../../src/http/api/routes.ts';
import { createHttpWorld, type HttpWorld, openHttpDatabase } from '../support/http-world.ts';
import { activate, enter } from '../support/marketplace.ts';

let database: Database;
let world: HttpWorld;
/** a user of the activated customer, an administrator there and here */
let inside: Awaited<ReturnType<typeof enter>>;
let ownConnection: string;
let foreignConnection: string;
let all: readonly Route[];

type Route = { method: 'GET' | 'POST' | 'PUT' | 'DELETE'; path: string };

/** Routes for everybody: they show nothing of anybody, or are the very way in. */
const PUBLIC = [
  'GET /',
  'GET /index.html',
  'GET /healthz',
  'GET /readyz',
  'GET /metrics',
  'GET /api/openapi.json',
  'GET /onoffice/app',
  ...Object.entries(routes).flatMap(([key, { access }]) => (access === 'public' ? [key] : [])),
];

/** Routes that prove by themselves who calls, and answer 401 or 404 to anybody else. */
const SELF_PROVING = ['GET /onoffice/activate', 'GET /onoffice/service', 'GET /onoffice/webhook'];

/** Routes of no connection; each is tried below for what it shows of others. */
const OF_NO_CONNECTION = [
  'POST /api/checks/crm',
  'POST /api/checks/provider',
  'GET /api/connections',
  'POST /api/connections',
  'GET /api/consent-record/checks',
  'GET /api/consent-record/records.csv',
  'GET /api/consent-record/records.json',
  'GET /api/backup',
  'GET /api/tenants',
  'GET /api/operators',
  'POST /api/operators',
  'PUT /api/operators/:operatorId',
  'DELETE /api/operators/:operatorId',
  'PUT /api/session/language',
  'PUT /api/session/password',
  'GET /api/session',
  'DELETE /api/session',
];

beforeAll(async () => {
  database = await openHttpDatabase();
  world = await createHttpWorld(database);
  foreignConnection = String((await world.connect()).json.id);
  await activate(world);
  inside = await enter(world);
  const brevo = { provider: 'brevo', apiKey: world.brevo.apiKey, audience: { choice: 'onoffice' } };
  ownConnection = String((await inside.call('POST', '/api/connections', brevo)).json.id);
  await world.app.ready();
  all = routesIn(world.app.printRoutes({ commonPrefix: false }));
});

afterAll(async () => {
  await world.close();
  await database.close();
});

/** Every route of the server, from its own drawing of them: a tree in which each step in is four characters. */
function routesIn(tree: string): Route[] {
  const above: string[] = [];
  return tree.split('\n').flatMap((line) => {
    const [, indent = '', label = '', methods = ''] = /^(.*)[├└]── (\S+) \((.+)\)/.exec(line) ?? [];
    if (methods === '') return [];
    const depth = indent.length / 4;
    const path = (above[depth - 1] ?? '') + label;
    above[depth] = path;
    return methods
      .split(', ')
      .filter((method) => !['HEAD', 'OPTIONS'].includes(method))
      .map((method) => ({ method: method as Route['method'], path }));
  });
}

const keyOf = ({ method, path }: Route) => `${method} ${path}`;
const isGuarded = (route: Route) => ![...PUBLIC, ...SELF_PROVING].includes(keyOf(route)) && !route.path.includes('*');
const isHook = ({ path }: Route) => path.startsWith('/hooks/');
const filled = ({ path }: Route, connectionId: string) =>
  path.replace(':connectionId', connectionId).replace(/:\w+/g, '1');

test('every route of the contract is among those that are tried here', () => {
  expect(all.map(keyOf)).toEqual(expect.arrayContaining(Object.keys(routes)));
  expect(all.length).toBeGreaterThan(Object.keys(routes).length);
});

test('every route refuses who shows no token, a wrong one, or one that has ended', async () => {
  const gone = await enter(world);
  await gone.call('DELETE', '/api/session');
  const tokens = [undefined, 'Bearer wrong', 'Basic a:b', `Bearer ${gone.token}`];
  for (const route of all.filter((one) => isGuarded(one) && !isHook(one))) {
    for (const authorization of tokens) {
      const { status } = await world.request(filled(route, ownConnection), {
        method: route.method,
        headers: authorization === undefined ? {} : { authorization },
      });
      expect([keyOf(route), authorization, status]).toEqual([keyOf(route), authorization, 401]);
    }
  }
  for (const route of all.filter(isHook))
    expect((await world.request(filled(route, 'x'), { method: route.method })).status, keyOf(route)).toBe(404);
  for (const key of SELF_PROVING) {
    const [, path = ''] = key.split(' ');
    // Pages are built only by `npm run build:web`: without one, whoever is let through gets 503.
    expect([401, 503], key).toContain((await world.request(`${path}?userId=1`)).status);
  }
});

test('every route of a connection hides those of other tenants, whatever the role', async () => {
  const ofConnections = all.filter(({ path }) => path.includes(':connectionId'));
  expect(ofConnections.length).toBeGreaterThan(20);
  for (const route of ofConnections) {
    const { status, json } = await inside.call(route.method, filled(route, foreignConnection), {});
    expect([keyOf(route), status, json.error?.code]).toEqual([keyOf(route), 404, 'connection.not_found']);
  }
});

test('every route of a tenant hides the others', async () => {
  const foreign = (await connections(database.db).get(foreignConnection))?.tenantId ?? '';
  const ofTenants = all.filter(({ path }) => path.includes(':tenantId'));
  expect(ofTenants.length).toBeGreaterThan(1);
  for (const route of ofTenants) {
    const { status, json } = await inside.call(route.method, route.path.replace(':tenantId', foreign), { name: 'x' });
    expect([keyOf(route), status, json.error?.code]).toEqual([keyOf(route), 404, 'tenant.not_found']);
  }
});

test('every other route is looked at below', () => {
  const others = all.filter(
    (route) => isGuarded(route) && !isHook(route) && !/:(connection|tenant)Id/.test(route.path),
  );
  expect(others.map(keyOf).sort()).toEqual([...OF_NO_CONNECTION].sort());
});

test('what belongs to no connection shows and makes nothing of other tenants', async () => {
  const { call } = inside;
  expect((await call('GET', '/api/connections')).json).toMatchObject({ connections: [{ id: ownConnection }] });
  const tenantOf = async (connectionId: string) => (await connections(database.db).get(connectionId))?.tenantId;
  const [own, foreign] = [await tenantOf(ownConnection), await tenantOf(foreignConnection)];
  expect(foreign).not.toBe(own);
  expect((await call('GET', '/api/consent-record/checks')).json).toMatchObject({ chains: [{ tenantId: own }] });
  expect((await call('GET', '/api/consent-record/records.json')).text).not.toContain(String(foreign));
  const tenants = (await call('GET', '/api/tenants')).text;
  expect([tenants.includes(String(own)), tenants.includes(String(foreign))]).toEqual([true, false]);
  for (const path of ['checks', 'records.json', 'records.csv']) {
    const answer = await call('GET', `/api/consent-record/${path}?tenantId=${foreign}`);
    expect([path, answer.status]).toEqual([path, 404]);
  }
  expect((await call('GET', '/api/backup')).status).toBe(403);
  // Accounts are the installation's, whatever the user may do at his own customer.
  expect((await call('GET', '/api/operators')).status).toBe(403);
  expect((await call('DELETE', '/api/operators/any')).status).toBe(403);
});

test('every route asks for its role', async () => {
  const guest = world.crm.addUser({ userName: 'gast', rights: { admin: false, writeAddresses: false } });
  const reader = await enter(world, guest.id);
  expect(reader.session.operator.role).toBe('reader');
  for (const [key, { access }] of Object.entries(routes)) {
    if (access !== 'editor' && access !== 'administrator') continue;
    const [method = '', path = ''] = key.split(' ');
    const route = { method: method as Route['method'], path };
    const { status } = await reader.call(route.method, filled(route, ownConnection), {});
    expect([key, status]).toEqual([key, 403]);
  }
});
