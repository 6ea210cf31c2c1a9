import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PERSON_FIELDS, type PersonFields } from './contact.ts';
import { cutText } from './cut-text.ts';
import { fieldChanges } from './field-changes.ts';

const EMPTY: PersonFields = { salutation: '', letterSalutation: '', firstName: '', lastName: '' };
const withName = (firstName: string): PersonFields => ({ ...EMPTY, firstName });

test.each([
  ['onOffice leads', 'Ada', 'Bob', 'Bob', { before: 'Bob', after: 'Ada' }],
  ['onOffice leads at a first meeting', 'Ada', 'Bob', undefined, { before: 'Bob', after: 'Ada' }],
  ['an edit at the provider is written back', 'Ada', 'Bob', 'Ada', { before: 'Bob', after: 'Ada' }],
  ['equal fields are not written', 'Ada', 'Ada', 'Bob', undefined],
  ['an empty field at a first meeting empties nothing', '', 'Bob', undefined, undefined],
  ['a field that was empty before empties nothing', '', 'Bob', '', undefined],
  ['a field that was seen to become empty empties', '', 'Bob', 'Bob', { before: 'Bob', after: '' }],
  ['a field emptied on both sides is not written', '', '', 'Bob', undefined],
])('M9: %s', (_, wanted, held, before, change) => {
  const known = before === undefined ? undefined : withName(before);
  const found = fieldChanges(withName(wanted), withName(held), known, PERSON_FIELDS, 255);
  const expected = change && { before: { firstName: change.before }, after: { firstName: change.after } };
  expect(found).toEqual(expected);
});

test('a field that has no place at the provider is not written', () => {
  expect(fieldChanges(withName('Ada'), EMPTY, undefined, ['lastName'], 255)).toBeUndefined();
});

test('a text that the provider cuts is compared as it would be cut', () => {
  expect(fieldChanges(withName('Müller'), withName('Mü'), undefined, PERSON_FIELDS, 3)).toBeUndefined();
  expect(fieldChanges(withName('Müller'), EMPTY, undefined, PERSON_FIELDS, 3)?.after).toEqual({ firstName: 'Mü' });
});

const text = fc.constantFrom('', 'Ada', 'Bob', 'Müller');
const fields = fc.record({ salutation: text, letterSalutation: text, firstName: text, lastName: text });

test('M9: only mapped fields change, none is emptied unless it was seen to become empty, and once is enough', () => {
  fc.assert(
    fc.property(
      fields,
      fields,
      fc.option(fields, { nil: undefined }),
      fc.subarray([...PERSON_FIELDS]),
      fc.constantFrom(3, 255),
      (wanted, held, base, mapped, maxBytes) => {
        const change = fieldChanges(wanted, held, base, mapped, maxBytes);
        const after = { ...held, ...change?.after };
        for (const field of PERSON_FIELDS) {
          const isSeenEmptied = wanted[field] === '' && base !== undefined && base[field] !== '';
          const isLeft = !mapped.includes(field) || (wanted[field] === '' && !isSeenEmptied);
          expect(after[field]).toBe(isLeft ? held[field] : cutText(wanted[field], maxBytes));
          if (change && field in change.after) expect(change.before[field]).toBe(held[field]);
        }
        expect(fieldChanges(wanted, after, base, mapped, maxBytes)).toBeUndefined();
        expect(fieldChanges(wanted, after, wanted, mapped, maxBytes)).toBeUndefined();
      },
    ),
  );
});
