import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ActionData, cleanText, Envelope, parseFields, parseFlag, parseIdList, parseMultiselect } from './schema.ts';

test('an answer is understood with numbers as text, empty objects as lists, and without a response', () => {
  expect(Envelope.parse({ status: { code: '400', errorcode: '22', message: null }, response: [] })).toEqual({
    status: { code: 400, errorcode: 22, message: '' },
    response: undefined,
  });
  expect(Envelope.parse({ status: { errorcode: 0 } })).toMatchObject({ status: { errorcode: 0 } });
  const result = { actionid: 'x', data: [], status: { errorcode: '137', message: 'bad' } };
  expect(
    Envelope.parse({ status: { code: 200, errorcode: 0, message: 'OK' }, response: { results: [result] } }).response,
  ).toMatchObject({ results: [{ status: { errorcode: 137, message: 'bad' } }] });
});

test.each([[null], ['<html>'], [{}], [{ status: 'OK' }], [{ status: {}, response: { results: [{ status: {} }] } }]])(
  'an answer without a readable status is refused (%o)',
  (body) => {
    expect(Envelope.safeParse(body).success).toBe(false);
  },
);

test('records come with ids as numbers or text, and the total may be missing', () => {
  const records = [{ id: 10505, type: 'address', elements: [] }, { id: '7', elements: { Name: 'x' } }, { id: null }];
  expect(ActionData.parse({ meta: { cntabsolute: '2' }, records })).toMatchObject({
    total: 2,
    records: [{ id: '10505' }, { id: '7' }, { id: '' }],
  });
  expect(ActionData.parse({ meta: [], records: [] })).toEqual({ total: undefined, records: [] });
  expect(ActionData.parse({ meta: { cntabsolute: null }, records: [] }).total).toBeUndefined();
});

test.each([[undefined], [null], [[]], [{ records: null }], [{ meta: {} }]])(
  'missing records are never taken for a customer without contacts (%o)',
  (data) => {
    expect(ActionData.safeParse(data).success).toBe(false);
  },
);

test('permitted values come as labels by key, as keys alone, as an empty list or not at all', () => {
  const fields = parseFields({
    label: 'Adressen',
    newsletter_aktiv: { type: 'singleselect', permittedvalues: [1, 0, 2] },
    NewsletterTag: { permittedvalues: { indMulti2098Select5952: ' tag one ', k2: '' } },
    Anrede: { permittedvalues: [] },
    Name: { permittedvalues: null },
    Privat: {},
  });
  expect(Object.fromEntries(fields)).toEqual({
    newsletter_aktiv: [
      { key: '1', label: '1' },
      { key: '0', label: '0' },
      { key: '2', label: '2' },
    ],
    NewsletterTag: [
      { key: 'indMulti2098Select5952', label: 'tag one' },
      { key: 'k2', label: 'k2' },
    ],
    Anrede: [],
    Name: [],
    Privat: [],
  });
  expect(parseFields([]).size).toBe(0);
});

test.each([
  ['|b||a|', ['a', 'b']],
  ['a', ['a']],
  [
    ['b', 'a', 'b'],
    ['a', 'b'],
  ],
  [null, []],
  ['', []],
  ['||', []],
  [[], []],
  [undefined, []],
  [[1, null], ['1']],
])('a multiselect is read in any shape (%o)', (value, keys) => {
  expect(parseMultiselect(value)).toEqual(keys);
});

test('keys joined with pipes are read back', () => {
  const key = fc.string({ minLength: 1, unit: fc.constantFrom(...'abcXYZ019_ä') });
  fc.assert(
    fc.property(fc.uniqueArray(key), (keys) => {
      expect(parseMultiselect(keys.map((each) => `|${each}|`).join(''))).toEqual([...keys].sort());
    }),
  );
});

test('text loses NUL characters and surrounding spaces, and numbers and booleans become text', () => {
  expect([' Mü\0ller\n', 4, true, false, null, undefined, {}].map(cleanText)).toEqual([
    'Müller',
    '4',
    '1',
    '0',
    '',
    '',
    '',
  ]);
});

test('a yes/no field says yes in any spelling of 1', () => {
  expect(['1', 1, true, 'true', '0', 0, false, null, ''].map(parseFlag)).toEqual([
    true,
    true,
    true,
    true,
    false,
    false,
    false,
    false,
    false,
  ]);
});

test('a list of ids is read as text', () => {
  expect(parseIdList(['153', 149])).toEqual(['153', '149']);
  expect(parseIdList({})).toEqual([]);
});
