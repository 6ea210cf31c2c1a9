import { createHmac } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '../../src/db/database.ts';
import { createHttpWorld, type HttpWorld, openHttpDatabase } from '../support/http-world.ts';

let database: Database;
let world: HttpWorld;

beforeAll(async () => {
  database = await openHttpDatabase();
});

afterAll(() => database.close());

afterEach(() => world.close());

const SETTINGS = { audience: { choice: 'onoffice' }, mapping: {}, activities: [], optOutValue: 'cancellation' };
const MEGABYTE = 1_048_576;
type ProviderName = 'mailchimp' | 'brevo';
type Hook = {
  path: string;
  /** what makes a delivery of this body genuine */
  proof(body: string | Buffer): Record<string, string>;
};

/** Sets a connection up on a database and answers its webhook as the provider knows it. */
async function hookOf(provider: ProviderName, on: Database = database): Promise<Hook> {
  world = await createHttpWorld(on);
  const { apiKey } = provider === 'brevo' ? world.brevo : world.mailchimp;
  const { id } = (await world.connect({ provider, apiKey })).json as never as { id: string };
  const saved = await world.call('PUT', `/api/connections/${id}/settings`, SETTINGS);
  expect(saved.status, saved.text).toBe(200);
  if (provider === 'brevo') {
    const [made] = world.brevo.account.webhooks.values();
    const token = made?.auth?.token ?? '';
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
    return { path: new URL(made?.url ?? '').pathname, proof: () => headers };
  }
  const [made] = world.mailchimp.store.list('onoffice').webhooks.values();
  const secret = made?.signingSecret ?? '';
  return {
    path: new URL(made?.url ?? '').pathname,
    proof: (body) => ({
      'content-type': 'application/x-www-form-urlencoded',
      'x-mailchimp-signature': signature(secret, body, Math.floor(world.clock.now() / 1000)),
    }),
  };
}

function signature(secret: string, body: string | Buffer, seconds: number): string {
  return `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.`).update(body).digest('hex')}`;
}

const post = async (path: string, payload: string | Buffer, headers: Record<string, string>) =>
  (await world.request(path, { method: 'POST', payload, headers })).status;

async function stored(): Promise<string[]> {
  const { rows } = await sql<{ body: string }>`select body from provider_events order by id`.execute(database.db);
  return rows.map(({ body }) => body);
}

/** No line of the log names a person, the secret of a webhook, or what a delivery said. */
function expectQuietLog({ path }: Hook): void {
  const log = world.lines.join('\n');
  expect(log).not.toContain(path.split('/').at(-1));
  expect(log).not.toMatch(/eva|immo-test|GEHEIM|Bearer [\w-]{20}|v1=/);
}

const BODIES: Readonly<Record<ProviderName, string>> = {
  mailchimp: 'type=unsubscribe&data%5Bemail%5D=eva%40immo-test.de&data%5Bmerges%5D%5BFNAME%5D=GEHEIM',
  brevo: JSON.stringify({ event: 'unsubscribe', email: 'eva@immo-test.de', 'campaign name': 'GEHEIM' }),
};

describe.each(['mailchimp', 'brevo'] as const)('the receiver of %s', (provider) => {
  const BODY = BODIES[provider];

  test.each<[string, (path: string) => string]>([
    ['another secret', (path) => path.replace(/[^/]+$/, 'x'.repeat(43))],
    ['a secret that is one character short', (path) => path.slice(0, -1)],
    ['no secret', (path) => path.replace(/[^/]+$/, '')],
    ['a secret of 10,000 characters', (path) => path.replace(/[^/]+$/, 'x'.repeat(10_000))],
    ['a NUL in its secret', (path) => `${path}%00`],
    ['half an escape in its secret', (path) => `${path}%e0%a4`],
    ['another installation', (path) => path.replace('installation-a', 'installation-b')],
    ['the other provider', (path) => path.replace(provider, provider === 'brevo' ? 'mailchimp' : 'brevo')],
    ['more behind its secret', (path) => `${path}/more`],
  ])('answers an address with %s as one that is not there, and stores nothing', async (_, change) => {
    const hook = await hookOf(provider);
    const status = await post(change(hook.path), BODY, hook.proof(BODY));
    expect([400, 404, 414]).toContain(status);
    expect(await stored()).toEqual([]);
    expectQuietLog(hook);
  });

  test.each<[string, Buffer | string]>([
    ['zeros', Buffer.alloc(MEGABYTE)],
    ['random bytes', Buffer.from(Array.from({ length: MEGABYTE }, (_, at) => (at * 7919) % 251))],
    ['one character less', 'x'.repeat(MEGABYTE - 1)],
    ['brackets', '['.repeat(MEGABYTE)],
    ['separators', '&a='.repeat(MEGABYTE / 4)],
    ['many small events', `[${'{"event":"spam"},'.repeat(60_000)}{"event":"spam"}]`],
    ['half characters', Buffer.from([0xc3, 0x28, 0xed, 0xa0, 0x80, 0xff, 0xfe])],
    ['NULs in a body', `${BODY}\0\0`],
    ['an address that is none', BODY.replace('eva', 'e\u0000\u202ev"a<>')],
  ])('takes genuine rubbish (%s), whatever it means: it is stored and nothing breaks', async (_, body) => {
    const hook = await hookOf(provider);
    expect(await post(hook.path, body, hook.proof(body))).toBe(200);
    expect(await post(hook.path, BODY, hook.proof(BODY))).toBe(200);
    const bodies = await stored();
    expect(bodies).toHaveLength(2);
    expect(bodies.at(-1)).toBe(BODY);
    expectQuietLog(hook);
  });

  test.each([MEGABYTE + 1, 4 * MEGABYTE])('refuses %i bytes for good, genuine or not', async (length) => {
    const hook = await hookOf(provider);
    const body = 'x'.repeat(length);
    expect(await post(hook.path, body, hook.proof(body))).toBe(413);
    expect(await post(hook.path, body, {})).toBe(413);
    expect(await stored()).toEqual([]);
    expectQuietLog(hook);
  });

  test('takes an empty delivery for none', async () => {
    const hook = await hookOf(provider);
    expect(await post(hook.path, '', hook.proof(''))).toBe(200);
    expect(await stored()).toEqual([]);
  });

  test.each(['text/plain', 'multipart/form-data; boundary=x', 'application/json; charset=utf-16', undefined])(
    'takes a genuine delivery of type %s as it is',
    async (type) => {
      const hook = await hookOf(provider);
      const { 'content-type': _, ...proof } = hook.proof(BODY);
      const headers = type === undefined ? proof : { ...proof, 'content-type': type };
      expect(await post(hook.path, BODY, headers)).toBe(200);
      expect(await stored()).toEqual([BODY]);
    },
  );

  test('refuses a delivery of a type that is none, for good', async () => {
    const hook = await hookOf(provider);
    expect(await post(hook.path, BODY, { ...hook.proof(BODY), 'content-type': 'nonsense' })).toBe(415);
    expect(await stored()).toEqual([]);
    expectQuietLog(hook);
  });

  test('stores what a delivery says a hundred times a hundred times: who comes twice is told apart later', async () => {
    const hook = await hookOf(provider);
    const statuses = await Promise.all(Array.from({ length: 100 }, () => post(hook.path, BODY, hook.proof(BODY))));
    expect(new Set(statuses)).toEqual(new Set([200]));
    expect(await stored()).toHaveLength(100);
    expectQuietLog(hook);
  });

  test('answers other methods than those of the provider as an address that is not there', async () => {
    const hook = await hookOf(provider);
    for (const method of ['PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const)
      expect((await world.request(hook.path, { method })).status).toBe(404);
    expect(await stored()).toEqual([]);
  });

  test.each(['connections', 'secrets', 'provider_events'])(
    'asks the provider to come again where the table of %s cannot be read or written',
    async (table) => {
      const hook = await hookOf(provider);
      // What is known for a few seconds is asked for anew.
      world.advance(60_000);
      await database.runScript(`alter table ${table} rename to elsewhere`);
      try {
        expect(await post(hook.path, BODY, hook.proof(BODY))).toBe(provider === 'brevo' ? 429 : 503);
      } finally {
        await database.runScript(`alter table elsewhere rename to ${table}`);
      }
      expect(await post(hook.path, BODY, hook.proof(BODY))).toBe(200);
      expect(await stored()).toEqual([BODY]);
      expectQuietLog(hook);
    },
  );

  test('asks the provider to come again while the database is down', async () => {
    const own = await openHttpDatabase();
    const hook = await hookOf(provider, own);
    await own.close();
    for (const wait of [0, 60_000]) {
      world.advance(wait);
      expect(await post(hook.path, BODY, hook.proof(BODY))).toBe(provider === 'brevo' ? 429 : 503);
    }
    expectQuietLog(hook);
  });
});

describe('what makes a delivery genuine', () => {
  const BODY = BODIES.mailchimp;

  test.each<[string, (good: string, now: number) => string]>([
    ['of five minutes and a second ago', (_, now) => signature(signingSecret(), BODY, now - 301)],
    ['of five minutes and a second to come', (_, now) => signature(signingSecret(), BODY, now + 301)],
    ['of 1970', () => signature(signingSecret(), BODY, 0)],
    ['of no time', (good) => good.replace(/t=\d+/, 't=')],
    ['of a time that is no number', (good) => good.replace(/t=\d+/, 't=NaN')],
    ['of a time of 13 digits', (good, now) => good.replace(/t=\d+/, `t=${now}000`)],
    ['cut off', (good) => good.slice(0, -1)],
    ['with more behind it', (good) => `${good}0`],
    ['in another order', (good) => good.split(',').reverse().join()],
    ['that is empty', () => ''],
    ['of 10,000 characters', () => 't=1,v1='.padEnd(10_000, 'f')],
    ['with letters of another alphabet', (good) => good.replace('v1=', 'v1=é')],
  ])('Mailchimp’s is no signature %s: refused, not stored, and no secret in the log', async (_, change) => {
    const hook = await hookOf('mailchimp');
    const good = hook.proof(BODY)['x-mailchimp-signature'] ?? '';
    const headers = {
      ...hook.proof(BODY),
      'x-mailchimp-signature': change(good, Math.floor(world.clock.now() / 1000)),
    };
    expect(await post(hook.path, BODY, headers)).toBe(401);
    expect(await stored()).toEqual([]);
    expectQuietLog(hook);
    expect(await post(hook.path, BODY, hook.proof(BODY))).toBe(200);
  });

  test.each([299, -299])('Mailchimp’s signature of %i seconds ago is good', async (seconds) => {
    const hook = await hookOf('mailchimp');
    const at = Math.floor(world.clock.now() / 1000) - seconds;
    const headers = { ...hook.proof(BODY), 'x-mailchimp-signature': signature(signingSecret(), BODY, at) };
    expect(await post(hook.path, BODY, headers)).toBe(200);
  });

  test('Mailchimp’s signature is one over the bytes that came, not over what they say', async () => {
    const hook = await hookOf('mailchimp');
    const bytes = Buffer.from([0x74, 0x79, 0x70, 0x65, 0x3d, 0xff, 0xfe]);
    expect(await post(hook.path, bytes, hook.proof(bytes))).toBe(200);
    expect(await post(hook.path, bytes, hook.proof(bytes.toString('utf8')))).toBe(401);
  });

  test.each<[string, (good: string) => string]>([
    ['in capitals', (good) => good.toUpperCase().replace('BEARER', 'Bearer')],
    ['with more behind it', (good) => `${good} more`],
    ['twice', (good) => `${good}, ${good}`],
    ['of 10,000 characters', () => `Bearer ${'f'.repeat(10_000)}`],
    ['that is empty', () => 'Bearer '],
    ['as a password', (good) => `Basic ${Buffer.from(good.slice(7)).toString('base64')}`],
  ])('Brevo’s is no token %s: refused and not stored', async (_, change) => {
    const hook = await hookOf('brevo');
    const { authorization = '', ...rest } = hook.proof('');
    expect(await post(hook.path, BODIES.brevo, { ...rest, authorization: change(authorization) })).toBe(401);
    expect(await stored()).toEqual([]);
    expectQuietLog(hook);
  });

  /** the secret that Mailchimp signs with */
  function signingSecret(): string {
    return [...world.mailchimp.store.list('onoffice').webhooks.values()][0]?.signingSecret ?? '';
  }
});

test('Brevo’s batches are taken whole, up to 500 events at once', async () => {
  const hook = await hookOf('brevo');
  for (const made of world.brevo.account.webhooks.values()) made.batched = true;
  for (let number = 0; number < 501; number += 1)
    world.brevo.admin.addContact({ email: `eva${number}@immo-test.de`, lists: ['onoffice'] });
  world.advance(300_000);
  await world.brevo.pump();
  expect((await stored()).map((body) => (JSON.parse(body) as unknown[]).length)).toEqual([500, 1]);
  expectQuietLog(hook);
});
