import { ProviderError } from '../../core/errors.ts';
import type { OutsideSystems } from '../../core/outside-systems.ts';
import type { Secret } from '../../core/secret.ts';
import type { ConnectionInSetUp } from './connection-registry.ts';
import { hookAddress, type WebhookPlace } from './webhook-address.ts';

/**
 * Takes our webhook off and forgets the connection (U7). The members stay as they are, the consent record stays. A provider
 * that does not answer or a key that was revoked holds nobody: the hook then stays behind and its events meet a closed door.
 *
 * @returns false when the webhook could not be taken off
 */
export async function disconnect(
  parts: { systems: OutsideSystems; place: WebhookPlace; hookSecret: Secret },
  { connection, store, credentials }: ConnectionInSetUp,
): Promise<boolean> {
  const isHookRemoved = await removeHook();
  await store.transact((tables) => tables.connection.remove());
  return isHookRemoved;

  async function removeHook(): Promise<boolean> {
    if (connection.audienceId === null) return true;
    // The hook may be the one of the copy that goes on (F9).
    if (connection.twin && connection.twin.cause !== 'foreign_hook') return false;
    try {
      const provider = parts.systems.provider(connection.provider, credentials.providerKey).reads;
      const { ownPrefix } = hookAddress(parts.place, provider, parts.hookSecret);
      await provider.removeWebhook(connection.audienceId, ownPrefix);
      return true;
    } catch (error) {
      if (error instanceof ProviderError) return false;
      throw error;
    }
  }
}
