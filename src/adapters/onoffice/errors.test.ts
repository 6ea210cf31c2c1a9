import { expect, test } from 'vitest';
import { errorMeaning, errorWords, numberedError, ONOFFICE_ERROR_CODES, refusesWholeRequest } from './errors.ts';

test.each([
  [22, 'auth', 'onoffice.credentials_invalid', 'call'],
  [137, 'auth', 'onoffice.credentials_invalid', 'call'],
  [153, 'auth', 'onoffice.credentials_invalid', 'call'],
  [104, 'auth', 'onoffice.user_inactive', 'call'],
  [193, 'auth', 'onoffice.claim_outdated', 'call'],
  [201, 'auth', 'onoffice.claim_outdated', 'call'],
  [248, 'auth', 'onoffice.claim_outdated', 'call'],
  [136, 'misconfigured', 'onoffice.clock_skew', 'call'],
  [158, 'misconfigured', 'onoffice.ip_blocked', 'call'],
  [75, 'misconfigured', 'onoffice.field_inactive', 'call'],
  [141, 'misconfigured', 'onoffice.field_inactive', 'call'],
  [170, 'forbidden', 'onoffice.no_read_right', 'record'],
  [131, 'forbidden', 'onoffice.no_write_right', 'record'],
  [174, 'forbidden', 'onoffice.no_write_right', 'record'],
  [183, 'forbidden', 'onoffice.no_write_right', 'record'],
  [261, 'forbidden', 'onoffice.no_write_right', 'record'],
  [77, 'misconfigured', 'onoffice.value_not_permitted', 'record'],
  [80, 'not_found', 'onoffice.record_missing', 'record'],
  [88, 'rejected', 'onoffice.record_refused', 'record'],
  [300, 'rejected', 'onoffice.email_refused', 'record'],
  [27, 'unavailable', 'onoffice.unavailable', 'record'],
  [212, 'unexpected_response', 'onoffice.sort_refused', 'call'],
  [302, 'unexpected_response', 'onoffice.request_invalid', 'record'],
  [97, 'unexpected_response', 'onoffice.action_failed', 'record'],
  [9999, 'unexpected_response', 'onoffice.action_failed', 'record'],
] as const)('error %i of onOffice is %s, %s', (number, kind, code, reach) => {
  expect(errorMeaning(number)).toMatchObject({ kind, code, reach });
});

test('only what the record itself causes is permanent', () => {
  const permanent = Array.from({ length: 305 }, (_, number) => number).filter((n) => errorMeaning(n).isPermanent);
  expect(permanent).toEqual([78, 79, 80, 81, 82, 83, 84, 85, 86, 87, 88, 96, 168, 185, 235, 258, 259, 260, 292, 300]);
});

test('every number leads to a code that has a text', () => {
  for (let number = 0; number <= 304; number += 1) expect(ONOFFICE_ERROR_CODES).toContain(errorMeaning(number).code);
});

test('an unreadable request is told from a refused action', () => {
  expect([15, 4, 137, 80].map(refusesWholeRequest)).toEqual([true, true, false, false]);
});

test('of an unknown field only its name is kept', () => {
  expect(errorWords(141, 'Unknown field: "Privat"')).toBe('Privat');
  expect(errorWords(75, 'Unknown field')).toBe('Unknown field');
});

test('an error carries neither addresses nor credentials', () => {
  const error = numberedError(300, 'Invalid value "eva@example.org" for geheimnis-1', { secrets: ['geheimnis-1'] });
  expect(error).toMatchObject({ system: 'onoffice', kind: 'rejected', status: 300, mayHaveHappened: false });
  expect(error.words).toBe('Invalid value "[address]" for [key]');
});
