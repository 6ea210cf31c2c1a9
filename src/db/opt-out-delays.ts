import { sql } from 'kysely';
import type { Queryable } from './database.ts';
import { jsonRows } from './json-rows.ts';
import type { ConnectionScope } from './scope.ts';

/** One opt-out that reached the other side. Instants are ISO 8601 in UTC. */
export type OptOutDelay = {
  direction: 'to-crm' | 'to-provider';
  foundBy: 'event' | 'poll';
  /** when it happened, where somebody told us */
  happenedAt: string | null;
  noticedAt: string;
};

/** Percentiles of a direction over a span of days, in ms from the happening, or from the noticing where that is not known. */
export type DelayFigures = {
  direction: OptOutDelay['direction'];
  count: number;
  p50: number;
  p95: number;
  max: number;
};

/** Figures of one day in UTC, for the chart. */
export type DelayDay = { day: string; direction: OptOutDelay['direction']; count: number; p50: number; max: number };

const DELAY_MS = sql`extract(epoch from arrived_at - coalesce(happened_at, noticed_at)) * 1000`;

/** How long each opt-out took to the other side (section 8.8, U2). */
export function optOutDelays(db: Queryable, scope: ConnectionScope) {
  const { tenantId, connectionId } = scope;
  return {
    async add(rows: readonly OptOutDelay[], arrivedAt: number): Promise<void> {
      if (rows.length === 0) return;
      await sql`
        insert into opt_out_delays (tenant_id, connection_id, direction, found_by, happened_at, noticed_at, arrived_at)
        select ${tenantId}, ${connectionId}, direction, "foundBy", "happenedAt", "noticedAt", ${new Date(arrivedAt).toISOString()}
        from json_to_recordset(${jsonRows(rows)}) as page (direction text, "foundBy" text, "happenedAt" timestamptz,
          "noticedAt" timestamptz)`.execute(db);
    },

    async figures(since: number): Promise<DelayFigures[]> {
      const { rows } = await sql<DelayFigures>`
        select direction, count(*)::int as count,
          greatest(0, round(percentile_cont(0.5) within group (order by ${DELAY_MS})))::float8 as p50,
          greatest(0, round(percentile_cont(0.95) within group (order by ${DELAY_MS})))::float8 as p95,
          greatest(0, round(max(${DELAY_MS})))::float8 as max
        from opt_out_delays where connection_id = ${connectionId} and arrived_at >= ${new Date(since).toISOString()}
        group by direction order by direction`.execute(db);
      return rows;
    },

    async days(since: number): Promise<DelayDay[]> {
      const { rows } = await sql<DelayDay>`
        select to_char(arrived_at at time zone 'utc', 'YYYY-MM-DD') as day, direction, count(*)::int as count,
          greatest(0, round(percentile_cont(0.5) within group (order by ${DELAY_MS})))::float8 as p50,
          greatest(0, round(max(${DELAY_MS})))::float8 as max
        from opt_out_delays where connection_id = ${connectionId} and arrived_at >= ${new Date(since).toISOString()}
        group by 1, 2 order by 1, 2`.execute(db);
      return rows;
    },
  };
}
