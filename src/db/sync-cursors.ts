import { sql } from 'kysely';
import type { Queryable } from './database.ts';
import type { ConnectionScope } from './scope.ts';

/** What is done again and again, each at its own time. */
export type RecurringWork = 'crm-poll' | 'provider-poll' | 'nightly' | 'hook-check' | 'tags';

/** Up to where both sides were read. Instants are ISO 8601 in UTC; `asOf` are stamps of the vendor's own clock. */
export type SyncCursors = {
  crmAsOf: string;
  crmReadAt: string | null;
  /** when the CRM last told of a change by itself (F4) */
  crmToldAt: string | null;
  providerAsOf: string;
  providerReadAt: string | null;
  crmPollAt: string | null;
  providerPollAt: string | null;
  nightlyAt: string | null;
  hookCheckAt: string | null;
  tagsAt: string | null;
  /** changes that the last provider poll with any found and no event had told */
  providerRecovered: number;
  providerRecoveredAt: string | null;
  /** failures in a row of whatever is done again and again */
  attempts: number;
};

const NEXT_AT = {
  'crm-poll': sql.ref('crm_poll_at'),
  'provider-poll': sql.ref('provider_poll_at'),
  nightly: sql.ref('nightly_at'),
  'hook-check': sql.ref('hook_check_at'),
  tags: sql.ref('tags_at'),
} as const;

const instant = (column: string) =>
  sql`to_char(${sql.ref(column)} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** Cursors and next times of a connection's polls (F2, F4); a connection has none before its first full sync succeeded. */
export function syncCursors(db: Queryable, scope: ConnectionScope) {
  const { tenantId, connectionId } = scope;
  return {
    async get(): Promise<SyncCursors | undefined> {
      const { rows } = await sql<SyncCursors>`
        select crm_as_of as "crmAsOf", ${instant('crm_read_at')} as "crmReadAt",
          ${instant('crm_told_at')} as "crmToldAt", provider_as_of as "providerAsOf",
          ${instant('provider_read_at')} as "providerReadAt", ${instant('crm_poll_at')} as "crmPollAt",
          ${instant('provider_poll_at')} as "providerPollAt", ${instant('nightly_at')} as "nightlyAt",
          ${instant('hook_check_at')} as "hookCheckAt",
          ${instant('tags_at')} as "tagsAt", provider_recovered as "providerRecovered",
          ${instant('provider_recovered_at')} as "providerRecoveredAt", attempts
        from sync_cursors where connection_id = ${connectionId}`.execute(db);
      return rows[0];
    },

    /** A full sync has read both sides: the polls go on from there. */
    async begin(
      asOf: { crm: string; provider: string; at: number },
      next: { crmPollAt: number; providerPollAt: number; nightlyAt: number; hookCheckAt: number; tagsAt: number },
    ): Promise<void> {
      const at = new Date(asOf.at).toISOString();
      await sql`
        insert into sync_cursors (tenant_id, connection_id, crm_as_of, crm_read_at, provider_as_of, provider_read_at,
          crm_poll_at, provider_poll_at, nightly_at, hook_check_at, tags_at)
        values (${tenantId}, ${connectionId}, ${asOf.crm}, ${at}, ${asOf.provider}, ${at},
          ${new Date(next.crmPollAt).toISOString()}, ${new Date(next.providerPollAt).toISOString()},
          ${new Date(next.nightlyAt).toISOString()}, ${new Date(next.hookCheckAt).toISOString()},
          ${new Date(next.tagsAt).toISOString()})
        on conflict (connection_id) do update set crm_as_of = excluded.crm_as_of, crm_read_at = excluded.crm_read_at,
          provider_as_of = excluded.provider_as_of, provider_read_at = excluded.provider_read_at,
          crm_poll_at = excluded.crm_poll_at, provider_poll_at = excluded.provider_poll_at,
          nightly_at = excluded.nightly_at, tags_at = excluded.tags_at,
          hook_check_at = coalesce(sync_cursors.hook_check_at, excluded.hook_check_at)`.execute(db);
    },

    /**
     * The CRM was read from `startedAt` on. What it told of since then, that poll may have read past: the next one comes
     * sooner.
     *
     * @param nextAfterMs time until the next poll; `told`: where the CRM told of something meanwhile
     */
    async crmRead(asOf: string, startedAt: number, nextAfterMs: { usual: number; told: number }): Promise<void> {
      const at = (ms: number) => new Date(ms).toISOString();
      await sql`update sync_cursors set crm_as_of = ${asOf}, crm_read_at = ${at(startedAt)}, attempts = 0,
          crm_poll_at = case when crm_told_at >= ${at(startedAt)}::timestamptz then ${at(startedAt + nextAfterMs.told)}::timestamptz
            else ${at(startedAt + nextAfterMs.usual)}::timestamptz end
        where connection_id = ${connectionId}`.execute(db);
    },

    /**
     * The provider was read from `startedAt` on; the next poll is due at `nextAt`, in ms.
     *
     * @param recovered changes found that no event had told; 0 leaves the last figure
     */
    async providerRead(asOf: string, startedAt: number, nextAt: number, recovered: number): Promise<void> {
      const at = new Date(startedAt).toISOString();
      await sql`update sync_cursors set provider_as_of = ${asOf}, provider_read_at = ${at}, attempts = 0,
          provider_poll_at = ${new Date(nextAt).toISOString()},
          provider_recovered = case when ${recovered} > 0 then ${recovered} else provider_recovered end,
          provider_recovered_at = case when ${recovered} > 0 then ${at}::timestamptz else provider_recovered_at end
        where connection_id = ${connectionId}`.execute(db);
    },

    /** It failed and is tried again at `at`. */
    async failed(work: RecurringWork, at: number): Promise<void> {
      await sql`update sync_cursors set ${NEXT_AT[work]} = ${new Date(at).toISOString()}, attempts = attempts + 1
        where connection_id = ${connectionId}`.execute(db);
    },

    async planNext(work: RecurringWork, at: number): Promise<void> {
      await sql`update sync_cursors set ${NEXT_AT[work]} = ${new Date(at).toISOString()}, attempts = 0
        where connection_id = ${connectionId}`.execute(db);
    },
  };
}

/** The webhooks of all connections are checked now: somebody may have changed them while nobody looked (F3). */
export async function planHookChecks(db: Queryable, now: number): Promise<void> {
  await sql`update sync_cursors set hook_check_at = ${new Date(now).toISOString()}`.execute(db);
}

/**
 * The CRM told of a change of this tenant's contacts: its next polls are due now, or a moment after the last one (F4). Where polls
 * fail, their wait stays.
 *
 * @param betweenMs least time between two polls
 * @returns the connections
 */
export async function hurryCrmPolls(
  db: Queryable,
  tenantId: string,
  now: number,
  betweenMs: number,
): Promise<string[]> {
  const at = new Date(now).toISOString();
  const { rows } = await sql<{ id: string }>`
    update sync_cursors set crm_told_at = ${at},
      crm_poll_at = case when attempts > 0 then crm_poll_at
        else least(crm_poll_at, greatest(${at}::timestamptz, crm_read_at + make_interval(secs => ${betweenMs / 1000}))) end
    where tenant_id = ${tenantId} returning connection_id as id`.execute(db);
  return rows.map(({ id }) => id);
}
