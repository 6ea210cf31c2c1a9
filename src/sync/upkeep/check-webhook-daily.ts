import { ProviderError, type ProviderErrorKind } from '../../core/errors.ts';
import type { SyncParts } from '../sync-parts.ts';
import type { WebhookCheck } from './check-webhook.ts';

export const HOOK_CHECK_MS = 86_400_000;
/** Wait after a check that found something it could not put right, in ms. */
const AGAIN_MS = 3_600_000;

/** Refusals of the check alone: a key that may not see webhooks must not stop everything else. */
const OWN_REFUSALS: readonly ProviderErrorKind[] = ['forbidden', 'misconfigured', 'rejected', 'not_found'];

/** Checks our webhook at the provider and puts it right (F3). */
export type CheckHook = (sync: SyncParts) => Promise<WebhookCheck>;

/**
 * Checks the webhook and plans the next check: a day later, or soon where it is not well.
 *
 * @param checkHook undefined: nobody here knows our own address, and nothing is checked
 * @throws ProviderError when the provider does not answer or the key is good no longer
 */
export async function checkWebhookDaily(sync: SyncParts, checkHook: CheckHook | undefined): Promise<void> {
  const isWell = checkHook ? await isWebhookWell(sync, checkHook) : true;
  const waitMs = isWell ? HOOK_CHECK_MS : AGAIN_MS;
  await sync.store.tables.cursors.planNext('hook-check', sync.clock.now() + waitMs);
}

async function isWebhookWell(sync: SyncParts, checkHook: CheckHook): Promise<boolean> {
  try {
    return (await checkHook(sync)).isWell;
  } catch (error) {
    if (!(error instanceof ProviderError) || !OWN_REFUSALS.includes(error.kind)) throw error;
    const notice = { code: error.code, params: { words: error.words } };
    await sync.store.tables.health.set('webhook', 'failing', sync.clock.now(), notice);
    return false;
  }
}
