import { sql } from 'kysely';
import type { Operation } from '../core/operation.ts';
import type { Queryable } from './database.ts';
import type { PlanRowState } from './plan-rows.ts';
import type { ConnectionScope } from './scope.ts';

/** An operation of an earlier run, but for what was still to be done when the run was given up. `at`: when it ended, else when the call was made, else when its run began. */
export type PastOperation = { operation: Operation; state: PlanRowState; words: string; at: string };

/** Runs that are looked through, newest first. */
const RUNS = 500;

/** What was planned and done for one address lately. */
export function pastOperations(db: Queryable, { connectionId }: ConnectionScope) {
  return {
    /** Newest first. */
    async ofAddress(emailKey: string, limit: number): Promise<PastOperation[]> {
      const { rows } = await sql<PastOperation>`
        select operation, row.state, words,
          to_char(coalesce(row.ended_at, sent_at, started_at) at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at
        from (select id, state, started_at from sync_runs where connection_id = ${connectionId}
            order by started_at desc limit ${RUNS}) as run
          join plan_rows as row on row.run_id = run.id and row.email_key = ${emailKey}
            and row.connection_id = ${connectionId}
        where not (row.state = 'planned' and run.state in ('cancelled', 'failed'))
        order by coalesce(row.ended_at, sent_at, started_at) desc, row.id desc limit ${limit}`.execute(db);
      return rows;
    },
  };
}
