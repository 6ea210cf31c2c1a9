import { ProviderError } from '../../core/errors.ts';
import type { WebhookInspection, WebhookState } from '../../core/mailing-provider.ts';
import { isOwnHook, isSameHook } from '../../core/own-hook.ts';
import type { WebhookFinding, WebhookTopic } from '../../core/webhook-finding.ts';
import { TIMEOUT_MS } from './limits.ts';
import type { MailchimpClient } from './mailchimp-client.ts';
import { WebhookAnswer, WebhookListAnswer } from './schema.ts';

const ROUTE = '/lists/{listId}/webhooks';
const ONE_ROUTE = '/lists/{listId}/webhooks/{webhookId}';

const EVENTS = { subscribe: true, unsubscribe: true, profile: true, cleaned: true, upemail: true, campaign: true };
/** All three are always sent, the default is not documented. With `api` our own writes would come back as events. */
const SOURCES = { user: true, admin: true, api: false };

type EventName = keyof typeof EVENTS;
const TOPICS: Readonly<Record<EventName, WebhookTopic>> = {
  subscribe: 'subscribed',
  unsubscribe: 'unsubscribed',
  cleaned: 'bounced',
  profile: 'edited',
  upemail: 'address-changed',
  campaign: 'campaign',
};
/** Complaints come by either of them. */
const OPT_OUT_EVENTS: readonly EventName[] = ['unsubscribe', 'cleaned'];

/** URLs of all webhooks of the audience. */
export async function listWebhookUrls(client: MailchimpClient, listId: string): Promise<readonly string[]> {
  return (await readWebhooks(client, listId)).map(({ url }) => url);
}

/** Looks whether our webhook is as `ensureWebhook` would leave it (F3). */
export async function inspectWebhook(
  client: MailchimpClient,
  listId: string,
  url: string,
  ownPrefix: string,
): Promise<WebhookInspection> {
  const hooks = await readWebhooks(client, listId);
  const ours = hooks.filter((hook) => isOwnHook(hook.url, ownPrefix));
  const otherUrls = hooks.filter((hook) => !ours.includes(hook)).map((hook) => hook.url);
  const kept = keptOf(ours, url);
  if (!kept) return { findings: [{ kind: 'missing' }], otherUrls };
  const missing = Object.keys(EVENTS).filter((name): name is EventName => kept.events[name] !== true);
  const findings: WebhookFinding[] = [];
  if (!isSameHook(kept.url, url)) findings.push({ kind: 'wrong-url', host: hostOf(kept.url) });
  if (missing.length > 0) {
    const hasOptOuts = missing.some((name) => OPT_OUT_EVENTS.includes(name));
    findings.push({ kind: 'events-missing', topics: missing.map((name) => TOPICS[name]), hasOptOuts });
  }
  if (!(kept.sources.user && kept.sources.admin)) findings.push({ kind: 'sources-missing' });
  if (kept.sources.api) findings.push({ kind: 'listens-to-programs' });
  if (ours.length > 1) findings.push({ kind: 'doubled', count: ours.length });
  return { findings, otherUrls };
}

/**
 * Makes sure that exactly one webhook of ours exists and listens to all six events of people and administrators (M3). An
 * existing one is repaired, further ones of ours are deleted, after the one that stays is in order. Creating is not
 * repeated when the answer is lost: a second hook would double every event.
 */
export async function ensureWebhook(
  client: MailchimpClient,
  listId: string,
  url: string,
  ownPrefix: string,
): Promise<WebhookState> {
  const ours = (await readWebhooks(client, listId)).filter((hook) => isOwnHook(hook.url, ownPrefix));
  const kept = keptOf(ours, url);
  const body = { url, events: EVENTS, sources: SOURCES };
  const timeoutMs = TIMEOUT_MS.page;
  try {
    if (!kept) {
      const made = await client.ask({ method: 'POST', route: ROUTE, path: { listId }, body, timeoutMs }, WebhookAnswer);
      return { state: 'created', id: made.id, signingSecret: made.signing_secret };
    }
    const isRight = isSameHook(kept.url, url) && holds(kept.events, EVENTS) && holds(kept.sources, SOURCES);
    const path = { listId, webhookId: kept.id };
    if (!isRight) await client.tell({ method: 'PATCH', route: ONE_ROUTE, path, body, timeoutMs, repeatable: true });
    for (const { id } of ours) if (id !== kept.id) await deleteWebhook(client, listId, id);
    return { state: isRight && ours.length === 1 ? 'ok' : 'repaired', id: kept.id };
  } catch (error) {
    // Mailchimp asks the URL before it takes it and refuses one that does not answer.
    if (error instanceof ProviderError && error.status === 400) return { state: 'unreachable', words: error.words };
    throw error;
  }
}

/** Gives our webhook another address; its events and sources stay as they are. @returns false when there is none */
export async function moveWebhook(
  client: MailchimpClient,
  listId: string,
  url: string,
  ownPrefix: string,
): Promise<boolean> {
  const ours = (await readWebhooks(client, listId)).find((hook) => isOwnHook(hook.url, ownPrefix));
  if (!ours) return false;
  const { id: webhookId, events, sources } = ours;
  const body = { url, events, sources };
  const timeoutMs = TIMEOUT_MS.page;
  await client.tell({
    method: 'PATCH',
    route: ONE_ROUTE,
    path: { listId, webhookId },
    body,
    timeoutMs,
    repeatable: true,
  });
  return true;
}

/** Takes all webhooks of ours off the audience; an audience that is gone has none. */
export async function removeWebhook(client: MailchimpClient, listId: string, ownPrefix: string): Promise<void> {
  try {
    const hooks = await readWebhooks(client, listId);
    for (const hook of hooks) if (isOwnHook(hook.url, ownPrefix)) await deleteWebhook(client, listId, hook.id);
  } catch (error) {
    if (!(error instanceof ProviderError) || error.code !== 'mailchimp.audience_gone') throw error;
  }
}

async function readWebhooks(client: MailchimpClient, listId: string): Promise<readonly WebhookAnswer[]> {
  const { webhooks } = await client.ask({ method: 'GET', route: ROUTE, path: { listId } }, WebhookListAnswer);
  return webhooks;
}

async function deleteWebhook(client: MailchimpClient, listId: string, webhookId: string): Promise<void> {
  try {
    await client.tell({ method: 'DELETE', route: ONE_ROUTE, path: { listId, webhookId }, repeatable: true });
  } catch (error) {
    if (!(error instanceof ProviderError) || error.code !== 'mailchimp.not_found') throw error;
  }
}

/** Of several hooks of ours the one that is right already stays, else the oldest. */
function keptOf(ours: readonly WebhookAnswer[], url: string): WebhookAnswer | undefined {
  return ours.find((hook) => isSameHook(hook.url, url)) ?? ours[0];
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : '';
}

/** A flag that is missing in the answer is off; further events of theirs do not matter. */
function holds(actual: Readonly<Record<string, boolean>>, wanted: Readonly<Record<string, boolean>>): boolean {
  return Object.entries(wanted).every(([name, value]) => (actual[name] ?? false) === value);
}
