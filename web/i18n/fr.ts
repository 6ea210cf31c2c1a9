import type { DictionaryWithMany } from './dictionary.ts';
import { notices } from './fr/notices.ts';
import { pages } from './fr/pages.ts';
import { terms } from './fr/terms.ts';
import { withFrenchSpaces } from './french-spaces.ts';

export const fr: DictionaryWithMany = withFrenchSpaces({ ...pages, ...terms, ...notices });
