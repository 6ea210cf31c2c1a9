import { sql } from 'kysely';
import { JOURNAL_CODES, type JournalKind } from '../core/journal-kind.ts';
import type { Queryable } from './database.ts';
import { jsonb, textArray } from './json-rows.ts';
import type { ConnectionScope } from './scope.ts';
import type { StoredNotice } from './sync-runs.ts';

export type JournalRow = StoredNotice & { id: number; at: string; isAlarm: boolean };

/**
 * The readable journal of what the connector did (U6): codes and counts, nothing personal.
 *
 * @param by id of the operator on whose behalf is written, kept as the parameter `by`; undefined: the connector itself
 */
export function journal(db: Queryable, scope: ConnectionScope, by?: string) {
  return {
    async write(code: string, params: Record<string, string | number>, now: number, isAlarm = false): Promise<void> {
      await sql`insert into journal (tenant_id, connection_id, at, code, params, is_alarm)
        values (${scope.tenantId}, ${scope.connectionId}, ${new Date(now).toISOString()}, ${code}, ${jsonb(by === undefined ? params : { ...params, by })}, ${isAlarm})`.execute(
        db,
      );
    },

    /** Newest first, 50 at a time. @param kind entries of one kind; absent: all */
    async page(before: number | undefined, kind?: JournalKind): Promise<JournalRow[]> {
      const { rows } = await sql<JournalRow>`
        select id, code, params, is_alarm as "isAlarm",
          to_char(at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at
        from journal where connection_id = ${scope.connectionId} ${before === undefined ? sql`` : sql`and id < ${before}`}
          ${kind === undefined ? sql`` : sql`and ${isOf(kind)}`}
        order by id desc limit 50`.execute(db);
      return rows;
    },

    /** Alarms of the last days. */
    async alarms(since: number): Promise<JournalRow[]> {
      const { rows } = await sql<JournalRow>`
        select id, code, params, is_alarm as "isAlarm",
          to_char(at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at
        from journal where connection_id = ${scope.connectionId} and is_alarm and at >= ${new Date(since).toISOString()}
        order by id desc limit 20`.execute(db);
      return rows;
    },
  };
}

function isOf(kind: JournalKind) {
  const among = (codes: readonly string[]) => sql`code = any(${textArray(codes)})`;
  switch (kind) {
    case 'alarms':
      return sql`is_alarm`;
    case 'changes':
      return sql`not ${among(Object.values(JOURNAL_CODES).flat())}`;
    case 'opt-outs':
      // A round that carried out opt-outs says so in its counts.
      return sql`(${among(JOURNAL_CODES['opt-outs'])} or coalesce((params ->> 'optOuts')::int, 0) > 0)`;
    default:
      return among(JOURNAL_CODES[kind]);
  }
}
