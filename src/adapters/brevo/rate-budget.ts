import type { Clock } from '../../core/clock.ts';
import type { HttpAnswer } from '../http/http-call.ts';

/** What is left of one meter, as Brevo's last answers told it. */
export type RateBudget = {
  /** ms until a call may start; 0: now */
  waitMs(): number;
  /** a call starts */
  start(): void;
  /** a call has ended, with or without an answer */
  end(): void;
  /** reads the meter off an answer */
  observe(answer: Pick<HttpAnswer, 'status' | 'headers'>): void;
};

/** Meter readings of one answer; undefined where the header is missing or no number. */
export type MeterReading = {
  limit: number | undefined;
  remaining: number | undefined;
  resetSeconds: number | undefined;
};

/** Windows up to this long are kept by the pace of the calls; their counts are stale before they are read. */
const SHORT_WINDOW_SECONDS = 1;
/** Two answers belong to one window when their ends differ by no more than whole seconds can hide. */
const SAME_WINDOW_MS = 2_000;
/** A 429 without a reset time is taken to last this long. */
const UNKNOWN_RESET_SECONDS = 5;

/** Reads the three headers that stand on every answer but 401. `reset` counts the seconds that are left. */
export function readMeter(headers: HttpAnswer['headers']): MeterReading {
  const read = (name: string) => {
    const text = headers.get(`x-sib-ratelimit-${name}`);
    const value = text === null || text.trim() === '' ? Number.NaN : Number(text);
    return Number.isFinite(value) && value >= 0 ? value : undefined;
  };
  return { limit: read('limit'), remaining: read('remaining'), resetSeconds: read('reset') };
}

/** Makes the budget of one meter. Until the first answer nothing is known and nothing waits. */
export function createRateBudget(clock: Clock): RateBudget {
  let remaining: number | undefined;
  let resetAt = 0;
  let inFlight = 0;

  /** A new window is not known before an answer of it; few calls can start until then. */
  const roll = () => {
    if (clock.now() >= resetAt) remaining = undefined;
  };

  return {
    waitMs() {
      roll();
      return remaining === 0 ? Math.max(1, resetAt - clock.now()) : 0;
    },
    start() {
      inFlight += 1;
      if (remaining !== undefined) remaining = Math.max(0, remaining - 1);
    },
    end() {
      inFlight -= 1;
    },
    observe({ status, headers }) {
      const reading = readMeter(headers);
      if (status === 429) {
        remaining = 0;
        // Whole seconds may have been rounded down.
        resetAt = clock.now() + ((reading.resetSeconds ?? UNKNOWN_RESET_SECONDS) + 1) * 1000;
        return;
      }
      const { resetSeconds } = reading;
      if (reading.remaining === undefined || resetSeconds === undefined) return;
      if (resetSeconds <= SHORT_WINDOW_SECONDS) {
        remaining = reading.remaining;
        resetAt = clock.now() + 1000;
        return;
      }
      const endsAt = clock.now() + (resetSeconds + 1) * 1000;
      // The calls in flight, this one not counted, may have been left out of the figure.
      const left = Math.max(0, reading.remaining - Math.max(0, inFlight - 1));
      const isSameWindow = remaining !== undefined && Math.abs(endsAt - resetAt) <= SAME_WINDOW_MS;
      remaining = isSameWindow ? Math.min(remaining ?? left, left) : left;
      resetAt = endsAt;
    },
  };
}
