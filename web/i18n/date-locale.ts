/**
 * In which locale dates of a language are written: as in the reader's own region if his browser names one for the
 * language ("en-US", "de-AT"), else as in Europe.
 *
 * @param browserLocales best first, as `navigator.languages`
 */
export function dateLocale(language: string, browserLocales: readonly string[]): string {
  const own = browserLocales.find((locale) => locale.slice(0, 2).toLowerCase() === language);
  return own ?? (language === 'en' ? 'en-GB' : language);
}
