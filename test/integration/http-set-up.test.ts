import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { Secret } from '../../src/core/secret.ts';
import { connectionRow } from '../../src/db/connections.ts';
import type { Database } from '../../src/db/database.ts';
import { openConnection } from '../../src/http/open-connection.ts';
import { CRM_KEYS, createHttpWorld, type HttpWorld, openHttpDatabase, PUBLIC_URL } from '../support/http-world.ts';

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

type Options = NonNullable<Parameters<typeof createHttpWorld>[1]>;

async function open(options: Options = {}): Promise<HttpWorld> {
  world = await createHttpWorld(database, options);
  return world;
}

const SETTINGS = { audience: { choice: 'onoffice' }, mapping: {}, activities: ['opened'], optOutValue: 'cancellation' };
const NOTHING = { tenants: 0, connections: 0, secrets: 0, health: 0, journal: 0 };

async function draft(of: HttpWorld): Promise<string> {
  const answer = await of.connect();
  expect(answer.status, answer.text).toBe(200);
  return (answer.json as unknown as { id: string }).id;
}

const REFUSED: readonly [name: string, code: string, options: Options, prepare: (world: HttpWorld) => object][] = [
  ['a malformed key', 'mailchimp.key_malformed', {}, () => ({ apiKey: 'abcdefgh' })],
  ['a wrong key', 'mailchimp.key_invalid', {}, () => ({ apiKey: `${'f'.repeat(32)}-us21` })],
  [
    'a key of another data centre',
    'mailchimp.wrong_data_center',
    { mailchimp: { switches: { wrongDataCenter: 'forbidden' } } },
    ({ mailchimp }) => ({ apiKey: mailchimp.apiKey.replace('us21', 'us6') }),
  ],
  [
    'a revoked key',
    'mailchimp.key_invalid',
    {},
    ({ mailchimp }) => {
      mailchimp.account.apiKeys.set(mailchimp.apiKey, 'revoked');
      return {};
    },
  ],
  [
    'no room for an audience',
    'mailchimp.no_room_for_audience',
    { mailchimp: { defaultAudience: 'Andere', account: { maxInstances: 1 } } },
    () => ({}),
  ],
  [
    'an audience that is not there',
    'settings.audience_unknown',
    {},
    () => ({ audience: { choice: 'existing', id: 'x' } }),
  ],
  [
    'token and secret swapped',
    'onoffice.credentials_swapped',
    {},
    () => ({ crm: { token: CRM_KEYS.secret, secret: CRM_KEYS.token } }),
  ],
  ['a wrong secret', 'onoffice.credentials_invalid', {}, () => ({ crm: { ...CRM_KEYS, secret: 'f'.repeat(64) } })],
  ['a clock that is wrong', 'onoffice.clock_skew', { skewMs: 150_000 }, () => ({})],
  [
    'an inactive field',
    'onoffice.field_inactive',
    { crm: { customer: { inactiveFields: ['newsletter_aktiv'] } } },
    () => ({}),
  ],
  [
    'a missing read right',
    'onoffice.no_read_right',
    { crm: { switches: { noReadRight: 'error' } } },
    ({ crm }) => {
      crm.agent.createContact({ Name: 'Übler' });
      crm.apiUser.rights.readAddresses = 'none';
      return {};
    },
  ],
  [
    'a missing write right',
    'onoffice.no_write_right',
    {},
    ({ crm }) => {
      for (const user of crm.store.users.values()) if (user !== crm.apiUser) crm.store.users.delete(user.id);
      crm.apiUser.rights.writeAddresses = false;
      crm.agent.createContact({ Name: 'Übler' });
      return {};
    },
  ],
];

test.each(REFUSED)(
  '%s is refused with its own code, and nothing is half-created',
  async (_name, code, options, prepare) => {
    const opened = await open(options);
    const audiences = opened.mailchimp.store.lists.size;
    const answer = await opened.connect(prepare(opened));
    expect(answer.json.error?.code, answer.text).toBe(code);
    expect([400, 422]).toContain(answer.status);
    expect(answer.text).not.toContain('The request failed');
    expect(await opened.rows()).toEqual(NOTHING);
    expect(opened.mailchimp.store.lists.size).toBe(audiences);
  },
);

test('the checks tell what step 1 shows, and create nothing', async () => {
  const { call, crm, mailchimp, rows } = await open();
  crm.agent.createContact({ Name: 'Übler' });
  expect((await call('POST', '/api/checks/crm', CRM_KEYS)).json).toMatchObject({
    contactCount: 1,
    mayWrite: null,
    has: { tags: true },
    permits: { notSpecified: true, undeliverable: true },
  });
  expect(
    (await call('POST', '/api/checks/provider', { provider: 'mailchimp', apiKey: mailchimp.apiKey })).json,
  ).toEqual({
    accountName: 'Muster Immobilien GmbH',
    plan: 'monthly',
    isPaidPlan: true,
    audiences: [],
    onofficeAudience: 'will-be-created',
  });
  expect(await rows()).toEqual(NOTHING);
  expect(mailchimp.store.lists.size).toBe(0);
});

test('step 1 stores a draft and makes nothing at the provider', async () => {
  const opened = await open();
  const id = await draft(opened);
  const { json } = await opened.call('GET', '/api/connections');
  expect(json).toMatchObject({
    connections: [{ id, state: 'draft', provider: 'mailchimp', audienceName: 'onoffice' }],
  });
  expect((await opened.call('GET', `/api/connections/${id}/settings`)).json).toEqual({
    audience: { choice: 'onoffice' },
    mapping: {},
    activities: ['subscribed', 'unsubscribed', 'delivered', 'hard-bounce'],
    activityTypes: {},
    otherLists: true,
    optOutValue: 'cancellation',
    unknownMembers: 'create',
    webhookRepair: 'opt-outs',
    polls: { crmSeconds: 60, providerSeconds: 300 },
    brake: { minimum: 20, percent: 5 },
    unsubscribeBy: 'block',
  });
  expect(opened.mailchimp.store.lists.size).toBe(0);
});

test('one audience belongs to one connection', async () => {
  const opened = await open();
  await draft(opened);
  const again = await opened.connect();
  expect([again.status, again.json.error?.code]).toEqual([409, 'connection.audience_in_use']);
  const other = opened.mailchimp.addAudience({ name: 'Verkauf' });
  expect((await opened.connect({ audience: { choice: 'existing', id: other.id } })).status).toBe(200);
  expect(await opened.rows()).toMatchObject({ tenants: 1, connections: 2 });
});

test('saving twice makes audience, fields and webhook once', async () => {
  const opened = await open();
  const id = await draft(opened);
  const url = `/api/connections/${id}/settings`;
  const [first, second] = await Promise.all([opened.call('PUT', url, SETTINGS), opened.call('PUT', url, SETTINGS)]);
  const third = await opened.call('PUT', url, SETTINGS);
  for (const answer of [first, second, third]) {
    expect(answer.status, answer.text).toBe(200);
    expect(answer.json).toMatchObject({ connection: { state: 'ready' }, webhook: { state: 'ok', notice: null } });
  }
  const lists = [...opened.mailchimp.store.lists.values()];
  expect(lists.map(({ name }) => name)).toEqual(['onoffice']);
  const tags = lists[0]?.mergeFields.map(({ tag }) => tag) ?? [];
  expect(tags.filter((tag) => ['FNAME', 'LNAME', 'ANREDE', 'BRIEFANR'].includes(tag))).toHaveLength(4);
  expect(new Set(tags).size).toBe(tags.length);
  const hooks = [...(lists[0]?.webhooks.values() ?? [])];
  expect(hooks).toHaveLength(1);
  expect(hooks[0]?.url).toMatch(
    new RegExp(`^${PUBLIC_URL}/hooks/mailchimp/installation-a/[\\w-]{43}\\?mark=[0-9a-f]{8}$`),
  );
  expect(hooks[0]?.sources).toEqual({ user: true, admin: true, api: false });
  const saved = (await opened.call('GET', url)).json;
  expect(saved).toMatchObject({ activities: ['subscribed', 'unsubscribed', 'opened'] });
});

test('an audience whose creation was answered by nobody is found again', async () => {
  const opened = await open();
  const id = await draft(opened);
  opened.mailchimp.faults.plan({ fault: { type: 'lose-answer' }, times: 1, match: /POST \/3.0\/lists$/ });
  const answer = await opened.call('PUT', `/api/connections/${id}/settings`, SETTINGS);
  expect(answer.status, answer.text).toBe(200);
  expect(opened.mailchimp.store.lists.size).toBe(1);
});

test.each([
  ['field that is not there', { mapping: { firstName: 'VORN' } }, 'settings.field_unknown', 'mapping.firstName'],
  [
    'field used twice',
    { mapping: { firstName: 'FNAME', lastName: 'FNAME' } },
    'settings.field_used_twice',
    'mapping.lastName',
  ],
  [
    'field that is recognised for another one',
    { mapping: { salutation: 'FNAME' } },
    'settings.field_used_twice',
    'mapping.firstName',
  ],
])('a mapping to a %s is refused before anything is made', async (_name, more, code, field) => {
  const opened = await open({ mailchimp: { defaultAudience: 'onoffice' } });
  const id = await draft(opened);
  const answer = await opened.call('PUT', `/api/connections/${id}/settings`, { ...SETTINGS, ...more });
  expect(answer.json.error).toMatchObject({ code, field });
  const list = opened.mailchimp.store.list('onoffice');
  expect(list.webhooks.size).toBe(0);
  expect(list.mergeFields.map(({ tag }) => tag)).not.toContain('ANREDE');
  expect((await opened.call('GET', '/api/connections')).json).toMatchObject({ connections: [{ state: 'draft' }] });
});

test('a field that the user does not want is not carried and not created', async () => {
  const opened = await open({ mailchimp: { defaultAudience: 'onoffice' } });
  const id = await draft(opened);
  const before = await opened.call('GET', `/api/connections/${id}/fields`);
  expect(before.json).toMatchObject({
    mapping: { firstName: 'FNAME', lastName: 'LNAME' },
    willBeCreated: ['salutation', 'letterSalutation'],
  });
  const mapping = { letterSalutation: null, salutation: null, firstName: 'LNAME', lastName: 'FNAME' };
  expect((await opened.call('PUT', `/api/connections/${id}/settings`, { ...SETTINGS, mapping })).status).toBe(200);
  expect(opened.mailchimp.store.list('onoffice').mergeFields.map(({ tag }) => tag)).not.toContain('ANREDE');
  expect((await opened.call('GET', `/api/connections/${id}/fields`)).json).toMatchObject({
    mapping,
    willBeCreated: [],
  });
});

test('a value that the customer’s Newsletter field does not permit is refused', async () => {
  const opened = await open({ crm: { customer: { newsletterValues: ['1', '0', '3'] } } });
  const id = await draft(opened);
  expect((await opened.call('GET', `/api/connections/${id}/settings`)).json).toMatchObject({ optOutValue: 'no' });
  const answer = await opened.call('PUT', `/api/connections/${id}/settings`, SETTINGS);
  expect(answer.json.error).toMatchObject({ code: 'settings.consent_not_permitted', field: 'optOutValue' });
  expect(opened.mailchimp.store.lists.size).toBe(0);
});

test.each([
  'https://other.immo-test.de/hooks/mailchimp/installation-b/geheim',
  'https://newsletter.onoffice.de/webhook/1',
])('an audience that %s looks after is not written to', async (url) => {
  const opened = await open({ mailchimp: { defaultAudience: 'onoffice' } });
  const id = await draft(opened);
  const list = opened.mailchimp.store.list('onoffice');
  const foreign = {
    id: 'foreign',
    url,
    events: { subscribe: true, unsubscribe: true, profile: true, cleaned: true, upemail: true, campaign: true },
    sources: { user: true, admin: true, api: true },
    signingSecret: undefined,
    disabled: false,
  };
  list.webhooks.set('foreign', foreign);
  const answer = await opened.call('PUT', `/api/connections/${id}/settings`, SETTINGS);
  expect([answer.status, answer.json.error?.code]).toEqual([409, 'foreign_hook']);
  expect(list.webhooks.size).toBe(1);
});

test('an address that the provider cannot reach is told and stops nothing', async () => {
  const opened = await open({ mailchimp: { fetch: async () => new Response(null, { status: 404 }) } });
  const id = await draft(opened);
  const answer = await opened.call('PUT', `/api/connections/${id}/settings`, SETTINGS);
  expect(answer.json).toMatchObject({
    connection: { state: 'ready' },
    webhook: { state: 'failing', notice: { code: 'webhook.unreachable' } },
  });
});

test.each([
  [undefined, 'failing'],
  [
    { crm: { ...CRM_KEYS, console: '' }, mailchimp: { apiKey: '', console: '' }, brevo: { apiKey: '', console: '' } },
    'ok',
  ],
])('an address of this computer only serves the simulators alone', async (practice, state) => {
  const opened = await open({ parts: { publicUrl: 'http://127.0.0.1:8080', practice } });
  const id = await draft(opened);
  const answer = await opened.call('PUT', `/api/connections/${id}/settings`, SETTINGS);
  expect(answer.json).toMatchObject({ webhook: { state } });
});

test('new keys must open the same account and the same customer, and wake the connection', async () => {
  const opened = await open();
  const id = await draft(opened);
  const url = `/api/connections/${id}/keys`;
  const other = opened.mailchimp.addAccount({ apiKey: `${'a'.repeat(32)}-us21` });
  const foreign = await opened.call('PUT', url, { apiKey: [...other.apiKeys.keys()][0] });
  expect([foreign.status, foreign.json.error?.code]).toEqual([409, 'connection.same_account']);
  opened.mailchimp.account.apiKeys.set(`${'b'.repeat(32)}-us21`, 'active');
  await sql`update connections set state_before_attention = state, state = 'attention'`.execute(opened.database.db);
  expect((await opened.call('PUT', url, { crm: { ...CRM_KEYS, secret: 'f'.repeat(64) } })).status).toBe(422);
  expect(opened.woken).toEqual([]);
  const renewed = await opened.call('PUT', url, { apiKey: `${'b'.repeat(32)}-us21`, crm: CRM_KEYS });
  expect(renewed.json).toMatchObject({ id, state: 'draft' });
  expect(opened.woken).toEqual([id]);
  expect((await opened.call('PUT', url, {})).status).toBe(400);
});

test.each([
  ['brevo', 'Mailchimp', ({ brevo }: HttpWorld) => ({ provider: 'brevo', apiKey: brevo.apiKey })],
  ['brevo by its look', 'Mailchimp', () => ({ apiKey: `xkeysib-${'0f'.repeat(32)}-AbCdEfGh` })],
  [
    'brevo that is said to be another',
    'Mailchimp',
    ({ brevo }: HttpWorld) => ({ provider: 'mailchimp', apiKey: brevo.apiKey }),
  ],
  ['mailchimp', 'Brevo', () => ({ provider: 'mailchimp', apiKey: 'ein-schluessel' })],
  ['mailchimp by its look', 'Brevo', () => ({ apiKey: `${'b'.repeat(32)}-us21` })],
  ['mailchimp, with no key', 'Brevo', () => ({ provider: 'mailchimp', crm: CRM_KEYS })],
])('a connection stays with its newsletter tool: a key of %s is refused at %s', async (_name, provider, keys) => {
  const opened = await open();
  const { apiKey } = opened.brevo;
  const made = await opened.connect(provider === 'Brevo' ? { provider: 'brevo', apiKey } : {});
  const { id } = made.json as unknown as { id: string };
  const seen = [opened.brevo.counts.total, opened.mailchimp.counts.total];
  const answer = await opened.call('PUT', `/api/connections/${id}/keys`, keys(opened));
  expect([answer.status, answer.json.error]).toMatchObject([
    409,
    { code: 'connection.provider_fixed', field: 'apiKey', params: { provider } },
  ]);
  expect(answer.text).toContain(`belongs to ${provider}`);
  expect([opened.brevo.counts.total, opened.mailchimp.counts.total]).toEqual(seen);
  expect(opened.woken).toEqual([]);
});

test('a key of the named newsletter tool is taken', async () => {
  const opened = await open();
  const id = await draft(opened);
  const keys = { provider: 'mailchimp', apiKey: opened.mailchimp.apiKey };
  expect((await opened.call('PUT', `/api/connections/${id}/keys`, keys)).status).toBe(200);
});

test('disconnecting takes our webhook off and leaves members and foreign hooks alone', async () => {
  const opened = await open();
  const id = await draft(opened);
  await opened.call('PUT', `/api/connections/${id}/settings`, SETTINGS);
  const list = opened.mailchimp.store.list('onoffice');
  expect(list.webhooks.size).toBe(1);
  const keep = { audience: 'keep' };
  expect((await opened.call('POST', `/api/connections/${id}/disconnect`, keep)).json).toEqual({ state: 'removed' });
  expect(list.webhooks.size).toBe(0);
  expect(await opened.rows()).toMatchObject({ connections: 0, secrets: 0 });
  expect((await opened.connect()).status).toBe(200);
});

test('a revoked key does not keep anybody from disconnecting', async () => {
  const opened = await open();
  const id = await draft(opened);
  await opened.call('PUT', `/api/connections/${id}/settings`, SETTINGS);
  opened.mailchimp.account.apiKeys.set(opened.mailchimp.apiKey, 'revoked');
  expect((await opened.call('POST', `/api/connections/${id}/disconnect`, { audience: 'keep' })).status).toBe(200);
  expect(await opened.rows()).toMatchObject({ connections: 0 });
});

/** As if a full sync had been approved and had succeeded. */
async function synced(of: HttpWorld, id: string): Promise<void> {
  await of.call('PUT', `/api/connections/${id}/settings`, SETTINGS);
  const { scope, store } = await openConnection(of.parts, id);
  const now = of.clock.now();
  await store.tables.runs.start({ id: 'first', isFirst: true, asksFirst: false, now });
  await store.tables.runs.finish('first', 'succeeded', now);
  await connectionRow(database.db, scope).setState('active');
}

test('U7: connecting the same audience again goes on with the connection that was ended, and starts with the preview', async () => {
  const opened = await open();
  const id = await draft(opened);
  await synced(opened, id);
  expect((await opened.call('GET', `/api/connections/${id}/audience-end`)).json).toEqual({
    activeMembers: 0,
    putByUs: 0,
  });
  expect((await opened.call('POST', `/api/connections/${id}/disconnect`, { audience: 'keep' })).json).toEqual({
    state: 'disconnected',
  });
  expect(await opened.rows()).toMatchObject({ connections: 1, secrets: 0 });
  expect((await opened.call('GET', `/api/connections/${id}/overview`)).json).toMatchObject({
    connection: { state: 'disconnected' },
  });
  for (const [method, path, body] of [
    ['PUT', 'keys', { apiKey: opened.mailchimp.apiKey }],
    ['POST', 'disconnect', { audience: 'keep' }],
    ['GET', 'fields', undefined],
  ] as const) {
    const answer = await opened.call(method, `/api/connections/${id}/${path}`, body);
    expect([answer.status, answer.json.error?.code], path).toEqual([409, 'connection.disconnected']);
  }
  expect((await opened.call('POST', `/api/connections/${id}/runs`, { preview: false })).status).toBe(409);

  expect(await draft(opened)).toBe(id);
  expect((await opened.call('PUT', `/api/connections/${id}/settings`, SETTINGS)).status).toBe(200);
  const run = await opened.call('POST', `/api/connections/${id}/runs`, { preview: false });
  expect(run.json, run.text).toMatchObject({ isFirst: true });
});

test('U7: what was learned of one audience is never used for another', async () => {
  const opened = await open();
  const id = await draft(opened);
  await synced(opened, id);
  await opened.call('POST', `/api/connections/${id}/disconnect`, { audience: 'keep' });
  const key = new Secret(opened.mailchimp.apiKey);
  const choice = {
    choice: 'existing',
    id: (await opened.parts.systems.provider('mailchimp', key).reads.createAudience('Andere')).id,
  };
  const other = await opened.connect({ audience: choice });
  const otherId = (other.json as unknown as { id: string }).id;
  expect(otherId).not.toBe(id);
  const back = await opened.call('PUT', `/api/connections/${otherId}/settings`, SETTINGS);
  expect(back.json.error?.code).toBe('settings.audience_was_connected');
  await opened.call('POST', `/api/connections/${otherId}/disconnect`, { audience: 'keep' });

  expect(await draft(opened)).toBe(id);
  const changed = await opened.call('PUT', `/api/connections/${id}/settings`, { ...SETTINGS, audience: choice });
  expect(changed.json.error?.code).toBe('settings.audience_fixed');
});

test('U7, F8: intervals and limits of the brake are set within their ranges, and the journal tells by whom', async () => {
  const opened = await open();
  const id = await draft(opened);
  const save = (more: object) =>
    opened.call('PUT', `/api/connections/${id}/settings`, { ...SETTINGS, polls: POLLS, ...more });
  const POLLS = { crmSeconds: 120, providerSeconds: 600 };
  expect((await save({})).status).toBe(200);
  for (const [more, field] of [
    [{ polls: { ...POLLS, crmSeconds: 5 } }, 'polls.crmSeconds'],
    [{ brake: { minimum: 20, percent: 90 } }, 'brake.percent'],
  ] as const) {
    const { status, json } = await save(more);
    expect([status, json.error?.code, json.error?.field]).toEqual([400, 'settings.out_of_range', field]);
  }
  expect((await save({ brake: { minimum: 50, percent: 10 } })).status).toBe(200);
  expect((await opened.call('GET', `/api/connections/${id}/settings`)).json).toMatchObject({
    polls: POLLS,
    brake: { minimum: 50, percent: 10 },
  });
  const { entries } = (await opened.call('GET', `/api/connections/${id}/journal`)).json as unknown as {
    entries: { code: string; params: object; by: object | null }[];
  };
  expect(entries[0]).toMatchObject({
    code: 'journal.settings_saved',
    params: { settings: 'brake' },
    by: { name: null, isCommandLine: true },
  });
});
