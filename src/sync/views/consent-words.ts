import type { OperationKind } from '../../core/operation.ts';
import type { LetterLanguage } from '../../core/salutation.ts';
import type { ConsentRecord } from '../../db/consent-history.ts';

type Words = {
  source: Readonly<Record<ConsentRecord['source'], string>>;
  effect: Readonly<Record<ConsentRecord['effect'], string>>;
  verdict: Readonly<Record<ConsentRecord['verdict'], string>>;
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
    'write-consent': 'Newsletter field in onOffice set',
    'unsubscribe-member': 'unsubscribed at the provider',
    'remove-member': 'taken out of the audience',
    'create-contact': 'contact created in onOffice',
    'raise-member': 'subscribed again at the provider',
    'add-member': 'added to the audience',
  },
  evidence: {
    person: 'given by',
    how: 'how',
    operator: 'entered by',
    event: 'event at the provider',
    campaign: 'campaign',
    history: 'history at the provider',
    found: 'found by',
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
    'write-consent': 'Newsletter-Feld in onOffice gesetzt',
    'unsubscribe-member': 'beim Anbieter abgemeldet',
    'remove-member': 'aus der Mailing-Liste genommen',
    'create-contact': 'Kontakt in onOffice angelegt',
    'raise-member': 'beim Anbieter wieder angemeldet',
    'add-member': 'in die Mailing-Liste aufgenommen',
  },
  evidence: {
    person: 'gegeben von',
    how: 'wie',
    operator: 'eingetragen von',
    event: 'Ereignis beim Anbieter',
    campaign: 'Kampagne',
    history: 'Verlauf beim Anbieter',
    found: 'gefunden durch',
  },
  absent: 'nicht in der Mailing-Liste',
};

/** Words of the consent record, in German or else in English. */
export function consentWords(language: LetterLanguage): Words {
  return language === 'de' ? GERMAN : ENGLISH;
}
