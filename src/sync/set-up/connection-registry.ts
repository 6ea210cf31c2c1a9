import type { Connection, ConnectionToAdd } from '../../core/connection.ts';
import type { ProviderName } from '../../core/mailing-provider.ts';
import type { CrmCredentials } from '../../core/outside-systems.ts';
import type { Secret } from '../../core/secret.ts';
import type { Store } from '../../db/store.ts';

/** A connection to be stored, with everything that belongs to it. */
export type NewConnection = {
  connection: Omit<ConnectionToAdd, 'id' | 'tenantId'>;
  /** undefined: found by the CRM customer, else made */
  tenantId: string | undefined;
  crm: CrmCredentials;
  providerKey: Secret;
};

/** A connection that was ended. `hasCrmToken`: whether it was made with this API user of the CRM. */
export type FormerOfAudience = { connection: Connection; store: Store; hasCrmToken(token: Secret): boolean };

/** The installation's connections, as set-up sees them. */
export type ConnectionRegistry = {
  /** Connections of a provider's account, whatever their tenant. */
  ofAccount(provider: ProviderName, accountId: string): Promise<readonly Connection[]>;
  /** Connections that wrote to an audience and were ended (U7), the newest first. */
  formersOf(provider: ProviderName, accountId: string, audienceId: string): Promise<readonly FormerOfAudience[]>;
  /**
   * Begins the set-up of a connection that was ended anew, with new secrets; what was learned stays.
   *
   * @throws UserError 409 `connection.audience_in_use` when somebody else was faster
   */
  revive(connectionId: string, connection: NewConnection): Promise<Connection>;
  /**
   * Stores a connection with its tenant, its secrets and its journal entry: all of it or nothing.
   */
  add(connection: NewConnection): Promise<Connection>;
};

/** One connection as set-up works on it. */
export type ConnectionInSetUp = {
  connection: Connection;
  store: Store;
  credentials: { crm: CrmCredentials; providerKey: Secret };
};
