import type { Connection, ConnectionToAdd } from '../../core/connection.ts';
import type { ProviderName } from '../../core/mailing-provider.ts';
import type { CrmCredentials } from '../../core/outside-systems.ts';
import type { Secret } from '../../core/secret.ts';
import type { Store } from '../../db/store.ts';

/** A connection to be stored, with everything that belongs to it. */
export type NewConnection = {
  connection: Omit<ConnectionToAdd, 'id' | 'tenantId'>;
  crm: CrmCredentials;
  providerKey: Secret;
};

/** The installation's connections, as set-up sees them. */
export type ConnectionRegistry = {
  /** Connections of a provider's account, whatever their tenant. */
  ofAccount(provider: ProviderName, accountId: string): Promise<readonly Connection[]>;
  /**
   * Stores a connection with its tenant (found by the CRM customer, else made), its secrets and its journal entry: all of
   * it or nothing.
   */
  add(connection: NewConnection): Promise<Connection>;
};

/** One connection as set-up works on it. */
export type ConnectionInSetUp = {
  connection: Connection;
  store: Store;
  credentials: { crm: CrmCredentials; providerKey: Secret };
};
