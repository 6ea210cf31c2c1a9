import { z } from 'zod';
import { type Answer, type Call, links, listOf, type Route, readBody } from '../call.ts';
import { type Audience, WEBHOOK_EVENTS, WEBHOOK_SOURCES, type Webhook } from '../entities.ts';
import { invalidResource, notFound, schemaProblem } from '../problem.ts';
import { renderWebhook } from '../render.ts';
import { validateUrl } from '../webhooks.ts';

const flags = <Name extends string>(names: readonly Name[]) => z.partialRecord(z.enum(names), z.boolean());
// Events of text messages are accepted and never happen.
const WebhookBody = z.object({
  url: z.string(),
  events: flags([...WEBHOOK_EVENTS, 'sms_subscribe', 'sms_unsubscribe', 'upsms', 'sms_campaign']).default({}),
  sources: flags(WEBHOOK_SOURCES).default({}),
});
const WebhookChangeBody = z.object({
  url: z.string().optional(),
  events: flags(WEBHOOK_EVENTS).optional(),
  sources: flags(WEBHOOK_SOURCES).optional(),
});

/** Webhooks of an audience. Creating is not idempotent: the same URL again is a second webhook. */
export const webhookRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/lists/{list_id}/webhooks',
    serve: (call) => {
      const list = listOf(call);
      const webhooks = [...list.webhooks.values()].map((webhook) => renderWebhook(list, webhook));
      return { webhooks, list_id: list.id, total_items: webhooks.length, _links: links(`/lists/${list.id}/webhooks`) };
    },
  },
  { method: 'POST', path: '/lists/{list_id}/webhooks', serve: createWebhook },
  {
    method: 'GET',
    path: '/lists/{list_id}/webhooks/{webhook_id}',
    serve: (call) => renderWebhook(listOf(call), webhookOf(call, listOf(call))),
  },
  { method: 'PATCH', path: '/lists/{list_id}/webhooks/{webhook_id}', serve: updateWebhook },
  {
    method: 'DELETE',
    path: '/lists/{list_id}/webhooks/{webhook_id}',
    serve: (call) => {
      const list = listOf(call);
      list.webhooks.delete(webhookOf(call, list).id);
      return undefined;
    },
  },
];

async function createWebhook(call: Call): Promise<Answer> {
  const list = listOf(call);
  const { store, switches } = call.world;
  const body = readBody(call, WebhookBody);
  await checkUrl(call, body.url);
  const webhook: Webhook = {
    id: store.nextId('webhook', 10),
    url: body.url,
    events: {
      subscribe: body.events.subscribe ?? false,
      unsubscribe: body.events.unsubscribe ?? false,
      profile: body.events.profile ?? false,
      cleaned: body.events.cleaned ?? false,
      upemail: body.events.upemail ?? false,
      campaign: body.events.campaign ?? false,
    },
    sources: {
      user: body.sources.user ?? false,
      admin: body.sources.admin ?? false,
      api: body.sources.api ?? false,
    },
    signingSecret: switches.signWebhooks ? store.nextId('signing', 64) : undefined,
    disabled: false,
  };
  list.webhooks.set(webhook.id, webhook);
  return {
    ...renderWebhook(list, webhook),
    ...(webhook.signingSecret ? { signing_secret: webhook.signingSecret } : {}),
  };
}

async function updateWebhook(call: Call): Promise<Answer> {
  const list = listOf(call);
  const webhook = webhookOf(call, list);
  const body = readBody(call, WebhookChangeBody);
  if (body.url !== undefined && body.url !== webhook.url) await checkUrl(call, body.url);
  if (body.url !== undefined) webhook.url = body.url;
  Object.assign(webhook.events, body.events);
  Object.assign(webhook.sources, body.sources);
  // Saving a webhook anew wakes one that a 410 had put to sleep.
  webhook.disabled = false;
  return renderWebhook(list, webhook);
}

async function checkUrl(call: Call, url: string): Promise<void> {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    throw schemaProblem([{ field: 'url', message: 'Please enter a valid URL.' }]);
  const status = await validateUrl(call.world, url);
  if (status >= 200 && status < 300) return;
  throw invalidResource(
    "The resource submitted could not be validated. For field-specific details, see the 'errors' array.",
    [
      {
        field: 'url',
        message: `We couldn't verify the URL is working. Please double check and try again. HTTP Code: ${status}`,
      },
    ],
  );
}

function webhookOf(call: Call, list: Audience): Webhook {
  const webhook = list.webhooks.get(call.params.webhook_id ?? '');
  if (!webhook) throw notFound();
  return webhook;
}
