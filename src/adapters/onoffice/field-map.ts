import type { CrmConsent } from '../../core/consent.ts';
import type { Contact } from '../../core/contact.ts';
import type { CrmAccess } from '../../core/crm.ts';
import { type EmailAddress, parseEmailAddress } from '../../core/email-address.ts';
import {
  cleanText,
  type OnOfficeRecord,
  type PermittedValue,
  parseElements,
  parseFlag,
  parseMultiselect,
} from './schema.ts';

/** onOffice's names of the address fields that we use; they are case-sensitive. */
export const FIELD = {
  consent: 'newsletter_aktiv',
  tags: 'NewsletterTag',
  private: 'Privat',
  status: 'Status',
  newerStatus: 'Status2Adr',
  changed: 'Aenderung',
  email: 'Email',
  salutation: 'Anrede',
  letterSalutation: 'Briefanrede',
  firstName: 'Vorname',
  lastName: 'Name',
  origin: 'HerkunftKontakt',
  customerNumber: 'KdNr',
} as const;

/** Without these nothing can be decided. */
export const REQUIRED_FIELDS = [FIELD.consent, FIELD.email] as const;

/** What a customer's field list permits, by field name. A field that is not there is inactive. */
export type AddressFields = ReadonlyMap<string, readonly PermittedValue[]>;

const CONSENTS: Readonly<Record<string, CrmConsent>> = {
  '0': 'no',
  '1': 'yes',
  '2': 'no',
  '3': 'pending',
  '4': 'none',
  '5': 'undeliverable',
  '': 'none',
};

/**
 * Reads the Newsletter field. A value that came as something else than text, number or null is as unknown as one that the
 * customer invented.
 */
export function parseConsent(value: unknown): CrmConsent {
  if (value !== null && typeof value !== 'string' && typeof value !== 'number') return 'unknown';
  return CONSENTS[cleanText(value)] ?? 'unknown';
}

/**
 * The value to be written for a consent; undefined where the customer's list permits none (R10).
 *
 * @param optOutValue which of the two kinds of No is preferred
 */
export function consentValue(
  consent: Exclude<CrmConsent, 'unknown' | 'pending'>,
  optOutValue: 'cancellation' | 'no',
  fields: AddressFields,
): string | undefined {
  const permitted = new Set(fields.get(FIELD.consent)?.map((value) => value.key));
  const wanted = {
    yes: ['1'],
    no: optOutValue === 'cancellation' ? ['2', '0'] : ['0', '2'],
    none: ['4', ''],
    undeliverable: ['5'],
  }[consent];
  return wanted.find((value) => permitted.has(value));
}

/** The consents that can be written with the customer's list. */
export function writableConsents(fields: AddressFields): readonly CrmConsent[] {
  return (['yes', 'no', 'none', 'undeliverable'] as const).filter(
    (consent) => consentValue(consent, 'cancellation', fields) !== undefined,
  );
}

/** Which optional fields the customer has. */
export function optionalFields(fields: AddressFields): CrmAccess['has'] {
  return {
    tags: fields.has(FIELD.tags),
    letterSalutation: fields.has(FIELD.letterSalutation),
    privateFlag: fields.has(FIELD.private),
    archiveFlag: fields.has(FIELD.status) || fields.has(FIELD.newerStatus),
  };
}

/** The fields to ask for: only those that the customer has, because an inactive one makes the whole call fail. */
export function readableFields(fields: AddressFields): readonly string[] {
  const optional = [
    FIELD.salutation,
    FIELD.letterSalutation,
    FIELD.firstName,
    FIELD.lastName,
    FIELD.tags,
    FIELD.private,
    FIELD.status,
    FIELD.newerStatus,
  ].filter((name) => fields.has(name));
  // The time of the last change is a system field: readable, but in no field list.
  return [...REQUIRED_FIELDS, FIELD.changed, ...optional];
}

/** The first field that was asked for and is not delivered; an empty value is delivered. */
export function missingField(record: OnOfficeRecord, asked: readonly string[]): string | undefined {
  const elements = parseElements(record.elements);
  return asked.find((name) => elements[name] === undefined);
}

/** Reads an address record. The salutation travels as its label, which is what a newsletter greets with. */
export function parseContact(record: OnOfficeRecord, fields: AddressFields): Contact {
  const elements = parseElements(record.elements);
  const salutation = cleanText(elements[FIELD.salutation]);
  return {
    id: record.id,
    email: cleanText(elements[FIELD.email]),
    consent: parseConsent(elements[FIELD.consent]),
    fields: {
      salutation: fields.get(FIELD.salutation)?.find((value) => value.key === salutation)?.label ?? salutation,
      letterSalutation: cleanText(elements[FIELD.letterSalutation]),
      firstName: cleanText(elements[FIELD.firstName]),
      lastName: cleanText(elements[FIELD.lastName]),
    },
    tagKeys: parseMultiselect(elements[FIELD.tags]),
    isPrivate: parseFlag(elements[FIELD.private]),
    isArchived:
      cleanText(elements[FIELD.status]) === '0' || cleanText(elements[FIELD.newerStatus]) === 'status2adr_archive',
    modifiedAt: cleanText(elements[FIELD.changed]),
  };
}

/** The permitted key that a salutation means, by key or label; undefined where the customer has none for it. */
export function salutationKey(salutation: string, fields: AddressFields): string | undefined {
  const wanted = salutation.trim().toLowerCase();
  if (wanted === '') return undefined;
  return fields
    .get(FIELD.salutation)
    ?.find((value) => value.label.toLowerCase() === wanted || value.key.toLowerCase() === wanted)?.key;
}

/**
 * Where a record holds an address: as its main one, among the others, or not at all.
 * Contact entries come under keys such as `email__17` or `privateemail__18`, remarks under `…__Comment`.
 */
export function emailPlace(
  record: OnOfficeRecord,
  email: EmailAddress,
): 'main-address' | 'further-address' | undefined {
  const elements = parseElements(record.elements);
  if (parseEmailAddress(cleanText(elements[FIELD.email])) === email) return 'main-address';
  return emailSpelling(record, email) === undefined ? undefined : 'further-address';
}

/** How a record's entry of an address is written, as the CRM wants it to be named; undefined when it has none. */
export function emailSpelling(record: OnOfficeRecord, email: EmailAddress): string | undefined {
  const entry = Object.entries(parseElements(record.elements)).find(
    ([key, value]) => /email.*__\d+$/i.test(key) && parseEmailAddress(cleanText(value)) === email,
  );
  return typeof entry?.[1] === 'string' ? entry[1] : undefined;
}
