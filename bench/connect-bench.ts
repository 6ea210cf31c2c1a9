import { randomUUID } from 'node:crypto';
import { DEFAULT_SECRET, DEFAULT_TOKEN } from '../simulators/onoffice/index.ts';
import type { Connection, ConnectionToAdd } from '../src/core/connection.ts';
import type { ProviderName } from '../src/core/mailing-provider.ts';
import type { OutsideSystems } from '../src/core/outside-systems.ts';
import { Secret } from '../src/core/secret.ts';
import { connections } from '../src/db/connections.ts';
import type { Database } from '../src/db/database.ts';
import type { SecretBox } from '../src/db/secret-box.ts';
import { secrets } from '../src/db/secrets.ts';
import { checkCrm, crmFacts } from '../src/sync/set-up/check-crm.ts';
import { AUDIENCE_NAME } from '../src/sync/set-up/check-provider.ts';

const HOOKS = 'https://connector.test/hooks/';

/** Does the set-up of one tenant: checks both keys, makes audience, fields and webhook, and stores the connection. */
export async function connectBench(parts: {
  database: Database;
  systems: OutsideSystems;
  box: SecretBox;
  provider: ProviderName;
  apiKey: string;
  now: number;
}): Promise<Connection> {
  const { database, systems, box, now } = parts;
  const credentials = { token: new Secret(DEFAULT_TOKEN), secret: new Secret(DEFAULT_SECRET) };
  const providerKey = new Secret(parts.apiKey);
  const access = await checkCrm(systems, credentials);
  const provider = systems.provider(parts.provider, providerKey).reads;
  const account = await provider.checkAccount();
  const audience = await provider.createAudience(AUDIENCE_NAME);
  const { missing } = await provider.recogniseFields(audience.id);
  const mapping = await provider.createFields(audience.id, missing);
  const tenantId = randomUUID();
  const id = randomUUID();
  await provider.ensureWebhook(audience.id, `${HOOKS}${id}`, HOOKS);
  const connection: ConnectionToAdd = {
    id,
    tenantId,
    provider: parts.provider,
    state: 'active',
    accountId: account.accountId,
    accountName: account.name,
    accountPlan: account.plan,
    isPaidPlan: account.isPaidPlan,
    audienceId: audience.id,
    audienceName: audience.name,
    settings: {
      audience: { choice: 'onoffice' },
      mapping: {},
      activities: [],
      unknownMembers: 'create',
      optOutValue: 'cancellation',
    },
    mapping,
    crmFacts: crmFacts(access),
  };
  await database.transact(async (trx) => {
    await connections(trx).addTenant(tenantId, 'Bench', now);
    await connections(trx).add(connection, { crmAccount: tenantId, hookSecret: id }, now);
    const vault = secrets(trx, { tenantId, connectionId: id }, box);
    await vault.put('crm-token', credentials.token);
    await vault.put('crm-secret', credentials.secret);
    await vault.put('provider-key', providerKey);
  });
  const stored = await connections(database.db).get(id);
  if (!stored) throw new Error('The connection was just stored');
  return stored;
}
