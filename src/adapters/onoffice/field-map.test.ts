import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseEmailAddress } from '../../core/email-address.ts';
import {
  type AddressFields,
  consentValue,
  emailPlace,
  missingField,
  optionalFields,
  parseConsent,
  parseContact,
  readableFields,
  salutationKey,
  writableConsents,
} from './field-map.ts';

/** A customer's fields; `newsletter` lists the permitted values of the Newsletter field. */
function fieldsWith(newsletter: readonly string[], ...more: readonly string[]): AddressFields {
  const values = newsletter.map((key) => ({ key, label: `label ${key}` }));
  const fields = new Map([['newsletter_aktiv', values]]);
  for (const name of ['Email', ...more]) fields.set(name, []);
  return fields;
}
const ALL = fieldsWith(
  ['1', '0', '2', '3', '4', '5'],
  'Anrede',
  'Briefanrede',
  'Vorname',
  'Name',
  'NewsletterTag',
  'Privat',
  'Status',
);

test.each([
  ['1', 'yes'],
  [1, 'yes'],
  ['0', 'no'],
  [0, 'no'],
  ['2', 'no'],
  ['3', 'pending'],
  ['4', 'none'],
  ['', 'none'],
  [null, 'none'],
  ['5', 'undeliverable'],
  ['6', 'unknown'],
  ['indSingle1', 'unknown'],
  [undefined, 'unknown'],
  [['1'], 'unknown'],
  [true, 'unknown'],
] as const)('the Newsletter field %o says %s', (value, consent) => {
  expect(parseConsent(value)).toBe(consent);
});

test('an opt-out is a cancellation, or a No by setting or where a cancellation is not permitted (R10)', () => {
  expect(consentValue('no', 'cancellation', ALL)).toBe('2');
  expect(consentValue('no', 'no', ALL)).toBe('0');
  expect(consentValue('no', 'cancellation', fieldsWith(['1', '0']))).toBe('0');
  expect(consentValue('no', 'no', fieldsWith(['1', '2']))).toBe('2');
});

test('a value that is not in the customer’s list is never written (R10, M20)', () => {
  const older = fieldsWith(['1', '0', '2', '3']);
  expect(consentValue('none', 'cancellation', older)).toBeUndefined();
  expect(consentValue('undeliverable', 'cancellation', older)).toBeUndefined();
  expect(consentValue('none', 'cancellation', fieldsWith(['1', '']))).toBe('');
  expect(writableConsents(older)).toEqual(['yes', 'no']);
  expect(writableConsents(ALL)).toEqual(['yes', 'no', 'none', 'undeliverable']);
});

test('whatever a customer permits, what is written is permitted and reads back as what was meant (R10)', () => {
  const lists = fc.subarray(['', '0', '1', '2', '3', '4', '5', '6', 'indSingle1']);
  const consents = fc.constantFrom('yes' as const, 'no' as const, 'none' as const, 'undeliverable' as const);
  fc.assert(
    fc.property(lists, consents, fc.constantFrom('cancellation' as const, 'no' as const), (list, consent, optOut) => {
      const value = consentValue(consent, optOut, fieldsWith(list));
      if (value === undefined) return;
      expect(list).toContain(value);
      expect(parseConsent(value)).toBe(consent);
    }),
  );
});

test('only fields that the customer has are asked for', () => {
  expect(readableFields(fieldsWith(['1'], 'Privat'))).toEqual(['newsletter_aktiv', 'Email', 'Aenderung', 'Privat']);
  expect(optionalFields(fieldsWith(['1'], 'Status2Adr'))).toEqual({
    tags: false,
    letterSalutation: false,
    privateFlag: false,
    archiveFlag: true,
  });
});

test('an address record becomes a contact', () => {
  const fields = new Map([...ALL, ['Anrede', [{ key: 'Frau', label: 'Ms' }]]]);
  const elements = {
    id: 10505,
    Email: ' Eva@Example.org ',
    newsletter_aktiv: 1,
    Anrede: 'Frau',
    Briefanrede: 'Sehr geehrte Frau Übler,',
    Vorname: 'E\0va',
    Name: null,
    NewsletterTag: '|k2||k1|',
    Privat: '1',
    Status: 0,
    Aenderung: '2026-02-01 15:14:26',
  };
  expect(parseContact({ id: '10505', elements }, fields)).toEqual({
    id: '10505',
    email: 'Eva@Example.org',
    consent: 'yes',
    fields: { salutation: 'Ms', letterSalutation: 'Sehr geehrte Frau Übler,', firstName: 'Eva', lastName: '' },
    tagKeys: ['k1', 'k2'],
    isPrivate: true,
    isArchived: true,
    modifiedAt: '2026-02-01 15:14:26',
  });
});

test('both kinds of status archive a contact', () => {
  const isArchived = (elements: unknown) => parseContact({ id: '1', elements }, ALL).isArchived;
  expect(isArchived({ Status: '1' })).toBe(false);
  expect(isArchived({ Status: null })).toBe(false);
  expect(isArchived({ Status2Adr: 'status2adr_archive' })).toBe(true);
  expect(isArchived({ Status2Adr: 'status2adr_active', Status: 1 })).toBe(false);
});

test('a field that is asked for and not delivered is noticed, an empty one is not', () => {
  expect(missingField({ id: '1', elements: { Email: '', Privat: null } }, ['Email', 'Privat'])).toBeUndefined();
  expect(missingField({ id: '1', elements: { Email: '' } }, ['Email', 'Privat'])).toBe('Privat');
  expect(missingField({ id: '1', elements: [] }, ['Email'])).toBe('Email');
});

test('a salutation is written by its key, found by key or label, and left out where the customer has none', () => {
  const fields = new Map([['Anrede', [{ key: 'Frau', label: 'Ms' }]]]);
  expect(['Ms', ' frau ', 'Sir', ''].map((text) => salutationKey(text, fields))).toEqual([
    'Frau',
    'Frau',
    undefined,
    undefined,
  ]);
  expect(salutationKey('Frau', new Map())).toBeUndefined();
});

test('an address is told as the main one, a further one, or as not there', () => {
  const email = parseEmailAddress('eva@example.org')!;
  expect(emailPlace({ id: '1', elements: { Email: 'EVA@example.org ' } }, email)).toBe('main-address');
  expect(emailPlace({ id: '1', elements: { Email: 'x@example.org', email__17: 'Eva@example.org' } }, email)).toBe(
    'further-address',
  );
  expect(emailPlace({ id: '1', elements: { emailprivate__18: 'eva@example.org' } }, email)).toBe('further-address');
  expect(emailPlace({ id: '1', elements: { email__17__Comment: 'eva@example.org' } }, email)).toBeUndefined();
  expect(emailPlace({ id: '1', elements: {} }, email)).toBeUndefined();
});
