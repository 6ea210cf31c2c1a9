import { type CrmUserRole, roleOfCrmUser, seesEverything } from '../../core/crm-user.ts';
import { ProviderError } from '../../core/errors.ts';
import type { Marketplace, SignedCall } from '../../core/marketplace.ts';
import type { Activation } from '../../db/activations.ts';

/** Somebody who opens us in the CRM. `isTrusted`: background work may be done with his rights. */
export type CrmVisit = { name: string; role: CrmUserRole; isTrusted: boolean };

/**
 * Finds out who opens us and what he may here: what the CRM lets him do there. Where it does not answer he is let in as he was
 * known (decision 28).
 *
 * @param known.heldContacts readable contacts that the tenant's connections hold
 */
export async function receiveCrmUser(
  marketplace: Marketplace,
  { token, secret, activatedBy }: Activation,
  { userId, claim }: SignedCall,
  known: { name: string | undefined; role: CrmUserRole | undefined; heldContacts: number },
): Promise<CrmVisit> {
  const facts = await marketplace.readUser({ token, secret, claim }, userId).catch((error: unknown) => {
    if (error instanceof ProviderError) return undefined;
    throw error;
  });
  const role = roleOfCrmUser(facts, { hasActivated: activatedBy === userId, role: known.role });
  return {
    name: facts?.name || known.name || userId,
    role,
    isTrusted: seesEverything(facts, role, known.heldContacts),
  };
}
