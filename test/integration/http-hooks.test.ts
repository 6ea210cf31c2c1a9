import { createHmac } from 'node:crypto';
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

/** Sets a connection up and answers its webhook as Mailchimp knows it. */
async function hook(): Promise<{ path: string; secret: string }> {
  const { id } = (await world.connect()).json as unknown as { id: string };
  expect((await world.call('PUT', `/api/connections/${id}/settings`, SETTINGS)).status).toBe(200);
  const made = [...world.mailchimp.store.list('onoffice').webhooks.values()][0];
  return { path: new URL(made?.url ?? '').pathname, secret: made?.signingSecret ?? '' };
}

async function stored(): Promise<{ body: string; content_type: string }[]> {
  const { rows } = await sql<{ body: string; content_type: string }>`
    select body, content_type from provider_events order by id`.execute(database.db);
  return rows;
}

const BODY = 'type=unsubscribe&data%5Bemail%5D=eva%40immo-test.de';

function signed(secret: string, body: string, at = world.clock.now()) {
  const seconds = Math.floor(at / 1000);
  const v1 = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex');
  return { 'x-mailchimp-signature': `t=${seconds},v1=${v1}`, 'content-type': 'application/x-www-form-urlencoded' };
}

test('the address answers Mailchimp’s question for a known secret only', async () => {
  const { path } = await hook();
  const parts = path.split('/');
  expect((await world.request(path)).status).toBe(200);
  expect((await world.request(path, { method: 'HEAD' })).status).toBe(200);
  expect((await world.request([...parts.slice(0, -1), 'x'.repeat(43)].join('/'))).status).toBe(404);
  expect((await world.request(path.replace('installation-a', 'installation-b'))).status).toBe(404);
});

test('a signed event is stored as it came and answered', async () => {
  const { path, secret } = await hook();
  expect((await world.request(path, { method: 'POST', payload: BODY, headers: signed(secret, BODY) })).status).toBe(
    200,
  );
  expect(await stored()).toEqual([{ body: BODY, content_type: 'application/x-www-form-urlencoded' }]);
});

test.each([
  ['without a signature', () => ({})],
  ['of another body', (secret: string) => signed(secret, `${BODY}x`)],
  ['with another secret', () => signed('x'.repeat(64), BODY)],
  ['from ten minutes ago', (secret: string) => signed(secret, BODY, world.clock.now() - 600_000)],
])('an event %s is refused and not stored', async (_name, headers) => {
  const { path, secret } = await hook();
  const answer = await world.request(path, { method: 'POST', payload: BODY, headers: headers(secret) });
  expect(answer.status).toBe(401);
  expect(await stored()).toEqual([]);
});

test('a webhook that is not signed is known by its secret alone', async () => {
  world.mailchimp.switches.signWebhooks = false;
  const { path } = await hook();
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  expect((await world.request(path, { method: 'POST', payload: BODY, headers })).status).toBe(200);
  expect(await stored()).toHaveLength(1);
});

test('a webhook that was made anew while its answer got lost is not refused for its unknown signature', async () => {
  const { path } = await hook();
  const list = world.mailchimp.store.list('onoffice');
  list.webhooks.clear();
  const { connections } = (await world.call('GET', '/api/connections')).json as never as {
    connections: { id: string }[];
  };
  const url = `/api/connections/${connections[0]?.id}/settings`;
  world.mailchimp.faults.plan({ fault: { type: 'lose-answer' }, times: 1, match: /POST .*webhooks$/ });
  expect((await world.call('PUT', url, SETTINGS)).status).toBe(503);
  expect((await world.call('PUT', url, SETTINGS)).json).toMatchObject({ webhook: { state: 'ok' } });
  const secret = [...list.webhooks.values()][0]?.signingSecret ?? '';
  expect((await world.request(path, { method: 'POST', payload: BODY, headers: signed(secret, BODY) })).status).toBe(
    200,
  );
});

test('an event that is too large is refused', async () => {
  const { path, secret } = await hook();
  const body = `x=${'y'.repeat(1_100_000)}`;
  expect((await world.request(path, { method: 'POST', payload: body, headers: signed(secret, body) })).status).toBe(
    413,
  );
  expect(await stored()).toEqual([]);
});

test('our own failure asks Mailchimp to come again', async () => {
  const { path, secret } = await hook();
  await database.runScript('alter table provider_events rename to elsewhere');
  try {
    const answer = await world.request(path, { method: 'POST', payload: BODY, headers: signed(secret, BODY) });
    expect(answer.status).toBe(503);
  } finally {
    await database.runScript('alter table elsewhere rename to provider_events');
  }
});

test('neither the secret nor the body of an event reaches the log', async () => {
  const { path, secret } = await hook();
  await world.request(path, { method: 'POST', payload: BODY, headers: signed(secret, BODY) });
  await world.request(path, { method: 'POST', payload: BODY, headers: {} });
  await world.request(`${path}x`);
  const log = world.lines.join('\n');
  expect(log).toContain('/hooks/mailchimp/:installationId/:secret');
  expect(log).not.toContain(path.split('/').at(-1));
  expect(log).not.toContain('eva');
});

test('what a person does at Mailchimp arrives by the webhook that set-up has made', async () => {
  await hook();
  world.mailchimp.person.subscribe('onoffice', { email: 'otto@immo-test.de' });
  await world.mailchimp.pump();
  expect((await stored()).map(({ body }) => new URLSearchParams(body).get('type'))).toEqual(['subscribe']);
});
