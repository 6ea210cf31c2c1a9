import type { PageLanguage } from '../i18n/i18n.ts';

/** The guides, each for one kind of reader. */
export const GUIDES = ['marketing', 'administrator'] as const;
export type GuideName = (typeof GUIDES)[number];

const LOADERS = import.meta.glob<string>('../../docs/guides/*.md', { query: '?raw', import: 'default' });

const pathOf = (name: GuideName, language: PageLanguage) => `../../docs/guides/${name}.${language}.md`;

/** Whether a text, for example from the address line, names a guide. */
export function isGuideName(text: string): text is GuideName {
  return GUIDES.some((name) => name === text);
}

/** The language in which a guide is there for a reader of another one. */
export function guideLanguage(name: GuideName, language: PageLanguage): PageLanguage {
  return Object.hasOwn(LOADERS, pathOf(name, language)) ? language : 'en';
}

/** The Markdown of a guide. @throws where it could not be loaded */
export async function loadGuide(name: GuideName, language: PageLanguage): Promise<string> {
  const load = LOADERS[pathOf(name, language)];
  if (!load) throw new Error(`there is no guide ${name} in ${language}`);
  return load();
}
