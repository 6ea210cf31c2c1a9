import type { ProviderName } from '../../core/mailing-provider.ts';
import type { Secret } from '../../core/secret.ts';
import type { TwinCause } from '../../core/standing.ts';
import { hasSecret, isForeignHook, markOfHook, ownerOfHook, type WebhookPlace } from '../set-up/webhook-address.ts';

/** What is known of a connection's hooks. `marks`: that ours may carry; none: not known. `accepted`: who else may have one. */
export type HooksInMind = {
  place: WebhookPlace;
  provider: ProviderName;
  secret: Secret;
  marks: readonly string[];
  accepted: readonly string[];
};

/** Tells by the hooks of an audience whether somebody else works on it, or another copy of us (F9). */
export function judgeHooks(urls: readonly string[], known: HooksInMind): TwinCause | undefined {
  const { place, provider, secret, marks, accepted } = known;
  const isUnknown = (mark: string | undefined) => mark !== undefined && marks.length > 0 && !marks.includes(mark);
  if (urls.some((url) => isUnknown(markOfHook(url, provider, secret)))) return 'unknown_mark';
  const foreign = urls.filter((url) => isForeignHook(url, place, provider) && !hasSecret(url, provider, secret));
  // Made by this very connection, under the id of an installation that has the same data: its copy.
  const copies = urls.filter((url) => isForeignHook(url, place, provider) && hasSecret(url, provider, secret));
  if (copies.length > 0) return 'other_installation';
  return foreign.some((url) => !accepted.includes(ownerOfHook(url, provider))) ? 'foreign_hook' : undefined;
}
