import type { Clock } from '../../core/clock.ts';
import { type OutsideSystem, ProviderError } from '../../core/errors.ts';

/** Waits; handed in, so that tests and the simulation do not. */
export type Sleep = (ms: number) => Promise<void>;

/** That a call waits before its next try, so that the page can say "waiting for Mailchimp" (F6). */
export type Waiting = {
  system: OutsideSystem;
  code: string;
  /** number of the try that failed, from 1 */
  attempt: number;
  waitMs: number;
  /** instant in ms at which the next try starts */
  untilAt: number;
};

export type RetryPolicy = {
  clock: Clock;
  /** in [0, 1) */
  random: () => number;
  sleep: Sleep;
  /** most tries, the first included */
  attempts: number;
  /** upper bound of the first wait; doubles with every try */
  baseMs: number;
  /** upper bound of every wait; a vendor that asks for longer ends the tries */
  maxMs: number;
  onWaiting?: (waiting: Waiting) => void;
};

/**
 * Calls until it succeeds, fails for good or the tries are used up: exponential back-off with full jitter (F6). Only
 * `unavailable` and `rate_limited` are tried again, and unreadable answers of repeatable calls; a call that may have been
 * carried out only when it is repeatable.
 *
 * @param repeatable true when carrying it out twice does no harm
 * @throws the last error. With `retryAfterMs` above `maxMs` it is thrown at once, for the caller to park the work.
 */
export async function withRetry<T>(
  call: () => Promise<T>,
  policy: RetryPolicy,
  { repeatable }: { repeatable: boolean },
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof ProviderError) || attempt >= policy.attempts || !mayTryAgain(error, repeatable))
        throw error;
      const waitMs = nextWaitMs(error, attempt, policy);
      if (waitMs === undefined) throw error;
      policy.onWaiting?.({
        system: error.system,
        code: error.code,
        attempt,
        waitMs,
        untilAt: policy.clock.now() + waitMs,
      });
      await policy.sleep(waitMs);
    }
  }
}

function mayTryAgain(error: ProviderError, repeatable: boolean): boolean {
  if (error.mayHaveHappened && !repeatable) return false;
  if (error.kind === 'unexpected_response') return repeatable;
  return error.kind === 'unavailable' || error.kind === 'rate_limited';
}

function nextWaitMs(error: ProviderError, attempt: number, policy: RetryPolicy): number | undefined {
  const jitterMs = policy.random() * Math.min(policy.maxMs, policy.baseMs * 2 ** (attempt - 1));
  if (error.retryAfterMs === undefined) return Math.round(jitterMs);
  if (error.retryAfterMs > policy.maxMs) return undefined;
  // The vendor's wait is a minimum; without the jitter all that wait would come back at once.
  return Math.round(error.retryAfterMs + Math.min(jitterMs, policy.baseMs));
}
