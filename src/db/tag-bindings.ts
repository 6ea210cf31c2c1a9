import { sql } from 'kysely';
import type { TagAnswer, TagBinding, TagQuestion } from '../core/tag-binding.ts';
import type { Queryable } from './database.ts';
import { jsonRows, textArray } from './json-rows.ts';
import type { ConnectionScope } from './scope.ts';

/** A tag that a person is asked about. `crmKey`: null where the CRM does not have it; `crmName`: as last agreed. */
export type AskedTag = {
  id: number;
  name: string;
  question: TagQuestion;
  askedAt: string;
  crmKey: string | null;
  crmName: string;
  isAtProvider: boolean;
};

type BindingRow = { [Key in keyof TagBinding]: Exclude<TagBinding[Key], undefined> | null };

/** Which tags of both sides belong together (R11). */
export function tagBindings(db: Queryable, scope: ConnectionScope) {
  const { tenantId, connectionId } = scope;
  return {
    async all(): Promise<TagBinding[]> {
      const { rows } = await sql<BindingRow & Pick<TagBinding, 'slot' | 'state' | 'crmName' | 'providerName' | 'name'>>`
        select slot, state, crm_key as "crmKey", provider_id as "providerId", crm_name as "crmName",
          provider_name as "providerName", name, question, answer
        from tag_bindings where connection_id = ${connectionId} order by id`.execute(db);
      return rows.map(({ crmKey, providerId, question, answer, ...row }) => ({
        ...row,
        crmKey: crmKey ?? undefined,
        providerId: providerId ?? undefined,
        question: question ?? undefined,
        answer: answer ?? undefined,
      }));
    },

    /** Stores bindings by their slot. An answer that came meanwhile stays as long as its question does. */
    async save(bindings: readonly TagBinding[], now: number): Promise<void> {
      if (bindings.length === 0) return;
      const rows = bindings.map(({ crmKey = null, providerId = null, question = null, ...rest }) => ({
        ...rest,
        crmKey,
        providerId,
        question,
      }));
      // A key or id may go from one binding to another: it is given up before it is taken.
      await sql`update tag_bindings set crm_key = null, provider_id = null
        where connection_id = ${connectionId} and slot = any(${textArray(rows.map(({ slot }) => slot))})`.execute(db);
      await sql`
        insert into tag_bindings as known (tenant_id, connection_id, slot, state, crm_key, provider_id, crm_name, provider_name,
          name, question, asked_at)
        select ${tenantId}, ${connectionId}, slot, state, "crmKey", "providerId", "crmName", "providerName", name, question,
          case when question is not null then ${new Date(now).toISOString()}::timestamptz end
        from json_to_recordset(${jsonRows(rows)}) as page (slot text, state text, "crmKey" text, "providerId" text,
          "crmName" text, "providerName" text, name text, question text)
        on conflict (connection_id, slot) do update set state = excluded.state, crm_key = excluded.crm_key,
          provider_id = excluded.provider_id, crm_name = excluded.crm_name, provider_name = excluded.provider_name,
          name = excluded.name, question = excluded.question,
          answer = case when known.question is not distinct from excluded.question then known.answer end,
          asked_at = case when known.question is not distinct from excluded.question then known.asked_at
            else excluded.asked_at end`.execute(db);
    },

    /** Tags that wait for an answer, the oldest first. */
    async asked(): Promise<AskedTag[]> {
      const { rows } = await sql<AskedTag>`
        select id, name, question, crm_key as "crmKey", crm_name as "crmName", provider_id is not null as "isAtProvider",
          to_char(asked_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "askedAt"
        from tag_bindings where connection_id = ${connectionId} and question is not null and answer is null
        order by asked_at, id`.execute(db);
      return rows;
    },

    async answer(id: number, answer: TagAnswer): Promise<void> {
      await sql`update tag_bindings set answer = ${answer}
        where connection_id = ${connectionId} and id = ${id} and question is not null`.execute(db);
    },

    /** The answer could not be carried out: the tag is asked about again. */
    async askAgain(slot: string): Promise<void> {
      await sql`update tag_bindings set answer = null
        where connection_id = ${connectionId} and slot = ${slot}`.execute(db);
    },
  };
}
