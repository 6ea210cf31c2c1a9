import { expect, test } from 'vitest';
import { completeAsOf } from './as-of.ts';

test.each([
  ['the CRM’s local time', '2026-03-01 09:00:10', 5_000, '2026-03-01 09:00:04'],
  ['over midnight', '2026-03-01 00:00:01', 1_000, '2026-02-28 23:59:59'],
  ['an instant in UTC', '2026-03-01T08:00:10.000Z', 90_000, '2026-03-01T07:58:39.000Z'],
  ['a clock of ours that went back', '2026-03-01T08:00:10.000Z', -5, '2026-03-01T08:00:09.000Z'],
  ['nothing seen', '', 5_000, ''],
  ['a stamp that is none', '0000-00-00 00:00:00', 5_000, ''],
])('M13: a reading is complete up to its own beginning: %s', (_, newest, tookMs, expected) => {
  expect(completeAsOf(newest, tookMs)).toBe(expected);
});
