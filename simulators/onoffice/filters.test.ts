import { expect, test } from 'vitest';
import { ActionError } from './errors.ts';
import { type Column, parseFilter } from './filters.ts';

type Row = { name: string; number: string; day: string; tags: string[]; emails: string[] };

const ROW: Row = {
  name: 'Müller',
  number: '10',
  day: '2026-01-31 08:00:00',
  tags: ['a', 'b'],
  emails: ['Eva@immo-test.de', 'e.mueller@immo-test.de'],
};
const EMPTY: Row = { name: '', number: '', day: '', tags: [], emails: [] };

const COLUMNS: Record<string, Column<Row>> = {
  name: { kind: 'text', read: (row) => row.name },
  number: { kind: 'number', read: (row) => row.number },
  day: { kind: 'date', read: (row) => row.day },
  tags: { kind: 'multiselect', read: (row) => row.tags },
  email: { kind: 'list', read: (row) => row.emails },
};

function matches(filter: unknown, row = ROW): boolean {
  return parseFilter(filter, (name) => COLUMNS[name]!).matches(row);
}

function codeOf(filter: unknown): number {
  try {
    matches(filter);
  } catch (error) {
    if (error instanceof ActionError) return error.code;
  }
  return 0;
}

test.each([
  ['name', '=', 'müller', true],
  ['name', 'is', 'Müller', true],
  ['name', 'IS', 'Meier', false],
  ['name', '!=', 'Müller', false],
  ['name', '<>', 'Meier', true],
  ['name', 'like', 'mü%', true],
  ['name', 'LIKE', '%ll%', true],
  ['name', 'like', 'ller', false],
  ['name', 'not  like', '%x%', true],
  ['name', 'IN', ['Meier', 'Müller'], true],
  ['name', 'not in', ['Meier', 'Müller'], false],
  ['number', '=', 10, true],
  ['number', '>', '9', true],
  ['number', '<', 9, false],
  ['number', '>=', 10, true],
  ['number', '<=', 10, true],
  ['number', 'between', [1, 10], true],
  ['number', 'in', ['010'], true],
  ['day', '>=', '2026-01-31', true],
  ['day', '=', '2026-01-31', false],
  ['day', '=', '2026-01-31 08:00', true],
  ['day', 'BETWEEN', ['2026-01-01', '2026-01-31 08:00:00'], true],
  ['day', '<', '2026-01-31 08:00:00', false],
  ['tags', '=', 'a', true],
  ['tags', '!=', 'a', false],
  ['tags', 'in', ['c', 'b'], true],
  ['tags', 'not in', ['c'], true],
  ['tags', 'like', 'A', true],
  ['email', '=', 'E.MUELLER@immo-test.de', true],
  ['email', '!=', 'e.mueller@immo-test.de', false],
  ['email', 'like', 'eva%', true],
])('%s %s %j is %s', (field, op, val, expected) => {
  expect(matches({ [field]: [{ op, val }] })).toBe(expected);
});

test.each([
  ['name', '=', ''],
  ['tags', '=', ''],
  ['email', '=', ''],
  ['number', '!=', '0'],
  ['day', 'not in', ['2026-01-01']],
])('an empty %s is %s %j', (field, op, val) => {
  expect(matches({ [field]: [{ op, val }] }, EMPTY)).toBe(true);
});

test('nothing empty is smaller or greater than anything', () => {
  for (const op of ['>', '<', '>=', '<=']) {
    expect(matches({ number: [{ op, val: 5 }] }, EMPTY)).toBe(false);
    expect(matches({ day: [{ op, val: '2026-01-01' }] }, EMPTY)).toBe(false);
  }
});

test('expressions are joined by AND', () => {
  const both = (name: string) => ({
    name: [
      { op: 'like', val: 'm%' },
      { op: '=', val: name },
    ],
    number: [{ op: '=', val: 10 }],
  });
  expect(matches(both('Müller'))).toBe(true);
  expect(matches(both('Meier'))).toBe(false);
});

test('an empty filter in any form lets everything through', () => {
  for (const filter of [undefined, null, [], {}]) expect(matches(filter)).toBe(true);
});

test.each([
  [257, 'name = x'],
  [257, { name: { op: '=', val: 'x' } }],
  [257, { name: [{ op: '=' }] }],
  [257, { name: [{ op: '=', val: ['a', 'b'] }] }],
  [257, { number: [{ op: 'between', val: [1] }] }],
  [142, { name: [{ op: '~', val: 'x' }] }],
  [232, { tags: [{ op: '>', val: 'a' }] }],
  [122, { day: [{ op: '>', val: 'yesterday' }] }],
])('error %i for %j', (code, filter) => {
  expect(codeOf(filter)).toBe(code);
});
