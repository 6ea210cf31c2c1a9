import { sql } from 'kysely';
import { HOOKS_CHECK_MS } from '../src/core/standing.ts';
import type { Queryable } from '../src/db/database.ts';

/** When lanes have something to do next, in ms; Infinity: never. */
export type Due = {
  /** what has to be done once: open runs, due addresses, stored webhooks, activities to be written */
  work: number;
  /** what is done again and again: polls, comparisons and checks */
  recurring: number;
  /** since when both sides of every connection have been read, and the last run has ended */
  readSince: number;
};

/** The next instants of all connections, paused ones and those that wait for a person included. */
export async function readDue(db: Queryable): Promise<Due> {
  const { rows } = await sql<Record<keyof Due | 'endedAt', number | null>>`
    select
      extract(epoch from least(
        (select min(coalesce(not_before, started_at)) from sync_runs
          where finished_at is null and state <> 'awaiting-approval'),
        (select min(due_at) from due_addresses),
        (select min(coalesce(not_before, received_at)) from provider_events where applied_at is null),
        (select min(write_at) from activity_work))) * 1000 as work,
      extract(epoch from least(
        (select min(least(crm_poll_at, provider_poll_at, nightly_at, hook_check_at, tags_at)) from sync_cursors),
        (select min(least(list_at, look_at, sweep_at)) from activity_work),
        (select min(hooks_checked_at) from connections) + make_interval(secs => ${HOOKS_CHECK_MS / 1000}))) * 1000
        as recurring,
      extract(epoch from (select min(least(crm_read_at, provider_read_at)) from sync_cursors)) * 1000 as "readSince",
      extract(epoch from (select max(finished_at) from sync_runs)) * 1000 as "endedAt"`.execute(db);
  const at = (what: keyof Due | 'endedAt') => (rows[0]?.[what] == null ? undefined : Number(rows[0][what]));
  const readSince = at('readSince') ?? 0;
  return {
    work: at('work') ?? Infinity,
    recurring: at('recurring') ?? Infinity,
    // What the last run wrote comes back as a change, which nobody may have read yet.
    readSince: readSince > (at('endedAt') ?? 0) ? readSince : 0,
  };
}
