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
    'Contacts with this address disagree: one says Yes, another No. Until that is settled nobody gets the newsletter.',
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
    'Kontakte mit dieser Adresse widersprechen sich: Einer sagt Ja, ein anderer Nein. Bis das geklärt ist, bekommt niemand den Newsletter.',
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

const SPANISH: Readonly<Record<Why, string>> = {
  says_yes: 'El contacto dice Sí y no hay ninguna baja en contra.',
  says_yes_archived:
    'El contacto dice Sí. El miembro se archivó; antes de recuperarlo se comprueba si se había dado de baja por su cuenta.',
  says_yes_known: 'El contacto dice Sí. La plataforma conoce la dirección, pero nunca estuvo suscrita.',
  newer_opt_in: 'El contacto dice Sí, y este Sí es posterior a la baja.',
  crm_leads: 'Prevalece onOffice: la plataforma toma de allí el nombre y el tratamiento.',
  tags_of_crm: 'Las etiquetas del contacto en onOffice han cambiado, o al miembro le falta alguna.',
  tags_of_provider: 'La plataforma tiene etiquetas que el contacto de onOffice aún no lleva.',
  says_no: 'El contacto no dice Sí.',
  flags_conflict:
    'Los contactos con esta dirección se contradicen: uno dice Sí y otro No. Hasta que se aclare, nadie recibe la newsletter.',
  opted_out: 'Hay una baja anotada y no consta un consentimiento posterior.',
  left_at_provider: 'La persona se dio de baja en la plataforma.',
  left_at_former_address: 'La persona se dio de baja con la dirección que el contacto tenía antes.',
  address_changed_in_crm: 'El contacto tiene una dirección nueva en onOffice y su miembro la sigue.',
  address_changed_at_provider: 'La persona tiene una dirección nueva en la plataforma y el contacto la sigue.',
  contact_gone: 'Ningún contacto tiene ya esta dirección.',
  contact_excluded: 'El contacto es privado, está archivado o ya no se puede leer.',
  yes_withdrawn: 'El contacto ya no dice Sí.',
  removed_at_provider: 'El miembro se archivó o se retiró de la lista en la plataforma.',
  bounced: 'Los correos a esta dirección se devolvieron de forma definitiva.',
  opt_in_entered: 'Aquí se anotó un consentimiento y se pidió poner el campo en Sí.',
  subscribed_at_provider: 'La persona está suscrita en la plataforma.',
  unknown_member: 'onOffice no tiene ningún contacto para este miembro.',
};

const ITALIAN: Readonly<Record<Why, string>> = {
  says_yes: 'Il contatto dice Sì e non c’è nessuna disiscrizione in contrario.',
  says_yes_archived:
    'Il contatto dice Sì. L’iscritto è stato archiviato; prima di recuperarlo si controlla se si era disiscritto da sé.',
  says_yes_known: 'Il contatto dice Sì. La piattaforma conosce l’indirizzo, ma non è mai stato iscritto.',
  newer_opt_in: 'Il contatto dice Sì, e questo Sì è più recente della disiscrizione.',
  crm_leads: 'Fa fede onOffice: da lì la piattaforma riceve nome e appellativo.',
  tags_of_crm: 'I tag del contatto in onOffice sono cambiati, oppure all’iscritto ne manca qualcuno.',
  tags_of_provider: 'La piattaforma ha dei tag che il contatto in onOffice non porta ancora.',
  says_no: 'Il contatto non dice Sì.',
  flags_conflict:
    'I contatti con questo indirizzo si contraddicono: uno dice Sì, un altro No. Finché non è chiarito, nessuno riceve la newsletter.',
  opted_out: 'È registrata una disiscrizione e non risulta un consenso più recente.',
  left_at_provider: 'La persona si è disiscritta sulla piattaforma.',
  left_at_former_address: 'La persona si è disiscritta con l’indirizzo che il contatto aveva prima.',
  address_changed_in_crm: 'Il contatto ha un nuovo indirizzo in onOffice e il suo iscritto lo segue.',
  address_changed_at_provider: 'La persona ha un nuovo indirizzo sulla piattaforma e il contatto la segue.',
  contact_gone: 'Nessun contatto ha più questo indirizzo.',
  contact_excluded: 'Il contatto è privato, archiviato o non più leggibile.',
  yes_withdrawn: 'Il contatto non dice più Sì.',
  removed_at_provider: 'L’iscritto è stato archiviato o tolto dalla lista sulla piattaforma.',
  bounced: 'Le e-mail a questo indirizzo sono tornate indietro in modo definitivo.',
  opt_in_entered: 'Qui è stato annotato un consenso ed è stato chiesto di impostare il campo su Sì.',
  subscribed_at_provider: 'La persona è iscritta sulla piattaforma.',
  unknown_member: 'onOffice non ha nessun contatto per questo iscritto.',
};

const FRENCH: Readonly<Record<Why, string>> = {
  says_yes: 'Le contact dit Oui et aucune désinscription ne s’y oppose.',
  says_yes_archived:
    'Le contact dit Oui. Le membre a été archivé\u202f; avant de le remettre, on vérifie s’il s’était désinscrit lui-même.',
  says_yes_known: 'Le contact dit Oui. La plateforme connaît l’adresse, mais elle n’a jamais été inscrite.',
  newer_opt_in: 'Le contact dit Oui, et ce Oui est plus récent que la désinscription.',
  crm_leads: 'onOffice fait foi\u00a0: c’est de là que la plateforme tient le nom et la civilité.',
  tags_of_crm: 'Les tags du contact ont changé dans onOffice, ou il en manque au membre.',
  tags_of_provider: 'La plateforme a des tags que le contact ne porte pas encore dans onOffice.',
  says_no: 'Le contact ne dit pas Oui.',
  flags_conflict:
    'Des contacts de cette adresse se contredisent\u00a0: l’un dit Oui, un autre Non. Tant que ce n’est pas réglé, personne ne reçoit la newsletter.',
  opted_out: 'Une désinscription est consignée et aucun consentement plus récent ne l’est.',
  left_at_provider: 'La personne s’est désinscrite sur la plateforme.',
  left_at_former_address: 'La personne s’est désinscrite avec l’adresse que le contact avait auparavant.',
  address_changed_in_crm: 'Le contact a une nouvelle adresse dans onOffice et son membre le suit.',
  address_changed_at_provider: 'La personne a une nouvelle adresse sur la plateforme et le contact la suit.',
  contact_gone: 'Plus aucun contact n’a cette adresse.',
  contact_excluded: 'Le contact est privé, archivé ou n’est plus lisible.',
  yes_withdrawn: 'Le contact ne dit plus Oui.',
  removed_at_provider: 'Le membre a été archivé ou retiré de la liste sur la plateforme.',
  bounced: 'Les e-mails envoyés à cette adresse sont revenus définitivement.',
  opt_in_entered: 'Un consentement a été consigné ici, avec la demande de mettre le champ sur Oui.',
  subscribed_at_provider: 'La personne est inscrite sur la plateforme.',
  unknown_member: 'onOffice n’a aucun contact pour ce membre.',
};

const WORDS: Readonly<Record<LetterLanguage, Readonly<Record<Why, string>>>> = {
  de: GERMAN,
  en: ENGLISH,
  es: SPANISH,
  it: ITALIAN,
  fr: FRENCH,
};

/** Why an operation is planned, in the reader's language. */
export function whyText(why: Why, language: LetterLanguage): string {
  return WORDS[language][why];
}
