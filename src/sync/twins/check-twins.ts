import { ProviderError } from '../../core/errors.ts';
import { withoutMark } from '../../core/own-hook.ts';
import { HOOKS_CHECK_MS } from '../../core/standing.ts';
import type { LaneParts } from '../lanes/lane-parts.ts';
import { hasSecret, withMark } from '../set-up/webhook-address.ts';
import type { SyncParts } from '../sync-parts.ts';
import { judgeHooks } from './judge-hooks.ts';

/** Marks that are kept while nobody has heard whether the hook carries them. */
const MOST_MARKS = 20;

/** When hooks that may not be read are looked at again, in ms. */
const AGAIN_MS = 300_000;
/** The same where the provider does not answer: nothing is written beside a twin from when it does. */
const SOON_MS = 10_000;

/**
 * Looks at the hooks of the audience when it is time, at each start first of all: whoever else works on it shows by them, and
 * the connection stops until a person has taken the audience over (F9). Then our own hook gets a new mark, by which a copy of
 * these data finds out that it is one.
 */
export async function checkTwins(
  { hook, connection: { wentBack } }: LaneParts,
  { provider, connection, store, clock }: SyncParts,
): Promise<'stopped' | 'goes-on'> {
  const { audienceId } = connection;
  const now = clock.now();
  const { marks, accepted, checkedAt } = await store.tables.connection.hooks();
  if (now - Date.parse(checkedAt) < HOOKS_CHECK_MS) return 'goes-on';
  if (!hook) {
    // A worker that does not know its own address leaves it to another one; without a wait it would be woken for it each second.
    await store.transact((tables) => tables.connection.hooksChecked(now - HOOKS_CHECK_MS + AGAIN_MS));
    return 'goes-on';
  }
  const { place, secret } = hook;
  try {
    const urls = await provider.listWebhookUrls(audienceId);
    const twin = judgeHooks(urls, { place, provider: provider.name, secret, marks, accepted });
    if (twin) {
      await store.transact((tables) => tables.connection.stopAsTwin(twin, now));
      return 'stopped';
    }
    // Nothing is written before the full sync that follows has asked; whoever else works on it is told then.
    const own = urls.find((url) => hasSecret(url, provider.name, secret));
    if (own !== undefined && (!wentBack || wentBack.isCaughtUp)) await writeMark(own);
    await store.transact((tables) => tables.connection.hooksChecked(now));
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    const isAway = error.kind === 'unavailable' || error.kind === 'rate_limited';
    const again = clock.now() + (isAway ? SOON_MS : AGAIN_MS);
    await store.transact((tables) => tables.connection.hooksChecked(again - HOOKS_CHECK_MS));
  }
  return 'goes-on';

  async function writeMark(own: string): Promise<void> {
    const mark = marks.length < MOST_MARKS ? hook?.newMark() : marks[0];
    if (mark === undefined) return;
    // Known before it is written: an answer that is lost must not make us a stranger to ourselves.
    await store.transact((tables) => tables.connection.saveHookMarks([...new Set([mark, ...marks])]));
    // Its host stays: a hook under another address than ours waits for a click (F3).
    const url = withMark(own, mark);
    const isMoved = await provider.moveWebhook(audienceId, url, withoutMark(own));
    if (isMoved) await store.transact((tables) => tables.connection.saveHookMarks([mark]));
  }
}
