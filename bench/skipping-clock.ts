import { performance } from 'node:perf_hooks';
import { setImmediate } from 'node:timers/promises';

/**
 * A clock on which computing takes as long as it takes and waiting takes no time at all: when nothing but waits is left, it
 * jumps to the end of the earliest one. Waits that overlap pass together, as they would in real time.
 */
export type SkippingClock = {
  /** ms since 1970, whole */
  now(): number;
  wait(ms: number): Promise<void>;
  /** jumps forward at once, whoever waits */
  skip(ms: number): void;
};

/** Rounds of the event loop without a new wait or computation after which only waits can be left. */
const QUIET_ROUNDS = 6;

/**
 * @param options.startsAt ms since 1970
 * @param options.afterJump done after each jump, before anybody who waited goes on
 */
export function createSkippingClock(options: { startsAt: number; afterJump: () => Promise<unknown> }): SkippingClock {
  const startedAt = performance.now();
  const waiting: { until: number; resolve: () => void }[] = [];
  let skipped = 0;
  let isJumping = false;
  const now = () => Math.floor(options.startsAt + skipped + performance.now() - startedAt);

  const jump = async () => {
    while (waiting.length > 0) {
      for (let round = 0; round < QUIET_ROUNDS; round += 1) await setImmediate();
      const until = waiting.reduce((earliest, one) => Math.min(earliest, one.until), Number.POSITIVE_INFINITY);
      skipped += Math.max(0, until - now());
      await options.afterJump();
      const due = waiting.filter((one) => one.until <= until);
      for (const one of due) {
        waiting.splice(waiting.indexOf(one), 1);
        one.resolve();
      }
    }
    isJumping = false;
  };

  return {
    now,
    skip: (ms) => {
      skipped += ms;
    },
    wait(ms) {
      const { promise, resolve } = Promise.withResolvers<void>();
      waiting.push({ until: now() + ms, resolve });
      if (!isJumping) {
        isJumping = true;
        void jump();
      }
      return promise;
    },
  };
}
