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
 * @param known its secrets
 * @param claimFor the claim of the activation whose token has a hash
 */
export function crmCredentials(
  box: SecretBox,
  known: ReadonlyMap<SecretName, Secret>,
  claimFor: (tokenHash: string) => Secret | undefined,
): CrmCredentials {
  const [token, secret] = [secretOf(known, 'crm-token'), secretOf(known, 'crm-secret')];
  const claim = claimFor(crmAccountHash(box, token.reveal()));
  return { token, secret, ...(claim ? { claim } : {}) };
}

/** Reads a connection's keys of the CRM, as `crmCredentials`. */
export async function readCrmCredentials(
  db: Queryable,
  scope: ConnectionScope,
  box: SecretBox,
): Promise<CrmCredentials> {
  const known = await secrets(db, scope, box).several(CRM_SECRETS);
  const token = secretOf(known, 'crm-token');
  const claim = await activations(db, box).claimFor(scope.tenantId, crmAccountHash(box, token.reveal()));
  return crmCredentials(box, known, () => claim);
}
