import type { Operation } from '../../core/operation.ts';
import type { PlanRow } from '../../db/plan-rows.ts';
import type { GateRow, OnIntent } from '../consent-gate/gate-rows.ts';
import type { SyncParts } from '../sync-parts.ts';

/** The rows whose operation is of one kind, typed as such. */
export function rowsOfKind<K extends Operation['kind']>(rows: readonly PlanRow[], kind: K): GateRow<K>[] {
  return rows.filter(
    (row): row is PlanRow & { operation: Extract<Operation, { kind: K }> } => row.operation.kind === kind,
  );
}

/** Marks rows as sent in the transaction in which the gate records its verdicts. */
export function markSent(parts: SyncParts, runId: string): OnIntent {
  return (tables, ids) => tables.plan(runId).mark(ids, 'sent', parts.clock.now());
}
