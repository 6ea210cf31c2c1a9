import type { Connection } from '../core/connection.ts';
import { UserError } from '../core/errors.ts';
import type { Secret } from '../core/secret.ts';
import { connections } from '../db/connections.ts';
import type { ConnectionScope } from '../db/scope.ts';
import { type SecretName, secrets } from '../db/secrets.ts';
import { createStore, type Store } from '../db/store.ts';
import { consentHash } from '../jobs/lane-worker.ts';
import { readCrmCredentials } from '../jobs/read-crm-credentials.ts';
import type { ConnectionInSetUp } from '../sync/set-up/connection-registry.ts';
import type { AppParts } from './app-parts.ts';
import { type Caller, callerId } from './auth.ts';

/** A connection as a request works on it. */
export type OpenConnection = { connection: Connection; scope: ConnectionScope; store: Store };

type StoreParts = Pick<AppParts, 'database' | 'box'>;

/**
 * @param caller on whose behalf something is written: the journal names him
 * @throws UserError 404 `connection.not_found`
 */
export async function openConnection(
  parts: StoreParts,
  connectionId: string,
  caller?: Caller,
): Promise<OpenConnection> {
  const connection = await connections(parts.database.db).get(connectionId);
  if (!connection) throw new UserError({ code: 'connection.not_found', status: 404 });
  const scope = { tenantId: connection.tenantId, connectionId };
  const store = createStore(
    parts.database,
    scope,
    consentHash(parts.box, connection.tenantId),
    undefined,
    'main',
    callerId(caller),
  );
  return { connection, scope, store };
}

/**
 * Opens a connection with its keys, for what talks to the outside systems.
 *
 * @throws UserError 404 `connection.not_found`, 409 `connection.disconnected`
 */
export async function openWithKeys(
  parts: StoreParts,
  connectionId: string,
  caller?: Caller,
): Promise<ConnectionInSetUp & OpenConnection> {
  const opened = await openConnection(parts, connectionId, caller);
  if (opened.connection.state === 'disconnected') throw new UserError({ code: 'connection.disconnected', status: 409 });
  return {
    ...opened,
    credentials: {
      crm: await readCrmCredentials(parts.database.db, opened.scope, parts.box),
      providerKey: await readSecret(parts, opened.scope, 'provider-key'),
    },
  };
}

/** Reads a secret that every connection has. */
export async function readSecret(parts: StoreParts, scope: ConnectionScope, name: SecretName): Promise<Secret> {
  const secret = await secrets(parts.database.db, scope, parts.box).get(name);
  if (!secret) throw new Error(`The connection has no ${name}`);
  return secret;
}
