import { sql } from 'kysely';
import type { GoingBackCause } from '../core/standing.ts';
import type { Queryable } from './database.ts';
import { jsonb } from './json-rows.ts';

/**
 * Takes note that the data of connections went back in time (F9): histories up to now prove nothing, what was under way ends,
 * and a full sync begins that reads everything and asks. Workers that hold a lane lose it. Must run inside a transaction.
 *
 * @param connectionId undefined: all of them
 * @param now instant in ms
 */
export async function goBack(
  trx: Queryable,
  connectionId: string | undefined,
  cause: GoingBackCause,
  now: number,
): Promise<void> {
  const at = new Date(now).toISOString();
  // A mark that an older database never wrote is no surprise; after a mere pause it is, and one of a take-over is new.
  const knowsMarks = cause === 'long_pause' || cause === 'taken_over';
  const params = { cause: `going_back.${cause}` };
  const concerned = connectionId === undefined ? sql`state <> 'draft'` : sql`id = ${connectionId} and state <> 'draft'`;
  const theirs = sql`connection_id in (select id from connections where ${concerned})`;
  await sql`
    update connections set went_back_at = ${at}, went_back_cause = ${cause}, went_back_order = nextval('learning_order'),
      is_catching_up = true, fence = fence + 1, urgent_fence = urgent_fence + 1,
      hook_marks = case when ${knowsMarks} then hook_marks else '[]' end
    where ${concerned}`.execute(trx);
  // What a member shows at his next reading is a first sight: his opt-in time is no news.
  await sql`update members set seen_run = '' where ${theirs}`.execute(trx);
  await sql`
    update sync_runs set state = 'cancelled', error = ${jsonb({ code: 'journal.went_back', params })},
      question = null, waiting_for = null, not_before = null, finished_at = ${at}
    where finished_at is null and ${theirs}`.execute(trx);
  // Without cursors nothing is polled and no round begins before that full sync has ended.
  await sql`delete from sync_cursors where ${theirs}`.execute(trx);
  await sql`delete from due_addresses where ${theirs}`.execute(trx);
  await sql`delete from held_changes where state = 'asked' and ${theirs}`.execute(trx);
  await sql`
    insert into sync_runs (id, tenant_id, connection_id, state, phase, is_first, asks_first, started_at, phase_started_at)
    select gen_random_uuid()::text, tenant_id, id, 'running', 'reading-contacts',
      not exists (select from sync_runs as earlier where earlier.connection_id = connections.id and earlier.state = 'succeeded'),
      false, ${at}, ${at}
    from connections
    where ${concerned} and (state = 'active' or (state = 'attention' and state_before_attention = 'active'))`.execute(
    trx,
  );
  await sql`
    insert into journal (tenant_id, connection_id, at, code, params, is_alarm)
    select tenant_id, id, ${at}, 'journal.went_back', ${jsonb(params)}, true from connections where ${concerned}`.execute(
    trx,
  );
}
