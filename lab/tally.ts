import { TO_BE_VISITED } from './invariants/read-visited.ts';
import type { Outcome } from './play-history.ts';

/** What a process of the lab has played. `failed`: seeds. Times in ms. */
export type Tally = {
  histories: number;
  steps: number;
  faults: number;
  requests: number;
  lastedMs: number;
  failed: number[];
  /** how many histories visited what */
  visited: Record<string, number>;
};

export function emptyTally(): Tally {
  return { histories: 0, steps: 0, faults: 0, requests: 0, lastedMs: 0, failed: [], visited: {} };
}

/** Counts one more history. */
export function addOutcome(tally: Tally, seed: number, outcome: Outcome): void {
  tally.histories += 1;
  tally.steps += outcome.steps;
  tally.faults += outcome.faults;
  tally.requests += outcome.requests;
  tally.lastedMs += outcome.lastedMs;
  for (const what of outcome.visited) tally.visited[what] = (tally.visited[what] ?? 0) + 1;
  if (outcome.problems.length > 0) tally.failed.push(seed);
}

/** What all processes have played, in a few lines. */
export function tallyText(tallies: readonly Tally[], tookMs: number): string {
  const sum = (figure: (tally: Tally) => number) => tallies.reduce((all, tally) => all + figure(tally), 0);
  const histories = sum((tally) => tally.histories);
  const failed = tallies.flatMap((tally) => tally.failed).sort((one, other) => one - other);
  const seconds = tookMs / 1000;
  return [
    `${histories} histories in ${seconds.toFixed(0)} s (${(histories / seconds).toFixed(2)} a second)`,
    `${sum((tally) => tally.steps)} steps, ${sum((tally) => tally.faults)} of them faults; ${sum((tally) => tally.requests)} requests`,
    `${(sum((tally) => tally.lastedMs) / 3_600_000).toFixed(0)} hours of virtual time`,
    ...Object.entries(TO_BE_VISITED).flatMap(([kind, all]) =>
      visitsText(
        kind,
        all.map((what) => ({ what, count: sum((tally) => tally.visited[what] ?? 0) })),
      ),
    ),
    failed.length === 0 ? 'Every invariant held.' : `Something was wrong in ${failed.length}: ${failed.join(', ')}`,
  ].join('\n');
}

/** How many histories visited what, and what none did. */
function visitsText(kind: string, visits: readonly { what: string; count: number }[]): string[] {
  const seen = visits.filter(({ count }) => count > 0).sort((one, other) => one.count - other.count);
  const never = visits.filter(({ count }) => count === 0).map(({ what }) => what);
  return [
    `${kind}: ${seen.length} of ${visits.length} visited; by how many histories: ${seen.map(({ what, count }) => `${what} ${count}`).join(', ')}`,
    ...(never.length > 0 ? [`  never: ${never.join(', ')}`] : []),
  ];
}
