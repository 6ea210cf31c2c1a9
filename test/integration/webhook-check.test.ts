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
const FOREIGN = 'https://other.immo-test.de/hooks/mailchimp/installation-b/geheim';
type Check = { findings: { code: string; params: object }[]; isRepaired: boolean; webhook: { state: string } };
type Options = NonNullable<Parameters<typeof createHttpWorld>[1]>;

/** A connection whose set-up is done. */
async function open(provider: 'mailchimp' | 'brevo', options: Options = {}) {
  world = await createHttpWorld(database, options);
  const { apiKey } = provider === 'brevo' ? world.brevo : world.mailchimp;
  const { id } = (await world.connect({ provider, apiKey })).json as never as { id: string };
  const url = `/api/connections/${id}`;
  const saved = await world.call('PUT', `${url}/settings`, SETTINGS);
  expect(saved.status, saved.text).toBe(200);
  const check = async (body: object = {}) => {
    const answer = await world.call('POST', `${url}/webhook-check`, body);
    expect(answer.status, answer.text).toBe(200);
    return answer.json as never as Check;
  };
  return {
    ...world,
    id,
    url,
    check,
    /** codes of the journal's newest entries, oldest first, without those of the set-up */
    journal: async () => {
      const { entries } = (await world.call('GET', `${url}/journal`)).json as never as {
        entries: { code: string; params: { cause?: string } }[];
      };
      return entries.toReversed().flatMap(({ code, params }) => {
        if (!/^webhook|repaired/.test(code)) return [];
        return [params.cause ? `${code} ${params.cause}` : code];
      });
    },
    overview: async () =>
      (await world.call('GET', `${url}/overview`)).json as never as {
        health: { webhook: object };
        alarms: { code: string }[];
      },
  };
}

async function openMailchimp(options: Options = {}) {
  const opened = await open('mailchimp', options);
  const { webhooks } = opened.mailchimp.store.list('onoffice');
  const hook = [...webhooks.values()][0]!;
  return { ...opened, webhooks, hook };
}

async function storedTypes(): Promise<(string | null)[]> {
  const { rows } = await sql<{ body: string }>`select body from provider_events order by id`.execute(database.db);
  return rows.map(({ body }) => new URLSearchParams(body).get('type'));
}

describe('F3: the webhook at Mailchimp', () => {
  test('that is as it has to be is found well, by one call', async () => {
    const { check, overview, journal, advance, clock } = await openMailchimp();
    advance(86_400_000);
    expect(await check()).toMatchObject({ findings: [], isRepaired: false, webhook: { state: 'ok' } });
    const checkedAt = new Date(clock.now()).toISOString();
    expect((await overview()).health.webhook).toMatchObject({ state: 'ok', notice: null, findings: [], checkedAt });
    expect(await journal()).toEqual([]);
  });

  test('that was deleted is made anew by itself, once, and what comes from then on is believed', async () => {
    const { check, webhooks, journal, mailchimp } = await openMailchimp();
    webhooks.clear();
    expect(await check()).toMatchObject({
      findings: [{ code: 'webhook.missing' }],
      isRepaired: true,
      webhook: { state: 'ok', notice: null, findings: [] },
    });
    expect(webhooks.size).toBe(1);
    expect(await journal()).toEqual(['journal.webhook_repaired webhook.missing']);
    mailchimp.person.subscribe('onoffice', { email: 'otto@immo-test.de' });
    await mailchimp.pump();
    expect(await storedTypes()).toEqual(['subscribe']);
    expect(await check()).toMatchObject({ findings: [] });
  });

  test.each([
    ['opt-outs unticked', 'webhook.events_missing', (hook: Hook) => Object.assign(hook.events, { unsubscribe: false })],
    ['people unticked', 'webhook.sources_missing', (hook: Hook) => Object.assign(hook.sources, { user: false })],
    ['programs ticked', 'webhook.listens_to_programs', (hook: Hook) => Object.assign(hook.sources, { api: true })],
  ])('with %s is repaired by itself', async (_, code, change) => {
    const { check, hook } = await openMailchimp();
    change(hook);
    expect(await check()).toMatchObject({ findings: [{ code }], isRepaired: true, webhook: { state: 'ok' } });
    expect(hook).toMatchObject({ events: { unsubscribe: true }, sources: { user: true, admin: true, api: false } });
  });

  test('that is doubled is one again', async () => {
    const { check, webhooks, hook } = await openMailchimp();
    webhooks.set('zweiter', { ...hook, id: 'zweiter' });
    expect(await check()).toMatchObject({
      findings: [{ code: 'webhook.doubled', params: { count: 2 } }],
      isRepaired: true,
    });
    expect([...webhooks.keys()]).toEqual([hook.id]);
  });

  test('with something else unticked is shown, told once, and repaired by one click', async () => {
    const { check, hook, overview, journal } = await openMailchimp();
    Object.assign(hook.events, { profile: false, campaign: false });
    const finding = { code: 'webhook.events_missing', params: { topics: 'edited,campaign' } };
    const failing = { state: 'failing', notice: finding, findings: [finding] };
    for (let day = 0; day < 2; day += 1)
      expect(await check()).toMatchObject({ findings: [finding], isRepaired: false, webhook: failing });
    expect(await overview()).toMatchObject({ health: { webhook: failing }, alarms: [{ code: finding.code }] });
    expect(await journal()).toEqual(['webhook.events_missing']);
    expect(await check({ repair: true })).toMatchObject({
      findings: [finding],
      isRepaired: true,
      webhook: { state: 'ok' },
    });
    expect(hook.events).toMatchObject({ profile: true, campaign: true });
    expect(await journal()).toEqual(['webhook.events_missing', 'journal.webhook_repaired webhook.events_missing']);
  });

  test('is repaired whatever it is where the settings say so', async () => {
    const { check, hook, call, url } = await openMailchimp();
    await call('PUT', `${url}/settings`, { ...SETTINGS, webhookRepair: 'everything' });
    hook.events.profile = false;
    hook.url = hook.url.replace('connector.', 'former.');
    expect(await check()).toMatchObject({ isRepaired: true, webhook: { state: 'ok' } });
    expect(hook.events.profile).toBe(true);
    expect((await call('GET', `${url}/settings`)).json).toMatchObject({ webhookRepair: 'everything' });
  });

  test('under another address may be a copy’s: it waits to be asked, and is moved, not doubled', async () => {
    const { check, hook, webhooks } = await openMailchimp();
    const right = hook.url;
    hook.url = right.replace('connector.', 'copy.');
    hook.events.unsubscribe = false;
    expect(await check()).toMatchObject({
      findings: [
        { code: 'webhook.wrong_url', params: { host: 'copy.immo-test.de' } },
        { code: 'webhook.events_missing', params: { topics: 'unsubscribed' } },
      ],
      isRepaired: false,
      webhook: { state: 'failing' },
    });
    expect(hook.url).not.toBe(right);
    expect(await check({ repair: true })).toMatchObject({ isRepaired: true });
    expect([...webhooks.values()].map(({ url }) => url)).toEqual([right]);
  });

  test('F9: beside another installation’s is not touched, whoever asks', async () => {
    const { check, hook, webhooks, journal } = await openMailchimp();
    webhooks.clear();
    webhooks.set('foreign', { ...hook, id: 'foreign', url: FOREIGN });
    const findings = [
      { code: 'webhook.foreign', params: { host: 'other.immo-test.de' } },
      { code: 'webhook.missing', params: {} },
    ];
    for (const repair of [false, true])
      expect(await check({ repair })).toMatchObject({ findings, isRepaired: false, webhook: { state: 'failing' } });
    expect([...webhooks.keys()]).toEqual(['foreign']);
    expect(await journal()).toEqual(['webhook.foreign', 'webhook.missing']);
  });

  test('whose new secret nobody heard is known by the secret in its path alone', async () => {
    const { check, webhooks, mailchimp, call, url } = await openMailchimp();
    webhooks.clear();
    mailchimp.faults.plan({ fault: { type: 'lose-answer' }, times: 1, match: /POST .*webhooks$/ });
    expect((await call('POST', `${url}/webhook-check`, {})).status).toBe(503);
    expect(webhooks.size).toBe(1);
    expect(await check()).toMatchObject({ findings: [], webhook: { state: 'ok' } });
    mailchimp.person.subscribe('onoffice', { email: 'otto@immo-test.de' });
    await mailchimp.pump();
    expect(await storedTypes()).toEqual(['subscribe']);
  });

  test('that Mailchimp cannot reach is told as such', async () => {
    const { check, webhooks, overview, mailchimp } = await openMailchimp();
    webhooks.clear();
    mailchimp.faults.plan({
      fault: {
        type: 'status',
        status: 400,
        body: '{"title":"Invalid Resource","status":400,"errors":[{"field":"url","message":"HTTP Code: 404"}]}',
      },
      times: 1,
      match: /POST .*webhooks$/,
    });
    const findings = [{ code: 'webhook.missing' }];
    expect(await check()).toMatchObject({ findings, isRepaired: false, webhook: { state: 'failing' } });
    expect((await overview()).health.webhook).toMatchObject({ notice: { code: 'webhook.unreachable' }, findings });
  });

  test('of an address that only this computer knows is not asked for', async () => {
    const { check } = await openMailchimp({ parts: { publicUrl: 'http://127.0.0.1:8080', isProviderLocal: true } });
    expect(await check()).toMatchObject({ findings: [], webhook: { state: 'ok' } });
    await world.close();
    world = await createHttpWorld(database, { parts: { publicUrl: 'http://127.0.0.1:8080' } });
    const { id } = (await world.connect()).json as never as { id: string };
    await world.call('PUT', `/api/connections/${id}/settings`, SETTINGS);
    const answer = await world.call('POST', `/api/connections/${id}/webhook-check`, {});
    expect(answer.json).toMatchObject({
      findings: [],
      webhook: { state: 'failing', notice: { code: 'webhook.local_address' } },
    });
  });

  test('is unknown while Mailchimp does not answer: what was known stays', async () => {
    const { call, url, mailchimp, overview } = await openMailchimp();
    const before = (await overview()).health.webhook;
    mailchimp.account.apiKeys.set(mailchimp.apiKey, 'revoked');
    const answer = await call('POST', `${url}/webhook-check`, {});
    expect([answer.status, answer.json.error?.code]).toEqual([422, 'mailchimp.key_invalid']);
    expect((await overview()).health.webhook).toEqual(before);
  });
});

type Hook = Awaited<ReturnType<typeof openMailchimp>>['hook'];

describe('F3: the webhook at Brevo', () => {
  test('is found well by one call, and put right by two more', async () => {
    const { check, brevo } = await open('brevo');
    const [hook] = brevo.account.webhooks.values();
    const calls: string[] = [];
    const { fetch } = brevo;
    const counted = async (request: Request) => {
      calls.push(request.method);
      return fetch(request);
    };
    Object.assign(brevo, { fetch: counted });
    expect(await check()).toMatchObject({ findings: [], webhook: { state: 'ok' } });
    expect(calls.splice(0)).toEqual(['GET']);
    hook!.events = hook!.events.filter((event) => event !== 'spam');
    expect(await check()).toMatchObject({
      findings: [{ code: 'webhook.events_missing', params: { topics: 'complained' } }],
      isRepaired: true,
    });
    expect(calls).toEqual(['GET', 'GET', 'PUT']);
    expect(hook?.events).toContain('spam');
  });

  test('that was deleted is made anew with a token that the receiver knows', async () => {
    const { check, brevo } = await open('brevo');
    brevo.account.webhooks.clear();
    expect(await check()).toMatchObject({ findings: [{ code: 'webhook.missing' }], isRepaired: true });
    brevo.admin.addContact({ email: 'otto@immo-test.de', lists: ['onoffice'] });
    await brevo.pump();
    const { rows } = await sql<{ body: string }>`select body from provider_events`.execute(database.db);
    expect(rows.map(({ body }) => JSON.parse(body) as object)).toMatchObject([{ event: 'list_addition' }]);
  });

  test('without what settings alone need is shown', async () => {
    const { check, brevo } = await open('brevo');
    const [hook] = brevo.account.webhooks.values();
    hook!.events = hook!.events.filter((event) => event !== 'listAddition');
    expect(await check()).toMatchObject({ findings: [{ params: { topics: 'subscribed' } }], isRepaired: false });
    expect(await check({ repair: true })).toMatchObject({ isRepaired: true, webhook: { state: 'ok' } });
  });

  test('F9: two connections to one account have a hook each, and neither takes the other’s', async () => {
    const { check, brevo, connect, call, url } = await open('brevo');
    const second = brevo.admin.createList('Zweite');
    const audience = { choice: 'existing', id: String(second.id) };
    const made = await connect({ provider: 'brevo', apiKey: brevo.apiKey, audience });
    const other = `/api/connections/${(made.json as never as { id: string }).id}`;
    expect((await call('PUT', `${other}/settings`, { ...SETTINGS, audience })).status).toBe(200);
    expect(brevo.account.webhooks.size).toBe(2);
    for (const path of [url, other, url]) {
      const answer = await call('POST', `${path}/webhook-check`, { repair: true });
      expect(answer.json).toMatchObject({ findings: [], webhook: { state: 'ok' } });
    }
    expect((await call('POST', `${other}/disconnect`, { audience: 'keep' })).status).toBe(200);
    expect(brevo.account.webhooks.size).toBe(1);
    expect(await check()).toMatchObject({ findings: [], webhook: { state: 'ok' } });
  });
});

test('only who may edit checks the webhook, and only once there is one to be checked', async () => {
  world = await createHttpWorld(database);
  const { id } = (await world.connect()).json as never as { id: string };
  const url = `/api/connections/${id}/webhook-check`;
  const answer = await world.call('POST', url, {});
  expect([answer.status, answer.json.error?.code]).toEqual([409, 'connection.not_ready']);
  const cookie = await world.logIn('reader');
  expect((await world.request(url, { method: 'POST', cookie, payload: {} })).status).toBe(403);
  expect((await world.call('POST', url, { repair: 'yes' })).json.error).toMatchObject({ field: 'repair' });
});
