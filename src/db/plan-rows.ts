import { sql } from 'kysely';
import type { EmailAddress } from '../core/email-address.ts';
import type { Member } from '../core/member.ts';
import { OPERATION_KINDS, type Operation, type OperationKind } from '../core/operation.ts';
import type { Queryable } from './database.ts';
import { jsonRows, textArray } from './json-rows.ts';
import type { ConnectionScope } from './scope.ts';

/**
 * planned → sent (the call is made, its answer not stored yet) → done or refused; held: it changed since it was approved;
 * dropped: no longer needed when its turn came.
 */
export type PlanRowState = 'planned' | 'sent' | 'queued' | 'done' | 'refused' | 'held' | 'dropped';

export type PlanRow = { id: number; state: PlanRowState; operation: Operation };

type QueuedEnd = { id: number; email: EmailAddress; contactId: string | null; status: Member['status'] | null };

/** Which rows are asked for: all, or those that no question may hold (R12), with or without those that unsubscribe. */
export type RowChoice = 'all' | 'opt-outs' | 'opt-outs-to-crm';

function chosen(choice: RowChoice) {
  const toCrm = sql`(kind = 'write-consent' and operation ->> 'to' in ('no', 'undeliverable'))`;
  switch (choice) {
    case 'all':
      return sql`true`;
    case 'opt-outs':
      return sql`(${toCrm} or kind = 'unsubscribe-member')`;
    case 'opt-outs-to-crm':
      return toCrm;
  }
}

/** How many operations of a kind a connection has carried out, or asks about, since an instant, whatever the run (R12). */
export function recentOperations(db: Queryable, { connectionId }: ConnectionScope) {
  return {
    async countsSince(instant: number): Promise<Partial<Record<OperationKind | 'setToNone' | 'tagsTakenOff', number>>> {
      const { rows } = await sql<{ kind: OperationKind | 'setToNone' | 'tagsTakenOff'; count: number }>`
        with done as (select plan_rows.kind, operation from plan_rows join sync_runs on sync_runs.id = plan_rows.run_id
          where plan_rows.connection_id = ${connectionId} and plan_rows.state = 'done' and sync_runs.kind <> 'full'
            and ended_at >= ${new Date(instant).toISOString()}
          union all select kind, operation from held_changes where connection_id = ${connectionId} and state = 'asked'
            and held_at >= ${new Date(instant).toISOString()})
        select kind, count(*)::int as count from done group by kind
        union all select 'setToNone', count(*)::int from done where kind = 'write-consent' and operation ->> 'to' = 'none'
        union all select 'tagsTakenOff', coalesce(sum(jsonb_array_length(operation -> 'remove')), 0)::int from done
          where kind in ('tag-member', 'tag-contact')`.execute(db);
      return Object.fromEntries(rows.map(({ kind, count }) => [kind, count]));
    },
  };
}

/** The stored plan of a run: what was shown is what is carried out. */
export function planRows(db: Queryable, scope: ConnectionScope, runId: string) {
  const { tenantId, connectionId } = scope;
  const ours = sql`plan_rows.connection_id = ${connectionId} and plan_rows.run_id = ${runId}`;
  const seenMember = sql`on members.connection_id = plan_rows.connection_id
    and members.email_key = plan_rows.email_key and members.seen_run = plan_rows.run_id`;
  return {
    async add(operations: readonly Operation[]): Promise<void> {
      if (operations.length === 0) return;
      const rows = operations.map((operation) => ({
        rank: OPERATION_KINDS.indexOf(operation.kind),
        kind: operation.kind,
        email_key: operation.email,
        contact_id: 'contactId' in operation ? (operation.contactId ?? null) : null,
        operation,
      }));
      await sql`
        insert into plan_rows (tenant_id, connection_id, run_id, rank, kind, email_key, contact_id, operation)
        select ${tenantId}, ${connectionId}, ${runId}, rank, kind, email_key, contact_id, operation
        from json_to_recordset(${jsonRows(rows)}) as page (rank smallint, kind text, email_key text, contact_id text,
          operation jsonb)`.execute(db);
    },

    /** Drops the plan of these addresses so that they can be planned anew. */
    async forget(emailKeys: readonly string[]): Promise<void> {
      if (emailKeys.length === 0) return;
      await sql`delete from plan_rows where ${ours} and state = 'planned'
        and email_key = any(${textArray(emailKeys)})`.execute(db);
    },

    async byAddresses(emailKeys: readonly string[]): Promise<PlanRow[]> {
      const { rows } = await sql<PlanRow>`
        select id, state, operation from plan_rows
        where ${ours} and email_key = any(${textArray(emailKeys)}) order by id`.execute(db);
      return rows;
    },

    /** The addresses of the plan, page by page. */
    async addresses(after: string, limit: number): Promise<EmailAddress[]> {
      const { rows } = await sql<{ email_key: EmailAddress }>`
        select distinct email_key from plan_rows where ${ours} and email_key > ${after} order by email_key limit ${limit}`.execute(
        db,
      );
      return rows.map((row) => row.email_key);
    },

    /** Open rows of a kind that no person has approved, page by page (R12). */
    async unapproved(kind: OperationKind, after: number, limit: number): Promise<PlanRow[]> {
      const { rows } = await sql<PlanRow>`
        select id, state, operation from plan_rows where ${ours} and state = 'planned' and kind = ${kind} and id > ${after}
          and not exists (select from due_addresses as due where due.connection_id = plan_rows.connection_id
            and due.email_key = plan_rows.email_key and due.is_approved)
        order by id limit ${limit}`.execute(db);
      return rows;
    },

    /** The next rows to carry out, all of one kind, lowest rank first; rows whose answer was lost come before planned ones. */
    async next(limit: number, choice: RowChoice = 'all'): Promise<PlanRow[]> {
      const { rows } = await sql<PlanRow>`
        select id, state, operation from plan_rows
        where ${ours} and state in ('planned', 'sent') and ${chosen(choice)}
          and (rank, state) = (select rank, state from plan_rows where ${ours} and state in ('planned', 'sent')
            and ${chosen(choice)} order by rank, state desc limit 1)
        order by id limit ${limit}`.execute(db);
      return rows;
    },

    /** The kind that is carried out next. */
    async nextKind(choice: RowChoice = 'all'): Promise<OperationKind | undefined> {
      const { rows } = await sql<{ kind: OperationKind }>`
        select kind from plan_rows where ${ours} and state in ('planned', 'sent') and ${chosen(choice)}
        order by rank, state desc limit 1`.execute(db);
      return rows[0]?.kind;
    },

    /** Open rows that unsubscribe a subscribed member, page by page. */
    async unsubscribesAfter(id: number, limit: number): Promise<PlanRow[]> {
      const { rows } = await sql<PlanRow>`
        select id, state, operation from plan_rows
        where ${ours} and state = 'planned' and kind = 'unsubscribe-member'
          and operation ->> 'from' = 'subscribed' and id > ${id}
        order by id limit ${limit}`.execute(db);
      return rows;
    },

    /**
     * Addresses that became active by this plan and may hold more than was planned for: what an archived member kept and what
     * a new contact lacks belong to the plan, too.
     */
    async arrivals(): Promise<EmailAddress[]> {
      const { rows } = await sql<{ email_key: EmailAddress }>`
        select distinct email_key from plan_rows where ${ours} and state = 'done'
          and (kind in ('create-contact', 'raise-member') or (kind = 'write-consent' and operation ->> 'to' = 'yes'))`.execute(
        db,
      );
      return rows.map((row) => row.email_key);
    },

    /** The user does not want the operations of a kind. */
    async drop(kind: OperationKind): Promise<void> {
      await sql`update plan_rows set state = 'dropped'
        where ${ours} and kind = ${kind} and state = 'planned'`.execute(db);
    },

    /** The calls went into the provider's own queue (M11). */
    async markQueued(rows: readonly { id: number; processId: string }[]): Promise<void> {
      if (rows.length === 0) return;
      await sql`update plan_rows set state = 'queued', process_id = page."processId"
        from json_to_recordset(${jsonRows(rows)}) as page (id bigint, "processId" text)
        where ${ours} and plan_rows.id = page.id`.execute(db);
    },

    /** The provider's processes that rows still wait for. */
    async openProcesses(): Promise<string[]> {
      const { rows } = await sql<{ process_id: string }>`
        select process_id from plan_rows where ${ours} and state = 'queued' group by process_id order by max(id)`.execute(
        db,
      );
      return rows.map((row) => row.process_id);
    },

    /**
     * A page of the rows that wait for a process and may have lost their ground (R4): the contact says Yes at this address no
     * longer, somebody else at it says something else, or an opt-out was booked since the raise was sent. What it comes to is
     * decided by the person's whole case.
     */
    async queuedInDoubt(after: number, limit: number): Promise<PlanRow[]> {
      const { rows } = await sql<PlanRow>`
        with opt_outs as (select email, contact_id from consent_records
          where tenant_id = ${tenantId} and effect = 'opt-out' and learned_at >=
            (select min(sent_at) from plan_rows where ${ours} and state = 'queued'))
        select id, state, operation from plan_rows
        where ${ours} and state = 'queued' and id > ${after} and (
          not exists (select from contacts where contacts.connection_id = ${connectionId}
            and contacts.contact_id = plan_rows.contact_id and contacts.email_key = plan_rows.email_key
            and consent = 'yes' and is_readable and not is_private and not is_archived)
          or exists (select from contacts where contacts.connection_id = ${connectionId}
            and contacts.email_key = plan_rows.email_key and consent <> 'yes')
          or plan_rows.email_key in (select email from opt_outs)
          or plan_rows.contact_id in (select contact_id from opt_outs))
        order by id limit ${limit}`.execute(db);
      return rows;
    },

    /** Rows that wait for a process with the status of their member as this run has read it; null: not seen. */
    async queuedEnds(limit: number): Promise<QueuedEnd[]> {
      const { rows } = await sql<QueuedEnd>`
        select id, plan_rows.email_key as email, contact_id as "contactId", members.status from plan_rows left join members ${seenMember}
        where ${ours} and state = 'queued' order by id limit ${limit}`.execute(db);
      return rows;
    },

    /** A page of the rows that wait for a process and whose member this run has not seen. */
    async missing(after: number, limit: number): Promise<{ id: number; email: EmailAddress }[]> {
      const { rows } = await sql<{ id: number; email: EmailAddress }>`
        select id, plan_rows.email_key as email from plan_rows left join members ${seenMember}
        where ${ours} and state = 'queued' and members.email_key is null and id > ${after}
        order by id limit ${limit}`.execute(db);
      return rows;
    },

    async countMissing(): Promise<number> {
      const { rows } = await sql<{ count: number }>`
        select count(*)::int as count from plan_rows left join members ${seenMember}
        where ${ours} and state = 'queued' and members.email_key is null`.execute(db);
      return rows[0]?.count ?? 0;
    },

    /** A page of the planned rows that add somebody. */
    async plannedAdds(after: number, limit: number): Promise<PlanRow[]> {
      const { rows } = await sql<PlanRow>`
        select id, state, operation from plan_rows
        where ${ours} and state = 'planned' and kind = 'add-member' and id > ${after} order by id limit ${limit}`.execute(
        db,
      );
      return rows;
    },

    async countPlannedAdds(): Promise<number> {
      const { rows } = await sql<{ count: number }>`
        select count(*)::int as count from plan_rows where ${ours} and state = 'planned' and kind = 'add-member'`.execute(
        db,
      );
      return rows[0]?.count ?? 0;
    },

    /** When the earliest of the unanswered calls was made, as ISO 8601. */
    async earliestSent(): Promise<string | undefined> {
      const { rows } = await sql<{ at: string | null }>`
        select to_char(min(sent_at) at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at
        from plan_rows where ${ours} and state = 'sent'`.execute(db);
      return rows[0]?.at ?? undefined;
    },

    async mark(ids: readonly number[], state: PlanRowState, now: number): Promise<void> {
      if (ids.length === 0) return;
      await sql`update plan_rows set state = ${state},
          sent_at = case when ${state} = 'sent' then ${new Date(now).toISOString()}::timestamptz else sent_at end
        where ${ours} and id in (select value::bigint from json_array_elements_text(${JSON.stringify(ids)}::json))`.execute(
        db,
      );
    },

    async markWithWords(rows: readonly { id: number; state: PlanRowState; words: string }[]): Promise<void> {
      if (rows.length === 0) return;
      await sql`update plan_rows set state = page.state, words = page.words
        from json_to_recordset(${jsonRows(rows)}) as page (id bigint, state text, words text)
        where ${ours} and plan_rows.id = page.id`.execute(db);
    },

    /** Notes when rows ended that have ended since it was last called: the brake's window (R12) and the journal (U6). */
    async stampEnds(now: number): Promise<void> {
      await sql`update plan_rows set ended_at = ${new Date(now).toISOString()}
        where ${ours} and ended_at is null and state in ('done', 'refused', 'held', 'dropped')`.execute(db);
    },

    async counts(): Promise<{ kind: OperationKind; state: PlanRowState; count: number }[]> {
      const { rows } = await sql<{ kind: OperationKind; state: PlanRowState; count: number }>`
        select kind, state, count(*)::int as count from plan_rows where ${ours}
        group by rank, kind, state order by rank`.execute(db);
      return rows;
    },

    /** Numbers that only the operations themselves tell (R12). */
    async brakedDetails(): Promise<{ setToNone: number; tagsTakenOff: number; handedDown: number }> {
      const { rows } = await sql<{ setToNone: number; tagsTakenOff: number; handedDown: number }>`
        select (count(*) filter (where kind = 'write-consent' and operation ->> 'to' = 'none'))::int as "setToNone",
          coalesce(sum(jsonb_array_length(operation -> 'remove')) filter (where kind in ('tag-member', 'tag-contact')), 0)::int
            as "tagsTakenOff",
          (count(*) filter (where kind = 'unsubscribe-member' and operation ? 'handedDownFrom'))::int as "handedDown"
        from plan_rows where ${ours}`.execute(db);
      return rows[0] ?? { setToNone: 0, tagsTakenOff: 0, handedDown: 0 };
    },

    /** First rows of a kind, for the preview. */
    async samples(kind: OperationKind, limit: number): Promise<PlanRow[]> {
      const { rows } = await sql<PlanRow>`
        select id, state, operation from plan_rows where ${ours} and kind = ${kind} order by id limit ${limit}`.execute(
        db,
      );
      return rows;
    },

    /** One page of the whole plan, for its file. */
    async page(after: number, limit: number): Promise<(PlanRow & { words: string })[]> {
      const { rows } = await sql<PlanRow & { words: string }>`
        select id, state, operation, words from plan_rows where ${ours} and id > ${after} order by id limit ${limit}`.execute(
        db,
      );
      return rows;
    },
  };
}
