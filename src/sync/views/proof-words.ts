import type { LetterLanguage } from '../../core/salutation.ts';
import type { RecordCheck } from './proof-view.ts';

/** Texts of the proof sheet. */
export type ProofWords = {
  title: string;
  intro: string;
  contact: string;
  contactNumber: string;
  email: string;
  issuedAt: string;
  noName: string;
  changes: string;
  noChanges: string;
  from: string;
  to: string;
  source: string;
  happenedAt: string;
  learnedAt: string;
  unknownTime: string;
  evidence: string;
  wrote: string;
  verdict: string;
  concerns: string;
  erased: string;
  place: string;
  hash: string;
  previousHash: string;
  check: string;
  /** numbers as they are written in the language */
  whole: (count: string) => string;
  broken: (number: string, how: string) => string;
  head: string;
  how: Readonly<Record<NonNullable<RecordCheck['how']>, string>>;
  explanation: string;
  /** between a name and what is said of it */
  colon: string;
};

const ENGLISH: ProofWords = {
  title: 'Proof of consent',
  intro: 'Every change of this person’s consent to the newsletter, as it is kept in the consent record.',
  contact: 'Person',
  contactNumber: 'Contact in onOffice',
  email: 'E-mail address',
  issuedAt: 'Issued',
  noName: '(no name)',
  changes: 'Changes, oldest first',
  noChanges: 'No change of consent is on record for this person.',
  from: 'From',
  to: 'To',
  source: 'Brought about by',
  happenedAt: 'Happened',
  learnedAt: 'Learned',
  unknownTime: 'not told',
  evidence: 'Evidence',
  wrote: 'What we set out to write',
  verdict: 'Verdict of the consent gate',
  concerns: 'Concerns',
  erased: '(erased)',
  place: 'Entry',
  hash: 'Hash',
  previousHash: 'Hash of the entry before',
  check: 'Check of the record',
  whole: (count) => `The whole record was checked when this sheet was issued: all ${count} entries are unchanged.`,
  broken: (number, how) => `The record does NOT verify: from entry ${number} on it cannot be relied upon (${how}).`,
  head: 'Hash of the last entry',
  how: {
    altered: 'the entry was altered',
    missing: 'the entry was removed',
    cut: 'the end of the record was cut off',
    replaced: 'the record was written anew after its end had been logged',
  },
  explanation:
    'Each entry holds the hash (SHA-256) of the entry before, so that none can be altered or removed unnoticed. All times are UTC.',
  colon: ': ',
};

const GERMAN: ProofWords = {
  title: 'Einwilligungsnachweis',
  intro: 'Jede Änderung der Newsletter-Einwilligung dieser Person, wie sie im Einwilligungsnachweis aufgezeichnet ist.',
  contact: 'Person',
  contactNumber: 'Kontakt in onOffice',
  email: 'E-Mail-Adresse',
  issuedAt: 'Ausgestellt',
  noName: '(ohne Namen)',
  changes: 'Änderungen, älteste zuerst',
  noChanges: 'Zu dieser Person ist keine Änderung der Einwilligung aufgezeichnet.',
  from: 'Vorher',
  to: 'Nachher',
  source: 'Veranlasst durch',
  happenedAt: 'Geschehen',
  learnedAt: 'Erfahren',
  unknownTime: 'nicht mitgeteilt',
  evidence: 'Beleg',
  wrote: 'Was wir daraufhin veranlassten',
  verdict: 'Urteil der Einwilligungsprüfung',
  concerns: 'Betrifft',
  erased: '(gelöscht)',
  place: 'Eintrag',
  hash: 'Prüfsumme',
  previousHash: 'Prüfsumme des Eintrags davor',
  check: 'Prüfung des Nachweises',
  whole: (count) => `Beim Ausstellen wurde der ganze Nachweis geprüft: Alle ${count} Einträge sind unverändert.`,
  broken: (number, how) =>
    `Der Nachweis hält der Prüfung NICHT stand: Ab Eintrag ${number} ist kein Verlass auf ihn (${how}).`,
  head: 'Prüfsumme des letzten Eintrags',
  how: {
    altered: 'der Eintrag wurde verändert',
    missing: 'der Eintrag wurde entfernt',
    cut: 'das Ende des Nachweises wurde abgeschnitten',
    replaced: 'der Nachweis wurde neu geschrieben, nachdem sein Ende protokolliert war',
  },
  explanation:
    'Jeder Eintrag enthält die Prüfsumme (SHA-256) des Eintrags davor; so kann keiner unbemerkt verändert oder entfernt werden. Alle Zeiten sind in UTC angegeben.',
  colon: ': ',
};

const SPANISH: ProofWords = {
  title: 'Justificante de consentimiento',
  intro:
    'Todos los cambios del consentimiento de esta persona a la newsletter, tal como constan en el registro de consentimiento.',
  contact: 'Persona',
  contactNumber: 'Contacto en onOffice',
  email: 'Correo electrónico',
  issuedAt: 'Expedido',
  noName: '(sin nombre)',
  changes: 'Cambios, primero el más antiguo',
  noChanges: 'No consta ningún cambio de consentimiento de esta persona.',
  from: 'Antes',
  to: 'Después',
  source: 'Causado por',
  happenedAt: 'Ocurrido',
  learnedAt: 'Conocido',
  unknownTime: 'no comunicado',
  evidence: 'Prueba',
  wrote: 'Lo que ordenamos a raíz de ello',
  verdict: 'Decisión del control de consentimiento',
  concerns: 'Se refiere a',
  erased: '(eliminado)',
  place: 'Asiento',
  hash: 'Huella digital',
  previousHash: 'Huella del asiento anterior',
  check: 'Comprobación del registro',
  whole: (count) =>
    `Al expedir este justificante se comprobó el registro entero: sus ${count} asientos están intactos.`,
  broken: (number, how) =>
    `El registro NO supera la comprobación: a partir del asiento ${number} no es fiable (${how}).`,
  head: 'Huella del último asiento',
  how: {
    altered: 'el asiento se alteró',
    missing: 'el asiento se eliminó',
    cut: 'se cortó el final del registro',
    replaced: 'el registro se escribió de nuevo después de que se anotara su final',
  },
  explanation:
    'Cada asiento contiene la huella (SHA-256) del anterior, de modo que ninguno se puede alterar ni eliminar sin que se note. Todas las horas son UTC.',
  colon: ': ',
};

const ITALIAN: ProofWords = {
  title: 'Attestazione del consenso',
  intro: 'Ogni variazione del consenso di questa persona alla newsletter, come risulta dal registro dei consensi.',
  contact: 'Persona',
  contactNumber: 'Contatto in onOffice',
  email: 'Indirizzo e-mail',
  issuedAt: 'Rilasciata',
  noName: '(senza nome)',
  changes: 'Variazioni, dalla più vecchia',
  noChanges: 'Per questa persona non risulta nessuna variazione del consenso.',
  from: 'Prima',
  to: 'Dopo',
  source: 'Causata da',
  happenedAt: 'Avvenuta',
  learnedAt: 'Appresa',
  unknownTime: 'non comunicato',
  evidence: 'Prova',
  wrote: 'Che cosa abbiamo disposto',
  verdict: 'Esito del controllo dei consensi',
  concerns: 'Riguarda',
  erased: '(cancellato)',
  place: 'Voce',
  hash: 'Impronta digitale',
  previousHash: 'Impronta della voce precedente',
  check: 'Verifica del registro',
  whole: (count) => `Al rilascio è stato verificato l’intero registro: tutte le ${count} voci sono integre.`,
  broken: (number, how) => `Il registro NON supera la verifica: dalla voce ${number} in poi non è affidabile (${how}).`,
  head: 'Impronta dell’ultima voce',
  how: {
    altered: 'la voce è stata alterata',
    missing: 'la voce è stata rimossa',
    cut: 'la fine del registro è stata tagliata',
    replaced: 'il registro è stato riscritto dopo l’annotazione della sua fine',
  },
  explanation:
    'Ogni voce contiene l’impronta (SHA-256) di quella precedente, così che nessuna possa essere alterata o rimossa senza che si noti. Tutti gli orari sono UTC.',
  colon: ': ',
};

const FRENCH: ProofWords = {
  title: 'Justificatif de consentement',
  intro:
    'Chaque changement du consentement de cette personne à la newsletter, tel qu’il figure au registre des consentements.',
  contact: 'Personne',
  contactNumber: 'Contact dans onOffice',
  email: 'Adresse e-mail',
  issuedAt: 'Établi',
  noName: '(sans nom)',
  changes: 'Changements, du plus ancien au plus récent',
  noChanges: 'Aucun changement de consentement n’est consigné pour cette personne.',
  from: 'Avant',
  to: 'Après',
  source: 'Provoqué par',
  happenedAt: 'Survenu',
  learnedAt: 'Appris',
  unknownTime: 'non communiqué',
  evidence: 'Preuve',
  wrote: 'Ce que nous avons ordonné',
  verdict: 'Décision du contrôle des consentements',
  concerns: 'Concerne',
  erased: '(effacé)',
  place: 'Entrée',
  hash: 'Empreinte',
  previousHash: 'Empreinte de l’entrée précédente',
  check: 'Vérification du registre',
  whole: (count) =>
    `Tout le registre a été vérifié à l’établissement de ce justificatif\u00a0: ses ${count} entrées sont intactes.`,
  broken: (number, how) =>
    `Le registre NE résiste PAS à la vérification\u00a0: à partir de l’entrée ${number}, il n’est plus fiable (${how}).`,
  head: 'Empreinte de la dernière entrée',
  how: {
    altered: 'l’entrée a été modifiée',
    missing: 'l’entrée a été supprimée',
    cut: 'la fin du registre a été coupée',
    replaced: 'le registre a été réécrit après que sa fin a été consignée',
  },
  explanation:
    'Chaque entrée contient l’empreinte (SHA-256) de la précédente, si bien qu’aucune ne peut être modifiée ou supprimée sans que cela se voie. Toutes les heures sont en UTC.',
  colon: '\u00a0: ',
};

const WORDS: Readonly<Record<LetterLanguage, ProofWords>> = {
  de: GERMAN,
  en: ENGLISH,
  es: SPANISH,
  it: ITALIAN,
  fr: FRENCH,
};

/** Texts of the proof sheet, in the reader's language. */
export function proofWords(language: LetterLanguage): ProofWords {
  return WORDS[language];
}
