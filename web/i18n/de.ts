import { notices } from './de/notices.ts';
import { pages } from './de/pages.ts';
import { terms } from './de/terms.ts';
import type { Dictionary } from './dictionary.ts';

export const de: Dictionary = { ...pages, ...terms, ...notices };
