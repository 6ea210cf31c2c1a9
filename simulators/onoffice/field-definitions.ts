import type { Labels } from './entities.ts';

export type FieldType =
  | 'varchar'
  | 'text'
  | 'integer'
  | 'boolean'
  | 'singleselect'
  | 'multiselect'
  | 'date'
  | 'datetime'
  | 'user';

/** A value that a select field permits. */
export type PermittedValue = { id: number; key: string; labels: Labels; active: boolean; position: number };

/** A field of a customer's address module. */
export type FieldDefinition = {
  name: string;
  type: FieldType;
  length: number | null;
  default: string | null;
  labels: Labels;
  permitted: PermittedValue[];
  /** inactive: reading or writing it fails as if it did not exist */
  active: boolean;
  /** false: works, but does not appear in the field list */
  listed: boolean;
  readOnly: boolean;
};

/** How one customer's CRM differs from another's. */
export type CustomerOptions = {
  name?: string;
  webId?: string;
  /** permitted values of `newsletter_aktiv`; older customers know `1 0 2 3` only */
  newsletterValues?: string[];
  /** newer customers have `Status2Adr` and `Status` unlisted, older ones only `Status` */
  statusField?: 'Status' | 'Status2Adr';
  inactiveFields?: string[];
  ownFields?: { name: string; type: FieldType; labels: Labels; permitted?: Record<string, string> }[];
};

const NEWSLETTER_LABELS: Record<string, Labels> = {
  '0': labels('Nein', 'No', 'No', 'No', 'Non'),
  '1': labels('Ja', 'Yes', 'Sí', 'Sì', 'Oui'),
  '2': labels('Absage', 'Cancellation', 'Cancelación', 'Annullamento', 'Refus'),
  '3': labels(
    'Double Opt-In ausstehend',
    'Double Opt-In pending',
    'Doble opt-in pendiente',
    'Double opt-in in sospeso',
  ),
  '4': labels('keine Angabe', 'not specified', 'no especificado', 'non specificato', 'non précisé'),
  '5': labels('unzustellbar', 'undeliverable', 'no entregable', 'non recapitabile', 'non distribuable'),
};

function labels(DEU: string, ENG?: string, ESP?: string, ITA?: string, FRA?: string): Labels {
  return {
    DEU,
    ...(ENG === undefined ? {} : { ENG }),
    ...(ESP === undefined ? {} : { ESP }),
    ...(ITA === undefined ? {} : { ITA }),
    ...(FRA === undefined ? {} : { FRA }),
  };
}

function field(
  name: string,
  type: FieldType,
  texts: Labels,
  more: Partial<FieldDefinition> & { values?: [key: string, labels: Labels][] } = {},
): FieldDefinition {
  const { values, ...rest } = more;
  return {
    name,
    type,
    length: type === 'varchar' ? 80 : null,
    default: type === 'boolean' ? '0' : null,
    labels: texts,
    permitted: (values ?? []).map(([key, text], index) => ({
      id: 0,
      key,
      labels: text,
      active: true,
      position: index + 1,
    })),
    active: true,
    listed: true,
    readOnly: false,
    ...rest,
  };
}

const SALUTATIONS = {
  Herr: labels('Herr', 'Mr', 'Sr.', 'Sig.', 'M.'),
  Frau: labels('Frau', 'Ms', 'Sra.', 'Sig.ra', 'Mme'),
  Firma: labels('Firma', 'Company', 'Empresa', 'Azienda', 'Société'),
  Familie: labels('Familie', 'Family', 'Familia', 'Famiglia', 'Famille'),
  Eheleute: labels('Eheleute', 'Mr and Mrs', 'Matrimonio', 'Coniugi', 'M. et Mme'),
};

/** The address fields of a customer (fact sheet 2.1), in the order of the field list. */
export function defineAddressFields(customer: CustomerOptions): FieldDefinition[] {
  const newsletterKeys = customer.newsletterValues ?? ['1', '0', '2', '3', '4', '5'];
  const newer = (customer.statusField ?? 'Status2Adr') === 'Status2Adr';
  const definitions = [
    field('ID', 'integer', labels('Datensatznummer', 'Record number', 'Número de registro'), { readOnly: true }),
    field('KdNr', 'integer', labels('KdNr', 'Customer no.', 'Nº de cliente', 'N. cliente', 'N° client')),
    field('Anrede', 'singleselect', labels('Anrede', 'Title', 'Tratamiento', 'Titolo', 'Civilité'), {
      values: Object.entries(SALUTATIONS),
    }),
    field('Titel', 'varchar', labels('Titel', 'Academic title', 'Título', 'Titolo accademico', 'Titre')),
    field('Vorname', 'varchar', labels('Vorname', 'First name', 'Nombre', 'Nome', 'Prénom')),
    field('Name', 'varchar', labels('Name', 'Last name', 'Apellidos', 'Cognome', 'Nom')),
    field('Anrede2', 'singleselect', labels('Anrede 2', 'Title 2', 'Tratamiento 2', 'Titolo 2', 'Civilité 2'), {
      values: Object.entries(SALUTATIONS),
    }),
    field('Titel2', 'varchar', labels('Titel 2', 'Academic title 2', 'Título 2', 'Titolo accademico 2', 'Titre 2')),
    field('Vorname2', 'varchar', labels('Vorname 2', 'First name 2', 'Nombre 2', 'Nome 2', 'Prénom 2')),
    field('Name2', 'varchar', labels('Name 2', 'Last name 2', 'Apellidos 2', 'Cognome 2', 'Nom 2')),
    field('Zusatz1', 'varchar', labels('Firma', 'Company', 'Empresa', 'Azienda', 'Société')),
    field('Zusatz2', 'varchar', labels('Firma Zusatz', 'Company addition', 'Empresa (adicional)')),
    field('Briefanrede', 'text', labels('Briefanrede', 'Salutation', 'Saludo', 'Formula di saluto', 'Formule d’appel')),
    field('Email', 'varchar', labels('E-Mail', 'E-mail', 'Correo electrónico', 'E-mail', 'E-mail'), {
      length: 100,
      readOnly: true,
    }),
    field('SpracheKontakt', 'singleselect', labels('Sprache', 'Language', 'Idioma', 'Lingua', 'Langue'), {
      default: 'DEU',
      values: Object.entries({
        DEU: labels('Deutsch', 'German', 'Alemán', 'Tedesco', 'Allemand'),
        ENG: labels('Englisch', 'English', 'Inglés', 'Inglese', 'Anglais'),
        ESP: labels('Spanisch', 'Spanish', 'Español', 'Spagnolo', 'Espagnol'),
        ITA: labels('Italienisch', 'Italian', 'Italiano', 'Italiano', 'Italien'),
        FRA: labels('Französisch', 'French', 'Francés', 'Francese', 'Français'),
      }),
    }),
    field(
      'newsletter_aktiv',
      'singleselect',
      labels('Newsletter', 'Newsletter', 'Boletín', 'Newsletter', 'Newsletter'),
      {
        default: newsletterKeys.includes('4') ? '4' : null,
        // Pairs and not an object, which would sort keys that look like numbers.
        values: newsletterKeys.map((key) => [key, NEWSLETTER_LABELS[key] ?? labels(key)]),
      },
    ),
    field('NewsletterTag', 'multiselect', labels('Newsletter-Tags', 'Newsletter tags', 'Etiquetas del boletín')),
    field('Privat', 'boolean', labels('Privat', 'Private', 'Privado', 'Privato', 'Privé')),
    field('Status', 'boolean', labels('Status', 'Status', 'Estado', 'Stato', 'Statut'), {
      default: '1',
      listed: !newer,
    }),
    field('Status2Adr', 'singleselect', labels('Status', 'Status', 'Estado', 'Stato', 'Statut'), {
      default: 'status2adr_active',
      active: newer,
      values: Object.entries({
        status2adr_active: labels('Aktiv', 'Active', 'Activo', 'Attivo', 'Actif'),
        status2adr_archive: labels('Archiviert', 'Archived', 'Archivado', 'Archiviato', 'Archivé'),
      }),
    }),
    field('ArtDaten', 'multiselect', labels('Kontaktart', 'Type of contact', 'Tipo de contacto'), {
      values: Object.entries({
        'Newsletter-Empfänger': labels('Newsletter-Empfänger', 'Newsletter recipient'),
        Privatkontakt: labels('Privatkontakt', 'Private contact'),
        Eigentümer: labels('Eigentümer', 'Owner'),
      }),
    }),
    field('contactCategory', 'singleselect', labels('Kontaktkategorie', 'Contact category', 'Categoría'), {
      values: Object.entries({
        privateCustomer: labels('Privatkunde', 'Private customer'),
        businessCustomer: labels('Geschäftskunde', 'Business customer'),
        company: labels('Unternehmen', 'Company'),
      }),
    }),
    field('HerkunftKontakt', 'multiselect', labels('Herkunft Kontakt', 'Contact source', 'Origen del contacto'), {
      values: Object.entries({
        Newsletter: labels('Newsletter', 'Newsletter', 'Boletín'),
        Suchmaschine: labels('Suchmaschine', 'Search engine', 'Buscador'),
        Empfehlung: labels('Empfehlung', 'Recommendation', 'Recomendación'),
      }),
    }),
    field('Benutzer', 'user', labels('Betreuer', 'Advisor', 'Asesor', 'Consulente', 'Conseiller')),
    field('Strasse', 'varchar', labels('Straße', 'Street', 'Calle', 'Via', 'Rue')),
    field('Plz', 'varchar', labels('PLZ', 'Postcode', 'Código postal', 'CAP', 'Code postal'), { length: 10 }),
    field('Ort', 'varchar', labels('Ort', 'Town', 'Ciudad', 'Città', 'Ville')),
    field('Eintragsdatum', 'date', labels('Eintragsdatum', 'Entry date', 'Fecha de alta'), { readOnly: true }),
    field('letzter_Kontakt', 'datetime', labels('letzter Kontakt', 'Last contact', 'Último contacto')),
    field('DSGVOStatus', 'singleselect', labels('DSGVO-Status', 'GDPR status', 'Estado RGPD'), {
      values: Object.entries({
        speicherungzugestimmt: labels('Speicherung zugestimmt', 'Agreed to storage'),
        speicherungwiderrufen: labels('Speicherung widerrufen', 'Storage revoked'),
        ignorieren: labels('ignorieren', 'ignore'),
      }),
    }),
    field('Letzte_Aktion', 'date', labels('letzte Aktion', 'Last action', 'Última acción')),
    field('homepage_veroeffentlichen', 'boolean', labels('veröffentlichen', 'Publish', 'Publicar')),
    field('Aenderung', 'datetime', labels('Änderung', 'Last change'), { listed: false, readOnly: true }),
    field('uuid', 'varchar', labels('UUID', 'UUID'), { listed: false, readOnly: true, length: 36 }),
    ...(customer.ownFields ?? []).map((own) =>
      field(own.name, own.type, own.labels, {
        values: Object.entries(own.permitted ?? {}).map(([key, text]) => [key, labels(text)]),
      }),
    ),
  ];
  const inactive = new Set(customer.inactiveFields ?? []);
  let nextId = 1;
  for (const definition of definitions) {
    if (inactive.has(definition.name)) definition.active = false;
    for (const value of definition.permitted) value.id = nextId++;
  }
  return definitions;
}

/** Fields whose value is not stored under their name but derived from the record. */
export const DERIVED_FIELDS: ReadonlySet<string> = new Set(['ID', 'Email', 'Eintragsdatum', 'Aenderung', 'uuid']);
