import { sql } from 'kysely';
import type { EmailAddress } from '../core/email-address.ts';
import type { IsAsked } from './asked-addresses.ts';
import type { Queryable } from './database.ts';
import type { ConnectionScope } from './scope.ts';

/** An address that a member had before; `has_left`: at one of the tenant's connections somebody has left under it. */
export type Alias = { email_key: EmailAddress; former: EmailAddress; has_left: boolean };

/**
 * Events find their member by every address he ever had (R7); what becomes of one that nobody else has by now is his.
 *
 * @returns by the address that he has now
 */
export async function loadAliases(
  db: Queryable,
  { tenantId, connectionId }: ConnectionScope,
  isAsked: IsAsked,
): Promise<ReadonlyMap<EmailAddress, readonly Alias[]>> {
  const { rows } = await sql<Alias>`
    with ours as (select id from connections where tenant_id = ${tenantId})
    select distinct alias.email_key, alias.value as former, exists (select from ours join members
      on members.connection_id = ours.id and members.email_key = alias.value
      where members.status = 'unsubscribed') as has_left
    from ours join member_aliases as alias on alias.connection_id = ours.id
    where alias.kind = 'email' and alias.value <> alias.email_key and ${isAsked('alias.email_key')}
      and not exists (select from contacts where contacts.connection_id = ${connectionId}
        and contacts.email_key = alias.value)
      and not exists (select from members where members.connection_id = alias.connection_id
        and members.email_key = alias.value and members.status in ('subscribed', 'pending'))`.execute(db);
  return Map.groupBy(rows, (row) => row.email_key);
}
