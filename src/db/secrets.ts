import { sql } from 'kysely';
import type { Secret } from '../core/secret.ts';
import type { Queryable } from './database.ts';
import { textArray } from './json-rows.ts';
import type { ConnectionScope } from './scope.ts';
import type { SecretBox } from './secret-box.ts';

/** Secrets that a connection needs; none of them is ever shown again. */
export type SecretName = 'crm-token' | 'crm-secret' | 'provider-key' | 'hook-secret' | 'hook-signing-secret';

/** A connection's secrets, sealed (section 2 of the architecture, secrets). */
export function secrets(db: Queryable, scope: ConnectionScope, box: SecretBox) {
  const place = (name: SecretName) => `${scope.tenantId}/${scope.connectionId}/${name}`;
  return {
    async put(name: SecretName, secret: Secret): Promise<void> {
      await sql`
        insert into secrets (tenant_id, connection_id, name, sealed)
        values (${scope.tenantId}, ${scope.connectionId}, ${name}, ${box.seal(secret, place(name))})
        on conflict (connection_id, name) do update set sealed = excluded.sealed`.execute(db);
    },

    /** Those of the named ones that the connection has, in one statement. */
    async several(names: readonly SecretName[]): Promise<ReadonlyMap<SecretName, Secret>> {
      const { rows } = await sql<{ name: SecretName; sealed: string }>`
        select name, sealed from secrets
        where connection_id = ${scope.connectionId} and name = any(${textArray(names)})`.execute(db);
      return new Map(rows.map(({ name, sealed }) => [name, box.open(sealed, place(name))]));
    },

    async get(name: SecretName): Promise<Secret | undefined> {
      const { rows } = await sql<{ sealed: string }>`
        select sealed from secrets where connection_id = ${scope.connectionId} and name = ${name}`.execute(db);
      return rows[0] && box.open(rows[0].sealed, place(name));
    },
  };
}
