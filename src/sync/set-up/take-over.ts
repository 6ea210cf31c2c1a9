import type { Connection } from '../../core/connection.ts';
import { UserError } from '../../core/errors.ts';
import type { OutsideSystems } from '../../core/outside-systems.ts';
import { isOwnHook } from '../../core/own-hook.ts';
import type { Secret } from '../../core/secret.ts';
import type { ConnectionInSetUp } from './connection-registry.ts';
import { type MadeWebhook, makeWebhook } from './make-webhook.ts';
import { type HookPlace, hasSecret, hookAddress, isForeignHook, ownerOfHook } from './webhook-address.ts';

/** What a take-over leaves behind. `mayBeOld`: the data may be of an earlier time. */
export type TakenOver = { acceptedHooks: readonly string[]; webhook: MadeWebhook; mayBeOld: boolean };

/** @throws UserError 409 `connection.twin` while somebody else may be working on the audience (F9) */
export function assertTakenOver({ twin }: Pick<Connection, 'twin'>): void {
  if (twin) throw new UserError({ code: 'connection.twin', status: 409 });
}

/**
 * "This is the one that goes on" (F9): our hook gets a mark by which every other copy of us notices, hooks that this very
 * connection made as another installation are taken off, and hooks of others are kept and no longer minded.
 *
 * @param parts.hookMark new; stored before the hook carries it
 * @throws UserError 409 `connection.not_stopped_as_twin`
 * @throws ProviderError
 */
export async function takeOver(
  parts: { systems: OutsideSystems; place: HookPlace; hookSecret: Secret; hookMark: string },
  { connection, credentials, store }: ConnectionInSetUp,
): Promise<TakenOver> {
  const { systems, place, hookSecret, hookMark } = parts;
  const { twin, audienceId, provider: name } = connection;
  if (!twin || audienceId === null) throw new UserError({ code: 'connection.not_stopped_as_twin', status: 409 });
  const provider = systems.provider(name, credentials.providerKey).reads;
  const { url: ownUrl, ownPrefix } = hookAddress(place, provider, hookSecret, hookMark);
  const urls = await provider.listWebhookUrls(audienceId);
  const former = urls.filter((url) => hasSecret(url, name, hookSecret) && !isOwnHook(url, ownPrefix));
  const foreign = urls.filter((url) => isForeignHook(url, place, name) && !former.includes(url));
  await store.transact((tables) => tables.connection.saveHookMarks([hookMark]));
  const webhook = await makeWebhook(
    { provider, place, hookSecret, hookMark, activities: connection.settings.activities },
    audienceId,
  );
  if (webhook.state === 'ok') await provider.moveWebhook(audienceId, ownUrl, ownPrefix);
  for (const url of former) await provider.removeWebhook(audienceId, url);
  return {
    acceptedHooks: foreign.map((url) => ownerOfHook(url, name)),
    webhook,
    mayBeOld: twin.cause !== 'foreign_hook',
  };
}
