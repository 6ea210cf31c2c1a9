import type { BenchResult, BenchRow } from './bench-row.ts';
import { measureChanges } from './live/measure-changes.ts';
import { measureIntake } from './live/measure-intake.ts';
import { measureOptOuts } from './live/measure-opt-outs.ts';
import { measureSyncRow } from './measure-sync-row.ts';

/** Measures one row in this process, which should do nothing else. @param onPhase told what is being done */
export function measureRow(row: BenchRow, onPhase: (what: string) => void): Promise<BenchResult> {
  switch (row.kind) {
    case 'sync':
      return measureSyncRow(row, onPhase);
    case 'intake':
      return measureIntake(row, onPhase);
    case 'opt-outs':
      return measureOptOuts(row, onPhase);
    case 'changes':
      return measureChanges(row, onPhase);
  }
}
