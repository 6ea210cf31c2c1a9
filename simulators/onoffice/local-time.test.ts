import fc from 'fast-check';
import { expect, test } from 'vitest';
import { earliestInstant, localDate, localDateTime, normalDateTime } from './local-time.ts';

const berlin = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Berlin',
  dateStyle: 'short',
  timeStyle: 'medium',
});
const instants = fc.integer({ min: Date.UTC(2000, 0), max: Date.UTC(2040, 0) });

test('prints Berlin time as Intl does', () => {
  fc.assert(fc.property(instants, (at) => localDateTime(at) === berlin.format(at)));
});

test('changes the clocks on the last Sundays of March and October', () => {
  expect(localDateTime(Date.UTC(2026, 2, 29, 0, 59, 59))).toBe('2026-03-29 01:59:59');
  expect(localDateTime(Date.UTC(2026, 2, 29, 1))).toBe('2026-03-29 03:00:00');
  expect(localDateTime(Date.UTC(2026, 9, 25, 0, 59, 59))).toBe('2026-10-25 02:59:59');
  expect(localDateTime(Date.UTC(2026, 9, 25, 1))).toBe('2026-10-25 02:00:00');
  expect(localDate(Date.UTC(2025, 11, 31, 23, 30))).toBe('2026-01-01');
});

test('the earliest instant of a text is never later than an instant that prints so', () => {
  fc.assert(fc.property(instants, (at) => earliestInstant(localDateTime(at)) <= at));
});

test.each([
  ['2026-01-31', '2026-01-31 00:00:00'],
  ['2026-01-31 08:15', '2026-01-31 08:15:00'],
  ['2026-01-31T08:15:30', '2026-01-31 08:15:30'],
  ['2026-02-30', undefined],
  ['31.01.2026', undefined],
  ['2026-01-31 25:00:00', undefined],
])('reads %s as %s', (text, normal) => {
  expect(normalDateTime(text)).toBe(normal);
});
