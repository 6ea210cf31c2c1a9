import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { signedUrl } from '../../simulators/onoffice/index.ts';
import { activations } from '../../src/db/activations.ts';
import { connectionRow, connections } from '../../src/db/connections.ts';
import type { Database } from '../../src/db/database.ts';
import { health } from '../../src/db/health.ts';
import { syncCursors } from '../../src/db/sync-cursors.ts';
import { readCrmCredentials } from '../../src/jobs/read-crm-credentials.ts';
import { createHttpWorld, type HttpWorld, openHttpDatabase, PROVIDER_SECRET } from '../support/http-world.ts';
import { activate, beginActivation, enter, openSession, serviceQuery, webhookUrl } from '../support/marketplace.ts';

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

const CUSTOMER = 'a1b2c3d4-0000-4000-8000-000000000001';
const stored = () => activations(database.db, world.parts.box).ofCustomer(CUSTOMER);
const tenants = async () =>
  (await sql<{ id: string; name: string }>`select id, name from tenants`.execute(database.db)).rows;
const provider = () => ({ provider: 'mailchimp', apiKey: world.mailchimp.apiKey, audience: { choice: 'onoffice' } });
const errorOf = ({ status, json }: { status: number; json: { error?: { code: string } } }) => [
  status,
  json.error?.code,
];

/** Makes a connection of the activated customer as his administrator does in the pop-up. */
async function connectInside(): Promise<{ connectionId: string; tenantId: string }> {
  const { call } = await enter(world);
  const { json } = await call('POST', '/api/connections', provider());
  const connection = await connections(database.db).get(String(json.id));
  return { connectionId: String(json.id), tenantId: connection?.tenantId ?? '' };
}

describe('activation (M27)', () => {
  test('ends with the copied key and makes the tenant of the customer', async () => {
    const begun = beginActivation(world);
    expect(errorOf(await activate(world, { ...begun, apiKey: 'x'.repeat(64) }))).toEqual([
      422,
      'marketplace.key_wrong',
    ]);
    expect(world.crm.marketplace.unlocked).toBe(false);
    expect(await tenants()).toEqual([]);
    expect((await activate(world)).status).toBe(200);
    expect(world.crm.marketplace.unlocked).toBe(true);
    expect(await tenants()).toEqual([{ id: expect.any(String), name: 'Muster Immobilien GmbH' }]);
  });

  test('anew, with a new key, keeps the tenant, and his connections go on with it', async () => {
    await activate(world);
    const { connectionId, tenantId } = await connectInside();
    const scope = { tenantId, connectionId };
    const before = await readCrmCredentials(database.db, scope, world.parts.box);
    world.crm.marketplace.block();
    const begun = beginActivation(world);
    const opened = await world.request('/api/marketplace/activations', {
      method: 'POST',
      payload: { query: begun.query },
    });
    expect(opened.json).toMatchObject({ customerName: 'Muster Immobilien GmbH', isRenewal: true, privacyUrl: null });
    const { ticket } = opened.json;
    const confirm = () =>
      world.request('/api/marketplace/activations/confirm', {
        method: 'POST',
        payload: { ticket, apiKey: begun.apiKey },
      });
    expect((await confirm()).status).toBe(200);
    expect(await tenants()).toHaveLength(1);
    const after = await readCrmCredentials(database.db, scope, world.parts.box);
    expect(after.token.reveal()).toBe(begun.token);
    expect(after.token.reveal()).not.toBe(before.token.reveal());
    expect(after.secret.reveal()).toBe(begun.apiKey);
    // The connection still opens the CRM.
    const { call } = await enter(world);
    expect((await call('POST', `/api/connections/${connectionId}/resume`)).status).toBe(200);
  });

  test('a ticket is good for half an hour, and only as we sealed it', async () => {
    const begun = beginActivation(world);
    const { json } = await world.request('/api/marketplace/activations', {
      method: 'POST',
      payload: { query: begun.query },
    });
    const confirm = (ticket: unknown) =>
      world.request('/api/marketplace/activations/confirm', {
        method: 'POST',
        payload: { ticket, apiKey: begun.apiKey },
      });
    expect(errorOf(await confirm(`${json.ticket}x`))).toEqual([401, 'marketplace.call_outdated']);
    world.advance(1_800_001);
    expect(errorOf(await confirm(json.ticket))).toEqual([401, 'marketplace.call_outdated']);
    expect(await tenants()).toEqual([]);
  });

  test('an older one never replaces what a newer one brought', async () => {
    const older = beginActivation(world);
    const opened = await world.request('/api/marketplace/activations', {
      method: 'POST',
      payload: { query: older.query },
    });
    world.advance(2_000);
    const newer = beginActivation(world);
    expect((await activate(world, newer)).status).toBe(200);
    const late = await world.request('/api/marketplace/activations/confirm', {
      method: 'POST',
      payload: { ticket: opened.json.ticket, apiKey: older.apiKey },
    });
    expect(errorOf(late)).toEqual([409, 'marketplace.activation_superseded']);
    expect((await stored())?.token.reveal()).toBe(newer.token);
  });
});

describe('a signed call opens us once, for a few minutes, and only as it was signed', () => {
  const exchanges = {
    activation: () => ({ path: '/api/marketplace/activations', query: beginActivation(world).query }),
    session: () => ({ path: '/api/marketplace/sessions', query: serviceQuery(world) }),
  };
  const sent = (path: string, query: string) => world.request(path, { method: 'POST', payload: { query } });
  const changed = (query: string, change: (parameters: URLSearchParams) => void) => {
    const parameters = new URLSearchParams(query);
    change(parameters);
    return parameters.toString();
  };

  test.each(Object.keys(exchanges) as (keyof typeof exchanges)[])('%s', async (kind) => {
    await activate(world);
    const { path, query } = exchanges[kind]();
    const invalid = [401, 'marketplace.signature_invalid'];
    const forged: Record<string, string> = {
      'another user': changed(query, (all) => all.set('userId', '1')),
      'two users': changed(query, (all) => all.append('userId', '1')),
      'no signature': changed(query, (all) => all.delete('signature')),
      'a longer signature': `${query}0`,
    };
    for (const [what, text] of Object.entries(forged)) expect(errorOf(await sent(path, text)), what).toEqual(invalid);
    // Signed for another address of ours.
    const elsewhere = kind === 'session' ? beginActivation(world).query : serviceQuery(world);
    expect(errorOf(await sent(path, elsewhere)), 'of another address').toEqual(invalid);

    const stale = exchanges[kind]().query;
    const reordered = new URLSearchParams([...new URLSearchParams(query)].reverse()).toString();
    expect((await sent(path, reordered)).status).toBe(200);
    expect(errorOf(await sent(path, query)), 'used in another order').toEqual([401, 'marketplace.call_used']);
    expect(errorOf(await sent(path, reordered)), 'used').toEqual([401, 'marketplace.call_used']);
    world.advance(300_001);
    expect(errorOf(await sent(path, stale)), 'stale').toEqual([401, 'marketplace.call_outdated']);
    expect(errorOf(await sent(path, query)), 'used and stale').toEqual([401, 'marketplace.call_outdated']);
  });

  test('a customer who did not activate us gets no session', async () => {
    expect(errorOf(await openSession(world))).toEqual([403, 'marketplace.not_activated']);
  });

  test('a server without a provider secret is no service of the Marketplace', async () => {
    await world.close();
    const { marketplace: _, ...systems } = world.parts.systems;
    world = await createHttpWorld(database, { parts: { systems } });
    expect((await openSession(world)).status).toBe(404);
    for (const path of ['activate', 'service', 'webhook', 'app'])
      expect((await world.request(`/onoffice/${path}`)).status, path).toBe(404);
  });
});

describe('a session inside the CRM', () => {
  test('has the role that the CRM justifies, and its token works as a header alone', async () => {
    world.crm.agent.createContact({ Name: 'A' });
    const broker = world.crm.addUser({
      userName: 'makler',
      firstName: 'Mia',
      lastName: 'Muster',
      rights: { admin: false },
    });
    const guest = world.crm.addUser({
      userName: 'gast',
      rights: { admin: false, writeAddresses: false, readUsers: false },
    });
    await activate(world);
    const alex = await enter(world);
    expect(alex.session).toEqual({
      operator: { name: 'Alex Muster', role: 'administrator' },
      language: null,
      crmCustomer: 'Muster Immobilien GmbH',
    });
    expect((await alex.call('GET', '/api/session')).json).toEqual(alex.session);
    expect((await enter(world, broker.id)).session.operator).toEqual({ name: 'Mia Muster', role: 'editor' });
    expect((await enter(world, guest.id)).session.operator.role).toBe('reader');
    // Taken away in the CRM, taken away here at the next opening.
    broker.rights.writeAddresses = false;
    expect((await enter(world, broker.id)).session.operator.role).toBe('reader');

    expect((await world.request('/api/session', { cookie: `nc_session=${alex.token}` })).status).toBe(401);
    const cookie = await world.logIn('reader');
    const asHeader = { authorization: `Bearer ${cookie.split('=')[1]}` };
    expect((await world.request('/api/session', { headers: asHeader })).status).toBe(401);
  });

  test('speaks the language that the user has in the CRM', async () => {
    await activate(world);
    const { json } = await openSession(world, serviceQuery(world, undefined, { language: 'ESP' }));
    expect(json.session).toMatchObject({ language: 'es' });
    const inFrench = await openSession(world, serviceQuery(world, undefined, { language: 'FRA' }));
    expect(inFrench.json.session).toMatchObject({ language: 'fr' });
    expect((await openSession(world, serviceQuery(world))).json.session).toMatchObject({ language: 'fr' });
  });

  test('speaks the language that he chose here, whatever he has in the CRM', async () => {
    await activate(world);
    const { call } = await enter(world);
    expect((await call('PUT', '/api/session/language', { language: 'it' })).status).toBe(200);
    const { json } = await openSession(world, serviceQuery(world, undefined, { language: 'ESP' }));
    expect(json.session).toMatchObject({ language: 'it' });
    expect((await call('GET', '/api/session')).json).toMatchObject({ language: 'it' });
  });

  test('lasts while it is used, and an hour longer', async () => {
    await activate(world);
    const { call } = await enter(world);
    world.advance(3_500_000);
    expect((await call('GET', '/api/session')).status).toBe(200);
    world.advance(3_500_000);
    expect((await call('GET', '/api/session')).status).toBe(200);
    world.advance(3_600_001);
    expect((await call('GET', '/api/session')).status).toBe(401);
  });

  test('ends when the person leaves', async () => {
    await activate(world);
    const { call } = await enter(world);
    expect((await call('DELETE', '/api/session')).status).toBe(200);
    expect((await call('GET', '/api/session')).status).toBe(401);
  });

  test('connects with the keys of the activation, and with no others', async () => {
    await activate(world);
    const { call } = await enter(world);
    expect((await call('POST', '/api/checks/crm', {})).json).toMatchObject({ contactCount: 0 });
    const typed = { token: 'x', secret: 'y' };
    const refused = [409, 'connection.keys_from_activation'];
    expect(errorOf(await call('POST', '/api/checks/crm', typed))).toEqual(refused);
    expect(errorOf(await call('POST', '/api/connections', { ...provider(), crm: typed }))).toEqual(refused);
    const { connectionId, tenantId } = await connectInside();
    expect((await stored())?.tenantId).toBe(tenantId);
    expect(errorOf(await call('PUT', `/api/connections/${connectionId}/keys`, { crm: typed }))).toEqual(refused);
  });
});

describe('the claim under which background work is done', () => {
  const claimOf = async () => (await stored())?.claim?.claim.reveal();
  const claimIn = (query: string) => new URLSearchParams(query).get('apiClaim');

  test('is the newest of somebody who sees all contacts we hold', async () => {
    await activate(world);
    const broker = world.crm.addUser({ userName: 'makler', rights: { admin: false, readAddresses: 'own' } });
    const first = serviceQuery(world);
    await openSession(world, first);
    expect(await claimOf()).toBe(claimIn(first));
    const { connectionId, tenantId } = await connectInside();
    await sql`insert into contacts (tenant_id, connection_id, contact_id, sort_key, email, email_key, consent, fields, tag_keys,
        is_private, is_archived, is_readable, modified_at, last_not_yes, last_set_to_no, seen_run)
      values (${tenantId}, ${connectionId}, '1', '1', '', '', 'yes', '{}', '[]', false, false, true, '', 0, 0, '')`.execute(
      database.db,
    );
    const held = await claimOf();
    world.advance(1_000);
    await openSession(world, serviceQuery(world, broker.id));
    expect(await claimOf()).toBe(held);
    broker.rights.readAddresses = 'all';
    world.crm.agent.createContact({ Name: 'A' });
    const lastOfBroker = serviceQuery(world, broker.id);
    await openSession(world, lastOfBroker);
    expect(await claimOf()).toBe(claimIn(lastOfBroker));
  });

  test('is never replaced by that of an older call', async () => {
    await activate(world);
    const older = serviceQuery(world);
    world.advance(1_000);
    const newer = serviceQuery(world);
    await openSession(world, newer);
    await openSession(world, older);
    expect(await claimOf()).toBe(claimIn(newer));
  });

  test('when it is outdated the page says so, and a connection that waits for a newer one goes on with it', async () => {
    await activate(world);
    const { connectionId, tenantId } = await connectInside();
    world.crm.switches.claimLifetimeMs = 60_000;
    world.advance(60_001);
    const outdated = [422, 'onoffice.claim_outdated'];
    expect(errorOf(await world.call('POST', `/api/connections/${connectionId}/resume`))).toEqual(outdated);
    const scope = { tenantId, connectionId };
    await connectionRow(database.db, scope).needAttention();
    const notice = { code: 'onoffice.claim_outdated', params: {} };
    await health(database.db, scope).set('crm', 'failing', world.clock.now(), notice);
    const { call } = await enter(world);
    expect((await call('GET', '/api/connections')).json).toMatchObject({ connections: [{ state: 'draft' }] });
    expect(world.woken).toContain(connectionId);
    expect((await call('POST', `/api/connections/${connectionId}/resume`)).status).toBe(200);
  });

  test('and what else stopped a connection is not ended by it', async () => {
    await activate(world);
    const scope = await connectInside();
    await connectionRow(database.db, scope).needAttention();
    const notice = { code: 'mailchimp.key_invalid', params: {} };
    await health(database.db, scope).set('provider', 'failing', world.clock.now(), notice);
    await enter(world);
    expect((await connections(database.db).get(scope.connectionId))?.state).toBe('attention');
  });
});

describe("the CRM's webhook makes the next poll due (F4)", () => {
  async function running() {
    await activate(world);
    const scope = await connectInside();
    const cursors = syncCursors(database.db, scope);
    const now = Math.floor(world.clock.now());
    const later = now + 3_600_000;
    await cursors.begin(
      { crm: '', provider: '', at: now },
      { crmPollAt: now + 60_000, providerPollAt: later, nightlyAt: later, hookCheckAt: later, tagsAt: later },
    );
    const pollAt = async () => Date.parse((await cursors.get())?.crmPollAt ?? '');
    return { ...scope, cursors, now, pollAt };
  }
  const called = (url: string) => world.request(url.slice(url.indexOf('/onoffice')));

  test('at once, but many saves in a row are one poll', async () => {
    const { now, pollAt } = await running();
    world.advance(1_000);
    expect((await called(webhookUrl(world))).status).toBe(204);
    expect(await pollAt()).toBe(now + 5_000);
    world.advance(19_000);
    await called(webhookUrl(world));
    expect(await pollAt()).toBe(now + 5_000);
  });

  test('not while polls fail: their wait stays', async () => {
    const { now, pollAt, cursors } = await running();
    await cursors.failed('crm-poll', now + 300_000);
    await called(webhookUrl(world));
    expect(await pollAt()).toBe(now + 300_000);
  });

  test('forged, stale, or for somebody who did not activate us, it does nothing', async () => {
    const { now, pollAt } = await running();
    const url = webhookUrl(world);
    expect(errorOf(await called(url.replace('addressId=10501', 'addressId=1')))).toEqual([
      401,
      'marketplace.signature_invalid',
    ]);
    const { searchParams, origin, pathname } = new URL(url);
    const { signature: _, ...parameters } = Object.fromEntries(searchParams);
    const other = signedUrl(`${origin}${pathname}`, { ...parameters, customerWebId: 'other' }, PROVIDER_SECRET);
    expect(errorOf(await called(other))).toEqual([403, 'marketplace.not_activated']);
    world.advance(300_001);
    expect(errorOf(await called(url))).toEqual([401, 'marketplace.call_outdated']);
    expect(await pollAt()).toBe(now + 60_000);
  });

  test('its claim replaces an older one of the same person, and nobody else’s', async () => {
    await running();
    const claimOf = async () => (await stored())?.claim?.claim.reveal();
    const held = await claimOf();
    world.advance(1_000);
    const stranger = world.crm.addUser({ userName: 'makler' });
    await called(webhookUrl(world, stranger.id));
    expect(await claimOf()).toBe(held);
    const url = webhookUrl(world);
    await called(url);
    expect(await claimOf()).toBe(new URL(url).searchParams.get('apiClaim'));
  });
});

test('no claim, key or signature reaches the log', async () => {
  await activate(world);
  const { call, token } = await enter(world);
  await call('GET', '/api/connections');
  const activation = await stored();
  const secrets = [token, activation?.token, activation?.secret, activation?.claim?.claim].map((secret) =>
    typeof secret === 'string' ? secret : (secret?.reveal() ?? ''),
  );
  expect(secrets.every((secret) => secret.length >= 32)).toBe(true);
  for (const line of world.lines) for (const secret of secrets) expect(line).not.toContain(secret);
  expect(world.lines.join('')).not.toContain('signature=');
});
