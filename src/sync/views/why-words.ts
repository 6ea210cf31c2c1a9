import type { LetterLanguage } from '../../core/salutation.ts';
import type { Why } from '../../core/why.ts';

const ENGLISH: Readonly<Record<Why, string>> = {
  says_yes: 'The contact says Yes, and no opt-out stands against it.',
  says_yes_archived:
    'The contact says Yes. The member was archived; before he is put back it is looked up whether he had left by himself.',
  says_yes_known: 'The contact says Yes. The provider knows the address, but it was never subscribed.',
  newer_opt_in: 'The contact says Yes, and this Yes is newer than the opt-out.',
  crm_leads: 'onOffice leads: the provider gets the names and the salutation from there.',
  tags_of_crm: 'The tags of the contact in onOffice have changed, or the member lacks some.',
  tags_of_provider: 'The provider has tags that the contact in onOffice does not carry yet.',
  says_no: 'The contact does not say Yes.',
  flags_conflict:
    'Contacts with this address disagree: one says Yes, another No. Until that is settled nobody gets mail.',
  opted_out: 'An opt-out is booked, and no newer consent is on record.',
  left_at_provider: 'The person unsubscribed at the provider.',
  left_at_former_address: 'The person unsubscribed at the address that the contact had before.',
  address_changed_in_crm: 'The contact has a new address in onOffice, and its member goes along.',
  address_changed_at_provider: 'The person has a new address at the provider, and the contact follows.',
  contact_gone: 'No contact has this address any more.',
  contact_excluded: 'The contact is private, archived or no longer readable.',
  yes_withdrawn: 'The contact no longer says Yes.',
  removed_at_provider: 'The member was archived or taken off the list at the provider.',
  bounced: 'Mails to this address came back for good.',
  opt_in_entered: 'A consent was entered here, and the field was asked to be set to Yes.',
  subscribed_at_provider: 'The person is subscribed at the provider.',
  unknown_member: 'onOffice has no contact for this member.',
};

const GERMAN: Readonly<Record<Why, string>> = {
  says_yes: 'Der Kontakt sagt Ja, und keine Abmeldung steht dagegen.',
  says_yes_archived:
    'Der Kontakt sagt Ja. Das Mitglied wurde archiviert; vor dem Zurückholen wird nachgesehen, ob es sich selbst abgemeldet hatte.',
  says_yes_known: 'Der Kontakt sagt Ja. Der Anbieter kennt die Adresse, sie war aber nie angemeldet.',
  newer_opt_in: 'Der Kontakt sagt Ja, und dieses Ja ist neuer als die Abmeldung.',
  crm_leads: 'onOffice führt: Von dort bekommt der Anbieter Namen und Anrede.',
  tags_of_crm: 'Die Tags des Kontakts in onOffice haben sich geändert, oder dem Mitglied fehlen welche.',
  tags_of_provider: 'Der Anbieter hat Tags, die der Kontakt in onOffice noch nicht trägt.',
  says_no: 'Der Kontakt sagt nicht Ja.',
  flags_conflict:
    'Kontakte mit dieser Adresse widersprechen sich: Einer sagt Ja, ein anderer Nein. Bis das geklärt ist, bekommt niemand Post.',
  opted_out: 'Eine Abmeldung ist gebucht, und keine neuere Einwilligung liegt vor.',
  left_at_provider: 'Die Person hat sich beim Anbieter abgemeldet.',
  left_at_former_address: 'Die Person hat sich unter der Adresse abgemeldet, die der Kontakt vorher hatte.',
  address_changed_in_crm: 'Der Kontakt hat in onOffice eine neue Adresse, und sein Mitglied zieht mit.',
  address_changed_at_provider: 'Die Person hat beim Anbieter eine neue Adresse, und der Kontakt folgt ihr.',
  contact_gone: 'Kein Kontakt hat diese Adresse mehr.',
  contact_excluded: 'Der Kontakt ist privat, archiviert oder nicht mehr lesbar.',
  yes_withdrawn: 'Der Kontakt sagt nicht mehr Ja.',
  removed_at_provider: 'Das Mitglied wurde beim Anbieter archiviert oder aus der Liste genommen.',
  bounced: 'Mails an diese Adresse kamen endgültig zurück.',
  opt_in_entered: 'Hier wurde eine Einwilligung eingetragen, und das Feld soll auf Ja gesetzt werden.',
  subscribed_at_provider: 'Die Person ist beim Anbieter angemeldet.',
  unknown_member: 'onOffice hat keinen Kontakt zu diesem Mitglied.',
};

/** Why an operation is planned, in German or else in English. */
export function whyText(why: Why, language: LetterLanguage): string {
  return (language === 'de' ? GERMAN : ENGLISH)[why];
}
