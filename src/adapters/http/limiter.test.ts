import { expect, test } from 'vitest';
import { ProviderError } from '../../core/errors.ts';
import { createLimiter } from './limiter.ts';

const limited = () =>
  new ProviderError({ system: 'mailchimp', kind: 'rate_limited', code: 'mailchimp.rate_limited', status: 429 });
const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

function parts(options: { maxConcurrent: number; keptForUrgent?: number; perSecond?: number }) {
  let now = 0;
  const slept: number[] = [];
  const limiter = createLimiter({
    ...options,
    clock: { now: () => now },
    sleep: async (ms) => {
      slept.push(ms);
      now += ms;
    },
  });
  return { limiter, slept };
}

test('never more calls in flight than allowed, first come first served', async () => {
  const { limiter } = parts({ maxConcurrent: 2 });
  const gates = Array.from({ length: 4 }, () => Promise.withResolvers<void>());
  const started: number[] = [];
  const all = gates.map((gate, number) =>
    limiter.run(() => {
      started.push(number);
      return gate.promise;
    }),
  );
  await settle();
  expect(started).toEqual([0, 1]);
  gates[1]?.resolve();
  await settle();
  expect(started).toEqual([0, 1, 2]);
  for (const gate of gates) gate.resolve();
  await Promise.all(all);
  expect(started).toEqual([0, 1, 2, 3]);
});

test('a limit that was met halves the calls once for all that were in flight, then one comes back at a time', async () => {
  const { limiter } = parts({ maxConcurrent: 8 });
  await Promise.allSettled(Array.from({ length: 8 }, () => limiter.run(() => Promise.reject(limited()))));
  expect(limiter.allowed()).toBe(4);
  await expect(limiter.run(() => Promise.reject(limited()))).rejects.toBeInstanceOf(ProviderError);
  expect(limiter.allowed()).toBe(2);
  for (let number = 0; number < 19; number += 1) await limiter.run(async () => undefined);
  expect(limiter.allowed()).toBe(2);
  await limiter.run(async () => undefined);
  expect(limiter.allowed()).toBe(3);
  for (let number = 0; number < 500; number += 1) await limiter.run(async () => undefined);
  expect(limiter.allowed()).toBe(8);
});

test('one call always gets through', async () => {
  const { limiter } = parts({ maxConcurrent: 2 });
  for (let number = 0; number < 5; number += 1)
    await limiter.run(() => Promise.reject(limited())).catch(() => undefined);
  expect(limiter.allowed()).toBe(1);
  expect(await limiter.run(async () => 'done')).toBe('done');
});

test('calls are spread over the second', async () => {
  const { limiter, slept } = parts({ maxConcurrent: 10, perSecond: 10 });
  for (let number = 0; number < 3; number += 1) await limiter.run(async () => undefined);
  expect(slept).toEqual([100, 100]);
});

test('R12: an urgent call passes all that wait', async () => {
  const { limiter } = parts({ maxConcurrent: 1 });
  const gate = Promise.withResolvers<void>();
  const started: string[] = [];
  const note = (name: string) => async () => {
    started.push(name);
  };
  const all = [limiter.run(() => gate.promise), limiter.run(note('bulk 1')), limiter.run(note('bulk 2'))];
  all.push(limiter.asUrgent().run(note('opt-out 1')), limiter.asUrgent().run(note('opt-out 2')));
  gate.resolve();
  await Promise.all(all);
  expect(started).toEqual(['opt-out 1', 'opt-out 2', 'bulk 1', 'bulk 2']);
});

test('R12: where a place is kept for urgent calls, one that takes long keeps none of them waiting', async () => {
  const { limiter } = parts({ maxConcurrent: 3, keptForUrgent: 1 });
  const gates = Array.from({ length: 4 }, () => Promise.withResolvers<void>());
  const started: number[] = [];
  const bulk = gates.map((gate, number) =>
    limiter.run(() => {
      started.push(number);
      return gate.promise;
    }),
  );
  await settle();
  expect(started).toEqual([0, 1]);
  expect(await limiter.asUrgent().run(async () => 'left')).toBe('left');
  await settle();
  expect(started).toEqual([0, 1]);
  for (const gate of gates) gate.resolve();
  await Promise.all(bulk);
});

test('one ordinary call always gets through, also where a limit was met and a place is kept', async () => {
  const { limiter } = parts({ maxConcurrent: 2, keptForUrgent: 1 });
  await limiter.run(() => Promise.reject(limited())).catch(() => undefined);
  expect(limiter.allowed()).toBe(1);
  expect(await limiter.run(async () => 'done')).toBe('done');
});
