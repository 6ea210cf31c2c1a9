import type { BenchResult } from './bench-row.ts';
import { renderChanges, renderIntake, renderOptOuts } from './render-live.ts';
import { renderSync } from './render-sync.ts';

/** The table of one row as text: what was measured, and beside it the number to reach. */
export function renderResult(result: BenchResult): string {
  if ('full' in result) return renderIntake(result);
  if ('pollIntervalMs' in result) return renderChanges(result);
  return 'fullSyncMs' in result ? renderOptOuts(result) : renderSync(result);
}
