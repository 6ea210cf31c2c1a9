import { createHmac } from 'node:crypto';
import type { Actor, Audience, Cause, Delivery, Member, Webhook, WebhookEvent, WebhookSource } from './entities.ts';
import { now, type World, webhookTime } from './world.ts';

/** Waits in ms before the second, third and fourth try: three retries within 75 minutes (fact sheet 6.2 and 13). */
const RETRY_WAITS_MS = [5 * 60_000, 20 * 60_000, 50 * 60_000];

/** Event data as nested text, before it is written in PHP's brackets. */
export type EventData = { [name: string]: string | EventData };

/**
 * Queues one event for every webhook of the audience that wants it. `campaign` cannot be limited by source
 * (fact sheet 6.1).
 */
export function fireEvent(world: World, list: Audience, type: WebhookEvent, cause: Cause, data: EventData): void {
  if (cause.silent) return;
  for (const webhook of list.webhooks.values()) {
    if (webhook.disabled || !webhook.events[type]) continue;
    if (type !== 'campaign' && !webhook.sources[sourceOf(cause.by)]) continue;
    enqueue(world, list, webhook, type, cause.at, data);
    if (world.switches.duplicateEvents) enqueue(world, list, webhook, type, cause.at, data);
  }
}

// Bounces have no source of their own in the settings; they are told like what people do.
function sourceOf(actor: Actor): WebhookSource {
  return actor === 'admin' || actor === 'api' ? actor : 'user';
}

function enqueue(
  world: World,
  list: Audience,
  webhook: Webhook,
  type: WebhookEvent,
  firedAt: number,
  data: EventData,
): void {
  const dueAt = world.clock.now() + world.switches.webhookDelayMs;
  const delivery: Delivery = {
    number: world.store.deliveries.length + 1,
    webhookId: webhook.id,
    listId: list.id,
    type,
    url: webhook.url,
    body: formEncoded({ type, fired_at: webhookTime(firedAt), data }),
    firedAt,
    state: 'waiting',
    answers: [],
    dueAt,
  };
  world.store.deliveries.push(delivery);
  world.schedule.plan(dueAt, () => deliver(world, delivery));
}

/** Encodes nested text as `application/x-www-form-urlencoded` with PHP's brackets. */
export function formEncoded(data: EventData): string {
  const parameters = new URLSearchParams();
  const write = (name: string, value: string | EventData): void => {
    if (typeof value === 'string') parameters.append(name, value);
    else for (const [key, inner] of Object.entries(value)) write(name === '' ? key : `${name}[${key}]`, inner);
  };
  write('', data);
  return parameters.toString();
}

/** `X-Mailchimp-Signature` of a body (fact sheet 6.3). */
export function signature(secret: string, seconds: number, body: string): string {
  return `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`;
}

async function deliver(world: World, delivery: Delivery): Promise<void> {
  const webhook = world.store.lists.get(delivery.listId)?.webhooks.get(delivery.webhookId);
  if (!webhook || webhook.disabled) {
    delivery.state = 'dropped';
    delivery.dueAt = undefined;
    return;
  }
  const status = await post(world, webhook, delivery);
  delivery.answers.push(status);
  delivery.dueAt = undefined;
  if (status >= 200 && status < 300) delivery.state = 'delivered';
  else if (status === 410) {
    webhook.disabled = true;
    delivery.state = 'dropped';
  } else {
    const waitMs = RETRY_WAITS_MS[delivery.answers.length - 1];
    if (waitMs === undefined) delivery.state = 'lost';
    else {
      delivery.dueAt = world.clock.now() + waitMs;
      world.schedule.plan(delivery.dueAt, () => deliver(world, delivery));
    }
  }
}

async function post(world: World, webhook: Webhook, delivery: Delivery): Promise<number> {
  const seconds = Math.floor(world.clock.now() / 1000);
  return answerOf(world, {
    url: webhook.url,
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'user-agent': 'MailChimp.com',
      ...(webhook.signingSecret
        ? { 'x-mailchimp-signature': signature(webhook.signingSecret, seconds, delivery.body) }
        : {}),
    },
    body: delivery.body,
  });
}

/** Asks a URL with the validator's GET; answers its status, 0 if nobody answered. */
export async function validateUrl(world: World, url: string): Promise<number> {
  return answerOf(world, { url, method: 'GET', headers: { 'user-agent': 'MailChimp.com WebHook Validator' } });
}

async function answerOf(
  world: World,
  call: { url: string; method: string; headers: Record<string, string>; body?: string },
): Promise<number> {
  try {
    const { url, ...init } = call;
    const response = await world.fetch(new Request(url, init));
    await response.body?.cancel();
    return response.status;
  } catch {
    return 0;
  }
}

/** Data of `subscribe`, `profile` and `unsubscribe` (fact sheet 6.4). */
export function memberData(list: Audience, member: Member): EventData {
  const merges: EventData = { EMAIL: member.emailAddress };
  for (const field of list.mergeFields) {
    const value = member.mergeFields[field.mergeId];
    merges[field.tag] = typeof value === 'object' ? { ...value } : String(value ?? '');
  }
  return {
    id: member.uniqueEmailId,
    web_id: String(member.webId),
    list_id: list.id,
    email: member.emailAddress,
    email_type: member.emailType,
    ip_opt: member.ipOpt,
    ip_signup: member.ipSignup,
    merges,
  };
}

/** Tells that a campaign was sent or canceled. */
export function fireCampaign(
  world: World,
  list: Audience,
  campaign: { id: string; subject: string; status: string },
): void {
  fireEvent(
    world,
    list,
    'campaign',
    { by: 'admin', at: now(world) },
    {
      id: campaign.id,
      list_id: list.id,
      subject: campaign.subject,
      status: campaign.status,
    },
  );
}
