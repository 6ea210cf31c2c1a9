import { sql } from 'kysely';
import type { BrakeHit } from '../core/brake.ts';
import { HOOKS_CHECK_MS } from '../core/standing.ts';
import type { SyncPhase, SyncRunState } from '../core/sync-run.ts';
import type { Queryable } from './database.ts';
import { jsonb } from './json-rows.ts';
import type { ConnectionScope } from './scope.ts';

/** A sentence for people with what fills it. */
export type StoredNotice = { code: string; params: Record<string, string | number> };

/** Where a run is inside its phase; what it means is the phase's business. */
export type RunCursor = Readonly<Record<string, string | number | boolean>>;

/** See `SyncRun.readUpTo`; '' means from the beginning. `marks`: a round's due addresses were marked up to it. */
export type ReadUpTo = { contactsAsOf: string; membersAsOf: string; marks?: number };

/**
 * full: everything on both sides; changes: a round of due addresses; urgent: a round that only lowers consent; leave: takes
 * out of the audience whom we put there (U7).
 */
export type SyncRunKind = 'full' | 'changes' | 'urgent' | 'leave';

/** A full sync (M11) or a round of changes. Instants are ISO 8601 in UTC. */
export type SyncRun = {
  id: string;
  kind: SyncRunKind;
  startedBy: 'user' | 'nightly';
  state: SyncRunState;
  phase: SyncPhase;
  isFirst: boolean;
  /** the user wants to see the preview even where nobody would be asked */
  asksFirst: boolean;
  question: 'first-sync' | 'after-restore' | 'brake' | 'asked-for-preview' | null;
  cursor: RunCursor;
  done: number;
  total: number | null;
  crmRequests: number;
  providerRequests: number;
  unchanged: number;
  brake: readonly BrakeHit[];
  /** instants of both sides' own clocks up to which the reading was complete */
  readUpTo: ReadUpTo | null;
  waitingFor: StoredNotice | null;
  error: StoredNotice | null;
  notBefore: string | null;
  startedAt: string;
  phaseStartedAt: string;
  approvedAt: string | null;
  finishedAt: string | null;
};

const COLUMNS = sql`
  id, kind, started_by as "startedBy", state, phase, is_first as "isFirst", asks_first as "asksFirst", question, cursor, done, total,
  crm_requests as "crmRequests", provider_requests as "providerRequests", unchanged, brake, read_up_to as "readUpTo",
  waiting_for as "waitingFor", error, ${instant('not_before')} as "notBefore", ${instant('started_at')} as "startedAt",
  ${instant('phase_started_at')} as "phaseStartedAt", ${instant('approved_at')} as "approvedAt",
  ${instant('finished_at')} as "finishedAt"`;

function instant(column: string) {
  return sql`to_char(${sql.ref(column)} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}

/** Runs of a connection; at most one of each kind is open. */
export function syncRuns(db: Queryable, scope: ConnectionScope) {
  const { tenantId, connectionId } = scope;
  return {
    /** Starts a full sync. @returns false when another one is open */
    async start(run: {
      id: string;
      isFirst: boolean;
      asksFirst: boolean;
      startedBy?: SyncRun['startedBy'];
      now: number;
    }): Promise<boolean> {
      const at = new Date(run.now).toISOString();
      const { rows } = await sql`
        insert into sync_runs (id, tenant_id, connection_id, state, phase, is_first, asks_first, started_by, started_at,
          phase_started_at)
        values (${run.id}, ${tenantId}, ${connectionId}, 'running', 'reading-contacts', ${run.isFirst}, ${run.asksFirst},
          ${run.startedBy ?? 'user'}, ${at}, ${at})
        on conflict (connection_id, kind) where finished_at is null do nothing returning id`.execute(db);
      return rows.length > 0;
    },

    /** Starts a round of changes. @returns false when one of its kind is open */
    async startRound(round: {
      id: string;
      kind: 'changes' | 'urgent';
      cursor: RunCursor;
      readUpTo: ReadUpTo;
      now: number;
    }): Promise<boolean> {
      const at = new Date(round.now).toISOString();
      const { rows } = await sql`
        insert into sync_runs (id, tenant_id, connection_id, kind, state, phase, is_first, asks_first, cursor, read_up_to,
          started_at, phase_started_at)
        values (${round.id}, ${tenantId}, ${connectionId}, ${round.kind}, 'running', 'planning', false, false,
          ${jsonb(round.cursor)}, ${jsonb(round.readUpTo)}, ${at}, ${at})
        on conflict (connection_id, kind) where finished_at is null do nothing returning id`.execute(db);
      return rows.length > 0;
    },

    /** Starts taking people out of the audience. @param total how many there are */
    async startLeave(leave: { id: string; total: number; now: number }): Promise<void> {
      const at = new Date(leave.now).toISOString();
      await sql`
        insert into sync_runs (id, tenant_id, connection_id, kind, state, phase, is_first, asks_first, total, started_at,
          phase_started_at)
        values (${leave.id}, ${tenantId}, ${connectionId}, 'leave', 'running', 'executing', false, false, ${leave.total},
          ${at}, ${at})`.execute(db);
    },

    /** A round that had nothing to do leaves nothing behind. */
    async forgetRound(runId: string): Promise<void> {
      await sql`delete from sync_runs where connection_id = ${connectionId} and id = ${runId} and kind <> 'full'`.execute(
        db,
      );
    },

    async get(runId: string): Promise<SyncRun | undefined> {
      const { rows } = await sql<SyncRun>`
        select ${COLUMNS} from sync_runs where connection_id = ${connectionId} and id = ${runId}`.execute(db);
      return rows[0];
    },

    async open(kind: SyncRunKind = 'full'): Promise<SyncRun | undefined> {
      const { rows } = await sql<SyncRun>`
        select ${COLUMNS} from sync_runs
        where connection_id = ${connectionId} and kind = ${kind} and finished_at is null`.execute(db);
      return rows[0];
    },

    /** Every open run by its kind, at once: a lane asks for them before each of its steps. */
    async allOpen(): Promise<ReadonlyMap<SyncRunKind, SyncRun>> {
      const { rows } = await sql<SyncRun>`
        select ${COLUMNS} from sync_runs where connection_id = ${connectionId} and finished_at is null`.execute(db);
      return new Map(rows.map((run) => [run.kind, run]));
    },

    async lastFinished(): Promise<SyncRun | undefined> {
      const { rows } = await sql<SyncRun>`
        select ${COLUMNS} from sync_runs
        where connection_id = ${connectionId} and kind = 'full' and finished_at is not null
        order by finished_at desc limit 1`.execute(db);
      return rows[0];
    },

    async anySucceeded(): Promise<boolean> {
      const { rows } = await sql`
        select id from sync_runs where connection_id = ${connectionId} and kind = 'full' and state = 'succeeded' limit 1`.execute(
        db,
      );
      return rows.length > 0;
    },

    /** Stores how far a phase has come. */
    async progress(runId: string, step: { cursor: RunCursor; done: number; total: number | null }): Promise<void> {
      await sql`update sync_runs set cursor = ${jsonb(step.cursor)}, done = ${step.done}, total = ${step.total},
          state = 'running', waiting_for = null, not_before = null
        where connection_id = ${connectionId} and id = ${runId} and finished_at is null`.execute(db);
    },

    async enterPhase(runId: string, phase: SyncPhase, now: number, cursor: RunCursor = {}): Promise<void> {
      await sql`update sync_runs set phase = ${phase}, cursor = ${jsonb(cursor)}, done = 0, total = null, state = 'running',
          waiting_for = null, not_before = null, phase_started_at = ${new Date(now).toISOString()}
        where connection_id = ${connectionId} and id = ${runId} and finished_at is null`.execute(db);
    },

    /** Keeps up to where both sides were read, for what happens while the run goes on (M13). */
    async remember(runId: string, readUpTo: ReadUpTo): Promise<void> {
      await sql`update sync_runs set read_up_to = ${jsonb(readUpTo)}
        where connection_id = ${connectionId} and id = ${runId}`.execute(db);
    },

    async countRequests(runId: string, crm: number, provider: number): Promise<void> {
      await sql`update sync_runs set crm_requests = crm_requests + ${crm}, provider_requests = provider_requests + ${provider}
        where connection_id = ${connectionId} and id = ${runId}`.execute(db);
    },

    async setPlanned(runId: string, plan: { unchanged: number; brake: readonly BrakeHit[] }): Promise<void> {
      await sql`update sync_runs set unchanged = ${plan.unchanged}, brake = ${jsonb(plan.brake)}
        where connection_id = ${connectionId} and id = ${runId}`.execute(db);
    },

    async ask(runId: string, question: NonNullable<SyncRun['question']>): Promise<void> {
      await sql`update sync_runs set state = 'awaiting-approval', phase = 'awaiting-approval', question = ${question}
        where connection_id = ${connectionId} and id = ${runId} and finished_at is null`.execute(db);
    },

    /** @returns false when the run does not wait for an answer */
    async approve(runId: string, now: number): Promise<boolean> {
      const at = new Date(now).toISOString();
      const { rows } = await sql`
        update sync_runs set state = 'running', phase = 'refreshing', cursor = '{}', done = 0, total = null, question = null,
          approved_at = ${at}, phase_started_at = ${at}
        where connection_id = ${connectionId} and id = ${runId} and state = 'awaiting-approval' returning id`.execute(
        db,
      );
      return rows.length > 0;
    },

    /** An outside system lets us wait (F6): the run goes on by itself at `until`. */
    async wait(runId: string, waitingFor: StoredNotice, until: number): Promise<void> {
      await sql`update sync_runs set state = 'waiting', waiting_for = ${jsonb(waitingFor)},
          not_before = ${new Date(until).toISOString()}
        where connection_id = ${connectionId} and id = ${runId} and finished_at is null`.execute(db);
    },

    /** @returns false when the run had ended before */
    async finish(
      runId: string,
      state: 'succeeded' | 'failed' | 'cancelled',
      now: number,
      error?: StoredNotice,
    ): Promise<boolean> {
      const { rows } = await sql`
        update sync_runs set state = ${state}, error = ${error ? jsonb(error) : null}, question = null,
          waiting_for = null, not_before = null, finished_at = ${new Date(now).toISOString()}
        where connection_id = ${connectionId} and id = ${runId} and finished_at is null returning id`.execute(db);
      return rows.length > 0;
    },
  };
}

/** A lane of a connection that has something to do. */
export type LaneWithWork = ConnectionScope & { lane: 'main' | 'urgent' };

/**
 * Lanes whose time has come: what a start and the tick wake. Events and urgent addresses are the urgent lane's; open runs,
 * due addresses and whatever is done again and again the main lane's.
 */
export async function lanesWithWork(db: Queryable, now: number): Promise<LaneWithWork[]> {
  const at = new Date(now).toISOString();
  const { rows } = await sql<LaneWithWork>`
    with live as (select tenant_id, id, paused_at, state, is_catching_up, audience_id, hooks_checked_at from connections
      where state not in ('attention', 'disconnected'))
    select live.tenant_id as "tenantId", live.id as "connectionId", 'main' as lane from live
    where exists (select from sync_runs as run where run.connection_id = live.id and run.kind <> 'urgent'
        and run.finished_at is null and run.state <> 'awaiting-approval' and (run.not_before is null or run.not_before <= ${at})
        and live.paused_at is null)
      or (live.state = 'active' and exists (select from sync_cursors as cursor where cursor.connection_id = live.id
        and least(cursor.crm_poll_at, cursor.provider_poll_at, cursor.nightly_at, cursor.hook_check_at,
          cursor.tags_at) <= ${at}))
      or (live.state = 'active' and live.paused_at is null
        and exists (select from sync_cursors where sync_cursors.connection_id = live.id)
        and exists (select from due_addresses as due where due.connection_id = live.id and due.due_at <= ${at})
        and not exists (select from sync_runs as run where run.connection_id = live.id and run.kind = 'changes'
          and run.finished_at is null and run.not_before > ${at}))
      or (live.state = 'active' and live.paused_at is null
        and exists (select from sync_cursors where sync_cursors.connection_id = live.id)
        and exists (select from activity_work as work where work.connection_id = live.id
          and least(work.write_at, work.list_at, work.look_at, work.sweep_at) <= ${at}))
      or (live.state <> 'draft' and live.audience_id is not null and live.hooks_checked_at <= ${new Date(now - HOOKS_CHECK_MS).toISOString()})
    union all
    select live.tenant_id, live.id, 'urgent' from live
    where live.state in ('active', 'leaving') and not live.is_catching_up and (
      exists (select from provider_events as event where event.connection_id = live.id and event.applied_at is null
        and (event.not_before is null or event.not_before <= ${at}))
      or exists (select from due_addresses as due where due.connection_id = live.id and due.is_urgent and due.due_at <= ${at}
        and not exists (select from sync_runs as run where run.connection_id = live.id and run.kind = 'urgent'
          and run.finished_at is null and run.not_before > ${at}))
      or exists (select from sync_runs as run where run.connection_id = live.id and run.kind = 'urgent'
        and run.finished_at is null and (run.not_before is null or run.not_before <= ${at})))`.execute(db);
  return rows;
}
