import { sql } from 'kysely';
import type { Queryable } from './database.ts';

/** The end of a tenant's chain as it was logged; `count` is the number of its last record. */
export type LoggedHead = { count: number; hash: string; loggedAt: string };

/** Heads of a tenant's chain, one a day (R14): a chain that was cut or written anew shows by them. */
export function consentHeads(db: Queryable, tenantId: string) {
  return {
    /** Heads of days on which the chain was whole, shortest chain first. */
    async all(): Promise<LoggedHead[]> {
      const { rows } = await sql<LoggedHead>`
        select record_count as count, hash,
          to_char(logged_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "loggedAt"
        from consent_heads where tenant_id = ${tenantId} and broken_at is null
        order by record_count, logged_on`.execute(db);
      return rows;
    },

    /** @returns false when the head of this day (UTC) is there already */
    async add(head: { count: number; hash: string; brokenAt: number | undefined }, now: number): Promise<boolean> {
      const at = new Date(now).toISOString();
      const { rows } = await sql`
        insert into consent_heads (tenant_id, logged_on, record_count, hash, broken_at, logged_at)
        values (${tenantId}, ${at.slice(0, 10)}::date, ${head.count}, ${head.hash}, ${head.brokenAt ?? null}, ${at})
        on conflict (tenant_id, logged_on) do nothing returning tenant_id`.execute(db);
      return rows.length > 0;
    },
  };
}

/** Tenants whose head was not logged yet on this day (UTC). */
export async function tenantsWithoutHead(db: Queryable, now: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from tenants where not exists (select from consent_heads
      where consent_heads.tenant_id = tenants.id and logged_on = ${new Date(now).toISOString().slice(0, 10)}::date)
    order by id`.execute(db);
  return rows.map(({ id }) => id);
}
