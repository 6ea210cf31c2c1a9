import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { keptText } from '../storage.ts';
import type { Dictionary, DictionaryWithMany } from './dictionary.ts';
import { en } from './en.ts';

/** Languages that the page speaks; each name in its own language. */
export const LANGUAGES = { de: 'Deutsch', en: 'English', es: 'Español', fr: 'Français', it: 'Italiano' } as const;
export type PageLanguage = keyof typeof LANGUAGES;

const LOADERS: Record<PageLanguage, () => Promise<Dictionary | DictionaryWithMany>> = {
  en: async () => en,
  de: async () => (await import('./de.ts')).de,
  es: async () => (await import('./es.ts')).es,
  fr: async () => (await import('./fr.ts')).fr,
  it: async () => (await import('./it.ts')).it,
};

const kept = keptText('local', 'language');
/** what somebody else knew the person by, as long as the window is open */
const adopted = keptText('session', 'language');

function isPageLanguage(value: string | null | undefined): value is PageLanguage {
  return value != null && Object.hasOwn(LANGUAGES, value);
}

/** The language that the page is shown in, from i18next's own word for it. */
export function pageLanguage(shown: string): PageLanguage {
  return isPageLanguage(shown) ? shown : 'en';
}

/** The language chosen before, else the browser's first one that we speak, else English. */
export function preferredLanguage(): PageLanguage {
  const chosen = kept.read() ?? adopted.read();
  if (isPageLanguage(chosen)) return chosen;
  return navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase()).find(isPageLanguage) ?? 'en';
}

/** Loads the language's texts and shows the page in it; the choice is remembered in this browser. */
export async function changeLanguage(language: PageLanguage): Promise<void> {
  kept.keep(language);
  await showLanguage(language);
}

/** Shows the page in the language of the account, which goes before what was chosen in this browser. */
export async function followLanguage(language: PageLanguage): Promise<void> {
  if (i18next.language !== language || kept.read() !== language) await changeLanguage(language);
}

/** Shows the page in a language that somebody else knows the person by, unless one was chosen in this browser. */
export async function adoptLanguage(language: PageLanguage): Promise<void> {
  adopted.keep(language);
  if (!isPageLanguage(kept.read())) await showLanguage(language);
}

async function showLanguage(language: PageLanguage): Promise<void> {
  i18next.addResourceBundle(language, 'translation', await LOADERS[language]());
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}

/** To be awaited before the first rendering. */
export async function startI18n(): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: 'en',
    fallbackLng: 'en',
    resources: { en: { translation: en } },
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
  });
  await showLanguage(preferredLanguage());
}
