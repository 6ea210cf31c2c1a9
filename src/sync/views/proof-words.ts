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
  whole: (count: number) => string;
  broken: (number: number, how: string) => string;
  head: string;
  how: Readonly<Record<NonNullable<RecordCheck['how']>, string>>;
  explanation: string;
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
};

/** Texts of the proof sheet, in German or else in English. */
export function proofWords(language: LetterLanguage): ProofWords {
  return language === 'de' ? GERMAN : ENGLISH;
}
