import { sql } from 'kysely';
import type { ConsentHash } from './consent-hash.ts';
import type { Queryable } from './database.ts';
import { textArray } from './json-rows.ts';
import type { ConnectionScope } from './scope.ts';

/** Those of the contacts to whose field another connection was the last of us to write, and wrote "undeliverable" (R6, R15). */
export async function loadUndeliverableElsewhere(
  db: Queryable,
  { tenantId, connectionId }: ConnectionScope,
  hashOf: ConsentHash,
  contactIds: readonly string[],
): Promise<ReadonlySet<string>> {
  if (contactIds.length === 0) return new Set();
  const byHash = new Map(contactIds.map((id) => [hashOf('contact', id), id]));
  const { rows } = await sql<{ contact_hash: string }>`
    select contact_hash from (
      select distinct on (contact_hash) contact_hash, connection_id, consent_to from consent_records
      where tenant_id = ${tenantId} and contact_hash = any(${textArray([...byHash.keys()])})
        and wrote = 'write-consent' and verdict = 'allowed'
      order by contact_hash, number desc) as newest
    where consent_to = 'undeliverable' and connection_id <> ${connectionId}`.execute(db);
  return new Set(rows.flatMap((row) => byHash.get(row.contact_hash) ?? []));
}
