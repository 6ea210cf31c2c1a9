import { UserError } from '../core/errors.ts';
import type { CrmCredentials } from '../core/outside-systems.ts';
import { Secret } from '../core/secret.ts';
import { activations } from '../db/activations.ts';
import type { AppParts } from './app-parts.ts';
import { type Caller, tenantOf } from './auth.ts';

type TypedKeys = { token?: string | undefined; secret?: string | undefined };

/** Keys of the CRM's API user as somebody entered them (M28). */
export function typedCrmKeys({ token, secret }: { token: string; secret: string }): CrmCredentials {
  return { token: new Secret(token), secret: new Secret(secret) };
}

/**
 * The CRM's keys of a request: those that were entered, or those of the activation where the caller came through the CRM (M27).
 *
 * @param field which input is missing when nothing was entered; by default the one of the two that is
 * @throws UserError 400 `input.invalid`, 409 `connection.keys_from_activation`
 */
export async function crmKeysOf(
  { database, box }: Pick<AppParts, 'database' | 'box'>,
  caller: Caller | undefined,
  { token, secret }: TypedKeys,
  field?: 'crm',
): Promise<CrmCredentials> {
  const own = tenantOf(caller);
  if (own === undefined) {
    if (token !== undefined && secret !== undefined) return typedCrmKeys({ token, secret });
    const missing = field ?? (token === undefined ? 'token' : 'secret');
    throw new UserError({ code: 'input.invalid', field: missing, params: { field: missing } });
  }
  if (token !== undefined || secret !== undefined) assertOwnKeys(caller);
  const activation = await activations(database.db, box).ofTenant(own);
  if (!activation) throw new UserError({ code: 'marketplace.not_activated', status: 403 });
  const { claim } = activation;
  return { token: activation.token, secret: activation.secret, ...(claim ? { claim: claim.claim } : {}) };
}

/** @throws UserError 409 `connection.keys_from_activation` when the caller's keys come from the CRM and are not his to enter */
export function assertOwnKeys(caller: Caller | undefined): void {
  if (tenantOf(caller) === undefined) return;
  throw new UserError({ code: 'connection.keys_from_activation', status: 409, field: 'crm' });
}
