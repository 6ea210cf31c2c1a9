import { sql } from 'kysely';
import type { ActivityCatalog } from '../core/activity.ts';
import type { Queryable } from './database.ts';
import { jsonb } from './json-rows.ts';
import type { ConnectionScope } from './scope.ts';

/** A sweep over the members: what became of their mails since an instant; `after`: the address it has come to. */
export type ActivitySweep = { since: string; after: string };

/** Times at which a connection does what concerns activities. Instants are ISO 8601 in UTC. */
export type ActivityWork = {
  writeAt: string | null;
  listAt: string | null;
  lookAt: string | null;
  sweepAt: string | null;
  /** campaigns sent up to here are known */
  listedUpTo: string;
  sweep: ActivitySweep | null;
  attempts: number;
};

/** Which of its times. */
export type ActivityTime = 'write' | 'list' | 'look' | 'sweep';

const COLUMN = {
  write: sql.ref('write_at'),
  list: sql.ref('list_at'),
  look: sql.ref('look_at'),
  sweep: sql.ref('sweep_at'),
} as const;

const instant = (column: string) =>
  sql`to_char(${sql.ref(column)} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** What a connection does about activities and when; there is none before its first full sync succeeded (M8). */
export function activityWork(db: Queryable, scope: ConnectionScope) {
  const { tenantId, connectionId } = scope;
  return {
    async get(): Promise<ActivityWork | undefined> {
      const { rows } = await sql<ActivityWork>`
        select ${instant('write_at')} as "writeAt", ${instant('list_at')} as "listAt", ${instant('look_at')} as "lookAt",
          ${instant('sweep_at')} as "sweepAt", ${instant('listed_up_to')} as "listedUpTo", sweep, attempts
        from activity_work where connection_id = ${connectionId}`.execute(db);
      return rows[0];
    },

    /** From now on activities are written and campaigns looked for; where they are already, nothing changes. */
    async begin(now: number): Promise<void> {
      const at = new Date(now).toISOString();
      await sql`insert into activity_work (tenant_id, connection_id, write_at, list_at, listed_up_to)
        values (${tenantId}, ${connectionId}, ${at}, ${at}, ${at}) on conflict do nothing`.execute(db);
    },

    /** To be done at `at`, or earlier where it was to be done earlier. */
    async wake(time: ActivityTime, at: number): Promise<void> {
      const column = COLUMN[time];
      await sql`update activity_work set ${column} = least(${column}, ${new Date(at).toISOString()}::timestamptz)
        where connection_id = ${connectionId}`.execute(db);
    },

    /**
     * Plans when activities are written or looked for next. Must run inside a transaction: the row is locked first, so that
     * what somebody else notes meanwhile is either seen here or wakes us afterwards.
     */
    async planWriting(): Promise<void> {
      await sql`select from activity_work where connection_id = ${connectionId} for update`.execute(db);
      await sql`update activity_work set attempts = 0, write_at = least(
          (select min(due_at) from activities where connection_id = ${connectionId} and state = 'noted'),
          (select min(check_at) from activity_batches where connection_id = ${connectionId}))
        where connection_id = ${connectionId}`.execute(db);
    },

    /** Plans when the next report is looked at; see `planWriting`. */
    async planLooking(): Promise<void> {
      await sql`select from activity_work where connection_id = ${connectionId} for update`.execute(db);
      await sql`update activity_work set attempts = 0, look_at =
          (select min(next_look_at) from campaigns where connection_id = ${connectionId})
        where connection_id = ${connectionId}`.execute(db);
    },

    /** To be done at `at`, in ms, and not before. */
    async plan(time: ActivityTime, at: number): Promise<void> {
      await sql`update activity_work set ${COLUMN[time]} = ${new Date(at).toISOString()}, attempts = 0
        where connection_id = ${connectionId}`.execute(db);
    },

    /** It failed and is tried again at `at`. */
    async failed(time: ActivityTime, at: number): Promise<void> {
      await sql`update activity_work set ${COLUMN[time]} = ${new Date(at).toISOString()}, attempts = attempts + 1
        where connection_id = ${connectionId}`.execute(db);
    },

    async listed(upTo: string): Promise<void> {
      await sql`update activity_work set listed_up_to = ${upTo} where connection_id = ${connectionId}`.execute(db);
    },

    /** The members are asked from the beginning; a sweep that is under way begins anew where it does not reach back so far. */
    async beginSweep(since: string, now: number): Promise<void> {
      await sql`update activity_work set sweep_at = ${new Date(now).toISOString()}, sweep = ${jsonb({ since, after: '' })}
        where connection_id = ${connectionId} and (sweep is null or sweep ->> 'since' > ${since})`.execute(db);
    },

    async sweepOn(sweep: ActivitySweep, now: number): Promise<void> {
      await sql`update activity_work set sweep_at = ${new Date(now).toISOString()}, sweep = ${jsonb(sweep)}, attempts = 0
        where connection_id = ${connectionId}`.execute(db);
    },

    async endSweep(): Promise<void> {
      await sql`update activity_work set sweep_at = null, sweep = null where connection_id = ${connectionId}`.execute(
        db,
      );
    },

    /** What the CRM can call an activity, as last read, and when that was. */
    async catalog(): Promise<{ catalog: ActivityCatalog; readAt: string } | undefined> {
      const { rows } = await sql<{ catalog: ActivityCatalog; readAt: string }>`
        select catalog, ${instant('catalog_at')} as "readAt" from activity_work
        where connection_id = ${connectionId} and catalog is not null`.execute(db);
      return rows[0];
    },

    /** @param now undefined: what is known was contradicted */
    async saveCatalog(catalog: ActivityCatalog | undefined, now: number): Promise<void> {
      await sql`update activity_work set catalog = ${catalog ? jsonb(catalog) : null},
          catalog_at = ${new Date(now).toISOString()} where connection_id = ${connectionId}`.execute(db);
    },
  };
}
