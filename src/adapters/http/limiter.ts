import type { Clock } from '../../core/clock.ts';
import { ProviderError } from '../../core/errors.ts';
import type { Sleep } from './retry.ts';

/** Holds back calls to one vendor account. */
export type Limiter = {
  /**
   * Calls as soon as there is room, first come first served, and hands on what the call returns or throws.
   *
   * @param before done once there is room and before the pace is taken: what takes time after it would bunch the calls
   */
  run<T>(call: () => Promise<T>, before?: () => Promise<void>): Promise<T>;
  /** calls that may be in flight at present */
  allowed(): number;
};

/** Calls in a row that must succeed before one more is let through after a limit was met. */
const SUCCESSES_TO_RECOVER = 20;

/**
 * Bounded concurrency and calls per second. Adapts: an error of kind `rate_limited` halves the concurrency, at most once for
 * the calls that were in flight together; every 20 successes in a row give one back.
 *
 * @param options.perSecond calls are spread evenly; undefined: no limit
 */
export function createLimiter(options: {
  maxConcurrent: number;
  perSecond?: number;
  clock: Clock;
  sleep: Sleep;
}): Limiter {
  const { maxConcurrent, perSecond, clock, sleep } = options;
  const waiting: (() => void)[] = [];
  let allowed = maxConcurrent;
  let inFlight = 0;
  let successes = 0;
  let generation = 0;
  let nextStartAt = 0;

  const admit = () => {
    while (inFlight < allowed) {
      const next = waiting.shift();
      if (!next) return;
      inFlight += 1;
      next();
    }
  };

  const pace = async () => {
    if (perSecond === undefined) return;
    const now = clock.now();
    const startAt = Math.max(now, nextStartAt);
    nextStartAt = startAt + 1000 / perSecond;
    if (startAt > now) await sleep(startAt - now);
  };

  const onSuccess = () => {
    successes += 1;
    if (successes < SUCCESSES_TO_RECOVER || allowed >= maxConcurrent) return;
    successes = 0;
    allowed += 1;
  };

  const onLimit = (startedIn: number) => {
    successes = 0;
    if (startedIn !== generation) return;
    generation += 1;
    allowed = Math.max(1, Math.floor(allowed / 2));
  };

  return {
    allowed: () => allowed,
    async run(call, before) {
      const { promise: admitted, resolve } = Promise.withResolvers<void>();
      waiting.push(resolve);
      admit();
      await admitted;
      let startedIn = generation;
      try {
        await before?.();
        await pace();
        startedIn = generation;
        const result = await call();
        onSuccess();
        return result;
      } catch (error) {
        if (error instanceof ProviderError && error.kind === 'rate_limited') onLimit(startedIn);
        throw error;
      } finally {
        inFlight -= 1;
        admit();
      }
    },
  };
}
