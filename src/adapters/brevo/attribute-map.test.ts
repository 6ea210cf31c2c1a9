import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PERSON_FIELDS } from '../../core/contact.ts';
import { fromAttributes, newAttributeName, recogniseAttributes, toAttributes } from './attribute-map.ts';
import type { Attribute } from './schema.ts';

const text = (name: string): Attribute => ({ name, category: 'normal', type: 'text' });
const LANGUAGES = ['de', 'en', 'es', 'it', 'fr'] as const;

test.each([
  ['English', 'FIRSTNAME', 'LASTNAME'],
  ['German', 'VORNAME', 'NACHNAME'],
  ['French', 'PRENOM', 'NOM'],
  ['Spanish', 'NOMBRE', 'APELLIDOS'],
  ['Italian', 'NOME', 'COGNOME'],
  ['Portuguese', 'NOME', 'SOBRENOME'],
  ['very old', 'NAME', 'SURNAME'],
])('the names of an account opened in another language are recognised: %s', (_language, firstName, lastName) => {
  const { mapping, missing } = recogniseAttributes([text(lastName), text(firstName), text('LIEBLINGSFARBE')]);
  expect(mapping).toEqual({ firstName, lastName });
  expect(missing).toEqual(['salutation', 'letterSalutation']);
});

test.each([
  ['ANREDE', 'BRIEFANREDE'],
  ['SALUTATION', 'LETTER_SALUTATION'],
  ['TRATAMIENTO', 'SALUDO'],
  ['APPELLATIVO', 'FORMULA_DI_APERTURA'],
  ['CIVILITE', 'FORMULE_APPEL'],
  ['TRATAMENTO', 'SAUDACAO'],
])('salutations are recognised: %s, %s', (salutation, letterSalutation) => {
  expect(recogniseAttributes([text(salutation), text(letterSalutation)]).mapping).toEqual({
    salutation,
    letterSalutation,
  });
});

test('a renamed attribute is missing, not guessed', () => {
  const { mapping, missing, fields } = recogniseAttributes([text('RUFNAME'), text('VORNAMEN'), text('NACHNAME')]);
  expect(mapping).toEqual({ lastName: 'NACHNAME' });
  expect(missing).toContain('firstName');
  expect(fields.map(({ key }) => key)).toEqual(['RUFNAME', 'VORNAMEN', 'NACHNAME']);
});

test('NAME alone may hold anything', () => {
  expect(recogniseAttributes([text('NAME')]).mapping).toEqual({});
});

test('the pair that contacts have filled counts, else the order of the languages', () => {
  const both = [text('FIRSTNAME'), text('LASTNAME'), text('VORNAME'), text('NACHNAME')];
  const german = [{ VORNAME: 'Anna', NACHNAME: 'Muster' }, { FIRSTNAME: '' }];
  expect(recogniseAttributes(both, german).mapping).toMatchObject({ firstName: 'VORNAME', lastName: 'NACHNAME' });
  expect(recogniseAttributes(both).mapping).toMatchObject({ firstName: 'FIRSTNAME', lastName: 'LASTNAME' });
});

test('a whole pair counts more than halves of others', () => {
  const { mapping } = recogniseAttributes([text('FIRSTNAME'), text('VORNAME'), text('NACHNAME')]);
  expect(mapping).toEqual({ firstName: 'VORNAME', lastName: 'NACHNAME' });
});

test('only texts that people may fill are fields', () => {
  const { fields, mapping } = recogniseAttributes([
    { name: 'ANREDE', category: 'category', type: 'category' },
    { name: 'VORNAME', category: 'normal', type: 'date' },
    { name: 'BLACKLIST', category: 'global', type: '' },
    text('SMS'),
    text('EXT_ID'),
  ]);
  expect([fields, mapping]).toEqual([[], {}]);
});

test('what is created completes the pair that is there', () => {
  expect(newAttributeName('lastName', 'en', new Set(['VORNAME']))).toBe('NACHNAME');
  expect(newAttributeName('firstName', 'de', new Set(['NOM']))).toBe('PRENOM');
});

test('what is created is recognised again, whatever was taken', () => {
  for (const language of LANGUAGES) {
    const attributes: Attribute[] = [];
    for (const field of PERSON_FIELDS)
      attributes.push(text(newAttributeName(field, language, new Set(attributes.map(({ name }) => name)))));
    expect(recogniseAttributes(attributes).missing).toEqual([]);
  }
  expect(newAttributeName('salutation', 'de', new Set(['ANREDE', 'ANREDE2']))).toBe('ANREDE3');
});

test('what was written is read back, cut at 255 bytes between two characters', () => {
  const mapping = { firstName: 'VORNAME', lastName: 'NACHNAME', salutation: 'ANREDE', letterSalutation: 'BRIEFANREDE' };
  fc.assert(
    fc.property(fc.record(Object.fromEntries(PERSON_FIELDS.map((field) => [field, fc.string()]))), (fields) => {
      const read = fromAttributes(toAttributes(fields, mapping, 'clear'), mapping);
      for (const field of PERSON_FIELDS) {
        expect(fields[field]?.startsWith(read[field])).toBe(true);
        expect(Buffer.byteLength(read[field])).toBeLessThanOrEqual(255);
      }
    }),
  );
});

test('empty fields are left out of a new contact and empty the attribute of an existing one', () => {
  const mapping = { firstName: 'VORNAME', lastName: 'NACHNAME' };
  const fields = { firstName: '', lastName: 'Muster', salutation: 'Frau' };
  expect(toAttributes(fields, mapping, 'leave-out')).toEqual({ NACHNAME: 'Muster' });
  expect(toAttributes(fields, mapping, 'clear')).toEqual({ VORNAME: '', NACHNAME: 'Muster' });
});
