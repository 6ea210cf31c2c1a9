import { expect, test } from 'vitest';
import { createOnOfficeSimulator, urlSignature } from './index.ts';
import { call, errorCode, send, testClock } from './test-client.ts';

const SECRET = 'provider-secret-1';

function world(switches = {}) {
  const clock = testClock();
  const called: URL[] = [];
  const fetch = async (request: Request) => {
    called.push(new URL(request.url));
    return new Response(null, { status: 204 });
  };
  const sim = createOnOfficeSimulator({ clock, fetch, switches });
  return { clock, called, sim };
}

function expectSigned(url: URL): Record<string, string> {
  const { signature, ...parameters } = Object.fromEntries(url.searchParams);
  expect(signature).toBe(urlSignature(`${url.origin}${url.pathname}`, parameters, SECRET));
  return parameters;
}

test("an agent's save calls the webhook with a signature, an API write does not", async () => {
  const { sim, clock, called } = world({ webhookDelayMs: 1000 });
  sim.marketplace.webhook = { url: 'https://connector.example/onoffice/webhook/address', providerSecret: SECRET };
  const contact = sim.agent.createContact({ Name: 'A' });
  await call(sim, 'modify address', { Name: 'B' }, contact.id);
  expect(await sim.pump()).toBe(0);
  expect(sim.nextDueAt()).toBe(clock.now() + 1000);
  clock.advance(1000);
  expect(await sim.pump()).toBe(1);
  expect(sim.nextDueAt()).toBeUndefined();
  expect(called).toHaveLength(1);
  expect(expectSigned(called[0]!)).toMatchObject({
    addressId: String(contact.id),
    userId: String(sim.agent.userId),
    customerName: 'Muster Immobilien GmbH',
    timestamp: String(clock.now() / 1000),
  });
  expect(sim.marketplace.deliveries).toMatchObject([{ status: 204 }]);
});

test('only watched fields fire the webhook', async () => {
  const { sim, clock } = world({ webhookDelayMs: 0 });
  const contact = sim.agent.createContact({ Name: 'A' });
  sim.marketplace.webhook = {
    url: 'https://connector.example/hook',
    providerSecret: SECRET,
    watchedFields: ['newsletter_aktiv', 'email'],
  };
  clock.advance(1);
  sim.agent.editContact(contact.id, { Name: 'B' });
  expect(await sim.pump()).toBe(0);
  sim.agent.editContact(contact.id, { Email: 'a@immo-test.de' });
  sim.agent.editContact(contact.id, { newsletter_aktiv: '1' });
  expect(await sim.pump()).toBe(2);
});

test('a provider that cannot be reached is not called again', async () => {
  const sim = createOnOfficeSimulator({
    clock: testClock(),
    fetch: () => Promise.reject(new TypeError('refused')),
    switches: { webhookDelayMs: 0 },
  });
  sim.marketplace.webhook = { url: 'https://connector.example/hook', providerSecret: SECRET };
  sim.agent.createContact({});
  expect(await sim.pump()).toBe(1);
  expect(await sim.pump()).toBe(0);
  expect(sim.marketplace.deliveries).toMatchObject([{ status: undefined }]);
});

function activation(sim: ReturnType<typeof world>['sim']) {
  const { url, token, apiKey } = sim.marketplace.startActivation({
    url: 'https://connector.example/onoffice/activate',
    providerSecret: SECRET,
    userId: sim.agent.userId,
  });
  const parameters = expectSigned(new URL(url));
  expect(parameters.apiToken).toBe(token);
  const unlock = { parameterCacheId: parameters.parameterCacheId, extendedclaim: parameters.apiClaim };
  return { user: { token, secret: apiKey }, unlock };
}

test('an activation ends with unlockProvider, signed with the copied key', async () => {
  const { sim } = world();
  const { user, unlock } = activation(sim);
  expect(user.token).toHaveLength(32);
  expect(user.secret).toHaveLength(64);
  expect(await errorCode(sim, 'do unlockProvider', { ...unlock, parameterCacheId: 'x' }, '', user)).toBe(177);
  expect(await errorCode(sim, 'do unlockProvider', { parameterCacheId: unlock.parameterCacheId }, '', user)).toBe(193);
  expect(sim.marketplace.unlocked).toBe(false);
  const { data } = await call(sim, 'do unlockProvider', unlock, '', user);
  expect(data.records).toEqual([{ id: 0, type: '', elements: { success: 'success' } }]);
  expect(sim.marketplace.unlocked).toBe(true);
  expect(await errorCode(sim, 'read address', { extendedclaim: unlock.extendedclaim }, '', user)).toBe(248);
});

test("every other call needs a claim, which carries its user's rights and can be outdated", async () => {
  const { sim, clock } = world();
  sim.agent.createContact({});
  const { user, unlock } = activation(sim);
  await call(sim, 'do unlockProvider', unlock, '', user);
  const service = sim.marketplace.serviceUrl({
    url: 'https://connector.example/onoffice/service',
    providerSecret: SECRET,
    userId: sim.agent.userId,
  });
  const extendedclaim = expectSigned(new URL(service)).apiClaim;
  expect(await errorCode(sim, 'read address', {}, '', user)).toBe(193);
  expect((await call(sim, 'read address', { extendedclaim }, '', user)).data.meta.cntabsolute).toBe(1);
  sim.store.users.get(sim.agent.userId)!.rights.readAddresses = 'none';
  expect((await call(sim, 'read address', { extendedclaim }, '', user)).data.meta.cntabsolute).toBe(0);
  sim.switches.claimLifetimeMs = 60_000;
  clock.advance(60_001);
  expect(await errorCode(sim, 'read address', { extendedclaim }, '', user)).toBe(201);
  sim.switches.claims = 'nobody';
  expect(await errorCode(sim, 'read address', {}, '', user)).toBe(0);
});

test('an ordinary API user needs a claim only if the switch says so', async () => {
  const { sim } = world();
  expect(await errorCode(sim, 'read address')).toBe(0);
  sim.switches.claims = 'everybody';
  expect(await errorCode(sim, 'read address')).toBe(193);
});

test('blocking deactivates the key, and a new activation brings another', async () => {
  const { sim } = world();
  const first = activation(sim);
  await call(sim, 'do unlockProvider', first.unlock, '', first.user);
  sim.marketplace.block();
  expect((await send(sim, [['read address']], { user: first.user })).status.errorcode).toBe(104);
  const second = activation(sim);
  expect(second.user.token).not.toBe(first.user.token);
  expect(await errorCode(sim, 'do unlockProvider', second.unlock, '', second.user)).toBe(0);
});
