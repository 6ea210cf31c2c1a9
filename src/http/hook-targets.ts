import type { Clock } from '../core/clock.ts';
import type { ProviderName } from '../core/mailing-provider.ts';
import type { Secret } from '../core/secret.ts';
import { connections } from '../db/connections.ts';
import type { Database } from '../db/database.ts';
import type { ConnectionScope } from '../db/scope.ts';
import type { SecretBox } from '../db/secret-box.ts';
import { secrets } from '../db/secrets.ts';

/** Whose webhook an address is. `signingSecret`: what its deliveries prove themselves by; undefined: the address alone does. */
export type HookTarget = {
  scope: ConnectionScope;
  provider: ProviderName;
  signingSecret: Secret | undefined;
};

/** Finds connections by the secret in the path of their webhook. */
export type HookTargets = {
  /** As it was a few seconds ago at most: enough to take a delivery, not enough to refuse one as not genuine. */
  find(hookSecret: string): Promise<HookTarget | undefined>;
  /** As it is now. */
  read(hookSecret: string): Promise<HookTarget | undefined>;
};

/** How long a connection that was found is taken to be unchanged: a burst of webhooks then costs one look. */
const KEPT_MS = 5_000;

/** Keeps the opened secrets of connections whose webhooks come; addresses of nobody are not kept, whoever invents them. */
export function createHookTargets(parts: { database: Database; box: SecretBox; clock: Clock }): HookTargets {
  const { database, box, clock } = parts;
  const kept = new Map<string, { until: number; target: Promise<HookTarget | undefined> }>();

  const load = async (hash: string): Promise<HookTarget | undefined> => {
    const connection = await connections(database.db).byHookSecretHash(hash);
    if (!connection) return undefined;
    const scope = { tenantId: connection.tenantId, connectionId: connection.id };
    const signingSecret = await secrets(database.db, scope, box).get('hook-signing-secret');
    return { scope, provider: connection.provider, signingSecret: signingSecret?.reveal() ? signingSecret : undefined };
  };

  const keep = (hash: string): Promise<HookTarget | undefined> => {
    const now = clock.now();
    for (const [other, { until }] of kept) if (until <= now) kept.delete(other);
    const target = load(hash);
    kept.set(hash, { until: now + KEPT_MS, target });
    const forget = () => {
      if (kept.get(hash)?.target === target) kept.delete(hash);
    };
    // Without a secret to prove itself by, a delivery is taken on what is so now: the secret may just be being stored.
    target.then((found) => found?.signingSecret ?? forget(), forget);
    return target;
  };

  return {
    find(hookSecret) {
      const hash = box.hash('hook', hookSecret);
      const found = kept.get(hash);
      return found && found.until > clock.now() ? found.target : keep(hash);
    },
    read: (hookSecret) => keep(box.hash('hook', hookSecret)),
  };
}
