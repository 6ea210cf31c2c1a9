import { expect, test } from 'vitest';
import { base, contact, member, person } from '../../test/support/person-cases.ts';
import { isLeftAnew as isLeft } from './is-left-anew.ts';
import type { PersonCase } from './person-case.ts';

const AGREED = base('no', 'unsubscribed');
const said = (consent: 'yes' | 'no', more: Parameters<typeof contact>[0] = {}) => contact({ consent, ...more });

const isLeftAnew = (known: PersonCase) => isLeft(known, false);

/** He had left, which was booked, and was read as subscribed after that. */
const back = (overrides: Partial<PersonCase> = {}): PersonCase =>
  person({
    contacts: [said('no', { base: AGREED })],
    member: member('subscribed'),
    ledger: { optOut: { order: 3 }, optIn: undefined },
    statusOrder: 5,
    ...overrides,
  });

test('R1: who had left, was back and leaves has left anew, whatever the field says by the time that this is read', () => {
  expect(isLeftAnew(back())).toBe(true);
  expect(isLeftAnew(back({ contacts: [said('yes', { base: AGREED })] }))).toBe(true);
  expect(isLeftAnew(back({ contacts: [] }))).toBe(true);
  const answered = { optOut: { order: 3 }, optIn: { order: 4 } };
  expect(isLeftAnew(back({ ledger: answered }))).toBe(true);
  expect(isLeftAnew(back({ ledger: { ...answered, optOut: undefined } }))).toBe(true);
});

test('R1: what was booked since he was last read is this very leaving', () => {
  expect(isLeftAnew(back({ ledger: { optOut: { order: 6 }, optIn: undefined } }))).toBe(false);
  const setToNo = said('no', { base: AGREED, history: { lastNotYes: 6, lastSetToNo: 6 } });
  expect(isLeftAnew(back({ contacts: [setToNo] }))).toBe(false);
});

test('R5, R6: what the next plan writes into the CRM is booked with that', () => {
  expect(isLeftAnew(back({ contacts: [said('yes', { base: base('yes', 'subscribed') })] }))).toBe(false);
  expect(isLeftAnew(back({ contacts: [said('yes')] }))).toBe(false);
});

test('R5: of whom nothing is on record, nothing can be taken for the answer', () => {
  expect(isLeftAnew(back({ ledger: { optOut: undefined, optIn: undefined } }))).toBe(false);
});

test('R1, R15: who is not in goes for no No: a newer one is not his leaving, what his provider has told is', () => {
  const known = back({ member: member('known'), ledger: { optOut: { order: 6 }, optIn: { order: 7 } } });
  expect(isLeft(known, false)).toBe(true);
  expect(isLeft(known, true)).toBe(false);
  expect(isLeft({ ...known, member: member('pending') }, false)).toBe(false);
});
