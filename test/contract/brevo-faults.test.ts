import { expect, test } from 'vitest';
import type { Fault } from '../../simulators/shared/faults.ts';
import { listen } from '../../simulators/shared/simulator.ts';
import { createBrevoProvider } from '../../src/adapters/brevo/brevo-provider.ts';
import { createKeepAliveFetch } from '../../src/adapters/http/node-fetch.ts';
import { address, brevoWorld, MAPPING, newMember, newMembers, raisedMember } from './brevo-world.ts';

const ANNA = 'anna.muster@immo-test.de';
const HTML = '<html><body>busy</body></html>';
const problem = (code: string) => JSON.stringify({ code, message: 'try again later' });

const PASSING: readonly (readonly [string, Fault, string])[] = [
  ['429', { type: 'status', status: 429, body: problem('too_many_requests') }, 'brevo.rate_limited'],
  ['425', { type: 'status', status: 425, body: problem('bad_request') }, 'brevo.contact_busy'],
  [
    'an account in process',
    { type: 'status', status: 400, body: problem('account_in_process') },
    'brevo.import_running',
  ],
  ['500', { type: 'status', status: 500, body: problem('internal') }, 'brevo.unavailable'],
  ['524 with HTML', { type: 'status', status: 524, body: HTML, contentType: 'text/html' }, 'brevo.unavailable'],
  ['a lost answer', { type: 'lose-answer' }, 'brevo.unavailable'],
];
const UNREADABLE: typeof PASSING = [
  ['HTML with 200', { type: 'status', status: 200, body: HTML }, 'brevo.unexpected_response'],
  ['half an answer', { type: 'truncate' }, 'brevo.unexpected_response'],
];

test.each([...PASSING, ...UNREADABLE])('a read waits and is repeated: %s', async (_name, fault, code) => {
  const { reads, brevo, audienceId, waits } = brevoWorld();
  brevo.admin.addContact({ email: ANNA, lists: ['onoffice'] });
  brevo.faults.plan({ fault, times: 2 });
  expect(await reads.readMember(audienceId, address(ANNA), MAPPING)).toMatchObject({ email: ANNA });
  expect(waits.map(({ system, code }) => [system, code])).toEqual([
    ['brevo', code],
    ['brevo', code],
  ]);
});

test.each(PASSING)('an update, an opt-out and a removal are repeated, for twice is once: %s', async (_name, fault) => {
  const { reads, writes, brevo, audienceId, at } = brevoWorld();
  brevo.admin.addContact({ email: ANNA, lists: ['onoffice'] });
  const plan = () => brevo.faults.plan({ fault, times: 1, match: /PUT/ });
  plan();
  expect(await reads.updateMember(audienceId, address(ANNA), { firstName: 'Neu' }, MAPPING)).toMatchObject({
    outcome: 'done',
    member: { fields: { firstName: 'Neu' } },
  });
  plan();
  await writes.removeMember(audienceId, address(ANNA));
  plan();
  await writes.unsubscribeMember(audienceId, address(ANNA), MAPPING);
  expect(at(ANNA)).toMatchObject({ emailBlacklisted: true, listIds: [] });
});

test.each(PASSING)('an opt-out of somebody unknown is kept in the end: %s', async (_name, fault) => {
  const { writes, brevo, audienceId, at } = brevoWorld();
  brevo.faults.plan({ fault, times: 1, match: /POST/ });
  expect(await writes.unsubscribeMember(audienceId, address(ANNA), MAPPING)).toMatchObject({ outcome: 'done' });
  expect(at(ANNA)?.emailBlacklisted).toBe(true);
});

const TURNED_AWAY = PASSING.slice(0, 3);
const UNCERTAIN = PASSING.slice(3);

test.each(TURNED_AWAY)('an add or a raise that was turned away is repeated: %s', async (_name, fault) => {
  const { writes, brevo, audienceId } = brevoWorld();
  brevo.faults.plan({ fault, times: 2, match: /POST/ });
  expect(await writes.addMembers(audienceId, [newMember(ANNA)], MAPPING)).toMatchObject([{ outcome: 'done' }]);
  brevo.admin.removeFromList('onoffice', ANNA);
  brevo.faults.plan({ fault, times: 2, match: /PUT/ });
  expect(await writes.raiseMember(audienceId, raisedMember(ANNA), MAPPING)).toMatchObject({ outcome: 'done' });
});

test.each(UNCERTAIN)(
  'an add, an import or a raise whose answer was lost is not repeated: %s',
  async (_name, fault, code) => {
    const { writes, brevo, audienceId, sent } = brevoWorld();
    const lost = { code, mayHaveHappened: true };
    brevo.faults.plan({ fault, times: 1, match: /POST/ });
    await expect(writes.addMembers(audienceId, [newMember(ANNA)], MAPPING)).rejects.toMatchObject(lost);
    brevo.faults.plan({ fault, times: 1, match: /POST/ });
    await expect(writes.addMembers(audienceId, newMembers(30), MAPPING)).rejects.toMatchObject(lost);
    if (!brevo.account.contacts.byEmail(ANNA)) brevo.admin.addContact({ email: ANNA });
    brevo.faults.plan({ fault, times: 1, match: /PUT/ });
    await expect(writes.raiseMember(audienceId, raisedMember(ANNA), MAPPING)).rejects.toMatchObject(lost);
    expect(sent.filter(({ method }) => method !== 'GET')).toHaveLength(3);
  },
);

test('an import that a gateway hid behind 524 is not sent again', async () => {
  const { writes, audienceId, sent, at, pass } = brevoWorld({ switches: { importAnswer: '524-accepted' } });
  await expect(writes.addMembers(audienceId, newMembers(30), MAPPING)).rejects.toMatchObject({ mayHaveHappened: true });
  await pass(10_000);
  expect(at('neu0@immo-test.de')).toBeDefined();
  expect(sent.filter(({ path }) => path === '/contacts/import')).toHaveLength(1);
});

test('while Brevo works on an import, a write waits for it', async () => {
  const { writes, audienceId, at, waits } = brevoWorld({ switches: { importBlocksWrites: true } });
  await writes.addMembers(audienceId, newMembers(30), MAPPING);
  await writes.unsubscribeMember(audienceId, address('neu5@immo-test.de'), MAPPING);
  expect(at('neu5@immo-test.de')?.emailBlacklisted).toBe(true);
  expect(waits[0]).toMatchObject({ code: 'brevo.import_running' });
});

test('a contact that is still being written is written a little later', async () => {
  const { writes, reads, brevo, audienceId, waits } = brevoWorld({ switches: { tooEarlyMs: 3_000 } });
  brevo.admin.addContact({ email: ANNA, lists: ['onoffice'] });
  await reads.updateMember(audienceId, address(ANNA), { firstName: 'Neu' }, MAPPING);
  expect(await writes.unsubscribeMember(audienceId, address(ANNA), MAPPING)).toMatchObject({ outcome: 'done' });
  expect(waits[0]).toMatchObject({ code: 'brevo.contact_busy' });
});

test('an outage ends the tries', async () => {
  const { reads, brevo, audienceId, waits } = brevoWorld();
  brevo.faults.plan({ fault: { type: 'status', status: 503 }, times: 99 });
  await expect(reads.readMember(audienceId, address(ANNA), MAPPING)).rejects.toMatchObject({
    kind: 'unavailable',
    status: 503,
  });
  expect(waits).toHaveLength(5);
});

test('a list or a hook whose answer was lost is found again, not made twice', async () => {
  const { reads, brevo, audienceId } = brevoWorld();
  const lose = () => brevo.faults.plan({ fault: { type: 'lose-answer' }, times: 1, match: /^POST/ });
  lose();
  const prefix = 'https://connector.test/hook/1/';
  const ensure = () => reads.ensureWebhook(audienceId, `${prefix}geheim`, prefix);
  await expect(ensure()).rejects.toMatchObject({ mayHaveHappened: true });
  expect(await ensure()).toMatchObject({ state: 'ok' });
  lose();
  await expect(reads.createAudience('neu')).rejects.toMatchObject({ mayHaveHappened: true });
  await reads.createAudience('neu');
  expect([...brevo.account.folders.values()].filter(({ name }) => name === 'neu')).toHaveLength(1);
});

test('requests are observed by route, without addresses or keys', async () => {
  const { reads, writes, audienceId, seen } = brevoWorld();
  await writes.removeMember(audienceId, address(ANNA));
  await reads.readMember(audienceId, address(ANNA), MAPPING);
  expect(seen.map(({ method, route, status }) => [method, route, status])).toEqual([
    ['PUT', '/contacts/{email}', 404],
    ['GET', '/contacts/{email}', 404],
    ['GET', '/contacts/lists/{listId}', 200],
  ]);
});

test('the file of refused addresses is fetched without the key, and only from where it may be', async () => {
  const headers: Record<string, string>[] = [];
  const world = brevoWorld();
  const answer = (text: string) => ({ status: 200, headers: new Headers(), text: async () => text });
  const reading = async (url: string) => {
    const { reads } = createBrevoProvider({
      apiKey: world.brevo.apiKey,
      baseUrl: 'http://127.0.0.1/v3',
      fetch: async (asked, init) => {
        if (asked.includes('/processes/'))
          return answer(JSON.stringify({ status: 'completed', info: { import: { invalid_emails: url } } }));
        headers.push(init.headers);
        return answer('x@immo-test.de;hard bounce');
      },
      clock: { now: () => 0 },
      sleep: async () => undefined,
      random: () => 0,
      language: 'de',
    });
    const state = await reads.readProcess?.('7');
    return state?.state === 'ended' ? state.invalid.length : undefined;
  };
  expect(await reading('https://files.brevo.test/invalid.csv')).toBe(1);
  expect(await reading('http://127.0.0.1/_files/7.csv')).toBe(1);
  expect(await reading('http://10.0.0.1/invalid.csv')).toBe(0);
  expect(await reading('file:///etc/passwd')).toBe(0);
  expect(headers).toHaveLength(2);
  for (const each of headers) expect(Object.keys(each)).not.toContain('api-key');
});

test('it all works over real connections', async () => {
  const { brevo, audienceId } = brevoWorld();
  const server = await listen(brevo, 0, 0);
  const connections = createKeepAliveFetch({ connections: 2 });
  const { reads, consentWrites } = createBrevoProvider({
    apiKey: brevo.apiKey,
    baseUrl: `${server.origin}/v3`,
    fetch: connections.fetch,
    clock: { now: () => Date.now() },
    sleep: async () => undefined,
    random: () => 0,
    language: 'en',
  });
  const [added] = await consentWrites.addMembers(audienceId, [newMember(ANNA)], MAPPING);
  expect(added).toMatchObject({ outcome: 'done' });
  expect(await consentWrites.removeMember(audienceId, address(ANNA))).toMatchObject({ outcome: 'done' });
  expect(await reads.readMember(audienceId, address(ANNA), MAPPING)).toBeUndefined();
  await connections.close();
  await server.close();
});
