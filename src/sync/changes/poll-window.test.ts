import { expect, test } from 'vitest';
import { asOfNow, CRM_OVERLAP_MS, laterStamp, moveStamp, PROVIDER_OVERLAP_MS, stoodAt } from './poll-window.ts';

test.each([
  ['2026-03-01 08:00:00', 61_000, '2026-03-01 08:01:01'],
  ['2026-03-01 00:00:30', -60_000, '2026-02-28 23:59:30'],
  ['2026-03-01T08:00:00.000Z', 1_500, '2026-03-01T08:00:01.500Z'],
  ['2026-03-01T08:00:00+01:00', 0, '2026-03-01T07:00:00.000Z'],
  ['', 5_000, ''],
  ['rubbish', 5_000, ''],
])('F4: a stamp of a vendor (%s) moves by durations of ours (%i ms)', (stamp, ms, moved) => {
  expect(moveStamp(stamp, ms)).toBe(moved);
});

test('F4: a change in the hour that is told twice in autumn is asked for, whenever it was polled before', () => {
  // 03:00 summer time becomes 02:00. The next poll asks from the last one's clock on: what changes after it is stamped 02:10.
  const asOf = asOfNow('2026-10-25 02:59:59', 10 * 60_000);
  expect(moveStamp(asOf, -CRM_OVERLAP_MS) < '2026-10-25 02:10:00').toBe(true);
});

test('our own clock being put back does not take a cursor back', () => {
  expect(asOfNow('2026-03-01 08:00:00', -5_000)).toBe('2026-03-01 08:00:00');
  expect(laterStamp('', '2026-03-01 08:00:00')).toBe('2026-03-01 08:00:00');
});

test.each([
  ['a poll before it', '2026-03-01T08:00:00.000Z', 300_000, '2026-03-01T08:04:00.000Z'],
  ['a poll in the middle of it', '2026-03-01T08:00:00.000Z', -30_000, '2026-03-01T07:58:30.000Z'],
])(
  'M13: a reading is complete up to where the vendor’s clock stood at its beginning, known from %s',
  (_, asOf, ms, stood) => {
    const readAt = '2026-03-01T09:30:00.000Z';
    expect(stoodAt(asOf, readAt, Date.parse(readAt) + ms, PROVIDER_OVERLAP_MS)).toBe(stood);
  },
);

test('without a poll nothing is known of the vendor’s clock', () => {
  expect(stoodAt('', null, 0, PROVIDER_OVERLAP_MS)).toBe('');
});
