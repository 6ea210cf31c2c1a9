import { setImmediate } from 'node:timers/promises';

/** A clock that moves only when everybody waits. One piece of work goes on at a time, so that a history replays bit for bit. */
export type LabTime = {
  /** ms since 1970 */
  now(): number;
  sleep(ms: number): Promise<void>;
  /** Somebody computes: told at each statement of the database, so that `settle` does not end too early. */
  touch(): void;
  /** when whoever sleeps shortest goes on, in ms; Infinity: nobody sleeps */
  nextAt(): number;
  /** how often somebody was told to compute */
  touches(): number;
  /** Waits until everybody who can go on without time passing has done so. */
  settle(): Promise<void>;
  /** Lets whoever sleeps shortest go on, at most until an instant. @returns false when nobody woke: it is `until` now */
  step(until: number): boolean;
};

/** Turns of the event loop without a statement after which everybody waits: a statement takes one, an answer's body none. */
const QUIET_TURNS = 3;

/** @param startsAt ms since 1970 */
export function createLabTime(startsAt: number): LabTime {
  let now = startsAt;
  let touched = 0;
  const sleepers: { until: number; order: number; wake: () => void }[] = [];
  let order = 0;
  return {
    now: () => now,
    sleep: (ms) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      order += 1;
      sleepers.push({ until: now + Math.max(0, ms), order, wake: resolve });
      return promise;
    },
    touch: () => {
      touched += 1;
    },
    touches: () => touched,
    nextAt: () => Math.min(Infinity, ...sleepers.map(({ until }) => until)),
    async settle() {
      for (let quiet = 0; quiet < QUIET_TURNS; ) {
        const before = touched;
        await setImmediate();
        quiet = touched === before ? quiet + 1 : 0;
      }
    },
    step(until) {
      const next = sleepers.reduce<(typeof sleepers)[number] | undefined>(
        (first, one) =>
          first === undefined || one.until < first.until || (one.until === first.until && one.order < first.order)
            ? one
            : first,
        undefined,
      );
      if (!next || next.until > until) {
        now = Math.max(now, until);
        return false;
      }
      sleepers.splice(sleepers.indexOf(next), 1);
      now = Math.max(now, next.until);
      next.wake();
      return true;
    },
  };
}
