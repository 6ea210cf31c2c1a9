import { expect, test } from 'vitest';
import { createTestWorld } from './test-world.ts';

const LIST = {
  name: 'onoffice',
  contact: { company: 'Muster', address1: 'Hauptstr. 1', city: 'Aachen', country: 'DE' },
  permission_reminder: 'x',
  campaign_defaults: { from_name: 'Muster', from_email: 'info@muster-immo.de', subject: '', language: 'EN_US' },
  email_type_option: false,
};

test('a key is taken as Basic with any user, as Bearer and as apikey; without one it is missing', async () => {
  const { call, sim } = createTestWorld();
  const basic = Buffer.from(`anybody:${sim.apiKey}`).toString('base64');
  for (const authorization of [`Basic ${basic}`, `Bearer ${sim.apiKey}`, `apikey ${sim.apiKey}`])
    expect((await call('GET', '/ping', undefined, { authorization })).status).toBe(200);
  const missing = await call('GET', '/ping', undefined, { authorization: '' });
  expect([missing.status, missing.body.title]).toEqual([401, 'API Key Missing']);
});

test('a revoked key, a disabled user and a foreign data centre are told apart', async () => {
  const { call, sim } = createTestWorld();
  const other = sim.addAccount({ name: 'Andere' });
  const [key] = [...other.apiKeys.keys()];
  const ask = (apiKey: string) => call('GET', '/ping', undefined, { authorization: `Bearer ${apiKey}` });
  expect((await ask(key!)).status).toBe(200);
  other.apiKeys.set(key!, 'revoked');
  const revoked = await ask(key!);
  expect([revoked.status, revoked.body.title]).toEqual([401, 'API Key Invalid']);
  expect(revoked.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
  expect(revoked.headers.get('x-request-id')).toBe(revoked.body.instance);
  expect(revoked.headers.get('link')).toContain('rel="describedBy"');
  other.apiKeys.set(key!, 'disabled');
  expect((await ask(key!)).body.title).toBe('User Disabled');
  const foreign = `${'0'.repeat(32)}-us6`;
  expect((await ask(foreign)).status).toBe(401);
  sim.switches.wrongDataCenter = 'forbidden';
  expect((await ask(foreign)).body.detail).toBe("The API key provided is linked to datacenter 'us6'");
});

test('accounts do not see each other', async () => {
  const { call, sim } = createTestWorld();
  const other = sim.addAccount();
  const list = sim.addAudience({ name: 'onoffice' }, other);
  expect((await call('GET', `/lists/${list.id}`)).status).toBe(404);
  expect((await call('GET', '/lists')).body.total_items).toBe(0);
});

test('a full plan says so in the constraints and refuses a further audience', async () => {
  const { call } = createTestWorld({ account: { maxInstances: 1 }, defaultAudience: 'Muster Immobilien' });
  const lists = await call('GET', '/lists?fields=constraints');
  expect(lists.body).toEqual({
    constraints: { may_create: false, max_instances: 1, current_total_instances: 1 },
  });
  const refused = await call('POST', '/lists', LIST);
  expect([refused.status, refused.body.detail]).toEqual([403, 'User does not have access to the requested operation']);
});

test('at the contact limit a single member is refused with 403 and a bulk record with ERROR_GENERIC', async () => {
  const { call } = createTestWorld({ account: { contactLimit: 1 } });
  const list = await call('POST', '/lists', LIST);
  const path = `/lists/${String(list.body.id)}`;
  const members = ['a@immo-test.de', 'b@immo-test.de'].map((email_address) => ({
    email_address,
    status: 'subscribed',
  }));
  const bulk = await call('POST', path, { members });
  expect(bulk.body).toMatchObject({ total_created: 1, errors: [{ error_code: 'ERROR_GENERIC' }] });
  expect((await call('POST', `${path}/members`, members[1])).status).toBe(403);
});

test('an eleventh simultaneous request of an account is refused with 429', async () => {
  let release = (): void => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const { call, sim } = createTestWorld({ wait: () => held });
  sim.latencyMs.set('GET /lists', 1000);
  const waiting = Array.from({ length: 10 }, () => call('GET', '/lists'));
  await new Promise((resolve) => setImmediate(resolve));
  const refused = await call('GET', '/ping');
  expect([refused.status, refused.body.title]).toEqual([429, 'TooManyRequests']);
  sim.switches.connectionLimit = false;
  expect((await call('GET', '/ping')).status).toBe(200);
  release();
  expect((await Promise.all(waiting)).map(({ status }) => status)).toEqual(Array(10).fill(200));
  expect(sim.counts.maxInFlight).toBe(11);
  expect(sim.counts.byRoute.get('GET /lists')).toBe(10);
});

test('faults meet the calls they name: an answer that is lost was carried out', async () => {
  const { call, sim } = createTestWorld();
  const list = sim.addAudience({ name: 'onoffice' });
  sim.faults.plan({ fault: { type: 'status', status: 403 }, times: 1, match: /^GET \/3\.0\/ping$/ });
  sim.faults.plan({ fault: { type: 'lose-answer' }, times: 1, match: /members$/ });
  const blank = await call('GET', '/ping');
  expect([blank.status, blank.body]).toEqual([403, {}]);
  const lost = await call('POST', `/lists/${list.id}/members`, {
    email_address: 'a@immo-test.de',
    status: 'subscribed',
  });
  expect([lost.status, lost.headers.get('content-type')]).toEqual([502, 'text/html']);
  expect(list.members.count('subscribed')).toBe(1);
});

test('errors are triggered by header, unknown paths are 404, unknown methods 405 with Allow, bad JSON 400', async () => {
  const { call, sim } = createTestWorld();
  expect((await call('GET', '/ping', undefined, { 'x-trigger-error': 'APIKeyMissing' })).status).toBe(401);
  expect((await call('GET', '/nothing')).body.title).toBe('Resource Not Found');
  const wrong = await call('POST', '/ping', {});
  expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'GET']);
  const broken = await sim.fetch(
    new Request('http://127.0.0.1/3.0/lists', {
      method: 'POST',
      headers: { authorization: `Bearer ${sim.apiKey}` },
      body: '{',
    }),
  );
  expect(((await broken.json()) as { title: string }).title).toBe('JSON Parse Exception');
  const override = await call('GET', '/ping', undefined, { 'x-http-method-override': 'PATCH' });
  expect(override.status).toBe(422);
  expect((await call('GET', '/lists?fields=a&exclude_fields=b')).status).toBe(400);
});
