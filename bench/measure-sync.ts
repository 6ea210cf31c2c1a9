import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import type { OnRequest, OutsideSystems } from '../src/core/outside-systems.ts';
import { connections } from '../src/db/connections.ts';
import type { Database } from '../src/db/database.ts';
import type { SecretBox } from '../src/db/secret-box.ts';
import { createStore, type Store } from '../src/db/store.ts';
import type { SyncRun } from '../src/db/sync-runs.ts';
import { consentHash, createLaneWorker } from '../src/jobs/lane-worker.ts';
import type { SyncFigures } from './bench-row.ts';
import type { BenchSimulators } from './bench-simulators.ts';
import type { SkippingClock } from './skipping-clock.ts';

/** A run that takes longer on the virtual clock is taken for one that never ends. */
const LONGEST_MS = 24 * 3_600_000;

/** What a full sync is measured with. `observed` is what the requests of the outside systems are told to. */
export type MeasuredParts = {
  database: Database;
  box: SecretBox;
  systems: OutsideSystems;
  clock: SkippingClock;
  simulators: BenchSimulators;
  scope: { tenantId: string; connectionId: string };
  observed: { onRequest: OnRequest };
  onPhase: (phase: string) => void;
};

/**
 * Starts a full sync, approves it at once where it asks, and works until it has ended.
 *
 * @throws Error what a bug of ours threw, or when the run stands still or does not succeed: it has no figures
 */
export async function measureSync(parts: MeasuredParts): Promise<SyncFigures> {
  const { database, box, systems, clock, simulators, scope } = parts;
  const { crm } = simulators;
  const store = createStore(database, scope, consentHash(box, scope.tenantId));
  const runs = store.tables.runs;
  const requests = new Map<string, number>();
  let refusedForRate = 0;
  let crmWriteRequests = 0;
  let providerWrites = 0;
  parts.observed.onRequest = (seen) => {
    const { system, method, route, status } = { method: 'POST', ...seen };
    const key = `${system} ${method} ${route}`;
    requests.set(key, (requests.get(key) ?? 0) + 1);
    if (status === 429) refusedForRate += 1;
    if (system === 'onoffice') crmWriteRequests += isRead(route) ? 0 : 1;
    else providerWrites += method === 'GET' ? 0 : 1;
  };
  const phaseMs: Record<string, number> = {};
  let phase = '';
  let startedAt = performance.now();
  let phaseAt = startedAt;
  const settlePhase = (run: SyncRun) => {
    const at = performance.now();
    if (run.phase !== phase) parts.onPhase(run.phase);
    phase = run.phase;
    phaseMs[phase] = (phaseMs[phase] ?? 0) + at - phaseAt;
    phaseAt = at;
  };
  const bugs: unknown[] = [];
  const work = createLaneWorker({
    database,
    box,
    systems,
    clock,
    language: 'de',
    newId: randomUUID,
    onProgress: (_, run) => run && settlePhase(run),
    onBug: (error) => bugs.push(error),
  });
  // Polls that are due by now are none of the sync's.
  await work(scope.connectionId);
  requests.clear();
  crm.counts.reset();
  startedAt = performance.now();
  phaseAt = startedAt;
  [refusedForRate, crmWriteRequests, providerWrites] = [0, 0, 0];
  const virtualStart = clock.now();
  const id = randomUUID();
  await runs.start({ id, isFirst: !(await runs.anySucceeded()), asksFirst: false, now: virtualStart });
  for (let open = await runs.open(); open; open = await runs.open()) {
    if (clock.now() - virtualStart > LONGEST_MS) throw new Error(`The run stands still in ${open.phase}`);
    if (open.state === 'awaiting-approval') await runs.approve(id, clock.now());
    if (open.notBefore !== null) await clock.wait(Math.max(0, Date.parse(open.notBefore) - clock.now()));
    await work(scope.connectionId);
    if (bugs.length > 0) throw bugs[0];
    const connection = await connections(database.db).get(scope.connectionId);
    if (connection?.state === 'attention') throw new Error(`The run asks for somebody: ${await whatIsWrong(runs, id)}`);
  }
  const ended = await runs.get(id);
  if (ended?.state !== 'succeeded') throw new Error(`The run ended as ${ended?.state}: ${await whatIsWrong(runs, id)}`);
  const crmWrites = Object.entries(crm.counts.actions).filter(([action]) => !isRead(action));
  return {
    requests: Object.fromEntries([...requests].sort(([, a], [, b]) => b - a)),
    refusedForRate,
    crmWrites: crmWrites.reduce((sum, [, count]) => sum + count, 0),
    crmWriteRequests,
    providerWrites,
    engineMs: performance.now() - startedAt,
    virtualMs: clock.now() - virtualStart,
    phaseMs,
  };
}

async function whatIsWrong(runs: Store['tables']['runs'], id: string): Promise<string> {
  const run = await runs.get(id);
  return JSON.stringify(run?.error ?? run?.waitingFor);
}

/** Of an action of the CRM, `read address` or `modify address`. */
function isRead(action: string): boolean {
  return /^(read|get)\b/.test(action);
}
