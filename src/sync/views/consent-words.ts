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
  /** what evidence says in our own codes */
  told: Readonly<Record<string, string>>;
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
    request: 'request',
    left: 'former address',
    action: 'action at the provider',
    reason: 'reason at the provider',
    apiKey: 'API key',
    rule: 'rule of the connector',
  },
  told: {
    subscribed: 'sign-up',
    unsubscribed: 'opt-out',
    complained: 'spam complaint',
    bounced: 'hard bounce',
    removed: 'removed',
    'address-changed': 'address changed',
    erasure: 'erasure',
    person: 'the person',
    administrator: 'an administrator',
    someone: 'the person or an administrator',
    program: 'another program',
    unknown: 'not told',
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
    request: 'Ersuchen',
    left: 'frühere Adresse',
    action: 'Vorgang beim Anbieter',
    reason: 'Grund beim Anbieter',
    apiKey: 'API-Schlüssel',
    rule: 'Regel',
  },
  told: {
    subscribed: 'Anmeldung',
    unsubscribed: 'Abmeldung',
    complained: 'Spam-Beschwerde',
    bounced: 'Hard Bounce',
    removed: 'entfernt',
    'address-changed': 'Adresse geändert',
    erasure: 'Löschung',
    person: 'die Person',
    administrator: 'ein Administrator',
    someone: 'die Person oder ein Administrator',
    program: 'ein anderes Programm',
    unknown: 'nicht mitgeteilt',
  },
  absent: 'nicht in der Mailing-Liste',
};

const SPANISH: Words = {
  source: {
    person: 'la persona',
    'crm-user': 'un usuario de onOffice',
    'provider-administrator': 'un administrador de la plataforma',
    provider: 'la plataforma',
    rule: 'el conector, según sus reglas',
    operator: 'un usuario del conector, a mano',
  },
  effect: { 'opt-out': 'baja', 'opt-in': 'consentimiento', neutral: 'sin manifestación de voluntad' },
  verdict: { allowed: 'admitido', refused: 'rechazado por el control de consentimiento, no se escribió nada' },
  wrote: {
    'write-consent': 'ordenado escribir en el campo Newsletter de onOffice',
    'unsubscribe-member': 'ordenada la baja en la plataforma',
    'remove-member': 'ordenada la salida de la lista de correo',
    'create-contact': 'ordenada la creación del contacto en onOffice',
    'raise-member': 'ordenada la suscripción en la plataforma',
    'add-member': 'ordenada la incorporación a la lista de correo',
  },
  evidence: {
    person: 'otorgado por',
    how: 'cómo',
    operator: 'anotado por',
    event: 'suceso en la plataforma',
    campaign: 'campaña',
    history: 'historial en la plataforma',
    found: 'encontrado como estado del miembro',
    request: 'solicitud',
    left: 'dirección anterior',
    action: 'acción en la plataforma',
    reason: 'motivo en la plataforma',
    apiKey: 'clave API',
    rule: 'regla',
  },
  told: {
    subscribed: 'alta',
    unsubscribed: 'baja',
    complained: 'queja por spam',
    bounced: 'rebote permanente',
    removed: 'retirado',
    'address-changed': 'dirección cambiada',
    erasure: 'supresión',
    person: 'la persona',
    administrator: 'un administrador',
    someone: 'la persona o un administrador',
    program: 'otro programa',
    unknown: 'no comunicado',
  },
  absent: 'no está en la lista de correo',
};

const ITALIAN: Words = {
  source: {
    person: 'la persona',
    'crm-user': 'un utente di onOffice',
    'provider-administrator': 'un amministratore della piattaforma',
    provider: 'la piattaforma',
    rule: 'il connettore, secondo le sue regole',
    operator: 'un utente del connettore, a mano',
  },
  effect: { 'opt-out': 'disiscrizione', 'opt-in': 'consenso', neutral: 'nessuna manifestazione di volontà' },
  verdict: { allowed: 'ammesso', refused: 'rifiutato dal controllo dei consensi, non è stato scritto nulla' },
  wrote: {
    'write-consent': 'disposta la scrittura nel campo Newsletter in onOffice',
    'unsubscribe-member': 'disposta la disiscrizione sulla piattaforma',
    'remove-member': 'disposta l’uscita dalla lista',
    'create-contact': 'disposta la creazione del contatto in onOffice',
    'raise-member': 'disposta l’iscrizione sulla piattaforma',
    'add-member': 'disposto l’inserimento nella lista',
  },
  evidence: {
    person: 'dato da',
    how: 'come',
    operator: 'annotato da',
    event: 'evento sulla piattaforma',
    campaign: 'campagna',
    history: 'cronologia sulla piattaforma',
    found: 'trovato come stato dell’iscritto',
    request: 'richiesta',
    left: 'indirizzo precedente',
    action: 'operazione sulla piattaforma',
    reason: 'motivo sulla piattaforma',
    apiKey: 'chiave API',
    rule: 'regola',
  },
  told: {
    subscribed: 'iscrizione',
    unsubscribed: 'disiscrizione',
    complained: 'segnalazione di spam',
    bounced: 'rimbalzo definitivo',
    removed: 'rimosso',
    'address-changed': 'indirizzo modificato',
    erasure: 'cancellazione',
    person: 'la persona',
    administrator: 'un amministratore',
    someone: 'la persona o un amministratore',
    program: 'un altro programma',
    unknown: 'non comunicato',
  },
  absent: 'non nella lista',
};

const FRENCH: Words = {
  source: {
    person: 'la personne',
    'crm-user': 'un utilisateur d’onOffice',
    'provider-administrator': 'un administrateur de la plateforme',
    provider: 'la plateforme',
    rule: 'le connecteur, selon ses règles',
    operator: 'un utilisateur du connecteur, à la main',
  },
  effect: { 'opt-out': 'désinscription', 'opt-in': 'consentement', neutral: 'aucune manifestation de volonté' },
  verdict: { allowed: 'admis', refused: 'refusé par le contrôle des consentements, rien n’a été écrit' },
  wrote: {
    'write-consent': 'écriture dans le champ Newsletter d’onOffice ordonnée',
    'unsubscribe-member': 'désinscription sur la plateforme ordonnée',
    'remove-member': 'retrait de la liste de diffusion ordonné',
    'create-contact': 'création du contact dans onOffice ordonnée',
    'raise-member': 'inscription sur la plateforme ordonnée',
    'add-member': 'ajout à la liste de diffusion ordonné',
  },
  evidence: {
    person: 'donné par',
    how: 'comment',
    operator: 'consigné par',
    event: 'événement sur la plateforme',
    campaign: 'campagne',
    history: 'historique sur la plateforme',
    found: 'trouvé comme statut du membre',
    request: 'demande',
    left: 'ancienne adresse',
    action: 'opération sur la plateforme',
    reason: 'motif sur la plateforme',
    apiKey: 'clé API',
    rule: 'règle',
  },
  told: {
    subscribed: 'inscription',
    unsubscribed: 'désinscription',
    complained: 'plainte pour spam',
    bounced: 'rebond définitif',
    removed: 'retiré',
    'address-changed': 'adresse modifiée',
    erasure: 'effacement',
    person: 'la personne',
    administrator: 'un administrateur',
    someone: 'la personne ou un administrateur',
    program: 'un autre programme',
    unknown: 'non communiqué',
  },
  absent: 'absent de la liste de diffusion',
};

const WORDS: Readonly<Record<LetterLanguage, Words>> = {
  de: GERMAN,
  en: ENGLISH,
  es: SPANISH,
  it: ITALIAN,
  fr: FRENCH,
};

/** Words of the consent record, in the reader's language. */
export function consentWords(language: LetterLanguage): Words {
  return WORDS[language];
}
