import { z } from 'zod';
import { type Answer, type Call, links, pageOf, type Route, readBody } from '../call.ts';
import type { Batch, BatchOperation } from '../entities.ts';
import { notFound, Problem } from '../problem.ts';
import { isoTime, now } from '../world.ts';

/** Batches an account may have waiting (fact sheet 1.3). */
const MAX_PENDING = 500;
/** How long a result's address works, ms. */
const RESULT_VALID_MS = 10 * 60_000;
/** Collections of GET operations are paged by this. */
const PAGE = 1000;

const BatchBody = z.object({
  operations: z.array(
    z.object({
      method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']),
      path: z.string().startsWith('/'),
      operation_id: z.string().default(''),
      params: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
      body: z.string().default(''),
    }),
  ),
});

/** Asynchronous batches (fact sheet 4.1): one of an account runs at a time. */
export const batchRoutes: readonly Route[] = [
  { method: 'GET', path: '/batches', serve: readBatches },
  { method: 'POST', path: '/batches', serve: startBatch },
  { method: 'GET', path: '/batches/{batch_id}', serve: (call) => renderBatch(call, batchOf(call)) },
  {
    method: 'DELETE',
    path: '/batches/{batch_id}',
    serve: (call) => {
      call.world.store.batches.delete(batchOf(call).id);
      return undefined;
    },
  },
];

function readBatches(call: Call): Answer {
  const batches = [...call.world.store.batches.values()].filter((batch) => batch.accountId === call.account.id);
  return {
    batches: pageOf(call.query, batches).map((batch) => renderBatch(call, batch)),
    total_items: batches.length,
    _links: links('/batches'),
  };
}

function startBatch(call: Call): Answer {
  const { world, account } = call;
  const { operations } = readBody(call, BatchBody);
  const pending = [...world.store.batches.values()].filter(
    (batch) => batch.accountId === account.id && batch.status !== 'finished',
  );
  if (pending.length >= MAX_PENDING)
    throw new Problem(
      429,
      'TooManyRequests',
      'You have more than 500 pending batches. Please wait for some to complete before adding any more batches.',
    );
  const batch: Batch = {
    id: world.store.nextId('batch', 10),
    accountId: account.id,
    status: 'pending',
    operations: operations.map(({ operation_id, params, ...rest }) => ({
      ...rest,
      operationId: operation_id,
      params: new URLSearchParams(
        Object.fromEntries(Object.entries(params).map(([name, value]) => [name, String(value)])),
      ).toString(),
    })),
    results: [],
    finished: 0,
    errored: 0,
    submittedAt: now(world),
    completedAt: undefined,
  };
  world.store.batches.set(batch.id, batch);
  planBatch(call, batch);
  return renderBatch(call, batch);
}

function planBatch(call: Call, batch: Batch): void {
  const { world, account } = call;
  const { schedule } = world;
  const startAt = Math.max(world.clock.now(), account.batchBusyUntil) + 1000;
  const workMs = Math.ceil((batch.operations.length / world.switches.batchOperationsPerSecond) * 1000);
  const endAt = startAt + 1000 + workMs;
  account.batchBusyUntil = endAt + 1000;
  schedule.plan(startAt, () => {
    batch.status = 'preprocessing';
  });
  schedule.plan(startAt + 1000, () => {
    batch.status = 'started';
  });
  schedule.plan(endAt, async () => {
    if (!world.store.batches.has(batch.id)) return;
    for (const operation of shuffled(call, batch.operations)) await perform(call, batch, operation);
    batch.status = 'finalizing';
  });
  schedule.plan(endAt + 1000, () => {
    batch.status = 'finished';
    batch.completedAt = now(world);
  });
}

// Operations of a batch have no order.
function shuffled(call: Call, operations: readonly BatchOperation[]): BatchOperation[] {
  return operations
    .map((operation) => ({ operation, rank: call.world.random() }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ operation }) => operation);
}

async function perform(call: Call, batch: Batch, operation: BatchOperation): Promise<void> {
  const query = new URLSearchParams(operation.params);
  const pages = operation.method === 'GET' && !query.has('count');
  for (let offset = 0; ; offset += PAGE) {
    if (pages) {
      query.set('count', String(PAGE));
      query.set('offset', String(offset));
    }
    const { status, body } = await call.perform({
      method: operation.method,
      path: operation.path,
      query,
      body: operation.body,
    });
    batch.results.push({ status_code: status, operation_id: operation.operationId, response: body });
    batch.finished += 1;
    if (status >= 400) batch.errored += 1;
    if (!pages || offset + PAGE >= totalOf(body)) return;
  }
}

function totalOf(body: string): number {
  return Number(/"total_items":(\d+)/.exec(body)?.[1] ?? 0);
}

function renderBatch(call: Call, batch: Batch): Record<string, unknown> {
  const until = call.world.clock.now() + RESULT_VALID_MS;
  const isFinished = batch.status === 'finished';
  return {
    id: batch.id,
    status: batch.status,
    total_operations: Math.max(batch.operations.length, batch.finished),
    finished_operations: batch.finished,
    errored_operations: batch.errored,
    submitted_at: isoTime(batch.submittedAt),
    completed_at: isoTime(batch.completedAt),
    response_body_url: isFinished ? `${call.origin}/_batch-results/${batch.id}.tar.gz?until=${until}` : '',
    _links: links(`/batches/${batch.id}`),
  };
}

function batchOf(call: Call): Batch {
  const batch = call.world.store.batches.get(call.params.batch_id ?? '');
  if (batch?.accountId !== call.account.id) throw notFound();
  return batch;
}
