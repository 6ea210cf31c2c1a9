import type { DictionaryWithMany } from './dictionary.ts';
import { notices } from './es/notices.ts';
import { pages } from './es/pages.ts';
import { terms } from './es/terms.ts';

export const es: DictionaryWithMany = { ...pages, ...terms, ...notices };
