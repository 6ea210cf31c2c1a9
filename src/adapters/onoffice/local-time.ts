/**
 * onOffice's time stamps carry no zone. Its customers are in the zone of Berlin, Madrid, Rome and Paris, and the documents
 * name none: so it is taken for Berlin's.
 */
const FORMAT = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Europe/Berlin',
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});

/** An instant (ISO 8601 or ms) as onOffice writes it: `YYYY-MM-DD HH:MM:SS`. */
export function localTime(at: string | number): string {
  const parts = new Map(FORMAT.formatToParts(new Date(at)).map(({ type, value }) => [type, value]));
  const part = (name: Intl.DateTimeFormatPartTypes) => parts.get(name) ?? '';
  return `${part('year')}-${part('month')}-${part('day')} ${part('hour')}:${part('minute')}:${part('second')}`;
}

/** The day of an instant in ms: `YYYY-MM-DD`. */
export function localDay(at: number): string {
  return localTime(at).slice(0, 10);
}
