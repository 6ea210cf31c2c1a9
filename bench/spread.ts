import type { Spread } from './bench-row.ts';

/** Percentiles of durations in ms: each is a duration that was measured, none is interpolated. */
export function spreadOf(durations: readonly number[]): Spread {
  const sorted = durations.toSorted((one, other) => one - other);
  const at = (share: number) => sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
  return { count: sorted.length, p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) };
}
