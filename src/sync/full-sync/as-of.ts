/** Both vendors' stamps have whole seconds: what happened within one cannot be put in order, in ms. */
const STAMP_MS = 1_000;

/**
 * Up to where a reading of a whole side is surely complete. A record that changes after its page was read carries a stamp of
 * the reading's time, and so may one that is read later: only what is older than the reading took is behind us (R4, M13).
 * Durations are the same on both clocks, so ours and the vendor's need not agree.
 *
 * @param newest newest stamp that was seen, of the vendor's own clock: `YYYY-MM-DD HH:MM:SS`, or ISO 8601 in UTC
 * @param tookMs how long the reading took
 * @returns a stamp in the same form; '' (from the beginning) where nothing was seen or the stamp is none
 */
export function completeAsOf(newest: string, tookMs: number): string {
  const isLocal = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(newest);
  const at = Date.parse(isLocal ? `${newest.replace(' ', 'T')}Z` : newest);
  if (Number.isNaN(at)) return '';
  const before = new Date(at - Math.max(0, tookMs) - STAMP_MS).toISOString();
  return isLocal ? before.slice(0, 19).replace('T', ' ') : before;
}
