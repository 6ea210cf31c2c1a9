import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRateBudget, readMeter } from './rate-budget.ts';

function parts() {
  let now = 0;
  return {
    budget: createRateBudget({ now: () => now }),
    pass: (ms: number) => {
      now += ms;
    },
  };
}
const answer = (limit: number, remaining: number, reset: number, status = 200) => ({
  status,
  headers: new Headers({
    'x-sib-ratelimit-limit': String(limit),
    'x-sib-ratelimit-remaining': String(remaining),
    'x-sib-ratelimit-reset': String(reset),
  }),
});

test('before the first answer nothing waits', () => {
  expect(parts().budget.waitMs()).toBe(0);
});

test('an empty meter waits until its window has ended, and then only for what is known anew', () => {
  const { budget, pass } = parts();
  budget.observe(answer(100, 1, 60));
  expect(budget.waitMs()).toBe(0);
  budget.start();
  budget.end();
  expect(budget.waitMs()).toBe(61_000);
  pass(61_000);
  expect(budget.waitMs()).toBe(0);
});

test('calls in flight are taken off what an answer says is left', () => {
  const { budget } = parts();
  for (let call = 0; call < 3; call += 1) budget.start();
  budget.observe(answer(100, 2, 60));
  expect(budget.waitMs()).toBe(61_000);
});

test('an answer that comes late gives nothing back within a window', () => {
  const { budget } = parts();
  budget.observe(answer(100, 0, 60));
  budget.observe(answer(100, 1, 60));
  expect(budget.waitMs()).toBeGreaterThan(0);
});

test('a 429 empties the meter for the seconds it names, or for five', () => {
  const { budget } = parts();
  budget.observe(answer(100, 0, 9, 429));
  expect(budget.waitMs()).toBe(10_000);
  const other = parts().budget;
  other.observe({ status: 429, headers: new Headers() });
  expect(other.waitMs()).toBe(6_000);
});

test('an answer without headers changes nothing', () => {
  const { budget } = parts();
  budget.observe(answer(100, 0, 60));
  budget.observe({ status: 401, headers: new Headers() });
  expect(budget.waitMs()).toBe(61_000);
  expect(readMeter(new Headers({ 'x-sib-ratelimit-limit': 'many' })).limit).toBeUndefined();
});

test('whatever comes in, never more calls start in a window than the meter had left', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 50 }), fc.array(fc.boolean(), { maxLength: 120 }), (left, ends) => {
      const { budget } = parts();
      let served = 0;
      let inFlight = 0;
      budget.observe(answer(100, left, 600));
      for (const endsOne of ends) {
        if (endsOne && inFlight > 0) {
          budget.observe(answer(100, left - served, 600));
          budget.end();
          inFlight -= 1;
        } else if (budget.waitMs() === 0) {
          budget.start();
          inFlight += 1;
          served += 1;
        }
      }
      expect(served).toBeLessThanOrEqual(left);
    }),
  );
});
