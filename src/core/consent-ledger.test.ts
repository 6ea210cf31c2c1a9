import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mayRaise } from './consent-ledger.ts';

const at = (order: number | undefined) => (order === undefined ? undefined : { order });

test.each([
  ['nothing is booked', undefined, undefined, 0, 0, true],
  ['an opt-out is booked', 5, undefined, 0, 0, false],
  ['the opt-in is older', 5, 4, 0, 0, false],
  ['a tie is an opt-out', 5, 5, 0, 0, false],
  ['the opt-in is newer', 5, 6, 0, 0, true],
  ['the field was not Yes before the opt-out', 5, undefined, 4, 0, false],
  ['one reading of No booked the opt-out, and Yes came later', 5, undefined, 5, 0, true],
  ['one reading saw the No set, and Yes came later', undefined, undefined, 5, 5, true],
  ['the field was not Yes after the opt-out', 5, undefined, 6, 0, true],
  ['a No was seen to be set', undefined, undefined, 0, 5, false],
  ['a No was seen to be set after the opt-in', 3, 4, 0, 5, false],
  ['the opt-in is newer than the No that was seen to be set', 3, 6, 0, 5, true],
  ['an opt-in without any opt-out', undefined, 1, 0, 0, true],
])('R1: %s', (_, optOut, optIn, lastNotYes, lastSetToNo, isAllowed) => {
  expect(mayRaise({ optOut: at(optOut), optIn: at(optIn) }, { lastNotYes, lastSetToNo })).toBe(isAllowed);
});

const order = fc.option(fc.integer({ min: 1, max: 8 }), { nil: undefined });

test('R1: a newer opt-out never opens what an older record had shut', () => {
  fc.assert(
    fc.property(order, order, fc.nat(8), fc.nat(8), (optOut, optIn, lastNotYes, lastSetToNo) => {
      const ledger = { optOut: at(optOut), optIn: at(optIn) };
      const field = { lastNotYes, lastSetToNo };
      const later = { ...ledger, optOut: at((optOut ?? 0) + 1) };
      if (mayRaise(later, field)) expect(mayRaise(ledger, field)).toBe(true);
    }),
  );
});
