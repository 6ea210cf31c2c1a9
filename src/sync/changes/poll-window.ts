/** A vendor's stamp: whole seconds of an opaque local time, or ISO 8601 in UTC. */
const LOCAL = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/;

/**
 * Moves a stamp of a vendor's clock by a duration. Durations are the same on both clocks, so ours and the vendor's need not
 * agree.
 *
 * @param stamp `YYYY-MM-DD HH:MM:SS`, or ISO 8601 in UTC; '' (from the beginning) stays ''
 * @param ms may be negative
 */
export function moveStamp(stamp: string, ms: number): string {
  const isLocal = LOCAL.test(stamp);
  const at = Date.parse(isLocal ? `${stamp.replace(' ', 'T')}Z` : stamp);
  if (Number.isNaN(at)) return '';
  const moved = new Date(at + ms).toISOString();
  return isLocal ? moved.slice(0, 19).replace('T', ' ') : moved;
}

/**
 * What the vendor's clock shows now at least: what it showed then, and what has passed since. A poll that begins now is
 * complete up to here, so the next one asks from here on.
 *
 * @param asOf stamp of the vendor's clock at the last poll
 * @param sinceReadMs what has passed since then by our clock
 */
export function asOfNow(asOf: string, sinceReadMs: number): string {
  return moveStamp(asOf, Math.max(0, sinceReadMs));
}

/**
 * What the vendor's clock showed at least at an instant of ours, less the overlap of its polls: a reading that began then is
 * complete up to here.
 *
 * @param asOf stamp of the vendor's clock at the last poll, of which `readAt` is the instant by our clock
 * @param at instant by our clock, before or after `readAt`, in ms
 * @returns '' where no poll has been
 */
export function stoodAt(asOf: string, readAt: string | null, at: number, overlapMs: number): string {
  return readAt === null ? '' : moveStamp(asOf, at - Date.parse(readAt) - overlapMs);
}

/** The later of two stamps of one clock; '' is before all. */
export function laterStamp(one: string, other: string): string {
  return one > other ? one : other;
}

/**
 * Overlap of the CRM's polls (F4). onOffice shows local time: when its clock is put back an hour in autumn, what changes in
 * the repeated hour carries stamps that seem long past. One hour and what a slow transaction may take, in ms.
 */
export const CRM_OVERLAP_MS = 62 * 60_000;

/** Overlap of the provider's polls (F2), in ms: its stamps are in UTC; a listing may be a little behind. */
export const PROVIDER_OVERLAP_MS = 60_000;
