import { Secret } from '../core/secret.ts';
import type { Queryable } from '../db/database.ts';
import type { ConnectionScope } from '../db/scope.ts';
import type { SecretBox } from '../db/secret-box.ts';
import { secrets } from '../db/secrets.ts';
import type { HookSigning } from '../sync/set-up/make-webhook.ts';

/** The signing secret of a connection's webhook; an empty one verifies nothing. */
export function hookSigning(db: Queryable, scope: ConnectionScope, box: SecretBox): HookSigning {
  const vault = secrets(db, scope, box);
  return {
    forget: () => vault.put('hook-signing-secret', new Secret('')),
    keep: (secret) => vault.put('hook-signing-secret', secret),
  };
}
