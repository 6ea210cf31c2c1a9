import { sql } from 'kysely';
import type { Operation, OperationKind } from '../core/operation.ts';
import type { Queryable } from './database.ts';
import type { PlanRowState } from './plan-rows.ts';
import type { ConnectionScope } from './scope.ts';

/** How an operation ended; held: it changed after it was approved, or waits for an answer. */
export type EndedState = Extract<PlanRowState, 'done' | 'refused' | 'held' | 'dropped'>;

/** Which operations: `search` is part of an address, `after` the row that ended the page before. */
export type OperationQuery = {
  search: string | undefined;
  kind: OperationKind | undefined;
  state: EndedState | undefined;
  after: { endedAt: string; id: number } | undefined;
  limit: number;
};

/** An operation that came to an end, whatever the run. `words`: why it was not done, where something is known. */
export type EndedRow = { id: number; operation: Operation; state: EndedState; endedAt: string; words: string };

/** What a connection did to people, over all runs (U6). */
export function endedOperations(db: Queryable, { connectionId }: ConnectionScope) {
  return {
    /** Newest first. */
    async page({ search, kind, state, after, limit }: OperationQuery): Promise<EndedRow[]> {
      const { rows } = await sql<EndedRow>`
        select id, operation, state, words,
          to_char(ended_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "endedAt"
        from plan_rows where connection_id = ${connectionId} and ended_at is not null
          ${search === undefined ? sql`` : sql`and strpos(email_key, ${search}) > 0`}
          ${kind === undefined ? sql`` : sql`and kind = ${kind}`}
          ${state === undefined ? sql`` : sql`and state = ${state}`}
          ${after === undefined ? sql`` : sql`and (ended_at, id) < (${after.endedAt}::timestamptz, ${after.id})`}
        order by ended_at desc, id desc limit ${limit}`.execute(db);
      return rows;
    },
  };
}
