const HOUR = 3_600_000;

const summers = new Map<number, { start: number; end: number }>();

/** Last Sunday of a month, 01:00 UTC: the moment the European Union changes its clocks. `month` is 0-based. */
function clockChange(year: number, month: number): number {
  const lastDay = new Date(Date.UTC(year, month + 1, 0));
  return Date.UTC(year, month, lastDay.getUTCDate() - lastDay.getUTCDay(), 1);
}

/** Milliseconds that Berlin is ahead of UTC at an instant. Computed by rule because Intl is too slow for 100,000 rows. */
export function berlinOffset(at: number): number {
  const year = new Date(at).getUTCFullYear();
  let summer = summers.get(year);
  if (!summer) {
    summer = { start: clockChange(year, 2), end: clockChange(year, 9) };
    summers.set(year, summer);
  }
  return at >= summer.start && at < summer.end ? 2 * HOUR : HOUR;
}

/** An instant as the CRM prints it: `YYYY-MM-DD HH:MM:SS`, Berlin time, without a zone. */
export function localDateTime(at: number): string {
  return new Date(at + berlinOffset(at)).toISOString().slice(0, 19).replace('T', ' ');
}

/** The Berlin calendar day of an instant: `YYYY-MM-DD`. */
export function localDate(at: number): string {
  return localDateTime(at).slice(0, 10);
}

/** Reads a date or a date with time as a caller may write it, as `YYYY-MM-DD HH:MM:SS`; undefined if it is neither. */
export function normalDateTime(text: string): string | undefined {
  const found = /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2})(?::(\d{2}))?)?$/.exec(text.trim());
  if (!found) return undefined;
  const normal = `${found[1]} ${found[2] ?? '00:00'}:${found[3] ?? '00'}`;
  const parsed = new Date(`${normal.replace(' ', 'T')}Z`);
  return Number.isNaN(parsed.getTime()) || parsed.toISOString().slice(0, 10) !== found[1] ? undefined : normal;
}

/** The earliest instant in ms that can carry this local text (`YYYY-MM-DD HH:MM:SS`). */
export function earliestInstant(local: string): number {
  return Date.parse(`${local.replace(' ', 'T')}Z`) - 2 * HOUR;
}
