import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type BrakedCounts, brakeHits } from './brake.ts';

const NOTHING: BrakedCounts = {
  'remove-member': 0,
  'unsubscribe-member': 0,
  'add-member': 0,
  'raise-member': 0,
  'create-contact': 0,
  setToNone: 0,
  tagsTakenOff: 0,
};
const KINDS = Object.keys(NOTHING) as (keyof BrakedCounts)[];

test.each([
  // half of the members counts where it is less than 20
  [15, 7, false],
  [15, 8, true],
  [2, 1, false],
  [2, 2, true],
  [1, 1, true],
  [0, 1, true],
  [40, 20, false],
  [40, 21, true],
  // 20 counts where 5 % is less
  [400, 20, false],
  [400, 21, true],
  [419, 21, true],
  [420, 21, false],
  [10_000, 500, false],
  [10_000, 501, true],
  [10_019, 501, true],
])('R12: of %i managed members %i writes of one kind are asked: %s', (managed, count, isAsked) => {
  for (const kind of KINDS)
    expect(brakeHits({ ...NOTHING, [kind]: count }, managed), kind).toHaveLength(isAsked ? 1 : 0);
});

test('R12: whom the provider raises and whom it adds are subscribed alike', () => {
  expect(brakeHits({ ...NOTHING, 'add-member': 300, 'raise-member': 201 }, 10_000)).toEqual([
    { kind: 'add-member', count: 501, limit: 500 },
  ]);
});

test('R12: nothing to write is never asked', () => {
  for (const managed of [0, 1, 15, 10_000]) expect(brakeHits(NOTHING, managed)).toEqual([]);
});

test('R12: more than the larger of 20 and 5 %, or more than half, is asked', () => {
  fc.assert(
    fc.property(fc.nat(2000), fc.nat(200), fc.constantFrom(...KINDS), (managed, count, kind) => {
      const isAsked = count > Math.max(20, (managed * 5) / 100) || count > managed / 2;
      expect(brakeHits({ ...NOTHING, [kind]: count }, managed).length > 0).toBe(isAsked);
    }),
  );
});
