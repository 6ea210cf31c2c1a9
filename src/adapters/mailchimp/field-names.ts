import type { PersonField } from '../../core/contact.ts';

/** The languages in which we name what we create at Mailchimp. */
export type FieldLanguage = 'de' | 'en' | 'es' | 'it' | 'fr';

/**
 * Tags by which a field is recognised, best first. FNAME and LNAME are Mailchimp's own and stay the same in every account
 * language.
 */
export const FIELD_TAGS: Readonly<Record<PersonField, readonly string[]>> = {
  firstName: ['FNAME', 'FIRSTNAME', 'VORNAME', 'PRENOM', 'NOMBRE', 'NOME'],
  lastName: ['LNAME', 'LASTNAME', 'NACHNAME', 'FAMNAME', 'APELLIDO', 'APELLIDOS', 'COGNOME'],
  salutation: ['ANREDE', 'SALUTATION', 'SALUTATIO', 'TRATAMIENT', 'APPELLATIV', 'CIVILITE'],
  letterSalutation: ['BRIEFANR', 'LETTERSAL', 'SALUDO', 'APERTURA', 'APPEL'],
};

/** Names by which a field is recognised, in the folded form of `foldName`. No name stands for two fields. */
export const FIELD_NAMES: Readonly<Record<PersonField, readonly string[]>> = {
  firstName: [
    ...['vorname', 'firstname', 'givenname', 'forename', 'nombre', 'nombredepila', 'nome', 'prenom', 'voornaam'],
    ...[
      'nomeproprio',
      'primeironome',
      'prenume',
      'imie',
      'imię',
      'jmeno',
      'krstnemeno',
      'fornavn',
      'fornamn',
      'etunimi',
    ],
    ...['eesnimi', 'keresztnev', 'utonev', 'ime', 'vards', 'vardas', 'имя', 'ім’я', 'імя', 'όνομα', 'ονομα'],
  ],
  lastName: [
    ...['nachname', 'familienname', 'zuname', 'lastname', 'surname', 'familyname', 'apellido', 'apellidos', 'cognome'],
    ...[
      'nom',
      'nomdefamille',
      'achternaam',
      'familienaam',
      'apelido',
      'sobrenome',
      'ultimonome',
      'nume',
      'numedefamilie',
    ],
    ...['nazwisko', 'prijmeni', 'priezvisko', 'efternavn', 'etternavn', 'efternamn', 'sukunimi', 'perekonnanimi'],
    ...[
      'vezeteknev',
      'csaladnev',
      'prezime',
      'priimek',
      'uzvards',
      'pavarde',
      'soyad',
      'soyadi',
      'фамилия',
      'прізвище',
    ],
    ...['επωνυμο', 'επώνυμο'],
  ],
  salutation: [
    ...[
      'anrede',
      'salutation',
      'tratamiento',
      'tratamientosaludo',
      'trato',
      'appellativo',
      'titolodicortesia',
      'civilite',
      'aanhef',
    ],
    ...['tratamento', 'formaldetratamento', 'zwrotgrzecznosciowy', 'osloveni', 'tiltale', 'tilltal', 'обращение'],
  ],
  letterSalutation: [
    ...[
      'briefanrede',
      'lettersalutation',
      'greeting',
      'saludo',
      'saludodecarta',
      'encabezamiento',
      'formuladiapertura',
    ],
    ...['formuladisaluto', 'formuledappel', 'formuledepolitesse', 'briefaanhef', 'saudacao'],
  ],
};

/** What we create where nothing was recognised: a tag of at most 10 characters and the name people see. */
export const NEW_FIELDS: Readonly<Record<FieldLanguage, Readonly<Record<PersonField, { tag: string; name: string }>>>> =
  {
    de: {
      firstName: { tag: 'FNAME', name: 'Vorname' },
      lastName: { tag: 'LNAME', name: 'Nachname' },
      salutation: { tag: 'ANREDE', name: 'Anrede' },
      letterSalutation: { tag: 'BRIEFANR', name: 'Briefanrede' },
    },
    en: {
      firstName: { tag: 'FNAME', name: 'First Name' },
      lastName: { tag: 'LNAME', name: 'Last Name' },
      salutation: { tag: 'SALUTATION', name: 'Salutation' },
      letterSalutation: { tag: 'LETTERSAL', name: 'Letter salutation' },
    },
    es: {
      firstName: { tag: 'FNAME', name: 'Nombre' },
      lastName: { tag: 'LNAME', name: 'Apellidos' },
      salutation: { tag: 'TRATAMIENT', name: 'Tratamiento' },
      letterSalutation: { tag: 'SALUDO', name: 'Saludo' },
    },
    it: {
      firstName: { tag: 'FNAME', name: 'Nome' },
      lastName: { tag: 'LNAME', name: 'Cognome' },
      salutation: { tag: 'APPELLATIV', name: 'Appellativo' },
      letterSalutation: { tag: 'APERTURA', name: 'Formula di apertura' },
    },
    fr: {
      firstName: { tag: 'FNAME', name: 'Prénom' },
      lastName: { tag: 'LNAME', name: 'Nom' },
      salutation: { tag: 'CIVILITE', name: 'Civilité' },
      letterSalutation: { tag: 'APPEL', name: 'Formule d’appel' },
    },
  };

/** The form in which two field names are the same: without accents, case, spaces and punctuation. */
export function foldName(name: string): string {
  return name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}
