import type { Run } from '../api-types.ts';

/** How much of its present phase a run has done, 0 to 100; null where the whole is not known. */
export function runPercent({ progress: { done, total } }: Run): number | null {
  return total ? Math.min(100, (100 * done) / total) : null;
}
