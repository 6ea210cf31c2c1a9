import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PERSON_FIELDS } from '../../core/contact.ts';
import { fitTextField, fromMergeFields, newMergeField, recogniseMergeFields, toMergeFields } from './field-map.ts';
import { FIELD_NAMES, FIELD_TAGS, foldName, NEW_FIELDS } from './field-names.ts';
import type { MergeField } from './schema.ts';

const text = (tag: string, name: string): MergeField => ({ tag, name, type: 'text' });
const LANGUAGES = ['de', 'en', 'es', 'it', 'fr'] as const;

test.each([
  ['First Name', 'Last Name', 'Salutation'],
  ['Vorname', 'Nachname', 'Anrede'],
  ['Nombre', 'Apellidos', 'Tratamiento / Saludo'],
  ['Nome', 'Cognome', 'Appellativo'],
  ['PRÉNOM', 'Nom', 'Civilité'],
  ['Voornaam', 'Achternaam', 'Aanhef'],
  ['Imię', 'Nazwisko', 'Zwrot grzecznościowy'],
  ['Jméno', 'Příjmení', 'Oslovení'],
])('renamed fields are recognised by name: %s, %s, %s', (first, last, salutation) => {
  const { mapping, missing } = recogniseMergeFields([
    text('MMERGE1', first),
    text('MMERGE2', last),
    text('MMERGE3', salutation),
    text('MMERGE4', 'Lieblingsfarbe'),
  ]);
  expect(mapping).toEqual({ firstName: 'MMERGE1', lastName: 'MMERGE2', salutation: 'MMERGE3' });
  expect(missing).toEqual(['letterSalutation']);
});

test('the tag counts more than the name', () => {
  const { mapping } = recogniseMergeFields([text('MMERGE9', 'Vorname'), text('FNAME', 'Rufname')]);
  expect(mapping.firstName).toBe('FNAME');
});

test('one field is recognised only once', () => {
  const { mapping } = recogniseMergeFields([text('FNAME', 'Nachname'), text('MMERGE2', 'Nachname')]);
  expect(mapping).toEqual({ firstName: 'FNAME', lastName: 'MMERGE2' });
});

test('only text fields are recognised and offered', () => {
  const { fields, mapping } = recogniseMergeFields([
    { tag: 'ANREDE', name: 'Anrede', type: 'dropdown' },
    { tag: 'ADDRESS', name: 'Adresse', type: 'address' },
    text('LNAME', ''),
  ]);
  expect([fields, mapping]).toEqual([[{ key: 'LNAME', label: 'LNAME' }], { lastName: 'LNAME' }]);
});

test.each(LANGUAGES)('what we create in %s is recognised again', (language) => {
  const made = PERSON_FIELDS.map((field) => newMergeField(field, language, []));
  expect(recogniseMergeFields(made).missing).toEqual([]);
  expect(recogniseMergeFields(made.map(({ name }, number) => text(`MMERGE${number}`, name))).missing).toEqual([]);
});

test('a new tag is free and fits', () => {
  expect(newMergeField('salutation', 'en', ['salutation'])).toEqual({
    tag: 'SALUTATIO2',
    name: 'Salutation',
    type: 'text',
    public: false,
    required: false,
  });
  expect(newMergeField('salutation', 'de', ['ANREDE', 'ANREDE2']).tag).toBe('ANREDE3');
  for (const language of LANGUAGES)
    for (const field of PERSON_FIELDS) expect(NEW_FIELDS[language][field].tag).toMatch(/^[A-Z0-9_]{1,10}$/);
});

test('no name and no tag stands for two fields', () => {
  const names = PERSON_FIELDS.flatMap((field) => [...new Set(FIELD_NAMES[field].map(foldName))]);
  expect(names.filter((name, place) => names.indexOf(name) !== place)).toEqual([]);
  const tags = PERSON_FIELDS.flatMap((field) => FIELD_TAGS[field]);
  expect(new Set(tags).size).toBe(tags.length);
});

test('empty fields clear a member, and say nothing about a new one', () => {
  const mapping = { firstName: 'FNAME', lastName: 'LNAME' };
  const fields = { salutation: 'Frau', firstName: '', lastName: 'Muster' };
  expect(toMergeFields(fields, mapping, 'clear')).toEqual({ FNAME: '', LNAME: 'Muster' });
  expect(toMergeFields(fields, mapping, 'leave-out')).toEqual({ LNAME: 'Muster' });
});

test('fields are read by the mapping; what is no text is empty', () => {
  const mapping = { firstName: 'FNAME', lastName: 'LNAME', salutation: 'ADDRESS' };
  expect(fromMergeFields({ FNAME: 'Anna', LNAME: 7, ADDRESS: { addr1: 'x' } }, mapping)).toEqual({
    firstName: 'Anna',
    lastName: '7',
    salutation: '',
    letterSalutation: '',
  });
});

test('a long text is cut at 255 bytes between characters', () => {
  expect(fitTextField('ä'.repeat(200))).toBe('ä'.repeat(127));
  const family = '👩‍👩‍👧‍👦';
  expect(fitTextField(family.repeat(20))).toBe(family.repeat(10));
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (value) => {
      const fitted = fitTextField(value);
      expect(value.startsWith(fitted)).toBe(true);
      expect(Buffer.byteLength(fitted)).toBeLessThanOrEqual(255);
      expect(fitted.isWellFormed()).toBe(value.isWellFormed());
      expect(fitTextField(fitted)).toBe(fitted);
    }),
  );
});
