import { OPERATION_KINDS, type OperationKind } from '../../core/operation.ts';
import type { SyncPhase, SyncRunState } from '../../core/sync-run.ts';
import type { PlanRowState } from '../../db/plan-rows.ts';
import type { Tables } from '../../db/store.ts';
import type { StoredNotice, SyncRun } from '../../db/sync-runs.ts';

/** What became of the operations of one kind. `planned`: all that the plan holds. */
export type KindCounts = { kind: OperationKind; planned: number; done: number; refused: number; heldBack: number };

/** A run as people see it (M11). */
export type RunView = {
  id: string;
  state: SyncRunState;
  phase: SyncPhase;
  isFirst: boolean;
  startedAt: string;
  finishedAt: string | null;
  approvedAt: string | null;
  progress: { done: number; total: number | null };
  remainingSeconds: number | null;
  requests: { crm: number; provider: number };
  operations: KindCounts[];
  waitingFor: StoredNotice | null;
  error: StoredNotice | null;
  question: SyncRun['question'];
};

/** Puts together what is shown of a run. */
export async function runView(tables: Tables, run: SyncRun, now: number): Promise<RunView> {
  return {
    id: run.id,
    state: shownState(run),
    phase: run.phase,
    isFirst: run.isFirst,
    startedAt: run.startedAt,
    finishedAt: run.finishedAt,
    approvedAt: run.approvedAt,
    progress: { done: run.done, total: run.total },
    remainingSeconds: remainingSeconds(run, now),
    requests: { crm: run.crmRequests, provider: run.providerRequests },
    operations: kindCounts(await tables.plan(run.id).counts()),
    waitingFor: run.waitingFor,
    error: run.error,
    question: run.question,
  };
}

/** The step that was under way when a run was cancelled still stores its progress, which says "running". */
function shownState({ state, finishedAt }: SyncRun): SyncRunState {
  const isOpen = state === 'running' || state === 'waiting' || state === 'awaiting-approval';
  return finishedAt !== null && isOpen ? 'cancelled' : state;
}

/** What is left of the phase at the speed it has had so far, in whole seconds; null where nothing can be said. */
export function remainingSeconds(
  run: Pick<SyncRun, 'state' | 'done' | 'total' | 'phaseStartedAt' | 'finishedAt'>,
  now: number,
): number | null {
  if (run.state !== 'running' || run.finishedAt !== null || run.total === null || run.done <= 0) return null;
  const elapsedMs = Math.max(0, now - Date.parse(run.phaseStartedAt));
  return Math.ceil((elapsedMs * Math.max(0, run.total - run.done)) / run.done / 1000);
}

function kindCounts(counts: readonly { kind: OperationKind; state: PlanRowState; count: number }[]): KindCounts[] {
  return OPERATION_KINDS.flatMap((kind) => {
    const ofKind = counts.filter((entry) => entry.kind === kind && entry.state !== 'dropped');
    if (ofKind.length === 0) return [];
    const sum = (state?: PlanRowState) =>
      ofKind.filter((entry) => state === undefined || entry.state === state).reduce((all, { count }) => all + count, 0);
    return [{ kind, planned: sum(), done: sum('done'), refused: sum('refused'), heldBack: sum('held') }];
  });
}
