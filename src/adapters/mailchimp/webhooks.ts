import { ProviderError } from '../../core/errors.ts';
import type { WebhookState } from '../../core/mailing-provider.ts';
import { TIMEOUT_MS } from './limits.ts';
import type { MailchimpClient } from './mailchimp-client.ts';
import { WebhookAnswer, WebhookListAnswer } from './schema.ts';

const ROUTE = '/lists/{listId}/webhooks';
const ONE_ROUTE = '/lists/{listId}/webhooks/{webhookId}';

const EVENTS = { subscribe: true, unsubscribe: true, profile: true, cleaned: true, upemail: true, campaign: true };
/** All three are always sent, the default is not documented. With `api` our own writes would come back as events. */
const SOURCES = { user: true, admin: true, api: false };

/** URLs of all webhooks of the audience. */
export async function listWebhookUrls(client: MailchimpClient, listId: string): Promise<readonly string[]> {
  return (await readWebhooks(client, listId)).map(({ url }) => url);
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
  const ours = (await readWebhooks(client, listId)).filter((hook) => isBelow(hook.url, ownPrefix));
  const kept = ours.find((hook) => hook.url === url) ?? ours[0];
  const body = { url, events: EVENTS, sources: SOURCES };
  const timeoutMs = TIMEOUT_MS.page;
  try {
    if (!kept) {
      const made = await client.ask({ method: 'POST', route: ROUTE, path: { listId }, body, timeoutMs }, WebhookAnswer);
      return { state: 'created', id: made.id, signingSecret: made.signing_secret };
    }
    const isRight = kept.url === url && holds(kept.events, EVENTS) && holds(kept.sources, SOURCES);
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

/** Takes all webhooks of ours off the audience; an audience that is gone has none. */
export async function removeWebhook(client: MailchimpClient, listId: string, ownPrefix: string): Promise<void> {
  try {
    const hooks = await readWebhooks(client, listId);
    for (const hook of hooks) if (isBelow(hook.url, ownPrefix)) await deleteWebhook(client, listId, hook.id);
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

/** `/hook/1` is not above `/hook/12`. */
function isBelow(url: string, prefix: string): boolean {
  return url === prefix || url.startsWith(prefix.endsWith('/') ? prefix : `${prefix}/`);
}

/** A flag that is missing in the answer is off; further events of theirs do not matter. */
function holds(actual: Readonly<Record<string, boolean>>, wanted: Readonly<Record<string, boolean>>): boolean {
  return Object.entries(wanted).every(([name, value]) => (actual[name] ?? false) === value);
}
