import type { Account, Delivery, MarketingEvent, Webhook } from './entities.ts';
import type { World } from './world.ts';

const MINUTE_MS = 60_000;
/** Waits before the second to the fifth try (fact sheet 5.2). */
const RETRY_WAITS_MS = [10 * MINUTE_MS, 60 * MINUTE_MS, 120 * MINUTE_MS, 480 * MINUTE_MS];
/** After no answer all deliveries of the webhook pause. */
const PAUSE_MS = 10 * MINUTE_MS;
/** Batched webhooks collect for this long and send at most this many at once (fact sheet 5.1). */
const BATCH_WINDOW_MS = 5 * MINUTE_MS;
const BATCH_SIZE = 500;

/** Queues one event for every marketing webhook of the account that wants it. `data` lacks the webhook's id. */
export function fireEvent(world: World, account: Account, event: MarketingEvent, data: Record<string, unknown>): void {
  for (const webhook of account.webhooks.values()) {
    if (webhook.type !== 'marketing' || !webhook.events.includes(event)) continue;
    const { event: name, ...rest } = data;
    const body = { event: name, id: webhook.id, ...rest };
    for (let copy = world.switches.duplicateEvents ? 2 : 1; copy > 0; copy -= 1) {
      if (webhook.batched) collect(world, account, webhook, body);
      else enqueue(world, account, webhook, event, body);
    }
  }
}

function collect(world: World, account: Account, webhook: Webhook, body: Record<string, unknown>): void {
  webhook.collecting.push(body);
  if (webhook.collecting.length > 1) return;
  const windowEnd = (Math.floor(world.clock.now() / BATCH_WINDOW_MS) + 1) * BATCH_WINDOW_MS;
  world.schedule.plan(windowEnd, () => {
    for (const events = webhook.collecting.splice(0); events.length > 0; )
      enqueue(world, account, webhook, 'batch', events.splice(0, BATCH_SIZE));
  });
}

function enqueue(world: World, account: Account, webhook: Webhook, event: Delivery['event'], body: unknown): void {
  const { webhookDelayMs, webhookJitterMs } = world.switches;
  const jitter = webhookJitterMs > 0 ? Math.floor(world.random() * webhookJitterMs) : 0;
  const dueAt = world.clock.now() + webhookDelayMs + jitter;
  const delivery: Delivery = {
    number: world.store.deliveries.length + 1,
    accountId: account.id,
    webhookId: webhook.id,
    event,
    body: JSON.stringify(body),
    firedAt: world.clock.now(),
    state: 'waiting',
    answers: [],
    dueAt,
  };
  world.store.deliveries.push(delivery);
  world.schedule.plan(dueAt, () => send(world, account, delivery));
}

/** Waits for an answer only where as many as may be are on their way. */
async function send(world: World, account: Account, delivery: Delivery): Promise<void> {
  const { sending, switches } = world;
  const delivering = deliver(world, account, delivery).finally(() => sending.delete(delivering));
  sending.add(delivering);
  if (sending.size >= switches.webhooksAtOnce) await Promise.race(sending);
}

async function deliver(world: World, account: Account, delivery: Delivery): Promise<void> {
  const webhook = account.webhooks.get(delivery.webhookId);
  if (!webhook) {
    finish(delivery, 'dropped');
    return;
  }
  const now = world.clock.now();
  if (webhook.pausedUntil > now) {
    again(world, account, delivery, webhook.pausedUntil);
    return;
  }
  const status = await post(world, webhook, delivery.body);
  delivery.answers.push(status);
  if (status === 0) webhook.pausedUntil = world.clock.now() + PAUSE_MS;
  const waitMs = RETRY_WAITS_MS[delivery.answers.length - 1];
  if (status >= 200 && status < 300) finish(delivery, 'delivered');
  else if ((status === 0 || status === 429) && waitMs !== undefined)
    again(world, account, delivery, world.clock.now() + waitMs);
  else finish(delivery, 'lost');
}

function finish(delivery: Delivery, state: Delivery['state']): void {
  delivery.state = state;
  delivery.dueAt = undefined;
}

function again(world: World, account: Account, delivery: Delivery, dueAt: number): void {
  delivery.dueAt = dueAt;
  world.schedule.plan(dueAt, () => send(world, account, delivery));
}

/** Calls a receiver the three ways it can be protected: user and password in the address, a bearer token, own headers. */
async function post(world: World, webhook: Webhook, body: string): Promise<number> {
  const headers = new Headers({ 'content-type': 'application/json' });
  const url = new URL(webhook.url);
  if (url.username !== '' || url.password !== '') {
    const credentials = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
    headers.set('authorization', `Basic ${Buffer.from(credentials).toString('base64')}`);
    url.username = '';
    url.password = '';
  }
  if (webhook.auth) headers.set('authorization', `Bearer ${webhook.auth.token}`);
  for (const { key, value } of webhook.headers) headers.set(key, value);
  return postTo(world, url.href, headers, body);
}

/** Posts once; answers the status, 0 if nobody answered. */
export async function postTo(world: World, url: string, headers: Headers, body: string): Promise<number> {
  try {
    const response = await world.fetch(new Request(url, { method: 'POST', headers, body }));
    await response.body?.cancel();
    return response.status;
  } catch {
    return 0;
  }
}
