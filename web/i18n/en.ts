import { notices } from './en/notices.ts';
import { pages } from './en/pages.ts';
import { terms } from './en/terms.ts';

/** English: the reference for keys and placeholders. */
export const en = { ...pages, ...terms, ...notices } as const;
