import type { Clock } from '../../core/clock.ts';

/**
 * Reads a Retry-After header: seconds or an HTTP date.
 *
 * @returns milliseconds from now, never negative; undefined when the header is missing or unreadable
 */
export function parseRetryAfter(header: string | null, clock: Clock): number | undefined {
  if (header === null || header.trim() === '') return undefined;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(0, at - clock.now());
}
