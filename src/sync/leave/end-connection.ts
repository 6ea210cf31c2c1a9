import type { Clock } from '../../core/clock.ts';
import type { Connection } from '../../core/connection.ts';
import { ProviderError } from '../../core/errors.ts';
import type { MailingProvider } from '../../core/mailing-provider.ts';
import type { Secret } from '../../core/secret.ts';
import type { Store, Tables } from '../../db/store.ts';
import { hookAddress, type WebhookPlace } from '../set-up/webhook-address.ts';

/** What ending a connection is handed. `hook`: undefined where nobody knows our own address. */
export type EndParts = {
  connection: Connection;
  store: Store;
  provider: Pick<MailingProvider, 'name' | 'capabilities' | 'removeWebhook'>;
  hook: { place: WebhookPlace; secret: Secret } | undefined;
  clock: Clock;
};

/**
 * Takes our webhook off, forgets the keys and keeps what was learned: consent record, base states, what both sides held last
 * (U7). A provider that does not answer, or a key that was revoked, holds nobody: the hook then stays behind and its events
 * meet a closed door.
 *
 * @param alongside done in the transaction in which it ends
 */
export async function endConnection(
  parts: EndParts,
  alongside: (tables: Tables, now: number) => Promise<void> = async () => {},
): Promise<void> {
  const { store, clock } = parts;
  const isHookRemoved = await removeHook(parts);
  await store.transact(async (tables) => {
    const now = clock.now();
    await alongside(tables, now);
    await tables.ending.disconnect(now);
    await tables.journal.write(isHookRemoved ? 'journal.disconnected' : 'journal.disconnected_hook_left', {}, now);
  });
}

/** @returns whether none of our hooks is left at the audience */
export async function removeHook({ connection, provider, hook }: Omit<EndParts, 'store' | 'clock'>): Promise<boolean> {
  if (connection.audienceId === null) return true;
  // The hook may be the one of the copy that goes on (F9).
  if (!hook || (connection.twin && connection.twin.cause !== 'foreign_hook')) return false;
  try {
    const { ownPrefix } = hookAddress(hook.place, provider, hook.secret);
    await provider.removeWebhook(connection.audienceId, ownPrefix);
    return true;
  } catch (error) {
    if (error instanceof ProviderError) return false;
    throw error;
  }
}
