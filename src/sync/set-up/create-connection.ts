import type { AudienceChoice, Connection, ConnectionSettings, CrmFacts } from '../../core/connection.ts';
import type { ProviderName } from '../../core/mailing-provider.ts';
import type { CrmCredentials, OutsideSystems } from '../../core/outside-systems.ts';
import type { Secret } from '../../core/secret.ts';
import { checkCrm, crmFacts } from './check-crm.ts';
import { AUDIENCE_NAME, checkProvider } from './check-provider.ts';
import { chooseAudience } from './choose-audience.ts';
import type { ConnectionRegistry, FormerOfAudience, NewConnection } from './connection-registry.ts';
import { isSameCustomer } from './is-same-customer.ts';

/** What step 1 of the set-up has asked for (U1). */
export type ConnectionRequest = {
  /** the tenant for whom somebody asks who sees no other; undefined: whosever keys they are */
  tenantId?: string | undefined;
  crm: CrmCredentials;
  provider: ProviderName;
  apiKey: Secret;
  audience: AudienceChoice;
};

/**
 * Saves step 1: both keys are checked again and the connection is stored as a draft; one that the customer had with the same
 * audience before goes on from what was learned (U7). Nothing is created at the provider, and nothing is stored before every
 * check has passed.
 *
 * @throws ProviderError when a key is refused
 * @throws UserError see `chooseAudience`, `checkCrm`
 */
export async function createConnection(
  parts: { systems: OutsideSystems; registry: ConnectionRegistry },
  request: ConnectionRequest,
): Promise<Connection> {
  const { systems, registry } = parts;
  const facts = crmFacts(await checkCrm(systems, request.crm));
  const { account } = await checkProvider(systems, request.provider, request.apiKey);
  const others = await registry.ofAccount(request.provider, account.accountId);
  const { audience } = chooseAudience(request.provider, account, request.audience, others);
  const found: NewConnection = {
    tenantId: request.tenantId,
    crm: request.crm,
    providerKey: request.apiKey,
    connection: {
      provider: request.provider,
      state: 'draft',
      accountId: account.accountId,
      accountName: account.name,
      accountPlan: account.plan,
      isPaidPlan: account.isPaidPlan,
      audienceId: null,
      audienceName: audience?.name ?? AUDIENCE_NAME,
      settings: defaultSettings(request.audience, facts),
      mapping: {},
      crmFacts: facts,
    },
  };
  const former = audience && (await formerOf(parts, found, audience.id));
  return former ? registry.revive(former.connection.id, found) : registry.add(found);
}

/** The connection that the same customer had with this audience before. */
async function formerOf(
  { systems, registry }: { systems: OutsideSystems; registry: ConnectionRegistry },
  { tenantId, crm, connection: { provider, accountId } }: NewConnection,
  audienceId: string,
): Promise<FormerOfAudience | undefined> {
  for (const former of await registry.formersOf(provider, accountId, audienceId)) {
    // Whoever sees one tenant only would not see a connection of another.
    if (tenantId !== undefined && former.connection.tenantId !== tenantId) continue;
    if (former.hasCrmToken(crm.token) || (await isSameCustomer(systems, former.store, crm))) return former;
  }
  return undefined;
}

function defaultSettings(audience: AudienceChoice, facts: CrmFacts): ConnectionSettings {
  return {
    audience,
    mapping: {},
    activities: ['subscribed', 'unsubscribed', 'delivered', 'hard-bounce'],
    optOutValue: facts.permitsCancellation ? 'cancellation' : 'no',
    unknownMembers: 'create',
  };
}
