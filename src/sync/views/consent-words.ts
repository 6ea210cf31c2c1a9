import type { OperationKind } from '../../core/operation.ts';
import type { LetterLanguage } from '../../core/salutation.ts';
import type { ConsentRecord } from '../../db/consent-history.ts';

type Words = {
  source: Readonly<Record<ConsentRecord['source'], string>>;
  effect: Readonly<Record<ConsentRecord['effect'], string>>;
  verdict: Readonly<Record<ConsentRecord['verdict'], string>>;
  /** recorded before the call: whether the other side took it is no part of the record */
  wrote: Readonly<Partial<Record<OperationKind, string>>>;
  evidence: Readonly<Record<string, string>>;
  absent: string;
};

const ENGLISH: Words = {
  source: {
    person: 'the person',
    'crm-user': 'a user of onOffice',
    'provider-administrator': 'an administrator at the provider',
    provider: 'the provider',
    rule: 'the connector, by its rules',
    operator: 'an operator, entered by hand',
  },
  effect: { 'opt-out': 'opt-out', 'opt-in': 'opt-in', neutral: 'no statement of will' },
  verdict: { allowed: 'allowed', refused: 'refused by the consent gate, nothing was written' },
  wrote: {
    'write-consent': 'write to the Newsletter field in onOffice ordered',
    'unsubscribe-member': 'unsubscribe at the provider ordered',
    'remove-member': 'removal from the audience ordered',
    'create-contact': 'creation of the contact in onOffice ordered',
    'raise-member': 'subscription at the provider ordered',
    'add-member': 'addition to the audience ordered',
  },
  evidence: {
    person: 'given by',
    how: 'how',
    operator: 'entered by',
    event: 'event at the provider',
    campaign: 'campaign',
    history: 'history at the provider',
    found: 'found as the member’s status',
  },
  absent: 'not in the audience',
};

const GERMAN: Words = {
  source: {
    person: 'die Person',
    'crm-user': 'ein Benutzer von onOffice',
    'provider-administrator': 'ein Administrator beim Anbieter',
    provider: 'der Anbieter',
    rule: 'der Connector, nach seinen Regeln',
    operator: 'ein Bearbeiter, von Hand eingetragen',
  },
  effect: { 'opt-out': 'Abmeldung', 'opt-in': 'Einwilligung', neutral: 'keine Willenserklärung' },
  verdict: { allowed: 'zugelassen', refused: 'von der Einwilligungsprüfung abgelehnt, nichts wurde geschrieben' },
  wrote: {
    'write-consent': 'Eintrag ins Newsletter-Feld in onOffice veranlasst',
    'unsubscribe-member': 'Abmeldung beim Anbieter veranlasst',
    'remove-member': 'Herausnahme aus der Mailing-Liste veranlasst',
    'create-contact': 'Anlage des Kontakts in onOffice veranlasst',
    'raise-member': 'Anmeldung beim Anbieter veranlasst',
    'add-member': 'Aufnahme in die Mailing-Liste veranlasst',
  },
  evidence: {
    person: 'gegeben von',
    how: 'wie',
    operator: 'eingetragen von',
    event: 'Ereignis beim Anbieter',
    campaign: 'Kampagne',
    history: 'Verlauf beim Anbieter',
    found: 'vorgefunden als Status des Mitglieds',
  },
  absent: 'nicht in der Mailing-Liste',
};

/** Words of the consent record, in German or else in English. */
export function consentWords(language: LetterLanguage): Words {
  return language === 'de' ? GERMAN : ENGLISH;
}
