import { sql } from 'kysely';
import type { EmailAddress } from '../core/email-address.ts';
import type { IsAsked } from './asked-addresses.ts';
import type { Queryable } from './database.ts';
import { textArray } from './json-rows.ts';
import type { ConnectionScope } from './scope.ts';

/** What another connection of the tenant knows of an address: `opt_in_order` of a subscribed member only. */
export type MemberElsewhere = {
  email_key: EmailAddress;
  connection_id: string;
  has_left: boolean;
  is_active: boolean;
  opt_in_order: number | null;
  opt_in_at: string;
  status_order: number | null;
};

/** Members of the tenant's other connections who have left or are subscribed (R15), also at addresses that contacts had before. */
export async function loadMembersElsewhere(
  db: Queryable,
  { tenantId, connectionId }: ConnectionScope,
  isAsked: IsAsked,
  formers: readonly EmailAddress[],
): Promise<MemberElsewhere[]> {
  const { rows } = await sql<MemberElsewhere>`
    select email_key, connections.id as connection_id, status = 'unsubscribed' as has_left, status_order,
      status = 'subscribed' and state not in ('leaving', 'disconnected') as is_active,
      case when status = 'subscribed' then opt_in_order end as opt_in_order, opt_in_at
    from members join connections on connections.id = members.connection_id
    where connections.tenant_id = ${tenantId} and connections.id <> ${connectionId}
      and status in ('unsubscribed', 'subscribed') and (${isAsked('email_key')}
        or email_key = any(${textArray(formers)}))`.execute(db);
  return rows;
}
