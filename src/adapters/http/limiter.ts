import type { Clock } from '../../core/clock.ts';
import { ProviderError } from '../../core/errors.ts';
import type { Sleep } from './retry.ts';

/** Holds back calls to one vendor account. */
export type Limiter = {
  /**
   * Calls as soon as there is room, first come first served among equals, and hands on what the call returns or throws.
   *
   * @param before done once there is room and before the pace is taken: what takes time after it would bunch the calls
   */
  run<T>(call: () => Promise<T>, before?: () => Promise<void>): Promise<T>;
  /** calls that may be in flight at present */
  allowed(): number;
  /** The same limiter for calls that pass all others that wait: what lowers consent (R12). */
  asUrgent(): Limiter;
};

/** Calls in a row that must succeed before one more is let through after a limit was met. */
const SUCCESSES_TO_RECOVER = 20;

/**
 * Bounded concurrency and calls per second. Adapts: an error of kind `rate_limited` halves the concurrency, at most once for
 * the calls that were in flight together; every 20 successes in a row give one back.
 *
 * @param options.keptForUrgent so many of `maxConcurrent` only urgent calls may use: one that takes long keeps none of them
 * waiting; none by default
 * @param options.perSecond calls are spread evenly; undefined: no limit
 */
export function createLimiter(options: {
  maxConcurrent: number;
  keptForUrgent?: number;
  perSecond?: number;
  clock: Clock;
  sleep: Sleep;
}): Limiter {
  const { maxConcurrent, keptForUrgent = 0, perSecond, clock, sleep } = options;
  const waiting = { urgent: [] as (() => void)[], ordinary: [] as (() => void)[] };
  const inFlight = { urgent: 0, ordinary: 0 };
  let allowed = maxConcurrent;
  let successes = 0;
  let generation = 0;
  let nextStartAt = 0;

  const admit = () => {
    while (inFlight.urgent + inFlight.ordinary < allowed) {
      const hasRoom = inFlight.ordinary < Math.max(1, allowed - keptForUrgent);
      const kind = waiting.urgent.length > 0 ? 'urgent' : 'ordinary';
      const next = kind === 'urgent' || hasRoom ? waiting[kind].shift() : undefined;
      if (!next) return;
      inFlight[kind] += 1;
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

  const runAs = async <T>(
    kind: 'urgent' | 'ordinary',
    call: () => Promise<T>,
    before: (() => Promise<void>) | undefined,
  ): Promise<T> => {
    const { promise: admitted, resolve } = Promise.withResolvers<void>();
    waiting[kind].push(resolve);
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
      inFlight[kind] -= 1;
      admit();
    }
  };

  const urgent: Limiter = {
    run: (call, before) => runAs('urgent', call, before),
    allowed: () => allowed,
    asUrgent: () => urgent,
  };
  return {
    run: (call, before) => runAs('ordinary', call, before),
    allowed: () => allowed,
    asUrgent: () => urgent,
  };
}
