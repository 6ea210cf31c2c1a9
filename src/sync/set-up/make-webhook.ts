import type { ActivityKind } from '../../core/activity.ts';
import type { MailingProvider } from '../../core/mailing-provider.ts';
import { Secret } from '../../core/secret.ts';
import { type HookPlace, hookAddress, isLocalAddress } from './webhook-address.ts';

/**
 * What became of our webhook. `signingSecret`: new with this hook, empty where its deliveries are not signed; undefined: the
 * one from before stays.
 */
export type MadeWebhook =
  | { state: 'ok'; change: 'none' | 'created' | 'repaired'; signingSecret: Secret | undefined }
  | { state: 'failing'; notice: { code: string; params: Record<string, string> } };

/** The secret by which the receiver knows that a delivery is genuine. */
export type HookSigning = {
  /** from now on the secret in the path alone counts */
  forget(): Promise<void>;
  keep(secret: Secret): Promise<void>;
};

/**
 * Makes or repairs our webhook (M3). One that cannot be reached is no failure: a full sync reads every change.
 *
 * @param parts.activities which happenings it has to tell for the settings' sake (M4)
 * @param parts.hookMark for a hook that is written now; one that is right but for its mark stays as it is
 */
export async function makeWebhook(
  parts: {
    provider: MailingProvider;
    place: HookPlace;
    hookSecret: Secret;
    hookMark?: string | undefined;
    activities: readonly ActivityKind[];
  },
  audienceId: string,
): Promise<MadeWebhook> {
  const { provider, place, hookSecret, hookMark } = parts;
  if (isLocalAddress(place.publicUrl) && !place.isPractice) {
    return { state: 'failing', notice: { code: 'webhook.local_address', params: {} } };
  }
  const { url, ownPrefix } = hookAddress(place, provider, hookSecret, hookMark);
  const made = await provider.ensureWebhook(audienceId, url, ownPrefix, parts.activities);
  switch (made.state) {
    case 'created':
      return { state: 'ok', change: 'created', signingSecret: new Secret(made.signingSecret) };
    case 'repaired':
      return { state: 'ok', change: 'repaired', signingSecret: undefined };
    case 'ok':
      return { state: 'ok', change: 'none', signingSecret: undefined };
    case 'unreachable':
      return { state: 'failing', notice: { code: 'webhook.unreachable', params: { words: made.words } } };
  }
}
