import type { PlanRow } from '../../db/plan-rows.ts';
import type { SyncRun } from '../../db/sync-runs.ts';
import type { SyncParts } from '../sync-parts.ts';

/** Carries out rows of one kind and stores what came back. */
export type ExecuteRows = (parts: SyncParts, run: SyncRun, rows: readonly PlanRow[]) => Promise<void>;
