import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { dateLocale } from './i18n/date-locale.ts';

/** Numbers, instants (ISO 8601) and durations (seconds) in the page's language. */
export function useFormat() {
  const { t, i18n } = useTranslation();
  const language = i18n.language;
  return useMemo(() => {
    const numbers = new Intl.NumberFormat(language);
    const percents = new Intl.NumberFormat(language, { style: 'percent' });
    const locale = dateLocale(language, navigator.languages);
    const dates = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' });
    const instants = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
    const delayIn = (unit: 'second' | 'minute' | 'hour', digits = 0) =>
      new Intl.NumberFormat(language, {
        style: 'unit',
        unit,
        unitDisplay: 'short',
        maximumFractionDigits: digits,
      });
    const days = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone: 'UTC' });
    const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
    return {
      number: (value: number) => numbers.format(value),
      /** a part of the whole, 0 to 1 */
      percent: (part: number) => percents.format(part),
      date: (instant: string) => dates.format(new Date(instant)),
      instant: (instant: string) => instants.format(new Date(instant)),
      /** a day of the calendar (YYYY-MM-DD) without its year */
      day: (day: string) => days.format(new Date(`${day}T00:00:00Z`)),
      /** a time that something took, in ms, as short as a table needs it: tenths of a second where they matter */
      delay: (ms: number) => {
        if (ms < 100) return `< ${delayIn('second', 1).format(0.1)}`;
        if (ms < 90_000) return delayIn('second', ms < 9_950 ? 1 : 0).format(ms / 1000);
        if (ms < 90 * 60_000) return delayIn('minute').format(ms / 60_000);
        return delayIn('hour').format(ms / 3_600_000);
      },
      /** "5 minutes ago" for the last day, else the date */
      ago: (instant: string) => {
        const minutes = Math.round((Date.parse(instant) - Date.now()) / 60_000);
        if (minutes >= 0) return t('durations.justNow');
        if (minutes > -60) return relative.format(minutes, 'minute');
        if (minutes > -24 * 60) return relative.format(Math.round(minutes / 60), 'hour');
        return instants.format(new Date(instant));
      },
      duration: (seconds: number) => {
        if (seconds < 90) return t('durations.seconds', { count: Math.max(1, Math.round(seconds)) });
        if (seconds < 90 * 60) return t('durations.minutes', { count: Math.round(seconds / 60) });
        return t('durations.hours', { count: Math.round(seconds / 3600) });
      },
    };
  }, [language, t]);
}
