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
    select extract(epoch from least(run_at, due_at, event_at, write_at)) * 1000 as work,
      extract(epoch from least(poll_at, activity_at, hooks_at)) * 1000 as recurring,
      extract(epoch from read_at) * 1000 as "readSince",
      extract(epoch from ended_at) * 1000 as "endedAt"
    from
      (select max(finished_at) as ended_at, min(coalesce(not_before, started_at))
        filter (where finished_at is null and state <> 'awaiting-approval') as run_at from sync_runs) as runs,
      (select min(due_at) as due_at from due_addresses) as addresses,
      (select min(coalesce(not_before, received_at)) as event_at from provider_events where applied_at is null) as events,
      (select min(write_at) as write_at, min(least(list_at, look_at, sweep_at)) as activity_at from activity_work) as works,
      (select min(least(crm_poll_at, provider_poll_at, nightly_at, hook_check_at, tags_at)) as poll_at,
        min(least(crm_read_at, provider_read_at)) as read_at from sync_cursors) as cursors,
      (select min(hooks_checked_at) + make_interval(secs => ${HOOKS_CHECK_MS / 1000}) as hooks_at from connections) as hooks`.execute(
    db,
  );
  const at = (what: keyof Due | 'endedAt') => (rows[0]?.[what] == null ? undefined : Number(rows[0][what]));
  const readSince = at('readSince') ?? 0;
  return {
    work: at('work') ?? Infinity,
    recurring: at('recurring') ?? Infinity,
    // What the last run wrote comes back as a change, which nobody may have read yet.
    readSince: readSince > (at('endedAt') ?? 0) ? readSince : 0,
  };
}
