import { sql } from 'kysely';
import type { EmailAddress } from '../core/email-address.ts';
import type { HeldState } from '../core/held-operations.ts';
import type { Operation, OperationKind } from '../core/operation.ts';
import type { Queryable } from './database.ts';
import { jsonRows, textArray } from './json-rows.ts';
import type { ConnectionScope } from './scope.ts';

/** Why a person is asked (R12, M21, F7). */
export type HeldQuestion = 'brake' | 'removed-in-bulk' | 'changes-too-often';

/** Some of what waits: of one question and kind, held up to an instant in ms. */
export type HeldChoice = { question: HeldQuestion; kind: OperationKind; upTo: number };

export type HeldChange = {
  id: number;
  emailKey: EmailAddress;
  contactId: string | null;
  kind: OperationKind;
  operation: Operation;
  question: HeldQuestion;
  state: HeldState;
  heldAt: string;
};

const COLUMNS = sql`id, email_key as "emailKey", contact_id as "contactId", kind, operation, question, state,
  to_char(held_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "heldAt"`;

/** Operations that wait for a person, and those that he does not want. One for each address and kind. */
export function heldChanges(db: Queryable, scope: ConnectionScope) {
  const { tenantId, connectionId } = scope;
  return {
    async hold(rows: readonly { operation: Operation; question: HeldQuestion }[], now: number): Promise<void> {
      if (rows.length === 0) return;
      const newest = new Map(rows.map((row) => [`${row.operation.kind} ${row.operation.email}`, row]));
      const page = [...newest.values()].map(({ operation, question }) => ({
        email_key: operation.email,
        contact_id: 'contactId' in operation ? (operation.contactId ?? null) : null,
        kind: operation.kind,
        operation,
        question,
      }));
      await sql`
        insert into held_changes (tenant_id, connection_id, email_key, contact_id, kind, operation, question, state, held_at)
        select ${tenantId}, ${connectionId}, email_key, contact_id, kind, operation, question, 'asked',
          ${new Date(now).toISOString()}
        from json_to_recordset(${jsonRows(page)}) as page (email_key text, contact_id text, kind text, operation jsonb,
          question text)
        on conflict (connection_id, email_key, kind) do update set operation = excluded.operation,
          contact_id = excluded.contact_id, question = excluded.question, state = 'asked',
          held_at = case when held_changes.state = 'asked' then held_changes.held_at else excluded.held_at end`.execute(
        db,
      );
    },

    async ofAddresses(emailKeys: readonly EmailAddress[]): Promise<HeldChange[]> {
      if (emailKeys.length === 0) return [];
      const { rows } = await sql<HeldChange>`select ${COLUMNS} from held_changes
        where connection_id = ${connectionId} and email_key = any(${textArray(emailKeys)}) order by id`.execute(db);
      return rows;
    },

    /** A page of what waits for an answer. */
    async asked({ question, kind, upTo }: HeldChoice, after: number, limit: number): Promise<HeldChange[]> {
      const { rows } = await sql<HeldChange>`select ${COLUMNS} from held_changes
        where connection_id = ${connectionId} and state = 'asked' and question = ${question} and kind = ${kind}
          and held_at <= ${new Date(upTo).toISOString()} and id > ${after}
        order by id limit ${limit}`.execute(db);
      return rows;
    },

    /** How much waits, by question and kind. */
    async counts(): Promise<{ question: HeldQuestion; kind: OperationKind; count: number; since: string }[]> {
      const { rows } = await sql<{ question: HeldQuestion; kind: OperationKind; count: number; since: string }>`
        select question, kind, count(*)::int as count,
          to_char(min(held_at) at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as since
        from held_changes where connection_id = ${connectionId} and state = 'asked'
        group by question, kind order by question, kind`.execute(db);
      return rows;
    },

    async setState(ids: readonly number[], state: HeldState): Promise<void> {
      if (ids.length === 0) return;
      await sql`update held_changes set state = ${state} where connection_id = ${connectionId}
        and id in (select value::bigint from json_array_elements_text(${JSON.stringify(ids)}::json))`.execute(db);
    },

    /** What a person approved is done, or there is nothing left to do. */
    async settleApproved(kind: OperationKind, emailKeys: readonly EmailAddress[]): Promise<void> {
      if (emailKeys.length === 0) return;
      await sql`delete from held_changes where connection_id = ${connectionId} and state = 'approved' and kind = ${kind}
        and email_key = any(${textArray(emailKeys)})`.execute(db);
    },

    /** Answered, or the reason for it is gone. */
    async release(ids: readonly number[]): Promise<void> {
      if (ids.length === 0) return;
      await sql`delete from held_changes where connection_id = ${connectionId}
        and id in (select value::bigint from json_array_elements_text(${JSON.stringify(ids)}::json))`.execute(db);
    },
  };
}
