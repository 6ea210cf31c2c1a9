import { expect, test } from 'vitest';
import { type CountedModule, closingLine, countTests } from './closing-line-reporter.ts';

const module = (state: string, passed: number, failed: number): CountedModule => ({
  state: () => state,
  children: { allTests: (wanted) => Array.from({ length: wanted === 'passed' ? passed : failed }) },
});

test('the closing line adds up the tests of all files', () => {
  expect(countTests([module('passed', 3, 0), module('failed', 1, 2)], 0)).toEqual({ passed: 4, failed: 2 });
});

test('a file that could not be read and an error outside of any test are failures', () => {
  expect(countTests([module('failed', 0, 0), module('passed', 5, 0)], 1)).toEqual({ passed: 5, failed: 2 });
});

test('a run that ends badly never says that nothing failed', () => {
  expect(closingLine({ passed: 2, failed: 0 }, 0)).toBe('2 passed, 0 failed');
  expect(closingLine({ passed: 2, failed: 3 }, 1)).toBe('2 passed, 3 failed');
  expect(closingLine({ passed: 2, failed: 0 }, 1)).toBe('2 passed, 1 failed');
});
