import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ProviderError, type ProviderErrorKind } from './errors.ts';
import { jobOutcome } from './job-outcome.ts';

function failure(kind: ProviderErrorKind, retryAfterMs?: number): ProviderError {
  return new ProviderError({ system: 'mailchimp', kind, code: `mailchimp.${kind}`, words: 'as it said', retryAfterMs });
}

test.each(['rate_limited', 'unavailable'] as const)('%s is waited for, however often it comes (F6)', (kind) => {
  const waits = [1, 2, 3, 4, 5, 6, 7, 8, 500].map((attempt) => {
    const outcome = jobOutcome(failure(kind), attempt);
    expect(outcome).toMatchObject({ type: 'wait', code: `mailchimp.${kind}`, words: 'as it said' });
    return outcome.type === 'wait' ? outcome.ms : 0;
  });
  expect(waits).toEqual([5_000, 10_000, 20_000, 40_000, 80_000, 160_000, 300_000, 300_000, 300_000]);
});

test('the vendor’s own wish is granted when it is longer than our wait', () => {
  expect(jobOutcome(failure('rate_limited', 3_600_000), 1)).toMatchObject({ ms: 3_600_000 });
  expect(jobOutcome(failure('rate_limited', 1), 3)).toMatchObject({ ms: 20_000 });
});

test('an answer that nobody understands is tried eight times', () => {
  expect(jobOutcome(failure('unexpected_response'), 7)).toMatchObject({ type: 'wait', ms: 300_000 });
  expect(jobOutcome(failure('unexpected_response'), 8)).toMatchObject({ type: 'fail' });
});

test.each(['auth', 'forbidden', 'misconfigured'] as const)('%s needs a person', (kind) => {
  expect(jobOutcome(failure(kind), 1)).toEqual({ type: 'attention', code: `mailchimp.${kind}`, words: 'as it said' });
});

test.each(['rejected', 'not_found'] as const)('%s ends the run', (kind) => {
  expect(jobOutcome(failure(kind), 1)).toEqual({ type: 'fail', code: `mailchimp.${kind}`, words: 'as it said' });
});

test.each([new Error('Ada Lovelace'), 'text', undefined, null])('%s is a bug of ours and tells nothing', (error) => {
  expect(jobOutcome(error, 1)).toEqual({ type: 'fail', code: 'internal', words: '' });
});

test('a wait is always a whole positive number of ms', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 100_000 }),
      fc.option(fc.nat(10_000_000), { nil: undefined }),
      (attempt, ms) => {
        const outcome = jobOutcome(failure('unavailable', ms), attempt);
        expect(outcome.type === 'wait' && Number.isSafeInteger(outcome.ms) && outcome.ms >= 5_000).toBe(true);
      },
    ),
  );
});
