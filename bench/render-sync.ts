import type { RequestsByRoute, SyncFigures, SyncResult } from './bench-row.ts';
import { firstSyncBound, type LowerBound, MOST_SET_UP_REQUESTS, secondSyncBound } from './lower-bound.ts';
import { count, renderTable, seconds, type TableLine } from './render-table.ts';

const megabytes = (bytes: number) => `${count(bytes / 1_000_000)} MB`;
const total = (requests: RequestsByRoute) => Object.values(requests).reduce((sum, one) => sum + one, 0);

/** The table of one row as text: what was measured, and beside it the lower bound or the number to reach. */
export function renderSync(result: SyncResult): string {
  const { row, sizes, first, second, memoryBytes, baseline } = result;
  const isLimited = row.mode === 'limited';
  const bound = firstSyncBound(result);
  const boundAgain = secondSyncBound(result);
  const title = isLimited
    ? `limits on, ${row.latencyMs} ms a call (virtual clock)`
    : 'free-running: limits off, no delay, our own pauses skipped';
  const factor = sizes.added / Math.max(1, baseline.sample);
  const lines: TableLine[] = [
    ['first full sync', '', `${count(sizes.added)} members made of ${count(row.contacts)} contacts`],
    ['requests', count(total(first.requests)), beside(total(first.requests), bound)],
    ...Object.entries(first.requests).map(([route, times]): TableLine => [`  ${route}`, count(times), '']),
    ['set-up requests', count(result.setUpRequests), `${MOST_SET_UP_REQUESTS} at most`],
    ['answers 429', count(first.refusedForRate + second.refusedForRate), 'none'],
    ['engine time', seconds(first.engineMs), 'time of this machine; waits take none'],
    ['contacts a second', count(perSecond(row.contacts, first)), '3,000 in the free-running mode'],
    ['planning', seconds(first.phaseMs.planning ?? 0), '3 s for 100,000'],
    ...Object.entries(first.phaseMs).map(([phase, ms]): TableLine => [`  ${phase}`, seconds(ms), '']),
    ...(isLimited ? [['virtual time', seconds(first.virtualMs), 'engine time and all waits'] as const] : []),
    ['second full sync', '', 'nothing has changed'],
    ['requests', count(total(second.requests)), beside(total(second.requests), boundAgain)],
    ['writes', count(second.crmWrites + second.providerWrites), 'none'],
    ['engine time', seconds(second.engineMs), ''],
    ...(isLimited ? [['virtual time', seconds(second.virtualMs), 'engine time and all waits'] as const] : []),
    ['memory, peak', megabytes(memoryBytes.peak), 'this process: engine, embedded database and simulators'],
    ['  before the sync', megabytes(memoryBytes.beforeSync), 'database just opened, simulators filled'],
    [
      'one call each',
      `${count((baseline.requests / Math.max(1, baseline.sample)) * sizes.added)} requests`,
      `official client; measured with ${count(baseline.sample)}, extrapolated linearly to ${count(sizes.added)}`,
    ],
    ['  its time', seconds(baseline.virtualMs * factor), `${seconds(baseline.virtualMs)} for the sample`],
  ];
  return renderTable(`${row.provider}, ${count(row.contacts)} contacts, ${title}`, lines);
}

function beside(measured: number, { word, requests, formula }: LowerBound): string {
  const over = ((measured / Math.max(1, requests) - 1) * 100).toFixed(1);
  return `${word} ${count(requests)} (${measured < requests ? '' : '+'}${over} %) = ${formula}`;
}

function perSecond(contacts: number, { engineMs }: SyncFigures): number {
  return contacts / (engineMs / 1000);
}
