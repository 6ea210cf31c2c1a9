import { type RawBuilder, sql } from 'kysely';
import type { EmailAddress } from '../core/email-address.ts';
import type { Queryable } from './database.ts';
import type { ConnectionScope } from './scope.ts';

/**
 * Subscribed members whom we put into the audience, by the consent record: a raise of ours, under this address or one that the
 * member had before, and no sign-up of the person's own since. Whoever was there before us, or came by himself, is none.
 */
export function putMembers(db: Queryable, scope: ConnectionScope) {
  const { tenantId, connectionId } = scope;
  const ours = (subscribed: RawBuilder<unknown>) => sql`
    with subscribed as (${subscribed}),
    known as (
      select email_key, email_key as address from subscribed
      union select subscribed.email_key, alias.value from subscribed join member_aliases as alias
        on alias.connection_id = ${connectionId} and alias.kind = 'email' and alias.email_key = subscribed.email_key)
    select known.email_key from known join consent_records as record
      on record.tenant_id = ${tenantId} and record.connection_id = ${connectionId} and record.email = known.address
    group by known.email_key
    having max(number) filter (where wrote in ('add-member', 'raise-member') and verdict = 'allowed')
      > coalesce(max(number) filter (where effect = 'opt-in' and source in ('person', 'provider-administrator')), 0)`;
  const all = sql`select email_key from members where connection_id = ${connectionId} and status = 'subscribed'`;
  return {
    async count(): Promise<number> {
      const { rows } = await sql<{ count: number }>`
        select count(*)::int as count from (${ours(all)}) as counted`.execute(db);
      return rows[0]?.count ?? 0;
    },

    /**
     * Looks at the next subscribed members by address.
     *
     * @returns those of them whom we put there; `last`: address up to which was looked, undefined when nobody was left
     */
    async next(after: string, limit: number): Promise<{ emails: EmailAddress[]; last: string | undefined }> {
      const page = sql`${all} and email_key > ${after} order by email_key limit ${limit}`;
      const looked = await sql<{ last: string | null }>`
        select max(email_key) as last from (${page}) as looked_at`.execute(db);
      const { rows } = await sql<{ email_key: EmailAddress }>`${ours(page)} order by known.email_key`.execute(db);
      return { emails: rows.map((row) => row.email_key), last: looked.rows[0]?.last ?? undefined };
    },
  };
}
