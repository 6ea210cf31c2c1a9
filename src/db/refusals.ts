import { sql } from 'kysely';
import type { RefusalReason } from '../core/mailing-provider.ts';
import type { Queryable } from './database.ts';
import { jsonRows, textArray } from './json-rows.ts';
import type { ConnectionScope } from './scope.ts';

export type RefusalRow = { emailKey: string; reason: RefusalReason; words: string; isPermanent: boolean };

/** What a provider refused and why, so that it is not repeated until something changes (R6, F7). */
export function refusals(db: Queryable, scope: ConnectionScope) {
  const { tenantId, connectionId } = scope;
  return {
    async save(rows: readonly RefusalRow[]): Promise<void> {
      if (rows.length === 0) return;
      const newest = new Map(rows.map((row) => [row.emailKey, row]));
      const page = [...newest.values()].map((row) => ({
        email_key: row.emailKey,
        reason: row.reason,
        words: row.words,
        is_permanent: row.isPermanent,
      }));
      await sql`
        with learned as (select nextval('learning_order') as position)
        insert into refusals (tenant_id, connection_id, email_key, reason, words, is_permanent, learned_order)
        select ${tenantId}, ${connectionId}, email_key, reason, words, is_permanent, position
        from learned, json_to_recordset(${jsonRows(page)}) as page (email_key text, reason text, words text, is_permanent boolean)
        on conflict (connection_id, email_key) do update set reason = excluded.reason, words = excluded.words,
          is_permanent = excluded.is_permanent, learned_order = excluded.learned_order`.execute(db);
    },

    /** The address was accepted after all. */
    async forget(emailKeys: readonly string[]): Promise<void> {
      if (emailKeys.length === 0) return;
      await sql`delete from refusals
        where connection_id = ${connectionId} and email_key = any(${textArray(emailKeys)})`.execute(db);
    },

    /** A person asked to try again: only refusals for these reasons are forgotten. */
    async forgetFor(emailKeys: readonly string[], reasons: readonly RefusalReason[]): Promise<void> {
      if (emailKeys.length === 0) return;
      await sql`delete from refusals where connection_id = ${connectionId} and reason = any(${textArray(reasons)})
        and email_key = any(${textArray(emailKeys)})`.execute(db);
    },

    /** Refusals for want of room are worth another try in every full sync; only those of a person are remembered. */
    async forgetTemporary(): Promise<void> {
      await sql`delete from refusals where connection_id = ${connectionId} and not is_permanent`.execute(db);
    },
  };
}
