import { expect, test } from 'vitest';
import type { Fault } from '../../simulators/shared/faults.ts';
import { listen } from '../../simulators/shared/simulator.ts';
import { createKeepAliveFetch } from '../../src/adapters/http/node-fetch.ts';
import { createMailchimpProvider } from '../../src/adapters/mailchimp/mailchimp-provider.ts';
import { address, MAPPING, mailchimpWorld, newMember, raisedMember } from './mailchimp-world.ts';

const ANNA = 'anna.muster@immo-test.de';
const HTML = '<html><body>busy</body></html>';
const BUSY: Fault = {
  type: 'status',
  status: 429,
  body: '{"title":"TooManyRequests","detail":"You have exceeded the limit of 10 simultaneous connections."}',
};

const PASSING: readonly (readonly [string, Fault, string])[] = [
  ['429', BUSY, 'mailchimp.rate_limited'],
  ['403 without a body', { type: 'status', status: 403 }, 'mailchimp.rate_limited'],
  ['500', { type: 'status', status: 500, body: '{"title":"InternalServerError"}' }, 'mailchimp.unavailable'],
  ['502 with HTML', { type: 'status', status: 502, body: HTML, contentType: 'text/html' }, 'mailchimp.unavailable'],
  ['a lost answer', { type: 'lose-answer' }, 'mailchimp.unavailable'],
  ['HTML with 200', { type: 'status', status: 200, body: HTML }, 'mailchimp.unexpected_response'],
  ['half an answer', { type: 'truncate' }, 'mailchimp.unexpected_response'],
];

test.each(PASSING)('a read waits and is repeated: %s', async (_name, fault, code) => {
  const { reads, mailchimp, listId, waits } = mailchimpWorld();
  mailchimp.admin.addMember(listId, { email: ANNA });
  mailchimp.faults.plan({ fault, times: 2 });
  expect(await reads.readMember(listId, address(ANNA), MAPPING)).toMatchObject({ email: ANNA });
  expect(waits.map((waiting) => [waiting.system, waiting.code, waiting.waitMs])).toEqual([
    ['mailchimp', code, 500],
    ['mailchimp', code, 1_000],
  ]);
});

test.each(PASSING)('an update is repeated, for twice the same is once: %s', async (_name, fault) => {
  const { reads, mailchimp, listId } = mailchimpWorld();
  mailchimp.admin.addMember(listId, { email: ANNA });
  mailchimp.faults.plan({ fault, times: 1 });
  expect(await reads.updateMember(listId, address(ANNA), { firstName: 'Neu' }, MAPPING)).toMatchObject({
    outcome: 'done',
    member: { fields: { firstName: 'Neu' } },
  });
});

test.each(PASSING)('a tag change is repeated and nobody is refused by it: %s', async (_name, fault) => {
  const { reads, mailchimp, listId } = mailchimpWorld();
  mailchimp.admin.addMember(listId, { email: ANNA, tags: ['Käufer'] });
  const [tag] = await reads.listTags(listId);
  mailchimp.admin.setTags(listId, ANNA, []);
  mailchimp.faults.plan({ fault, times: 1 });
  const change = { add: [address(ANNA)], remove: [] };
  expect(await reads.changeTag(listId, tag!, change)).toEqual({ id: tag?.id, refused: [] });
});

test.each(PASSING)('a removal is repeated: %s', async (_name, fault) => {
  const { writes, mailchimp, listId, at } = mailchimpWorld();
  mailchimp.admin.addMember(listId, { email: ANNA });
  mailchimp.faults.plan({ fault, times: 1 });
  await writes.removeMember(listId, address(ANNA));
  expect(at(ANNA)?.status).toBe('archived');
});

const UNCERTAIN = PASSING.slice(2);

test.each(UNCERTAIN)('an add whose answer was lost is not repeated: %s', async (_name, fault, code) => {
  const { writes, mailchimp, listId } = mailchimpWorld();
  mailchimp.faults.plan({ fault, times: 1 });
  await expect(writes.addMembers(listId, [newMember(ANNA)], MAPPING)).rejects.toMatchObject({
    code,
    mayHaveHappened: true,
  });
  expect(mailchimp.counts.total).toBe(1);
});

test.each(UNCERTAIN)('a raise whose answer was lost is not repeated: %s', async (_name, fault, code) => {
  const { writes, mailchimp, listId } = mailchimpWorld();
  mailchimp.admin.addMember(listId, { email: ANNA });
  mailchimp.admin.archive(listId, ANNA);
  mailchimp.faults.plan({ fault, times: 1 });
  await expect(writes.raiseMember(listId, raisedMember(ANNA), MAPPING)).rejects.toMatchObject({
    code,
    mayHaveHappened: true,
  });
  expect(mailchimp.counts.total).toBe(1);
});

test.each(PASSING.slice(0, 2))('an add that was turned away is repeated: %s', async (_name, fault) => {
  const { writes, mailchimp, listId } = mailchimpWorld();
  mailchimp.faults.plan({ fault, times: 3 });
  expect(await writes.addMembers(listId, [newMember(ANNA)], MAPPING)).toMatchObject([{ outcome: 'done' }]);
});

test('no answer in time: a read is repeated, an add may have happened', async () => {
  const timers: AbortController[] = [];
  let hangs = true;
  const world = mailchimpWorld({}, {});
  const slow = mailchimpWorld(
    {},
    {
      timeoutSignal: () => {
        const timer = new AbortController();
        timers.push(timer);
        return timer.signal;
      },
      fetch: async (url, init) => {
        if (hangs) {
          hangs = false;
          queueMicrotask(() => timers.at(-1)?.abort(new Error('time')));
          return new Promise<Response>(() => undefined);
        }
        return world.mailchimp.fetch(new Request(url, init));
      },
    },
  );
  world.mailchimp.admin.addMember(world.listId, { email: ANNA });
  expect(await slow.reads.readMember(world.listId, address(ANNA), MAPPING)).toMatchObject({ email: ANNA });
  hangs = true;
  await expect(slow.writes.addMembers(world.listId, [newMember('b@immo-test.de')], MAPPING)).rejects.toMatchObject({
    code: 'mailchimp.unavailable',
    mayHaveHappened: true,
    words: 'no answer within 120 s',
  });
});

test('a webhook, field or tag whose answer was lost is found again, not made twice', async () => {
  const { reads, mailchimp, listId, reachable } = mailchimpWorld();
  const lose = () => mailchimp.faults.plan({ fault: { type: 'lose-answer' }, times: 1, match: /^POST/ });
  const url = 'https://connector.test/hook/1/geheim';
  reachable.add(url);
  const ensure = () => reads.ensureWebhook(listId, url, 'https://connector.test/hook/1/');
  lose();
  await expect(ensure()).rejects.toMatchObject({ mayHaveHappened: true });
  expect(await ensure()).toMatchObject({ state: 'ok' });
  lose();
  await expect(reads.createFields(listId, ['salutation'])).rejects.toMatchObject({ mayHaveHappened: true });
  expect(await reads.createFields(listId, ['salutation'])).toMatchObject({ salutation: 'ANREDE' });
  const tag = () => reads.changeTag(listId, { id: undefined, name: 'Neu' }, { add: [], remove: [] });
  lose();
  await expect(tag()).rejects.toMatchObject({ mayHaveHappened: true });
  await tag();
  const list = mailchimp.store.list(listId);
  expect([list.webhooks.size, list.tags.size, list.mergeFields.filter(({ tag }) => tag === 'ANREDE').length]).toEqual([
    1, 1, 1,
  ]);
});

test('it all works over real connections', async () => {
  const { mailchimp, listId } = mailchimpWorld();
  const server = await listen(mailchimp, 0, 0);
  const connections = createKeepAliveFetch({ connections: 2 });
  const { reads, consentWrites } = createMailchimpProvider({
    apiKey: mailchimp.apiKey,
    baseUrl: `${server.origin}/3.0`,
    fetch: connections.fetch,
    clock: { now: () => Date.now() },
    sleep: async () => undefined,
    random: () => 0,
    language: 'en',
  });
  const [added] = await consentWrites.addMembers(listId, [newMember(ANNA)], MAPPING);
  expect(added).toMatchObject({ outcome: 'done' });
  expect(await consentWrites.removeMember(listId, address(ANNA))).toMatchObject({ outcome: 'done' });
  expect(await reads.readMember(listId, address(ANNA), MAPPING)).toMatchObject({ status: 'archived' });
  await connections.close();
  await server.close();
});

test('an outage ends the tries', async () => {
  const { reads, mailchimp, listId, waits } = mailchimpWorld();
  mailchimp.faults.plan({ fault: { type: 'status', status: 503 }, times: 99 });
  await expect(reads.readMember(listId, address(ANNA), MAPPING)).rejects.toMatchObject({
    kind: 'unavailable',
    status: 503,
  });
  expect(waits).toHaveLength(5);
});

test('no more calls are in flight than we allow ourselves, less the place kept for opt-outs', async () => {
  const { reads, mailchimp, listId } = mailchimpWorld({ wait: () => new Promise((resolve) => setImmediate(resolve)) });
  mailchimp.latencyMs.set('*', 1);
  await Promise.all(
    Array.from({ length: 40 }, (_, number) => reads.readMember(listId, address(`m${number}@immo-test.de`), MAPPING)),
  );
  expect(mailchimp.counts.maxInFlight).toBe(7);
  expect(mailchimp.counts.byStatus.get(429)).toBeUndefined();
});

test('requests are observed by route, without addresses, hashes or keys', async () => {
  const { reads, writes, listId, seen } = mailchimpWorld();
  await writes.addMembers(listId, [newMember(ANNA)], MAPPING);
  await reads.updateMember(listId, address(ANNA), { firstName: 'Neu' }, MAPPING);
  expect(seen.map(({ method, route, status }) => [method, route, status])).toEqual([
    ['POST', '/lists/{listId}', 200],
    ['PATCH', '/lists/{listId}/members/{subscriberHash}', 200],
  ]);
});
