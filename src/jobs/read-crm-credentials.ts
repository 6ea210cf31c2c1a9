import type { CrmCredentials } from '../core/outside-systems.ts';
import { activations } from '../db/activations.ts';
import type { Queryable } from '../db/database.ts';
import type { ConnectionScope } from '../db/scope.ts';
import type { SecretBox } from '../db/secret-box.ts';
import { type SecretName, secrets } from '../db/secrets.ts';

/** Hash by which it is known whose keys of the CRM a connection uses. */
export function crmAccountHash(box: SecretBox, token: string): string {
  return box.hash('crm-account', token);
}

/** A connection's keys of the CRM; with the newest claim, where they are those of the tenant's activation (M27). */
export async function readCrmCredentials(
  db: Queryable,
  scope: ConnectionScope,
  box: SecretBox,
): Promise<CrmCredentials> {
  const vault = secrets(db, scope, box);
  const read = async (name: SecretName) => {
    const secret = await vault.get(name);
    if (!secret) throw new Error(`The connection has no ${name}`);
    return secret;
  };
  const [token, secret] = [await read('crm-token'), await read('crm-secret')];
  const claim = await activations(db, box).claimFor(scope.tenantId, crmAccountHash(box, token.reveal()));
  return { token, secret, ...(claim ? { claim } : {}) };
}
