import { sql } from 'kysely';
import type { Queryable } from './database.ts';
import { textArray } from './json-rows.ts';
import type { ConnectionScope } from './scope.ts';

/** Sign-ups and opt-outs that the tenant's other connections have noted: the CRM's contacts are the same (R15). */
export function tenantTurns(db: Queryable, { tenantId, connectionId }: ConnectionScope) {
  return {
    /** The newest turn of each contact since an instant in ms. */
    async newestSince(
      contactIds: readonly string[],
      since: number,
    ): Promise<ReadonlyMap<string, 'subscribed' | 'unsubscribed'>> {
      if (contactIds.length === 0) return new Map();
      const { rows } = await sql<{ contactId: string; kind: 'subscribed' | 'unsubscribed' }>`
        select distinct on (contact_id) contact_id as "contactId", kind from activities
        where connection_id in (select id from connections where tenant_id = ${tenantId} and id <> ${connectionId})
          and contact_id = any(${textArray(contactIds)}) and kind in ('subscribed', 'unsubscribed')
          and happened_at >= ${new Date(since).toISOString()}
        order by contact_id, id desc`.execute(db);
      return new Map(rows.map(({ contactId, kind }) => [contactId, kind]));
    },
  };
}
