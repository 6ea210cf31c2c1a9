import { expect, test } from 'vitest';
import { createActionBatches, nextBatchSize } from './action-batches.ts';
import { onOfficeError } from './errors.ts';
import { DEFAULT_ONOFFICE_LIMITS } from './limits.ts';
import type { Action, OnOfficeClient } from './onoffice-client.ts';

const actions: Action[] = Array.from({ length: 60 }, (_, index) => ({
  verb: 'modify',
  resourceType: 'address',
  resourceId: String(index),
  parameters: {},
}));

/** A client that takes `msPerAction` and refuses requests with more than `most` actions; notes the sizes it was sent. */
function client(msPerAction: number, most = Number.POSITIVE_INFINITY, failAt = Number.POSITIVE_INFINITY) {
  const sizes: number[] = [];
  const fake: OnOfficeClient = {
    async send(batch) {
      sizes.push(batch.length);
      if (sizes.length === failAt) throw onOfficeError('onoffice.unavailable', { mayHaveHappened: true });
      if (batch.length > most) throw onOfficeError('onoffice.too_many_actions');
      return {
        results: batch.map((action) => ({
          outcome: 'done',
          total: undefined,
          records: [{ id: action.resourceId ?? '', elements: {} }],
        })),
        tookMs: msPerAction * batch.length,
      };
    },
  };
  return { fake, sizes };
}
const idsOf = (run: Awaited<ReturnType<ReturnType<typeof createActionBatches>['run']>>) =>
  run.results.map((result) => (result.outcome === 'done' ? result.records[0]?.id : undefined));

test.each([
  [{ size: 5, tookMs: 100 }, 10],
  [{ size: 5, tookMs: 1_500 }, 6],
  [{ size: 10, tookMs: 4_000 }, 5],
  [{ size: 20, tookMs: 10 }, 20],
  [{ size: 1, tookMs: 9_000 }, 1],
])('a request holds what fits into two seconds (%o)', (last, expected) => {
  expect(nextBatchSize(last, 2_000, 20)).toBe(expected);
});

test('requests grow from five to twenty while onOffice is quick, and every action has its result in order', async () => {
  const { fake, sizes } = client(10);
  const run = await createActionBatches(fake, DEFAULT_ONOFFICE_LIMITS).run(actions, { isRepeatable: true });
  expect(sizes).toEqual([5, 10, 20, 20, 5]);
  expect(idsOf(run)).toEqual(actions.map((action) => action.resourceId));
});

test('requests shrink while onOffice is slow', async () => {
  const { fake, sizes } = client(1_000);
  await createActionBatches(fake, DEFAULT_ONOFFICE_LIMITS).run(actions.slice(0, 9), { isRepeatable: true });
  expect(sizes).toEqual([5, 2, 2]);
});

test('a request that was small for want of actions does not make the next one smaller', async () => {
  const { fake, sizes } = client(1_900);
  const batches = createActionBatches(fake, DEFAULT_ONOFFICE_LIMITS);
  await batches.run(actions.slice(0, 1), { isRepeatable: true });
  await batches.run(actions.slice(0, 5), { isRepeatable: true });
  expect(sizes).toEqual([1, 5]);
});

test('a refused number of actions is halved down to what passes, and kept', async () => {
  const { fake, sizes } = client(10, 1);
  const batches = createActionBatches(fake, DEFAULT_ONOFFICE_LIMITS);
  const run = await batches.run(actions.slice(0, 5), { isRepeatable: false });
  expect(sizes).toEqual([5, 2, 1, 1, 1, 1, 1]);
  expect(idsOf(run)).toEqual(['0', '1', '2', '3', '4']);
  await batches.run(actions.slice(0, 2), { isRepeatable: false });
  expect(sizes.slice(7)).toEqual([1, 1]);
});

test('a request that fails keeps what earlier ones did', async () => {
  const { fake } = client(10, Number.POSITIVE_INFINITY, 2);
  const run = await createActionBatches(fake, DEFAULT_ONOFFICE_LIMITS).run(actions, { isRepeatable: false });
  expect(run.results).toHaveLength(5);
  expect(run.stop).toMatchObject({ inRequest: 10, error: { code: 'onoffice.unavailable' } });
});
