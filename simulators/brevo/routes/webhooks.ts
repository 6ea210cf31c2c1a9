import { z } from 'zod';
import { ApiError, invalid, notFound } from '../api-error.ts';
import { type Answer, Answered, type Call, type Route, readBody, readId } from '../call.ts';
import { MARKETING_EVENTS, TRANSACTIONAL_EVENTS, WEBHOOK_TYPES, type Webhook, type WebhookType } from '../entities.ts';
import { renderWebhook } from '../render.ts';
import { nextNumber } from '../store.ts';

/** Webhooks an account may have, marketing and transactional together (fact sheet 5.1). */
const MAX_WEBHOOKS = 40;

const Fields = z.object({
  url: z.string().optional(),
  description: z.string().optional(),
  events: z.array(z.string()).optional(),
  auth: z.object({ type: z.literal('bearer'), token: z.string().min(1) }).optional(),
  headers: z.array(z.object({ key: z.string().min(1), value: z.string() })).optional(),
  batched: z.boolean().optional(),
});
const NewWebhook = Fields.extend({
  type: z.enum(WEBHOOK_TYPES).default('transactional'),
  url: z.string(),
  events: z.array(z.string()),
});

const EVENTS: Readonly<Record<WebhookType, readonly string[]>> = {
  marketing: MARKETING_EVENTS,
  transactional: TRANSACTIONAL_EVENTS,
  inbound: ['inboundEmailProcessed'],
};

/** Webhooks. Without `type` only the transactional ones are listed, and 400 stands for none (fact sheet 0, 7). */
export const webhookRoutes: readonly Route[] = [
  { method: 'GET', path: '/webhooks', serve: readWebhooks },
  { method: 'POST', path: '/webhooks', serve: createWebhook },
  {
    method: 'GET',
    path: '/webhooks/{webhookId}',
    serve: (call) => renderWebhook(call.world, call.account, webhookOf(call)),
  },
  {
    method: 'PUT',
    path: '/webhooks/{webhookId}',
    serve: (call) => {
      const webhook = webhookOf(call);
      const body = readBody(call, Fields);
      if (body.url !== undefined) checkUrl(body.url);
      if (body.events) checkEvents(webhook.type, body.events);
      webhook.url = body.url ?? webhook.url;
      webhook.description = body.description ?? webhook.description;
      webhook.events = body.events ?? webhook.events;
      webhook.auth = body.auth ?? webhook.auth;
      webhook.headers = body.headers ?? webhook.headers;
      webhook.batched = body.batched ?? webhook.batched;
      webhook.modifiedAt = call.world.clock.now();
      return undefined;
    },
  },
  {
    method: 'DELETE',
    path: '/webhooks/{webhookId}',
    serve: (call) => {
      call.account.webhooks.delete(webhookOf(call).id);
      return undefined;
    },
  },
];

function readWebhooks({ world, account, query }: Call): Answer {
  const asked = query.get('type') ?? 'transactional';
  const type = WEBHOOK_TYPES.find((known) => known === asked);
  if (!type) throw invalid('type should be one of marketing, transactional, inbound');
  const found = [...account.webhooks.values()].filter((webhook) => webhook.type === type);
  if (found.length === 0) throw new ApiError(400, 'document_not_found', 'Webhook record(s) for identifier not found');
  if (query.get('sort') !== 'asc') found.reverse();
  return { webhooks: found.map((webhook) => renderWebhook(world, account, webhook)) };
}

function createWebhook(call: Call): Answer {
  const { account, world } = call;
  const body = readBody(call, NewWebhook);
  checkUrl(body.url);
  checkEvents(body.type, body.events);
  if (account.webhooks.size >= MAX_WEBHOOKS)
    throw new ApiError(400, 'bad_request', 'You can not create more than 40 webhooks');
  const now = world.clock.now();
  const webhook: Webhook = {
    id: nextNumber(account, 'webhook'),
    type: body.type,
    url: body.url,
    description: body.description ?? '',
    events: [...new Set(body.events)],
    auth: body.auth,
    headers: body.headers ?? [],
    batched: body.batched ?? false,
    createdAt: now,
    modifiedAt: now,
    pausedUntil: 0,
    collecting: [],
  };
  account.webhooks.set(webhook.id, webhook);
  return new Answered(201, { id: webhook.id });
}

function checkUrl(url: string): void {
  if (!URL.canParse(url) || !/^https?:/.test(url)) throw invalid('Invalid webhook url');
}

function checkEvents(type: WebhookType, events: readonly string[]): void {
  if (events.length === 0) throw invalid('events should not be empty');
  const unknown = events.find((event) => !EVENTS[type].includes(event));
  if (unknown !== undefined) throw invalid(`Invalid event ${unknown} for a ${type} webhook`);
}

function webhookOf(call: Call): Webhook {
  const webhook = call.account.webhooks.get(readId(call, 'webhookId'));
  if (!webhook) throw notFound('Webhook ID does not exist');
  return webhook;
}
