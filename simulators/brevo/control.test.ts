import { expect, test } from 'vitest';
import { createTestWorld } from './test-world.ts';

function withControl() {
  const world = createTestWorld();
  const ask = async (method: string, path: string, body?: string, type = 'application/json') => {
    const response = await world.sim.fetch(
      new Request(`http://127.0.0.1${path}`, {
        method,
        ...(body === undefined ? {} : { body, headers: { 'content-type': type } }),
      }),
    );
    return { status: response.status, location: response.headers.get('location'), text: await response.text() };
  };
  return { ...world, ask };
}

test('the control API plays people, sets switches, keys and the account, plans faults and sums up', async () => {
  const { ask, call, sim } = withControl();
  const form = JSON.stringify([2, { email: 'anna@immo-test.de' }]);
  expect((await ask('POST', '/_control/person/subscribe', form)).text).toContain('"emailBlacklisted":false');
  await ask('POST', '/_control/person/unsubscribe', '["anna@immo-test.de"]');
  const summary = JSON.parse((await ask('GET', '/_control')).text) as { accounts: object[] };
  expect(summary.accounts[0]).toMatchObject({ contacts: 1, blocked: 1, lists: [{ id: 2, unique: 1, blocked: 1 }] });
  expect(JSON.parse((await ask('GET', '/_control/consent-history')).text)).toHaveLength(2);
  await ask('PATCH', '/_control/switches', '{"importLiftsBlock":true}');
  expect(sim.switches.importLiftsBlock).toBe(true);
  expect((await ask('PATCH', '/_control/switches', '{"nothing":1}')).status).toBe(400);
  expect((await ask('PATCH', '/_control/switches', '{"limits":"no"}')).status).toBe(400);
  await ask('PATCH', '/_control/account', '{"blocksCaller":true}');
  expect((await call('GET', '/account')).status).toBe(401);
  await ask('PATCH', '/_control/account', '{"blocksCaller":false}');
  await ask('POST', '/_control/api-keys', `{"key":"${sim.apiKey}","permissions":{"webhooks":"read"}}`);
  expect((await call('POST', '/webhooks', {})).status).toBe(401);
  await ask('POST', '/_control/faults', '{"fault":{"type":"status","status":500},"match":"account"}');
  expect((await call('GET', '/account')).status).toBe(500);
  expect((await ask('POST', '/_control/person/fly', '[]')).status).toBe(404);
  await ask('POST', '/_control/counts/reset');
  expect(sim.counts.total).toBe(0);
});

test('the console shows contacts and events escaped, and carries out what its forms say', async () => {
  const { ask, sim } = withControl();
  sim.admin.addContact({ email: 'a@immo-test.de', lists: [2], attributes: { VORNAME: '<b>Anna</b>' } });
  sim.campaign.send(2, { name: 'Juli' });
  const page = await ask('GET', '/_console?list=2');
  expect(page.text).toContain('&lt;b&gt;Anna&lt;/b&gt;');
  expect(page.text).not.toContain('<b>Anna');
  const form = new URLSearchParams({ list: '2', email: 'a@immo-test.de', action: 'unsubscribe' }).toString();
  const done = await ask('POST', '/_console', form, 'application/x-www-form-urlencoded');
  expect([done.status, done.location]).toEqual([303, '/_console?list=2']);
  expect(sim.account.contacts.byEmail('a@immo-test.de')?.emailBlacklisted).toBe(true);
  expect((await ask('GET', '/_console')).text).toContain('Unblock');
  expect((await ask('POST', '/_console', 'action=block&email=b@immo-test.de')).location).toContain('error=');
});

test('accounts do not see each other, and every one has its own people and meters', async () => {
  const { sim, call } = createTestWorld();
  const other = sim.addAccount({ companyName: 'Andere GmbH', language: 'en' });
  const [key = ''] = other.apiKeys.keys();
  sim.actorsOf(other).admin.addContact({ email: 'a@immo-test.de', attributes: { FIRSTNAME: 'Anna' } });
  expect((await call('GET', '/contacts')).body.count).toBe(0);
  const answer = await call('GET', '/contacts', undefined, { 'api-key': key });
  expect(answer.body.count).toBe(1);
  expect(answer.headers.get('x-sib-ratelimit-remaining')).toBe('35999');
});
