import { expect, test } from 'vitest';
import { optOutDays } from './opt-out-days.ts';

test('each of the thirty days has its place, with or without opt-outs', () => {
  const days = optOutDays({
    since: '2026-02-27T00:00:00.000Z',
    days: [
      { day: '2026-03-01', direction: 'to-crm', count: 4, p50: 800, max: 1_200 },
      { day: '2026-03-01', direction: 'to-provider', count: 1, p50: 30_000, max: 30_000 },
    ],
  });
  expect(days).toHaveLength(30);
  expect(days.slice(0, 3)).toEqual([
    { day: '2026-02-27', toCrm: 0, toProvider: 0 },
    { day: '2026-02-28', toCrm: 0, toProvider: 0 },
    { day: '2026-03-01', toCrm: 4, toProvider: 1 },
  ]);
  expect(days.at(-1)?.day).toBe('2026-03-28');
});
