import { describe, expect, test } from 'vitest';
import { newestStatements, type Statement } from './newest-statements.ts';

const at = (minute: number) => Date.parse('2026-03-01T08:00:00Z') + minute * 60_000;
const said = (effect: Statement['effect'], order: number, more: Partial<Statement> = {}): Statement => ({
  effect,
  order,
  isOfProvider: true,
  happenedAt: null,
  learnedAt: at(order),
  ...more,
});

describe('R1: whether a sign-up is newer than an opt-out', () => {
  test('is told by the times of the providers where it is learned later', () => {
    const left = said('opt-out', 1, { happenedAt: at(-10) });
    const since = said('opt-in', 2, { happenedAt: at(-9) });
    const before = said('opt-in', 2, { happenedAt: at(-11) });
    expect(newestStatements([left, since]).ledger).toEqual({ optOut: { order: 1 }, optIn: { order: 2 } });
    expect(newestStatements([left, before]).ledger).toEqual({ optOut: { order: 1 }, optIn: undefined });
  });

  test.each([
    [-1, undefined],
    [0, undefined],
    [1, { order: 3 }],
  ])('an opt-out that a reading showed had happened by then: sign-up %i minutes after it', (minutes, optIn) => {
    const read = said('opt-out', 2);
    const signUp = said('opt-in', 3, { happenedAt: at(2 + minutes) });
    expect(newestStatements([signUp, read])).toEqual({
      ledger: { optOut: { order: 2 }, optIn },
      leftAt: at(2),
    });
  });

  test('an opt-out that was told is not taken for another one when it is carried on', () => {
    const told = said('opt-out', 1, { happenedAt: at(-10) });
    const carriedOn = said('opt-out', 2);
    const back = said('opt-in', 3, { happenedAt: at(-5) });
    expect(newestStatements([told, carriedOn, back]).ledger.optIn).toEqual({ order: 3 });
    const leftAgain = said('opt-out', 4);
    expect(newestStatements([told, carriedOn, back, leftAgain]).leftAt).toBe(at(4));
  });

  test('what is learned after it has answered it, whatever the times say', () => {
    const signUp = said('opt-in', 1, { happenedAt: at(-5) });
    const left = said('opt-out', 2, { happenedAt: at(-10) });
    expect(newestStatements([signUp, left]).ledger).toEqual({ optOut: { order: 2 }, optIn: { order: 1 } });
  });

  test('what the CRM’s user or an operator says has no time of a provider', () => {
    const no = said('opt-out', 1, { isOfProvider: false });
    const signUp = said('opt-in', 2, { happenedAt: at(0) });
    expect(newestStatements([no, signUp]).ledger.optIn).toEqual({ order: 2 });
    const read = said('opt-out', 1);
    const entered = said('opt-in', 2, { isOfProvider: false, happenedAt: at(-60) });
    expect(newestStatements([read, entered]).ledger.optIn).toEqual({ order: 2 });
  });
});
