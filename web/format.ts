import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

/** Numbers, instants (ISO 8601) and durations (seconds) in the page's language. */
export function useFormat() {
  const { t, i18n } = useTranslation();
  const language = i18n.language;
  return useMemo(() => {
    const numbers = new Intl.NumberFormat(language);
    const dates = new Intl.DateTimeFormat(language, { dateStyle: 'medium' });
    const instants = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
    const delays = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
    const days = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short', timeZone: 'UTC' });
    const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
    return {
      number: (value: number) => numbers.format(value),
      date: (instant: string) => dates.format(new Date(instant)),
      instant: (instant: string) => instants.format(new Date(instant)),
      /** a day of the calendar (YYYY-MM-DD) without its year */
      day: (day: string) => days.format(new Date(`${day}T00:00:00Z`)),
      /** a time that something took, in ms: tenths of a second where they matter */
      delay: (ms: number) => {
        if (ms < 100) return t('durations.shortSeconds', { shown: `< ${delays.format(0.1)}` });
        if (ms < 9_950) return t('durations.shortSeconds', { shown: delays.format(ms / 1000) });
        if (ms < 90_000) return t('durations.seconds', { count: Math.round(ms / 1000) });
        if (ms < 90 * 60_000) return t('durations.minutes', { count: Math.round(ms / 60_000) });
        return t('durations.hours', { count: Math.round(ms / 3_600_000) });
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
