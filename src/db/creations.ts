import { sql } from 'kysely';
import type { EmailAddress } from '../core/email-address.ts';
import type { Queryable } from './database.ts';
import { textArray } from './json-rows.ts';
import type { ConnectionScope } from './scope.ts';

/**
 * Contacts that any connection of the tenant has asked the CRM to create, and of which it was not told what became of them: they
 * may be created yet (F5), and the CRM is the same for all of them (R15). Instants are ms.
 */
export function creations(db: Queryable, { tenantId, connectionId }: ConnectionScope) {
  const unansweredSince = (since: number) => sql`other.tenant_id = ${tenantId} and other.kind = 'create-contact'
    and other.state in ('planned', 'sent', 'dropped') and other.sent_at > ${new Date(since).toISOString()}`;
  return {
    /**
     * Claims the addresses of rows of a run for this run alone. Must run inside a transaction: two connections claim one after the
     * other.
     *
     * @param since what was asked for before it is not carried out any more
     * @returns the rows that may create; of the others somebody may have been created, or will be
     */
    async claim(
      runId: string,
      ids: readonly number[],
      { now, since }: { now: number; since: number },
    ): Promise<number[]> {
      if (ids.length === 0) return [];
      await sql`select id from tenants where id = ${tenantId} for no key update`.execute(db);
      const { rows } = await sql<{ id: number }>`
        update plan_rows as own set sent_at = ${new Date(now).toISOString()}
        where own.connection_id = ${connectionId} and own.run_id = ${runId} and own.kind = 'create-contact'
          and own.id in (select value::bigint from json_array_elements_text(${JSON.stringify(ids)}::json))
          and (own.state = 'planned' or own.sent_at <= ${new Date(since).toISOString()})
          and not exists (select from plan_rows as other where ${unansweredSince(since)}
            and other.email_key = own.email_key and (other.run_id, other.id) <> (own.run_id, own.id))
        returning own.id`.execute(db);
      return rows.map(({ id }) => id);
    },

    /** Nothing was asked for after all. */
    async release(runId: string, ids: readonly number[]): Promise<void> {
      if (ids.length === 0) return;
      await sql`update plan_rows set state = 'planned', sent_at = null
        where connection_id = ${connectionId} and run_id = ${runId}
          and id in (select value::bigint from json_array_elements_text(${JSON.stringify(ids)}::json))`.execute(db);
    },

    /** When the newest one of each address was asked for, of those that were asked for since an instant. */
    async unanswered(emailKeys: readonly EmailAddress[], since: number): Promise<ReadonlyMap<EmailAddress, number>> {
      if (emailKeys.length === 0) return new Map();
      const { rows } = await sql<{ email: EmailAddress; at: number }>`
        select other.email_key as email, (extract(epoch from max(other.sent_at)) * 1000)::float8 as at
        from plan_rows as other where ${unansweredSince(since)} and other.email_key = any(${textArray(emailKeys)})
        group by other.email_key`.execute(db);
      return new Map(rows.map(({ email, at }) => [email, at]));
    },
  };
}
