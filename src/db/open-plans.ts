import { sql } from 'kysely';
import type { EmailAddress } from '../core/email-address.ts';
import type { IsAsked } from './asked-addresses.ts';
import type { Queryable } from './database.ts';
import { jsonRows, textArray } from './json-rows.ts';
import type { ConnectionScope } from './scope.ts';

/** Whether the run of a plan row has not ended: what one that has ended had begun is nobody's to settle any more. */
export const isOfOpenRun = sql<boolean>`exists (select from sync_runs as open_run
  where open_run.connection_id = plan_rows.connection_id and open_run.id = plan_rows.run_id and open_run.finished_at is null)`;

/** What is still to be done in the open runs of a connection. */
export function openPlans(db: Queryable, { connectionId }: ConnectionScope) {
  return {
    /** Which of the addresses are being raised: the call is made and its answer not stored yet, or the provider has queued it (R4). */
    async raising(isAsked: IsAsked): Promise<ReadonlySet<EmailAddress>> {
      const { rows } = await sql<{ email_key: EmailAddress }>`
        select distinct email_key from plan_rows where connection_id = ${connectionId} and state in ('sent', 'queued')
          and kind in ('add-member', 'raise-member', 'move-member') and ${isAsked('email_key')} and ${isOfOpenRun}`.execute(
        db,
      );
      return new Set(rows.map((row) => row.email_key));
    },

    /** Which of the members we are unsubscribing: the call is made, and its answer is not stored yet (R13). */
    async unsubscribing(emailKeys: readonly EmailAddress[]): Promise<ReadonlySet<EmailAddress>> {
      if (emailKeys.length === 0) return new Set();
      const { rows } = await sql<{ email_key: EmailAddress }>`
        select distinct email_key from plan_rows where connection_id = ${connectionId} and state = 'sent'
          and kind = 'unsubscribe-member' and email_key = any(${textArray(emailKeys)}) and ${isOfOpenRun}`.execute(db);
      return new Set(rows.map((row) => row.email_key));
    },

    /**
     * Lets planned operations follow tags that are called otherwise now (R11).
     *
     * @param names a new name that is null: the tag is nobody's any more
     */
    async renameTags(names: readonly { from: string; to: string | null }[]): Promise<void> {
      if (names.length === 0) return;
      await sql`
        with names as (select * from json_to_recordset(${jsonRows(names)}) as n ("from" text, "to" text))
        update plan_rows set operation = (select jsonb_object_agg(part.key,
          case when part.key not in ('tags', 'add', 'remove') then part.value else
            (select coalesce(jsonb_agg(coalesce(names."to", tag) order by position)
                filter (where names."from" is null or names."to" is not null), '[]'::jsonb)
              from jsonb_array_elements_text(part.value) with ordinality as held (tag, position)
                left join names on names."from" = tag) end)
          from jsonb_each(operation) as part)
        where connection_id = ${connectionId} and state in ('planned', 'sent')
          and kind in ('add-member', 'raise-member', 'tag-member', 'tag-contact', 'create-contact')
          and ${isOfOpenRun} and exists (select from names, jsonb_array_elements_text(coalesce(operation -> 'tags', '[]'::jsonb)
            || coalesce(operation -> 'add', '[]'::jsonb) || coalesce(operation -> 'remove', '[]'::jsonb)) as tag
            where names."from" = tag)`.execute(db);
    },
  };
}
