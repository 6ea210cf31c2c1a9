import { ProviderError } from '../../core/errors.ts';
import type { WebhookState } from '../../core/mailing-provider.ts';
import type { BrevoClient } from './brevo-client.ts';
import { isNotFound } from './errors.ts';
import { IdAnswer, type WebhookAnswer, WebhookListAnswer } from './schema.ts';

/** Happenings that become activities only where the settings say so (M4). */
export const ACTIVITY_EVENTS = ['delivered', 'opened', 'click', 'softBounce'] as const;
export type ActivityEvent = (typeof ACTIVITY_EVENTS)[number];

/** What the rules need whatever the settings say (M3). */
const NEEDED_EVENTS = ['unsubscribed', 'spam', 'hardBounce', 'listAddition', 'contactUpdated', 'contactDeleted'];

const ROUTE = '/webhooks';
const ONE_ROUTE = '/webhooks/{webhookId}';

/** Our hook as it has to be. */
export type WantedWebhook = {
  url: string;
  /** the URL without its secret: a hook below it is ours */
  ownPrefix: string;
  activityEvents: readonly ActivityEvent[];
  /** makes the bearer token of a new hook; Brevo signs nothing */
  newToken: () => string;
};

/** URLs of the account's marketing hooks. */
export async function listWebhookUrls(client: BrevoClient): Promise<readonly string[]> {
  return (await readWebhooks(client)).map(({ url }) => url);
}

/**
 * Makes sure that exactly one marketing hook of ours exists and listens to what it must (M3). An existing one is repaired and
 * keeps its token, further ones of ours are deleted, after the one that stays is in order. Creating is not repeated when the
 * answer is lost: Brevo takes two hooks with one URL, which would double every event.
 */
export async function ensureWebhook(client: BrevoClient, wanted: WantedWebhook): Promise<WebhookState> {
  const ours = (await readWebhooks(client)).filter((hook) => isBelow(hook.url, wanted.ownPrefix));
  const kept = ours.find((hook) => hook.url === wanted.url) ?? ours[0];
  const events = [...NEEDED_EVENTS, ...wanted.activityEvents];
  const body = { url: wanted.url, events, description: 'onOffice Newsletter Connector' };
  try {
    if (!kept) {
      const token = wanted.newToken();
      const made = await client.ask(
        { method: 'POST', route: ROUTE, body: { ...body, type: 'marketing', auth: { type: 'bearer', token } } },
        IdAnswer,
      );
      return { state: 'created', id: String(made.id), signingSecret: token };
    }
    const isRight = kept.url === wanted.url && isSameSet(kept.events, events);
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

/** Takes all hooks of ours off the account; those of others stay. */
export async function removeWebhook(client: BrevoClient, ownPrefix: string): Promise<void> {
  const hooks = await readWebhooks(client);
  for (const hook of hooks) if (isBelow(hook.url, ownPrefix)) await deleteWebhook(client, hook.id);
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

/** `/hook/1` is not above `/hook/12`. */
function isBelow(url: string, prefix: string): boolean {
  return url === prefix || url.startsWith(prefix.endsWith('/') ? prefix : `${prefix}/`);
}

function isSameSet(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((entry) => other.includes(entry));
}
