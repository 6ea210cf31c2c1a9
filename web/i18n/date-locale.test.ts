import { expect, test } from 'vitest';
import { dateLocale } from './date-locale.ts';

test.each([
  ['en', ['en-US', 'de'], 'en-US'],
  ['en', ['de-DE', 'de'], 'en-GB'],
  ['de', ['fr-CH', 'de-CH'], 'de-CH'],
  ['es', [], 'es'],
])('dates of %s before a browser of %j are those of %s', (language, browserLocales, locale) => {
  expect(dateLocale(language, browserLocales)).toBe(locale);
});
