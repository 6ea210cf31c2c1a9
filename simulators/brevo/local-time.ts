const QUARTER_MS = 15 * 60_000;
const formats = new Map<string, Intl.DateTimeFormat>();
const offsets = new Map<string, number>();

/** ISO 8601 with the zone's offset and 3 or 6 fractional digits, as seen live (fact sheet 4.1). */
export function localIso(at: number, timezone: string, digits: 3 | 6): string {
  const offset = offsetMs(at, timezone);
  const minutes = Math.abs(offset) / 60_000;
  const sign = offset < 0 ? '-' : '+';
  const zone = `${sign}${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}`;
  return `${new Date(at + offset).toISOString().slice(0, 23)}${digits === 6 ? '000' : ''}${zone}`;
}

/** `YYYY-MM-DD HH:MM:SS` in the zone, without an offset, as in webhooks. */
export function localPlain(at: number, timezone: string): string {
  return new Date(at + offsetMs(at, timezone)).toISOString().slice(0, 19).replace('T', ' ');
}

// Offsets change on quarters of hours at most; asking Intl for each of 100,000 contacts would cost seconds.
function offsetMs(at: number, timezone: string): number {
  const quarter = Math.floor(at / QUARTER_MS) * QUARTER_MS;
  const key = `${timezone}:${quarter}`;
  const known = offsets.get(key);
  if (known !== undefined) return known;
  const parts = new Map(
    formatOf(timezone)
      .formatToParts(quarter)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const part = (name: Intl.DateTimeFormatPartTypes): number => parts.get(name) ?? 0;
  const local = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  if (offsets.size > 10_000) offsets.clear();
  offsets.set(key, local - quarter);
  return local - quarter;
}

function formatOf(timezone: string): Intl.DateTimeFormat {
  const known = formats.get(timezone);
  if (known) return known;
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: timezone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formats.set(timezone, format);
  return format;
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0');
}
