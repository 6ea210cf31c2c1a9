import { sql } from 'kysely';
import type { Queryable } from './database.ts';

/** Somebody who opted out. `since`: ISO 8601, '' where nobody told; `foundIn`: where the opt-out stands. */
export type OptedOut = { email: string; since: string; foundIn: 'consent-record' | 'provider' | 'crm' };

/** A tenant as a whole: what has to be kept before it goes, and its end (U7, R14). */
export function tenantData(db: Queryable, tenantId: string) {
  return {
    /**
     * One page of everybody who is opted out, by address: the newest statement on record is an opt-out, or one side says so.
     * Who was erased is known by a hash only and cannot be listed.
     */
    async optedOut(after: string, limit: number): Promise<OptedOut[]> {
      const { rows } = await sql<OptedOut>`
        with said as (
          select distinct on (email) email, effect,
            to_char(coalesce(happened_at, learned_at) at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as since
          from consent_records where tenant_id = ${tenantId} and effect <> 'neutral' and email collate "C" > ${after}
          -- A tie is an opt-out (R1).
          order by email, learned_order desc, effect = 'opt-out' desc),
        found as (
          select email, since, 'consent-record' as "foundIn", 1 as rank from said where effect = 'opt-out'
          union all select email_key, '', 'provider', 2 from members
            where tenant_id = ${tenantId} and status = 'unsubscribed' and email_key > ${after}
          union all select email_key, '', 'crm', 3 from contacts
            where tenant_id = ${tenantId} and consent = 'no' and email_key > ${after})
        select distinct on (email collate "C") email, since, "foundIn" from found
        order by email collate "C", rank limit ${limit}`.execute(db);
      return rows;
    },

    /** Deletes everything that is stored for the tenant, its consent record as well. Must run inside a transaction. */
    async remove(): Promise<void> {
      await sql`select set_config('newsletter_connector.deleted_tenant', ${tenantId}, true)`.execute(db);
      await sql`delete from connections where tenant_id = ${tenantId}`.execute(db);
      const { rows: tables } = await sql<{ name: string }>`
        select table_name as name from information_schema.columns
        where table_schema = current_schema() and column_name = 'tenant_id' order by table_name`.execute(db);
      for (const { name } of tables) {
        await sql`delete from ${sql.table(name)} where tenant_id = ${tenantId}`.execute(db);
      }
      await sql`delete from tenants where id = ${tenantId}`.execute(db);
    },
  };
}
