import { randomUUID } from 'node:crypto';
import { DEFAULT_SECRET, DEFAULT_TOKEN } from '../../simulators/onoffice/index.ts';
import type { Connection, ConnectionSettings, ConnectionToAdd } from '../../src/core/connection.ts';
import type { ProviderName } from '../../src/core/mailing-provider.ts';
import type { OutsideSystems } from '../../src/core/outside-systems.ts';
import { Secret } from '../../src/core/secret.ts';
import { connections } from '../../src/db/connections.ts';
import type { Database } from '../../src/db/database.ts';
import type { createSecretBox } from '../../src/db/secret-box.ts';
import { secrets } from '../../src/db/secrets.ts';
import { checkCrm, crmFacts } from '../../src/sync/set-up/check-crm.ts';

/**
 * Stores a ready connection between the simulators; the audience `onoffice` and its fields are made where they are missing.
 *
 * @param ids of the connection and its tenant, new ones by default; a tenant may have several connections
 */
export async function connectWorld(
  database: Database,
  systems: OutsideSystems,
  { name, apiKey }: { name: ProviderName; apiKey: string },
  box: ReturnType<typeof createSecretBox>,
  now: number,
  chosen: Pick<ConnectionSettings, 'optOutValue' | 'activities'> & Partial<ConnectionSettings>,
  ids: { tenantId: string; connectionId: string; isNewTenant: boolean } = {
    tenantId: randomUUID(),
    connectionId: randomUUID(),
    isNewTenant: true,
  },
): Promise<Connection> {
  const credentials = { token: new Secret(DEFAULT_TOKEN), secret: new Secret(DEFAULT_SECRET) };
  const providerKey = new Secret(apiKey);
  const access = await checkCrm(systems, credentials);
  const provider = systems.provider(name, providerKey).reads;
  const account = await provider.checkAccount();
  const audience =
    account.audiences.find(({ name }) => name === 'onoffice') ?? (await provider.createAudience('onoffice'));
  const { missing } = await provider.recogniseFields(audience.id);
  const mapping = await provider.createFields(audience.id, missing);
  const { tenantId } = ids;
  const connection: ConnectionToAdd = {
    id: ids.connectionId,
    tenantId,
    provider: name,
    state: 'ready',
    // The same account in every world: worlds that share a database must not share it.
    accountId: `${account.accountId} ${tenantId}`,
    accountName: account.name,
    accountPlan: account.plan,
    isPaidPlan: account.isPaidPlan,
    audienceId: audience.id,
    audienceName: audience.name,
    settings: { audience: { choice: 'onoffice' }, mapping: {}, unknownMembers: 'create', ...chosen },
    mapping,
    crmFacts: crmFacts(access),
  };
  await database.transact(async (trx) => {
    if (ids.isNewTenant) await connections(trx).addTenant(tenantId, 'Test', now);
    await connections(trx).add(connection, { crmAccount: tenantId, hookSecret: connection.id }, now);
    const vault = secrets(trx, { tenantId, connectionId: connection.id }, box);
    await vault.put('crm-token', credentials.token);
    await vault.put('crm-secret', credentials.secret);
    await vault.put('provider-key', providerKey);
  });
  const stored = await connections(database.db).get(connection.id);
  if (!stored) throw new Error('the connection was just stored');
  return stored;
}
