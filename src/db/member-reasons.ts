import { sql } from 'kysely';
import type { MemberReason } from '../core/reason.ts';
import type { Queryable } from './database.ts';
import { jsonRows, textArray } from './json-rows.ts';
import type { ConnectionScope } from './scope.ts';

/** One line of the list of members that no contact with Yes explains. */
export type UnexplainedRow = {
  email: string;
  name: string;
  /** the contact whose main or further address it is; null: none is known */
  contactId: string | null;
  reason: MemberReason;
};

/** Why active members are not explained by a contact with Yes (section 7): a column of its own of the table of members. */
export function memberReasons(db: Queryable, { connectionId }: ConnectionScope) {
  return {
    /** Writes the reasons of the members of these addresses anew. */
    async set(
      emailKeys: readonly string[],
      reasons: readonly { emailKey: string; reason: MemberReason }[],
    ): Promise<void> {
      await sql`
        with reasons as (select * from json_to_recordset(${jsonRows(reasons)}) as r ("emailKey" text, reason text))
        update members set reason = reasons.reason
        from members as target left join reasons on reasons."emailKey" = target.email_key
        where members.connection_id = ${connectionId} and target.connection_id = ${connectionId}
          and target.email_key = members.email_key and target.email_key = any(${textArray(emailKeys)})
          and members.reason is distinct from reasons.reason`.execute(db);
    },

    async count(): Promise<{ reason: MemberReason; count: number }[]> {
      const { rows } = await sql<{ reason: MemberReason; count: number }>`
        select reason, count(*)::int as count from members
        where connection_id = ${connectionId} and reason is not null and status = 'subscribed' group by reason`.execute(
        db,
      );
      return rows;
    },

    /** One page of the members with a reason, by address. */
    async page(query: {
      reason?: MemberReason | undefined;
      search?: string | undefined;
      after: string;
      limit: number;
    }): Promise<UnexplainedRow[]> {
      const pattern = query.search ? `%${query.search.replace(/[\\%_]/g, '\\$&')}%` : undefined;
      const name = sql`btrim(concat(members.fields ->> 'firstName', ' ', members.fields ->> 'lastName'))`;
      const { rows } = await sql<UnexplainedRow>`
        select email_key as email, ${name} as name, reason,
          coalesce(joined ->> 'contactId', (select contact_id from contacts
            where contacts.connection_id = members.connection_id and contacts.email_key = members.email_key
            order by sort_key limit 1)) as "contactId"
        from members
        where connection_id = ${connectionId} and reason is not null and status = 'subscribed' and email_key > ${query.after}
          ${query.reason ? sql`and reason = ${query.reason}` : sql``}
          ${pattern ? sql`and (email_key ilike ${pattern} or ${name} ilike ${pattern})` : sql``}
        order by email_key limit ${query.limit}`.execute(db);
      return rows;
    },
  };
}
