import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Database } from '../../src/db/database.ts';
import { createHttpWorld, type HttpWorld, openHttpDatabase } from '../support/http-world.ts';

let database: Database;
let world: HttpWorld;

beforeAll(async () => {
  database = await openHttpDatabase();
});

afterAll(() => database.close());

beforeEach(async () => {
  world = await createHttpWorld(database);
});

afterEach(() => world.close());

const SETTINGS = { audience: { choice: 'onoffice' }, mapping: {}, activities: [], optOutValue: 'cancellation' };
const BODY = JSON.stringify({ event: 'unsubscribe', id: 1, email: 'eva@immo-test.de', camp_id: 7 });

/** Sets a connection up and answers its webhook as Brevo knows it. */
async function hook(): Promise<{ path: string; token: string }> {
  const connected = await world.connect({ provider: 'brevo', apiKey: world.brevo.apiKey });
  expect(connected.status, connected.text).toBe(200);
  const { id } = connected.json as unknown as { id: string };
  const saved = await world.call('PUT', `/api/connections/${id}/settings`, SETTINGS);
  expect(saved.status, saved.text).toBe(200);
  const made = [...world.brevo.account.webhooks.values()][0];
  return { path: new URL(made?.url ?? '').pathname, token: made?.auth?.token ?? '' };
}

const post = async (path: string, headers: Record<string, string>, payload = BODY) =>
  (await world.request(path, { method: 'POST', payload, headers: { 'content-type': 'application/json', ...headers } }))
    .status;

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

async function stored(): Promise<{ body: string; content_type: string }[]> {
  const { rows } = await sql<{ body: string; content_type: string }>`
    select body, content_type from provider_events order by id`.execute(database.db);
  return rows;
}

test('an event with the token is stored as it came and answered', async () => {
  const { path, token } = await hook();
  expect(path).toMatch(/^\/hooks\/brevo\/installation-a\/[\w-]{43}$/);
  expect(await post(path, bearer(token))).toBe(200);
  expect(await stored()).toEqual([{ body: BODY, content_type: 'application/json' }]);
});

test('events that come together are stored together, and what nobody understands is stored too', async () => {
  const { path, token } = await hook();
  const bodies = [`[${BODY},${BODY}]`, '{"event":"something_new"}', 'not json'];
  for (const body of bodies) expect(await post(path, bearer(token), body)).toBe(200);
  expect((await stored()).map(({ body }) => body)).toEqual(bodies);
});

test.each([
  ['no token', () => ({})],
  ['another token', () => bearer('x'.repeat(64))],
  ['a part of the token', (token: string) => bearer(token.slice(0, -1))],
  ['the token in another scheme', (token: string) => ({ authorization: `Basic ${token}` })],
])('an event with %s is refused and not stored', async (_name, headers) => {
  const { path, token } = await hook();
  expect(await post(path, headers(token))).toBe(401);
  expect(await stored()).toEqual([]);
});

test('a webhook whose token is not known is known by its secret alone', async () => {
  const { path } = await hook();
  await sql`delete from secrets where name = 'hook-signing-secret'`.execute(database.db);
  expect(await post(path, {})).toBe(200);
  expect(await stored()).toHaveLength(1);
});

test('only the address of this connection takes events', async () => {
  const { path, token } = await hook();
  const parts = path.split('/');
  for (const other of [
    [...parts.slice(0, -1), 'x'.repeat(43)].join('/'),
    path.replace('installation-a', 'installation-b'),
    path.replace('/brevo/', '/mailchimp/'),
  ])
    expect(await post(other, bearer(token))).toBe(404);
  expect((await world.request(path)).status).toBe(404);
  expect(await stored()).toEqual([]);
});

test('an event that is too large is refused', async () => {
  const { path, token } = await hook();
  expect(await post(path, bearer(token), JSON.stringify({ x: 'y'.repeat(1_100_000) }))).toBe(413);
  expect(await stored()).toEqual([]);
});

test('our own failure answers 429, the only status after which Brevo comes again', async () => {
  const { path, token } = await hook();
  await database.runScript('alter table provider_events rename to elsewhere');
  try {
    expect(await post(path, bearer(token))).toBe(429);
  } finally {
    await database.runScript('alter table elsewhere rename to provider_events');
  }
});

test('what a person does while we fail arrives when we are well again', async () => {
  const { path } = await hook();
  world.brevo.admin.addContact({ email: 'eva@immo-test.de', lists: ['onoffice'] });
  await world.brevo.pump();
  await sql`delete from provider_events`.execute(database.db);
  world.brevo.person.unsubscribe('eva@immo-test.de');
  await database.runScript('alter table provider_events rename to elsewhere');
  try {
    world.advance(60_000);
    await world.brevo.pump();
  } finally {
    await database.runScript('alter table elsewhere rename to provider_events');
  }
  expect(await stored()).toEqual([]);
  world.advance(600_000);
  await world.brevo.pump();
  const bodies = (await stored()).map(({ body }) => JSON.parse(body) as { event: string; email: string });
  expect(bodies).toContainEqual(expect.objectContaining({ email: 'eva@immo-test.de' }));
  expect(world.lines.join('\n')).not.toContain(path.split('/').at(-1));
  expect(world.lines.join('\n')).not.toContain('eva');
});
