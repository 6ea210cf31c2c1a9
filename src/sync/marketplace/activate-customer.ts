import { ProviderError, UserError } from '../../core/errors.ts';
import type { CrmCustomer, Marketplace, SignedCall } from '../../core/marketplace.ts';
import type { Secret } from '../../core/secret.ts';
import type { ActivationRegistry } from './activation-registry.ts';

/** What an activation that was opened in the CRM left with us, until the person has entered the key. */
export type OpenedActivation = {
  customer: CrmCustomer;
  userId: string;
  token: Secret;
  claim: Secret;
  cacheId: string;
  calledAt: number;
};

/** @throws UserError 400 `marketplace.call_incomplete` when the call opens a service and no activation */
export function openedActivation({ customer, userId, claim, calledAt, activation }: SignedCall): OpenedActivation {
  if (!activation) throw new UserError({ code: 'marketplace.call_incomplete', params: { field: 'apiToken' } });
  return { customer, userId, claim, calledAt, token: activation.token, cacheId: activation.cacheId };
}

/**
 * Ends an activation (M27): the CRM opens its doors for the key that the person copied, then tenant and keys are stored. A
 * customer who activates us anew keeps his tenant, and his connections get the new keys.
 *
 * @throws UserError 409 `marketplace.activation_superseded`, 422 `marketplace.key_wrong`
 * @throws ProviderError
 */
export async function activateCustomer(
  { marketplace, registry }: { marketplace: Marketplace; registry: ActivationRegistry },
  opened: OpenedActivation,
  secret: Secret,
): Promise<void> {
  const { customer, token, claim, cacheId, calledAt, userId } = opened;
  const known = await registry.ofCustomer(customer.id);
  // Its keys were taken out of use when the newer one was begun.
  if (known && known.activatedAt > calledAt)
    throw new UserError({ code: 'marketplace.activation_superseded', status: 409 });
  try {
    await marketplace.unlock({ token, secret, claim }, cacheId);
  } catch (error) {
    if (error instanceof ProviderError && error.code === 'onoffice.credentials_invalid')
      throw new UserError({ code: 'marketplace.key_wrong', status: 422, field: 'apiKey', cause: error });
    throw error;
  }
  await registry.store({ customer, token, secret, activatedAt: calledAt, activatedBy: userId });
}
