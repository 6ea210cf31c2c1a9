import type { CrmConsent, MemberStatus } from '../../core/consent.ts';
import type { LetterLanguage } from '../../core/salutation.ts';

/** What the states of both sides are called. */
export type StateWords = {
  status: Readonly<Record<MemberStatus, string>>;
  consent: Readonly<Record<CrmConsent, string>>;
  cancellation: string;
};

const ENGLISH: StateWords = {
  status: {
    subscribed: 'subscribed',
    unsubscribed: 'unsubscribed',
    cleaned: 'undeliverable',
    pending: 'confirmation pending',
    archived: 'archived',
    known: 'never subscribed',
    absent: '',
    forgotten: 'permanently deleted',
  },
  consent: {
    yes: 'Newsletter: yes',
    no: 'Newsletter: no',
    none: 'Newsletter: not specified',
    pending: 'Newsletter: confirmation pending',
    undeliverable: 'Newsletter: undeliverable',
    unknown: 'Newsletter: other value',
  },
  cancellation: 'Newsletter: cancellation',
};

const GERMAN: StateWords = {
  status: {
    subscribed: 'angemeldet',
    unsubscribed: 'abgemeldet',
    cleaned: 'unzustellbar',
    pending: 'Bestätigung steht aus',
    archived: 'archiviert',
    known: 'nie angemeldet',
    absent: '',
    forgotten: 'endgültig gelöscht',
  },
  consent: {
    yes: 'Newsletter: Ja',
    no: 'Newsletter: Nein',
    none: 'Newsletter: keine Angabe',
    pending: 'Newsletter: Bestätigung steht aus',
    undeliverable: 'Newsletter: unzustellbar',
    unknown: 'Newsletter: anderer Wert',
  },
  cancellation: 'Newsletter: Absage',
};

const SPANISH: StateWords = {
  status: {
    subscribed: 'suscrito',
    unsubscribed: 'de baja',
    cleaned: 'no entregable',
    pending: 'pendiente de confirmar',
    archived: 'archivado',
    known: 'nunca suscrito',
    absent: '',
    forgotten: 'eliminado definitivamente',
  },
  consent: {
    yes: 'Newsletter: Sí',
    no: 'Newsletter: No',
    none: 'Newsletter: sin especificar',
    pending: 'Newsletter: pendiente de confirmar',
    undeliverable: 'Newsletter: no entregable',
    unknown: 'Newsletter: otro valor',
  },
  cancellation: 'Newsletter: Baja',
};

const ITALIAN: StateWords = {
  status: {
    subscribed: 'iscritto',
    unsubscribed: 'disiscritto',
    cleaned: 'non recapitabile',
    pending: 'in attesa di conferma',
    archived: 'archiviato',
    known: 'mai iscritto',
    absent: '',
    forgotten: 'eliminato definitivamente',
  },
  consent: {
    yes: 'Newsletter: Sì',
    no: 'Newsletter: No',
    none: 'Newsletter: non specificato',
    pending: 'Newsletter: in attesa di conferma',
    undeliverable: 'Newsletter: non recapitabile',
    unknown: 'Newsletter: altro valore',
  },
  cancellation: 'Newsletter: Disiscrizione',
};

const FRENCH: StateWords = {
  status: {
    subscribed: 'inscrit',
    unsubscribed: 'désinscrit',
    cleaned: 'non distribuable',
    pending: 'à confirmer',
    archived: 'archivé',
    known: 'jamais inscrit',
    absent: '',
    forgotten: 'définitivement supprimé',
  },
  consent: {
    yes: 'Newsletter\u00a0: Oui',
    no: 'Newsletter\u00a0: Non',
    none: 'Newsletter\u00a0: non précisé',
    pending: 'Newsletter\u00a0: à confirmer',
    undeliverable: 'Newsletter\u00a0: non distribuable',
    unknown: 'Newsletter\u00a0: autre valeur',
  },
  cancellation: 'Newsletter\u00a0: Désinscription',
};

/** What states are called, by the reader's language; `absent` is nothing that had to be named. */
export const STATE_WORDS: Readonly<Record<LetterLanguage, StateWords>> = {
  de: GERMAN,
  en: ENGLISH,
  es: SPANISH,
  it: ITALIAN,
  fr: FRENCH,
};
