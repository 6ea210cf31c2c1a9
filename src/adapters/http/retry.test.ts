import { expect, test } from 'vitest';
import { ProviderError, type ProviderErrorKind } from '../../core/errors.ts';
import { type RetryPolicy, type Waiting, withRetry } from './retry.ts';

const fail = (kind: ProviderErrorKind, more: { mayHaveHappened?: boolean; retryAfterMs?: number } = {}) =>
  new ProviderError({ system: 'mailchimp', kind, code: `mailchimp.${kind}`, ...more });

function trial(outcomes: readonly (Error | string)[]) {
  const waits: number[] = [];
  const told: Waiting[] = [];
  let calls = 0;
  const policy: RetryPolicy = {
    clock: { now: () => 10_000 },
    random: () => 0.5,
    sleep: async (ms) => {
      waits.push(ms);
    },
    attempts: 4,
    baseMs: 1_000,
    maxMs: 3_000,
    onWaiting: (waiting) => told.push(waiting),
  };
  const call = async () => {
    const outcome = outcomes[calls];
    calls += 1;
    if (typeof outcome !== 'string') throw outcome;
    return outcome;
  };
  return { run: (repeatable: boolean) => withRetry(call, policy, { repeatable }), waits, told, calls: () => calls };
}

test('waits double up to a limit, with jitter, and are told', async () => {
  const one = trial([fail('unavailable'), fail('rate_limited'), fail('unavailable'), 'done']);
  expect(await one.run(false)).toBe('done');
  expect(one.waits).toEqual([500, 1_000, 1_500]);
  expect(one.told[0]).toEqual({
    system: 'mailchimp',
    code: 'mailchimp.unavailable',
    attempt: 1,
    waitMs: 500,
    untilAt: 10_500,
  });
});

test('the tries end', async () => {
  const one = trial(Array.from({ length: 9 }, () => fail('unavailable')));
  await expect(one.run(true)).rejects.toMatchObject({ kind: 'unavailable' });
  expect(one.calls()).toBe(4);
});

test('the wait that the vendor asks for is a minimum', async () => {
  const one = trial([fail('rate_limited', { retryAfterMs: 2_000 }), 'done']);
  await one.run(false);
  expect(one.waits).toEqual([2_500]);
});

test('a wait that is too long is left to the caller', async () => {
  const one = trial([fail('rate_limited', { retryAfterMs: 60_000 }), 'done']);
  await expect(one.run(true)).rejects.toMatchObject({ retryAfterMs: 60_000 });
  expect(one.waits).toEqual([]);
});

test('a write that may have happened is repeated only when that does no harm', async () => {
  const lost = fail('unavailable', { mayHaveHappened: true });
  await expect(trial([lost, 'done']).run(false)).rejects.toBe(lost);
  expect(await trial([lost, 'done']).run(true)).toBe('done');
});

test('an unreadable answer is asked for again only where that does no harm', async () => {
  const html = fail('unexpected_response', { mayHaveHappened: true });
  await expect(trial([html, 'done']).run(false)).rejects.toBe(html);
  expect(await trial([html, 'done']).run(true)).toBe('done');
});

test.each(['auth', 'forbidden', 'misconfigured', 'rejected', 'not_found'] as const)('%s is final', async (kind) => {
  const one = trial([fail(kind), 'done']);
  await expect(one.run(true)).rejects.toMatchObject({ kind });
  expect(one.calls()).toBe(1);
});

test('a bug is not repeated', async () => {
  await expect(trial([new TypeError('bug'), 'done']).run(true)).rejects.toThrow('bug');
});
