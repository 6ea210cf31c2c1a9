import { expect, test } from 'vitest';
import { createTestWorld } from './test-world.ts';

test('a key is read from the api-key header only, and every refusal has its own words without rate headers', async () => {
  const { sim, call } = createTestWorld();
  const none = await sim.fetch(
    new Request('http://127.0.0.1/v3/account', { headers: { authorization: `Bearer ${sim.apiKey}` } }),
  );
  expect(none.status).toBe(401);
  expect(await none.json()).toEqual({ code: 'unauthorized', message: 'authentication not found in headers' });
  expect(none.headers.get('sib-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  expect(none.headers.has('x-sib-ratelimit-limit')).toBe(false);
  expect((await call('GET', '/account', undefined, { 'api-key': 'xkeysib-wrong' })).body.message).toBe('Key not found');
  sim.account.blocksCaller = true;
  expect((await call('GET', '/account')).body.message).toMatch(/unrecognised IP address 203\.0\.113\.10/);
  sim.account.blocksCaller = false;
  sim.account.apiKeys.get(sim.apiKey)!.state = 'expired';
  expect((await call('GET', '/account')).body.message).toBe('Key not found');
});

test('a restricted key may do what its right names: deleting needs all', async () => {
  const { sim, call } = createTestWorld();
  const { key } = sim.addKey({ name: 'small', permissions: { contacts: 'read-write', webhooks: 'none' } });
  const as = { 'api-key': key };
  expect((await call('POST', '/contacts', { email: 'anna@immo-test.de' }, as)).status).toBe(201);
  const refused = await call('DELETE', '/contacts/anna@immo-test.de', undefined, as);
  expect([refused.status, refused.body.code]).toEqual([401, undefined]);
  sim.switches.missingPermission = 'permission-denied';
  expect((await call('GET', '/webhooks', undefined, as)).body.code).toBe('permission_denied');
  expect((await call('GET', '/account', undefined, as)).status).toBe(200);
});

test('the account names no language', async () => {
  const { call } = createTestWorld({ language: 'fr' });
  const { body } = await call('GET', '/account');
  expect(body).toMatchObject({
    companyName: 'Muster Immobilien GmbH',
    dateTimePreferences: { timezone: 'Europe/Berlin' },
  });
  expect(JSON.stringify(body)).not.toContain('language');
});

test('contacts have 10 requests a second, everything else 100 an hour, told in every answer', async () => {
  const { call, clock } = createTestWorld();
  for (let number = 1; number <= 10; number += 1) {
    const { status, headers } = await call('GET', '/contacts/attributes');
    expect([status, headers.get('x-sib-ratelimit-limit')]).toEqual([200, '36000']);
  }
  const refused = await call('GET', '/contacts/attributes');
  expect([refused.status, refused.headers.get('x-sib-ratelimit-limit')]).toEqual([429, '10']);
  expect(refused.headers.get('x-sib-ratelimit-remaining')).toBe('0');
  expect(refused.headers.get('x-sib-ratelimit-reset')).toBe('1');
  clock.advance(1000);
  expect((await call('GET', '/contacts')).status).toBe(200);
  for (let number = 1; number <= 100; number += 1) expect((await call('GET', '/account')).status).toBe(200);
  clock.advance(60_000);
  const slow = await call('GET', '/processes');
  expect([slow.status, slow.headers.get('x-sib-ratelimit-reset')]).toEqual([429, '3540']);
  clock.advance(3_540_000);
  expect((await call('GET', '/account')).headers.get('x-sib-ratelimit-remaining')).toBe('99');
});

test('the bare collection is on the slow meter when the switch says so, and limits can be off', async () => {
  const { call } = createTestWorld({ switches: { bareContacts: 'slow', limits: false } });
  for (let number = 1; number <= 101; number += 1) {
    const { status, headers } = await call('GET', '/contacts');
    expect([status, headers.get('x-sib-ratelimit-limit')]).toEqual([200, '100']);
  }
});

test('unknown paths, methods and bodies are refused in the usual form', async () => {
  const { call, sim } = createTestWorld();
  expect((await call('GET', '/nothing')).body.code).toBe('document_not_found');
  expect((await call('DELETE', '/account')).body.code).toBe('method_not_allowed');
  expect((await call('POST', '/contacts/lists', {})).body).toEqual({
    code: 'missing_parameter',
    message: 'name is missing',
  });
  const broken = await sim.fetch(
    new Request('http://127.0.0.1/v3/contacts', { method: 'POST', headers: { 'api-key': sim.apiKey }, body: '{' }),
  );
  expect(broken.status).toBe(400);
});

test('faults and counts see every call', async () => {
  const { call, sim } = createTestWorld();
  sim.faults.plan({ fault: { type: 'status', status: 503 }, times: 1, match: /POST \/v3\/contacts$/ });
  expect((await call('POST', '/contacts', { email: 'anna@immo-test.de' })).status).toBe(503);
  expect((await call('POST', '/contacts', { email: 'anna@immo-test.de' })).status).toBe(201);
  expect(sim.counts.byRoute.get('POST /contacts')).toBe(2);
  expect(sim.counts.byStatus.get(503)).toBe(1);
});
