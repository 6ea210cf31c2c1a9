import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { createTestWorld, type TestWorld } from './test-world.ts';

const anna = 'anna.muster@immo-test.de';
const ALL = { subscribe: true, unsubscribe: true, profile: true, cleaned: true, upemail: true, campaign: true };
const MINUTE = 60_000;

async function withHook(world: TestWorld = createTestWorld(), sources = { user: true, admin: true, api: false }) {
  const list = world.sim.addAudience({ name: 'onoffice' });
  const path = `/lists/${list.id}`;
  const hook = await world.call('POST', `${path}/webhooks`, {
    url: 'http://receiver.local/hook',
    events: ALL,
    sources,
  });
  await world.call('POST', `${path}/members`, {
    email_address: anna,
    status: 'subscribed',
    merge_fields: { FNAME: 'Anna' },
  });
  world.received.length = 0;
  const events = async (): Promise<Record<string, string>[]> => {
    await world.sim.pump();
    return world.received.splice(0).map(({ body }) => Object.fromEntries(new URLSearchParams(body)));
  };
  return { ...world, list, path, hook, events };
}

test('a webhook is made only if its URL answers the validator with 2xx', async () => {
  const world = createTestWorld();
  const list = world.sim.addAudience({ name: 'onoffice' });
  const body = { url: 'http://receiver.local/hook', events: ALL, sources: { user: true } };
  world.receiver.status = 400;
  const refused = await world.call('POST', `/lists/${list.id}/webhooks`, body);
  expect(refused.body.errors).toMatchObject([{ field: 'url' }]);
  expect(String(JSON.stringify(refused.body.errors))).toContain('HTTP Code: 400');
  expect(world.received[0]).toMatchObject({ method: 'GET', body: '' });
  expect(world.received[0]?.headers.get('user-agent')).toBe('MailChimp.com WebHook Validator');
  world.receiver.status = 204;
  for (const count of [1, 2]) {
    expect((await world.call('POST', `/lists/${list.id}/webhooks`, body)).status).toBe(200);
    expect((await world.call('GET', `/lists/${list.id}/webhooks`)).body.total_items).toBe(count);
  }
});

test('an unsubscribe by the person is told with id of the address, merges and reason, signed over the raw body', async () => {
  const { sim, list, hook, received, clock } = await withHook();
  sim.person.unsubscribe(list.id, anna);
  await sim.pump();
  const [request] = received;
  const data = Object.fromEntries(new URLSearchParams(request!.body));
  const member = list.members.find(anna)!;
  expect(data).toMatchObject({
    type: 'unsubscribe',
    fired_at: '2026-03-01 08:00:00',
    'data[action]': 'unsub',
    'data[reason]': 'manual',
    'data[id]': member.uniqueEmailId,
    'data[web_id]': String(member.webId),
    'data[email]': anna,
    'data[merges][FNAME]': 'Anna',
  });
  const seconds = Math.floor(clock.now() / 1000);
  const expected = createHmac('sha256', String(hook.body.signing_secret))
    .update(`${seconds}.${request!.body}`)
    .digest('hex');
  expect(request!.headers.get('x-mailchimp-signature')).toBe(`t=${seconds},v1=${expected}`);
});

test('changes made through the API are told only to webhooks that want them', async () => {
  const quiet = await withHook();
  await quiet.call('PATCH', `${quiet.path}/members/${anna}`, { status: 'unsubscribed' });
  expect(await quiet.events()).toEqual([]);
  const loud = await withHook(createTestWorld(), { user: true, admin: true, api: true });
  await loud.events();
  await loud.call('PATCH', `${loud.path}/members/${anna}`, { status: 'unsubscribed' });
  expect((await loud.events()).map(({ type }) => type)).toEqual(['unsubscribe']);
});

test('archiving is an unsubscribe with action delete, a permanent deletion an anonymous one, archiving all is silent', async () => {
  const { sim, list, events } = await withHook();
  const { webId, uniqueEmailId } = list.members.find(anna)!;
  sim.admin.archive(list.id, anna);
  expect(await events()).toMatchObject([{ type: 'unsubscribe', 'data[action]': 'delete', 'data[email]': anna }]);
  sim.admin.deletePermanently(list.id, anna);
  const [deleted] = await events();
  expect(deleted).toMatchObject({ 'data[action]': 'delete', 'data[web_id]': String(webId), 'data[id]': uniqueEmailId });
  expect(deleted!['data[email]']).toMatch(/@forgotten\.mailchimp\.com$/);
  sim.person.subscribe(list.id, { email: 'bert@immo-test.de' });
  expect((await events()).map(({ type }) => type)).toEqual(['subscribe']);
  expect(sim.admin.archiveAll(list.id)).toBe(1);
  expect(await events()).toEqual([]);
});

test('a changed address is told as upemail and profile, in either order; tags are never told', async () => {
  const { sim, list, events } = await withHook();
  sim.person.changeAddress(list.id, anna, 'a2@immo-test.de');
  expect(await events()).toMatchObject([
    { type: 'upemail', 'data[old_email]': anna, 'data[new_email]': 'a2@immo-test.de' },
    { type: 'profile', 'data[email]': 'a2@immo-test.de' },
  ]);
  sim.switches.changedAddressEvents = 'profile-first';
  sim.person.changeAddress(list.id, 'a2@immo-test.de', 'a3@immo-test.de');
  expect((await events()).map(({ type }) => type)).toEqual(['profile', 'upemail']);
  sim.admin.setTags(list.id, 'a3@immo-test.de', ['Mieter']);
  expect(await events()).toEqual([]);
});

test('an event is tried again after 5, 20 and 50 minutes and then lost', async () => {
  const { sim, list, receiver, clock, received } = await withHook();
  receiver.status = 503;
  sim.person.unsubscribe(list.id, anna);
  await sim.pump();
  for (const minutes of [5, 20, 50]) {
    expect(sim.nextDueAt()).toBe(clock.now() + minutes * MINUTE);
    clock.advance(minutes * MINUTE);
    await sim.pump();
  }
  expect(sim.nextDueAt()).toBeUndefined();
  expect(received).toHaveLength(4);
  expect(sim.store.deliveries.at(-1)).toMatchObject({ state: 'lost', answers: [503, 503, 503, 503] });
});

test('410 disables a webhook at once', async () => {
  const { sim, list, receiver, received } = await withHook();
  receiver.status = 410;
  sim.person.unsubscribe(list.id, anna);
  await sim.pump();
  sim.person.subscribe(list.id, { email: anna });
  await sim.pump();
  expect(received).toHaveLength(1);
  expect(sim.nextDueAt()).toBeUndefined();
});

test.each([
  ['unsubscribe', 'unsubscribed', ['unsubscribe']],
  ['cleaned', 'cleaned', ['cleaned']],
  ['both', 'unsubscribed', ['unsubscribe', 'cleaned']],
] as const)('a complaint told as %s leaves the member %s', async (complaint, status, types) => {
  const { sim, list, events, call, path } = await withHook();
  sim.switches.complaint = complaint;
  sim.person.complain(list.id, anna);
  const told = await events();
  expect(told.map(({ type }) => type)).toEqual(types);
  for (const event of told) expect(event['data[reason]']).toBe('abuse');
  expect(list.members.find(anna)!.status).toBe(status);
  expect((await call('PATCH', `${path}/members/${anna}`, { status: 'subscribed' })).status).toBe(400);
});
