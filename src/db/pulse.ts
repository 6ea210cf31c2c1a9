import { sql } from 'kysely';
import type { Queryable } from './database.ts';
import type { ConnectionScope } from './scope.ts';

/** Whether anything has moved at a connection, in whichever process (U2): cheap enough to be asked every two seconds. */
export function pulse(db: Queryable, { connectionId }: ConnectionScope) {
  return {
    /** A text that is another one after each poll, step of a run, webhook, journal entry, answer or pause. */
    async read(): Promise<string> {
      const { rows } = await sql<{ pulse: string }>`
        select concat_ws(' ',
          (select concat_ws(' ', crm_read_at, provider_read_at, crm_poll_at, provider_poll_at, nightly_at) from sync_cursors
            where connection_id = ${connectionId}),
          (select string_agg(concat_ws(' ', id, phase, done, state), ',' order by id) from sync_runs
            where connection_id = ${connectionId} and finished_at is null),
          (select max(id) from journal where connection_id = ${connectionId}),
          (select max(id) from provider_events where connection_id = ${connectionId}),
          (select concat_ws(' ', state, paused_at) from connections where id = ${connectionId})) as pulse`.execute(db);
      return rows[0]?.pulse ?? '';
    },
  };
}
