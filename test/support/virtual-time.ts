import { setImmediate } from 'node:timers/promises';

/** A clock that stands still while anything is computed and moves on to the end of the earliest wait. */
export type VirtualTime = {
  /** ms since 1970 */
  now(): number;
  /** Waits that overlap pass together, and whoever wakes earlier acts earlier, as in real time. */
  sleep(ms: number): Promise<void>;
  advance(ms: number): void;
  /** moves on to an instant, never back */
  advanceTo(at: number): void;
};

/** @param startsAt ms since 1970 */
export function createVirtualTime(startsAt: number): VirtualTime {
  let now = startsAt;
  const sleepers: { until: number; wake: () => void }[] = [];
  let isPassing = false;

  const pass = async () => {
    isPassing = true;
    while (sleepers.length > 0) {
      // Whoever woke last does what he has to before the next one wakes.
      await setImmediate();
      const next = sleepers.reduce((earliest, one) => (one.until < earliest.until ? one : earliest));
      sleepers.splice(sleepers.indexOf(next), 1);
      now = Math.max(now, next.until);
      next.wake();
    }
    isPassing = false;
  };

  return {
    now: () => now,
    advance: (ms) => {
      now += ms;
    },
    advanceTo: (at) => {
      now = Math.max(now, at);
    },
    sleep(ms) {
      const { promise, resolve } = Promise.withResolvers<void>();
      sleepers.push({ until: now + ms, wake: resolve });
      if (!isPassing) void pass();
      return promise;
    },
  };
}
