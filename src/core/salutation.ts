import type { PersonFields } from './contact.ts';

/** Languages in which a letter salutation can be composed. */
export type LetterLanguage = 'de' | 'en' | 'es' | 'it' | 'fr';

type Form = 'mr' | 'mrs' | 'couple' | 'family';

/** The CRM's stock keys and labels for a salutation; customers may add others, which get the neutral form. */
const FORMS: ReadonlyMap<string, Form> = new Map(
  Object.entries({
    herr: 'mr',
    mr: 'mr',
    'mr.': 'mr',
    frau: 'mrs',
    ms: 'mrs',
    'ms.': 'mrs',
    mrs: 'mrs',
    'mrs.': 'mrs',
    eheleute: 'couple',
    familie: 'family',
    family: 'family',
  } satisfies Record<string, Form>),
);

const LETTERS: Readonly<Record<LetterLanguage, Readonly<Record<Form, string>> & { neutral: string }>> = {
  de: {
    mr: 'Sehr geehrter Herr {name},',
    mrs: 'Sehr geehrte Frau {name},',
    couple: 'Sehr geehrte Eheleute {name},',
    family: 'Sehr geehrte Familie {name},',
    neutral: 'Sehr geehrte Damen und Herren,',
  },
  en: {
    mr: 'Dear Mr {name},',
    mrs: 'Dear Ms {name},',
    couple: 'Dear Mr and Mrs {name},',
    family: 'Dear {name} family,',
    neutral: 'Dear Sir or Madam,',
  },
  es: {
    mr: 'Estimado Sr. {name}:',
    mrs: 'Estimada Sra. {name}:',
    couple: 'Estimados Sres. {name}:',
    family: 'Estimada familia {name}:',
    neutral: 'Estimados señores:',
  },
  it: {
    mr: 'Gentile Sig. {name},',
    mrs: 'Gentile Sig.ra {name},',
    couple: 'Gentili Sigg. {name},',
    family: 'Gentile famiglia {name},',
    neutral: 'Gentili Signore e Signori,',
  },
  fr: {
    mr: 'Monsieur {name},',
    mrs: 'Madame {name},',
    couple: 'Madame et Monsieur {name},',
    family: 'Chère famille {name},',
    neutral: 'Madame, Monsieur,',
  },
};

/**
 * The whole opening of a letter (M6): the CRM's own where it has one, else composed from salutation and last name; the
 * neutral form where either is missing or the salutation is one of the customer's own.
 */
export function letterSalutation(fields: PersonFields, language: LetterLanguage): string {
  const own = fields.letterSalutation.trim();
  if (own) return own;
  const letters = LETTERS[language];
  const form = FORMS.get(fields.salutation.trim().toLowerCase());
  const name = fields.lastName.trim();
  return form && name ? letters[form].replace('{name}', () => name) : letters.neutral;
}
