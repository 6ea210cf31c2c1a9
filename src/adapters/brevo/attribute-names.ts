import type { PersonField } from '../../core/contact.ts';

/** The languages in which we name what we create at Brevo. */
export type FieldLanguage = 'de' | 'en' | 'es' | 'it' | 'fr';

export type NamePair = { readonly firstName: string; readonly lastName: string };

/** The names that Brevo gives a new account, by the language in which it was opened; best first. */
export const NAME_PAIRS: readonly NamePair[] = [
  { firstName: 'FIRSTNAME', lastName: 'LASTNAME' },
  { firstName: 'VORNAME', lastName: 'NACHNAME' },
  { firstName: 'PRENOM', lastName: 'NOM' },
  { firstName: 'NOMBRE', lastName: 'APELLIDOS' },
  { firstName: 'NOMBRE', lastName: 'APELLIDO' },
  { firstName: 'NOME', lastName: 'COGNOME' },
  { firstName: 'NOME', lastName: 'SOBRENOME' },
  { firstName: 'NOME', lastName: 'APELIDO' },
];

/** Accounts from before 2017; alone, NAME may hold anything. */
export const OLD_NAME_PAIR: NamePair = { firstName: 'NAME', lastName: 'SURNAME' };

/** Brevo has neither by default; these are ours and what agencies call them. */
export const SALUTATION_NAMES: Readonly<Record<Exclude<PersonField, keyof NamePair>, readonly string[]>> = {
  salutation: ['ANREDE', 'SALUTATION', 'TRATAMIENTO', 'APPELLATIVO', 'CIVILITE', 'TRATAMENTO'],
  letterSalutation: ['BRIEFANREDE', 'LETTER_SALUTATION', 'SALUDO', 'FORMULA_DI_APERTURA', 'FORMULE_APPEL', 'SAUDACAO'],
};

/** Texts that are identifiers of the contact: nothing of ours belongs there. */
export const IDENTIFIER_NAMES: ReadonlySet<string> = new Set(['SMS', 'WHATSAPP', 'EXT_ID', 'LANDLINE_NUMBER']);

/** What we create where nothing was recognised. */
export const NEW_ATTRIBUTES: Readonly<Record<FieldLanguage, Readonly<Record<PersonField, string>>>> = {
  de: { firstName: 'VORNAME', lastName: 'NACHNAME', salutation: 'ANREDE', letterSalutation: 'BRIEFANREDE' },
  en: { firstName: 'FIRSTNAME', lastName: 'LASTNAME', salutation: 'SALUTATION', letterSalutation: 'LETTER_SALUTATION' },
  es: { firstName: 'NOMBRE', lastName: 'APELLIDOS', salutation: 'TRATAMIENTO', letterSalutation: 'SALUDO' },
  it: { firstName: 'NOME', lastName: 'COGNOME', salutation: 'APPELLATIVO', letterSalutation: 'FORMULA_DI_APERTURA' },
  fr: { firstName: 'PRENOM', lastName: 'NOM', salutation: 'CIVILITE', letterSalutation: 'FORMULE_APPEL' },
};
