import { expect, test } from 'vitest';
import { tablesInOrder } from './tables-in-order.ts';

test('F9: in a backup the rows that others point to come first', () => {
  const references = [
    { from: 'connections', to: 'tenants' },
    { from: 'contacts', to: 'connections' },
    { from: 'contacts', to: 'tenants' },
    { from: 'journal', to: 'journal' },
    { from: 'journal', to: 'elsewhere' },
  ];
  expect(tablesInOrder(['contacts', 'journal', 'connections', 'tenants'], references)).toEqual([
    'journal',
    'tenants',
    'connections',
    'contacts',
  ]);
});

test('tables that point to each other are refused instead of stored in a wrong order', () => {
  const circle = [
    { from: 'a', to: 'b' },
    { from: 'b', to: 'a' },
  ];
  expect(() => tablesInOrder(['a', 'b', 'c'], circle)).toThrow('in a circle: a, b');
});
