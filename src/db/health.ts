import { sql } from 'kysely';
import type { Queryable } from './database.ts';
import { jsonb } from './json-rows.ts';
import type { ConnectionScope } from './scope.ts';
import type { StoredNotice } from './sync-runs.ts';

export type HealthSystem = 'crm' | 'provider' | 'webhook';
export type HealthState = 'ok' | 'waiting' | 'failing' | 'unknown';
export type HealthRow = {
  system: HealthSystem;
  state: HealthState;
  notice: StoredNotice | null;
  /** everything that was found, gravest first (F3) */
  findings: readonly StoredNotice[];
  checkedAt: string;
};

/** How the outside systems and the webhook were when they were last met (U2). */
export function health(db: Queryable, scope: ConnectionScope) {
  return {
    async set(
      system: HealthSystem,
      state: HealthState,
      now: number,
      notice?: StoredNotice,
      findings: readonly StoredNotice[] = [],
    ): Promise<void> {
      await sql`
        insert into health (tenant_id, connection_id, system, state, notice, findings, checked_at)
        values (${scope.tenantId}, ${scope.connectionId}, ${system}, ${state},
          ${notice ? jsonb(notice) : null}, ${jsonb(findings)}, ${new Date(now).toISOString()})
        on conflict (connection_id, system) do update set state = excluded.state, notice = excluded.notice,
          findings = excluded.findings, checked_at = excluded.checked_at`.execute(db);
    },

    async all(): Promise<HealthRow[]> {
      const { rows } = await sql<HealthRow>`
        select system, state, notice, findings, to_char(checked_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "checkedAt"
        from health where connection_id = ${scope.connectionId}`.execute(db);
      return rows;
    },
  };
}
