import type { CrmCredentials } from '../core/outside-systems.ts';
import type { Secret } from '../core/secret.ts';
import { activations } from '../db/activations.ts';
import type { Queryable } from '../db/database.ts';
import type { ConnectionScope } from '../db/scope.ts';
import type { SecretBox } from '../db/secret-box.ts';
import { type SecretName, secrets } from '../db/secrets.ts';

/** Hash by which it is known whose keys of the CRM a connection uses. */
export function crmAccountHash(box: SecretBox, token: string): string {
  return box.hash('crm-account', token);
}

/** What is read for it. */
export const CRM_SECRETS: readonly SecretName[] = ['crm-token', 'crm-secret'];

/** A secret that every connection has, among those that were read. */
export function secretOf(known: ReadonlyMap<SecretName, Secret>, name: SecretName): Secret {
  const secret = known.get(name);
  if (!secret) throw new Error(`The connection has no ${name}`);
  return secret;
}

/**
 * A connection's keys of the CRM; with the newest claim, where they are those of the tenant's activation (M27).
 *
 * @param known its secrets, where somebody has read them already
 */
export async function readCrmCredentials(
  db: Queryable,
  scope: ConnectionScope,
  box: SecretBox,
  known?: ReadonlyMap<SecretName, Secret>,
): Promise<CrmCredentials> {
  const read = known ?? (await secrets(db, scope, box).several(CRM_SECRETS));
  const [token, secret] = [secretOf(read, 'crm-token'), secretOf(read, 'crm-secret')];
  const claim = await activations(db, box).claimFor(scope.tenantId, crmAccountHash(box, token.reveal()));
  return { token, secret, ...(claim ? { claim } : {}) };
}
