import i18next from 'i18next';
import type { Notice } from './api-types.ts';
import { dateLocale } from './i18n/date-locale.ts';

/**
 * The sentence for a notice or an error in the page's language: by its code among the errors, then among the journal's
 * entries, followed by the sentence of its `cause` or the names of its `topics` or `settings` if it has some. A code without a text is shown as it is, so that
 * support can find it.
 */
export function noticeText({ code, params }: { code: string; params?: Notice['params'] }): string {
  const text = i18next.t([`errors.${code}`, `journal.${code}`], {
    ...Object.fromEntries(Object.entries(params ?? {}).map(([name, value]) => [name, shown(value)])),
    defaultValue: i18next.t('noticeUnknown', { code }),
  });
  const { cause, topics, settings } = params ?? {};
  if (typeof settings === 'string') return `${text}: ${settingsText(settings)}`;
  if (typeof cause === 'string') return `${text}: ${noticeText({ code: cause })}`;
  return typeof topics === 'string' ? `${text}: ${topicsText(topics)}` : text;
}

/** An instant (ISO 8601) as people write it; anything else as it is. */
function shown(value: string | number): string | number {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value)) return value;
  const locale = dateLocale(i18next.language, globalThis.navigator.languages);
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(value));
}

/** The outside system's own words behind a notice, introduced by a phrase; empty where there are none. */
export function noticeWords({ params }: { params?: Notice['params'] }): string {
  const words = params?.words;
  return typeof words === 'string' && words !== '' ? i18next.t('vendorWords', { words }) : '';
}

function settingsText(settings: string): string {
  return settings
    .split(',')
    .map((name) => i18next.t(`settingNames.${name}`, { defaultValue: name }))
    .join(', ');
}

function topicsText(topics: string): string {
  return topics
    .split(',')
    .map((topic) => i18next.t(`webhookTopics.${topic}`, { defaultValue: topic }))
    .join(', ');
}
