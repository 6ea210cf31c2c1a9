import { ProviderError } from './errors.ts';

/**
 * What a failure means for the work that met it; decided here and nowhere else (house style 5.4).
 * `wait`: it goes on by itself later; `attention`: the connection stops until a person acts; `fail`: the run ends.
 */
export type JobOutcome =
  | { type: 'wait'; ms: number; code: string; words: string }
  | { type: 'attention'; code: string; words: string }
  | { type: 'fail'; code: string; words: string };

/** Waits between tries when an outside system does not work, in ms: they double up to five minutes (F6). */
const FIRST_WAIT_MS = 5_000;
const LONGEST_WAIT_MS = 300_000;
/** Tries after which an answer that nobody understands ends the run. */
const TRIES_OF_UNEXPECTED = 8;

/**
 * @param attempt how often this very piece of work has failed in a row, from 1
 */
export function jobOutcome(error: unknown, attempt: number): JobOutcome {
  if (!(error instanceof ProviderError)) return { type: 'fail', code: 'internal', words: '' };
  const { code, words } = error;
  const backOff = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (attempt - 1));
  switch (error.kind) {
    case 'rate_limited':
    case 'unavailable':
      return { type: 'wait', ms: Math.max(error.retryAfterMs ?? 0, backOff), code, words };
    case 'unexpected_response':
      return attempt < TRIES_OF_UNEXPECTED ? { type: 'wait', ms: backOff, code, words } : { type: 'fail', code, words };
    case 'auth':
    case 'forbidden':
    case 'misconfigured':
      return { type: 'attention', code, words };
    case 'rejected':
    case 'not_found':
      return { type: 'fail', code, words };
  }
}
