import { sql } from 'kysely';
import type { IsAsked } from './asked-addresses.ts';
import type { Queryable } from './database.ts';
import type { ConnectionScope } from './scope.ts';

/**
 * The CRM is the same for all connections: what one of them has read of its field counts for whoever read Yes later (R1 b).
 *
 * @returns by contact the order of another connection's last reading as not Yes that was before this one's Yes
 */
export async function loadNotYesElsewhere(
  db: Queryable,
  { tenantId, connectionId }: ConnectionScope,
  isAsked: IsAsked,
): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ contact_id: string; last_not_yes: number }>`
    select here.contact_id, max(there.last_not_yes) as last_not_yes
    from connections as other
      join contacts as here on here.connection_id = ${connectionId} and here.consent = 'yes'
      join contacts as there on there.connection_id = other.id and there.contact_id = here.contact_id
        and there.last_not_yes <= here.yes_read_from
    where other.tenant_id = ${tenantId} and other.id <> ${connectionId} and ${isAsked('here.email_key')}
    group by here.contact_id`.execute(db);
  return new Map(rows.map((row) => [row.contact_id, row.last_not_yes]));
}
