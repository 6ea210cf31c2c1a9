import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Database, openPglite } from '../../src/db/database.ts';
import { planHookChecks } from '../../src/db/sync-cursors.ts';
import { createWorld, type World } from '../support/world.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

let database: Database;

beforeAll(async () => {
  database = await openPglite(undefined);
});

afterAll(() => database.close());

/** A connection that works in the background; `hooks` are the provider's. */
async function open(provider: 'mailchimp' | 'brevo') {
  const world = await createWorld({ database, provider, hasBackground: true, hasWebhook: true });
  await world.sync();
  await world.approve();
  const hooks = (): { url: string; id: unknown }[] =>
    provider === 'brevo'
      ? [...world.brevo.account.webhooks.values()]
      : [...world.mailchimp.store.list('onoffice').webhooks.values()];
  const clear = () =>
    provider === 'brevo'
      ? world.brevo.account.webhooks.clear()
      : world.mailchimp.store.list('onoffice').webhooks.clear();
  return { world, hooks, clear };
}

/** Ms until the next check. */
async function nextCheck({ store, clock }: World): Promise<number> {
  return Date.parse((await store.tables.cursors.get())?.hookCheckAt ?? '') - Math.floor(clock.now());
}

async function webhookHealth({ store }: World) {
  return (await store.tables.health.all()).find(({ system }) => system === 'webhook');
}

describe.each(['mailchimp', 'brevo'] as const)('F3: the daily check at %s', (provider) => {
  test('comes a day after the first sync and then daily, and asks once', async () => {
    const { world, hooks } = await open(provider);
    expect(await nextCheck(world)).toBe(DAY_MS);
    await world.store.tables.cursors.planNext('hook-check', world.clock.now());
    const calls: string[] = [];
    world.onRequest = ({ call }) => void (/webhooks/.test(call) && calls.push(call.split(' ')[0] ?? ''));
    await world.work();
    expect(calls).toEqual(['GET']);
    expect(await nextCheck(world)).toBe(DAY_MS);
    expect(await webhookHealth(world)).toMatchObject({ state: 'ok', findings: [] });
    expect(hooks()).toHaveLength(1);
    await world.close();
  });

  test('comes after every start, and makes a webhook that was deleted anew', async () => {
    const { world, hooks, clear } = await open(provider);
    const [{ url } = { url: '' }] = hooks();
    clear();
    await planHookChecks(database.db, world.clock.now());
    await world.work();
    expect(hooks().map((hook) => hook.url)).toEqual([url]);
    expect(await webhookHealth(world)).toMatchObject({ state: 'ok' });
    await world.close();
  });

  test('comes again soon where something is left to a person', async () => {
    const { world, hooks } = await open(provider);
    const [hook] = hooks();
    hook!.url = hook!.url.replace('connector.', 'copy.');
    await world.store.tables.cursors.planNext('hook-check', world.clock.now());
    await world.work();
    expect(await webhookHealth(world)).toMatchObject({ state: 'failing', notice: { code: 'webhook.wrong_url' } });
    expect(await nextCheck(world)).toBe(HOUR_MS);
    await world.close();
  });
});

test('F6: a key that may not see webhooks any more stops the check alone', async () => {
  const { world } = await open('brevo');
  const [key] = world.brevo.account.apiKeys.values();
  key!.permissions = { webhooks: 'none' };
  await world.store.tables.cursors.planNext('hook-check', world.clock.now());
  await world.work();
  expect(await webhookHealth(world)).toMatchObject({ state: 'failing', notice: { code: 'brevo.no_permission' } });
  expect(await nextCheck(world)).toBe(HOUR_MS);
  const before = (await world.store.tables.cursors.get())?.providerReadAt ?? '';
  await world.live(HOUR_MS / 6);
  expect((await world.store.tables.cursors.get())?.providerReadAt?.localeCompare(before)).toBe(1);
  await world.close();
});

test('F6: while the provider does not answer the check waits and comes again', async () => {
  const { world } = await open('mailchimp');
  const before = await webhookHealth(world);
  world.mailchimp.faults.plan({ fault: { type: 'status', status: 503, body: '' }, times: 20, match: /webhooks/ });
  await world.store.tables.cursors.planNext('hook-check', world.clock.now());
  await world.work();
  expect(await webhookHealth(world)).toEqual(before);
  expect(await nextCheck(world)).toBeLessThanOrEqual(HOUR_MS / 12);
  await world.live(HOUR_MS / 2);
  expect(await webhookHealth(world)).toMatchObject({ state: 'ok' });
  await world.close();
});
