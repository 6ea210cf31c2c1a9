import type { LetterLanguage } from '../../core/salutation.ts';
import type { CsvWords } from './csv-columns.ts';
import { de } from './csv-words/de.ts';
import { en } from './csv-words/en.ts';
import { es } from './csv-words/es.ts';
import { fr } from './csv-words/fr.ts';
import { it } from './csv-words/it.ts';

/** Headings and values of the files for people, by the reader's language; the page calls them the same. */
export const CSV_WORDS: Readonly<Record<LetterLanguage, CsvWords>> = {
  de,
  en,
  es,
  it,
  fr,
};
