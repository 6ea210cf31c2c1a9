import { sql } from 'kysely';
import type { EmailAddress } from '../core/email-address.ts';
import type { ContactReason } from '../core/person-plan.ts';
import type { Reason } from '../core/reason.ts';
import type { Queryable } from './database.ts';
import { jsonRows, textArray } from './json-rows.ts';
import type { ConnectionScope } from './scope.ts';

/** One line of "Not delivered" (U5). */
export type UndeliveredRow = {
  contactId: string;
  sortKey: string;
  email: string;
  name: string;
  reason: Reason;
  words: string;
};

/** Why contacts that say Yes are no active members (section 7): columns of their own of the table of contacts. */
export function contactReasons(db: Queryable, { connectionId }: ConnectionScope) {
  return {
    /** Writes the reasons of all contacts of these addresses anew. */
    async set(emailKeys: readonly string[], reasons: readonly ContactReason[]): Promise<void> {
      await sql`
        with reasons as (select * from json_to_recordset(${jsonRows(reasons)}) as r ("contactId" text, reason text, words text))
        update contacts set reason = reasons.reason, reason_words = coalesce(reasons.words, '')
        from contacts as target left join reasons on reasons."contactId" = target.contact_id
        where contacts.connection_id = ${connectionId} and target.connection_id = ${connectionId}
          and target.contact_id = contacts.contact_id and target.email_key = any(${textArray(emailKeys)})
          and (contacts.reason is distinct from reasons.reason or contacts.reason_words <> coalesce(reasons.words, ''))`.execute(
        db,
      );
    },

    /** Reasons of contacts without a usable address: one statement, no plan is needed. */
    async setWithoutAddress(): Promise<void> {
      await sql`update contacts set reason_words = '', reason = case
            when consent <> 'yes' then null
            when not is_readable then 'not_readable'
            when is_archived then 'archived_contact'
            when is_private then 'private'
            when btrim(email) = '' then 'no_email'
            else 'invalid_email' end
        where connection_id = ${connectionId} and email_key = ''`.execute(db);
    },

    /** Usable addresses of contacts with one of these reasons, one or all of them, by record number. */
    async addressesOf(query: {
      reasons: readonly Reason[];
      contactId?: string | undefined;
      after: string;
      limit: number;
    }): Promise<{ sortKey: string; emailKey: EmailAddress }[]> {
      const { rows } = await sql<{ sortKey: string; emailKey: EmailAddress }>`
        select sort_key as "sortKey", email_key as "emailKey" from contacts
        where connection_id = ${connectionId} and reason = any(${textArray(query.reasons)}) and consent = 'yes'
          and email_key <> '' and sort_key > ${query.after}
          ${query.contactId === undefined ? sql`` : sql`and contact_id = ${query.contactId}`}
        order by sort_key limit ${query.limit}`.execute(db);
      return rows;
    },

    async count(): Promise<{ reason: Reason; count: number }[]> {
      const { rows } = await sql<{ reason: Reason; count: number }>`
        select reason, count(*)::int as count from contacts
        where connection_id = ${connectionId} and reason is not null and consent = 'yes' group by reason`.execute(db);
      return rows;
    },

    /** One page of contacts with a reason, by record number. */
    async undelivered(query: {
      reason?: Reason | undefined;
      search?: string | undefined;
      after: string;
      limit: number;
    }): Promise<UndeliveredRow[]> {
      const pattern = query.search ? `%${query.search.replace(/[\\%_]/g, '\\$&')}%` : undefined;
      const { rows } = await sql<{
        contact_id: string;
        sort_key: string;
        email: string;
        name: string;
        reason: Reason;
        reason_words: string;
      }>`
        select contact_id, sort_key, email, reason, reason_words,
          btrim(concat(fields ->> 'firstName', ' ', fields ->> 'lastName')) as name
        from contacts
        where connection_id = ${connectionId} and reason is not null and consent = 'yes' and sort_key > ${query.after}
          ${query.reason ? sql`and reason = ${query.reason}` : sql``}
          ${pattern ? sql`and (email ilike ${pattern} or concat(fields ->> 'firstName', ' ', fields ->> 'lastName') ilike ${pattern} or contact_id = ${query.search})` : sql``}
        order by sort_key limit ${query.limit}`.execute(db);
      return rows.map((row) => ({
        contactId: row.contact_id,
        sortKey: row.sort_key,
        email: row.email,
        name: row.name,
        reason: row.reason,
        words: row.reason_words,
      }));
    },
  };
}
