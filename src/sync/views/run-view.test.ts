import { expect, test } from 'vitest';
import { remainingSeconds } from './run-view.ts';

const START = Date.parse('2026-03-01T08:00:00Z');
const run = {
  state: 'running',
  done: 250,
  total: 1000,
  phaseStartedAt: new Date(START).toISOString(),
  finishedAt: null,
} as const;

test('what is left of a phase is told by its speed so far', () => {
  expect(remainingSeconds(run, START + 10_000)).toBe(30);
  expect(remainingSeconds({ ...run, done: 1000 }, START + 10_000)).toBe(0);
  expect(remainingSeconds({ ...run, done: 1200 }, START + 10_000)).toBe(0);
});

test.each([
  ['nothing is done yet', { done: 0 }],
  ['nobody knows how much there is', { total: null }],
  ['it waits', { state: 'waiting' as const }],
  ['it has ended', { finishedAt: new Date(START).toISOString() }],
])('nothing is told while %s', (_name, more) => {
  expect(remainingSeconds({ ...run, ...more }, START + 10_000)).toBeNull();
});
