import type { DictionaryWithMany } from './dictionary.ts';
import { notices } from './it/notices.ts';
import { pages } from './it/pages.ts';
import { terms } from './it/terms.ts';

export const it: DictionaryWithMany = { ...pages, ...terms, ...notices };
