import { sql } from 'kysely';
import type { TwinCause } from '../core/standing.ts';
import type { Queryable } from './database.ts';
import { jsonb } from './json-rows.ts';

/**
 * Stops connections because somebody else may be working on their audience (F9): nothing is written until a person has taken
 * it over. Workers that hold a lane lose it. One that is stopped for that already keeps its reason. Must run inside a
 * transaction.
 *
 * @param connectionId undefined: all of them
 * @param now instant in ms
 */
export async function stopTwins(
  trx: Queryable,
  connectionId: string | undefined,
  cause: TwinCause,
  now: number,
): Promise<void> {
  const at = new Date(now).toISOString();
  const { rows } = await sql<{ id: string }>`
    update connections set twin = ${jsonb({ cause, at })}, fence = fence + 1,
      urgent_fence = urgent_fence + 1, state = 'attention',
      state_before_attention = case when state = 'attention' then state_before_attention else state end
    where state not in ('draft', 'disconnected') and twin is null ${connectionId === undefined ? sql`` : sql`and id = ${connectionId}`}
    returning id`.execute(trx);
  const stopped = rows.map(({ id }) => id);
  await sql`
    insert into journal (tenant_id, connection_id, at, code, params, is_alarm)
    select tenant_id, id, ${at}, 'journal.twin', ${jsonb({ cause: `twin.${cause}` })}, true from connections
    where id in (select json_array_elements_text(${JSON.stringify(stopped)}::json))`.execute(trx);
}
