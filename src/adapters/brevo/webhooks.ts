import type { ActivityKind } from '../../core/activity.ts';
import { ProviderError } from '../../core/errors.ts';
import type { WebhookInspection, WebhookState } from '../../core/mailing-provider.ts';
import { isOwnHook, isSameHook } from '../../core/own-hook.ts';
import type { WebhookFinding, WebhookTopic } from '../../core/webhook-finding.ts';
import type { BrevoClient } from './brevo-client.ts';
import { isNotFound } from './errors.ts';
import { IdAnswer, type WebhookAnswer, WebhookListAnswer } from './schema.ts';

/** Happenings that are told only where the settings make activities of them (M4); the others are needed anyway. */
const ACTIVITY_EVENTS = {
  delivered: 'delivered',
  opened: 'opened',
  clicked: 'click',
  'soft-bounce': 'softBounce',
} as const satisfies Partial<Record<ActivityKind, string>>;
type ActivityEvent = (typeof ACTIVITY_EVENTS)[keyof typeof ACTIVITY_EVENTS];

/** What the rules need whatever the settings say (M3). */
const NEEDED_EVENTS = [
  'unsubscribed',
  'spam',
  'hardBounce',
  'listAddition',
  'contactUpdated',
  'contactDeleted',
] as const;
type EventName = (typeof NEEDED_EVENTS)[number] | ActivityEvent;

const TOPICS: Readonly<Record<EventName, WebhookTopic>> = {
  unsubscribed: 'unsubscribed',
  spam: 'complained',
  hardBounce: 'bounced',
  listAddition: 'subscribed',
  contactUpdated: 'edited',
  contactDeleted: 'removed',
  delivered: 'delivered',
  opened: 'opened',
  click: 'clicked',
  softBounce: 'soft-bounce',
};
/** A block by hand is told as a change of the contact. */
const OPT_OUT_EVENTS: readonly EventName[] = ['unsubscribed', 'spam', 'hardBounce', 'contactUpdated'];

const ROUTE = '/webhooks';
const ONE_ROUTE = '/webhooks/{webhookId}';

/** Our hook as it has to be. */
export type WantedWebhook = {
  url: string;
  /** see `isOwnHook` */
  ownPrefix: string;
  activities: readonly ActivityKind[];
};

/** URLs of the account's marketing hooks. */
export async function listWebhookUrls(client: BrevoClient): Promise<readonly string[]> {
  return (await readWebhooks(client)).map(({ url }) => url);
}

/** Looks whether our hook is as `ensureWebhook` would leave it (F3); events that nobody asked for do no harm. */
export async function inspectWebhook(client: BrevoClient, wanted: WantedWebhook): Promise<WebhookInspection> {
  const { url, ownPrefix, activities } = wanted;
  const hooks = await readWebhooks(client);
  const ours = hooks.filter((hook) => isOwnHook(hook.url, ownPrefix));
  const otherUrls = hooks.filter((hook) => !ours.includes(hook)).map((hook) => hook.url);
  const kept = keptOf(ours, url);
  if (!kept) return { findings: [{ kind: 'missing' }], otherUrls };
  const missing = [...NEEDED_EVENTS, ...eventsOf(activities)].filter((name) => !kept.events.includes(name));
  const findings: WebhookFinding[] = [];
  if (!isSameHook(kept.url, url)) findings.push({ kind: 'wrong-url', host: hostOf(kept.url) });
  if (missing.length > 0) {
    const hasOptOuts = missing.some((name) => OPT_OUT_EVENTS.includes(name));
    findings.push({ kind: 'events-missing', topics: missing.map((name) => TOPICS[name]), hasOptOuts });
  }
  if (ours.length > 1) findings.push({ kind: 'doubled', count: ours.length });
  return { findings, otherUrls };
}

/**
 * Makes sure that exactly one marketing hook of ours exists and listens to what it must (M3). An existing one is repaired and
 * keeps its token, further ones of ours are deleted, after the one that stays is in order. Creating is not repeated when the
 * answer is lost: Brevo takes two hooks with one URL, which would double every event.
 *
 * @param newToken makes the bearer token of a new hook; Brevo signs nothing
 */
export async function ensureWebhook(
  client: BrevoClient,
  wanted: WantedWebhook,
  newToken: () => string,
): Promise<WebhookState> {
  const ours = (await readWebhooks(client)).filter((hook) => isOwnHook(hook.url, wanted.ownPrefix));
  const kept = keptOf(ours, wanted.url);
  const events = [...NEEDED_EVENTS, ...eventsOf(wanted.activities)];
  const body = { url: wanted.url, events, description: 'onOffice Newsletter Connector' };
  try {
    if (!kept) {
      const token = newToken();
      const made = await client.ask(
        { method: 'POST', route: ROUTE, body: { ...body, type: 'marketing', auth: { type: 'bearer', token } } },
        IdAnswer,
      );
      return { state: 'created', id: String(made.id), signingSecret: token };
    }
    const isRight = isSameHook(kept.url, wanted.url) && isSameSet(kept.events, events);
    if (!isRight)
      await client.tell({ method: 'PUT', route: ONE_ROUTE, path: { webhookId: kept.id }, body, repeatable: true });
    for (const { id } of ours) if (id !== kept.id) await deleteWebhook(client, id);
    return { state: isRight && ours.length === 1 ? 'ok' : 'repaired', id: String(kept.id) };
  } catch (error) {
    if (!(error instanceof ProviderError) || error.status !== 400) throw error;
    if (/limit|maximum|exceed|more than/i.test(error.words)) throw tooManyWebhooks(error);
    // Brevo refuses a URL that it could not call.
    return { state: 'unreachable', words: error.words };
  }
}

/** Gives our hook another address; its events and token stay as they are. @returns false when there is none */
export async function moveWebhook(client: BrevoClient, url: string, ownPrefix: string): Promise<boolean> {
  const ours = (await readWebhooks(client)).find((hook) => isOwnHook(hook.url, ownPrefix));
  if (!ours) return false;
  const body = { url, events: ours.events };
  await client.tell({ method: 'PUT', route: ONE_ROUTE, path: { webhookId: ours.id }, body, repeatable: true });
  return true;
}

/** Takes all hooks of ours off the account; those of others stay. */
export async function removeWebhook(client: BrevoClient, ownPrefix: string): Promise<void> {
  const hooks = await readWebhooks(client);
  for (const hook of hooks) if (isOwnHook(hook.url, ownPrefix)) await deleteWebhook(client, hook.id);
}

/** Without a type Brevo lists transactional hooks only; an account without a marketing hook is answered 400. */
async function readWebhooks(client: BrevoClient): Promise<readonly WebhookAnswer[]> {
  try {
    const { webhooks } = await client.ask(
      { method: 'GET', route: ROUTE, query: { type: 'marketing', sort: 'asc' } },
      WebhookListAnswer,
    );
    return webhooks;
  } catch (error) {
    if (isNotFound(error)) return [];
    throw error;
  }
}

async function deleteWebhook(client: BrevoClient, webhookId: number): Promise<void> {
  try {
    await client.tell({ method: 'DELETE', route: ONE_ROUTE, path: { webhookId }, repeatable: true });
  } catch (error) {
    if (!isNotFound(error)) throw error;
  }
}

function tooManyWebhooks(cause: ProviderError): ProviderError {
  return new ProviderError({
    system: 'brevo',
    kind: 'misconfigured',
    code: 'brevo.webhook_limit',
    status: cause.status,
    requestId: cause.requestId,
    words: cause.words,
    cause,
  });
}

/** Of several hooks of ours the one that is right already stays, else the oldest. */
function keptOf(ours: readonly WebhookAnswer[], url: string): WebhookAnswer | undefined {
  return ours.find((hook) => isSameHook(hook.url, url)) ?? ours[0];
}

function eventsOf(activities: readonly ActivityKind[]): ActivityEvent[] {
  const names: Readonly<Partial<Record<ActivityKind, ActivityEvent>>> = ACTIVITY_EVENTS;
  return activities.map((kind) => names[kind]).filter((name) => name !== undefined);
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : '';
}

function isSameSet(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((entry) => other.includes(entry));
}
