import { describe, expect, test } from 'vitest';
import { planDisconnect } from './plan-disconnect.ts';

const ACTIVE = { state: 'active', twin: null, wentBack: null } as const;
const TWIN = { cause: 'copied', at: '2026-03-01T08:00:00.000Z' } as const;
const RESTORED = { cause: 'restore', at: '2026-03-01T08:00:00.000Z', isCaughtUp: false } as const;

describe('U7: how a connection ends', () => {
  test.each(['draft', 'ready'] as const)('%s that never synchronised leaves nothing behind', (state) => {
    expect(planDisconnect({ ...ACTIVE, state }, false, 'keep')).toBe('remove');
    expect(planDisconnect({ ...ACTIVE, state }, false, 'take-out')).toBe('remove');
  });

  test.each(['draft', 'ready', 'active', 'attention', 'leaving'] as const)(
    '%s that has synchronised keeps what was learned',
    (state) => {
      expect(planDisconnect({ ...ACTIVE, state }, true, 'keep')).toBe('disconnect');
    },
  );

  test('an active one takes out whom we put there, if that is wished', () => {
    expect(planDisconnect(ACTIVE, true, 'take-out')).toBe('leave');
    expect(planDisconnect(ACTIVE, false, 'take-out')).toBe('leave');
  });

  test.each([
    ['its key does not work', { ...ACTIVE, state: 'attention' as const }],
    ['it is about to already', { ...ACTIVE, state: 'leaving' as const }],
    ['it has no keys of a set-up that is over', { ...ACTIVE, state: 'draft' as const }],
    ['another copy may work on the audience', { ...ACTIVE, twin: TWIN }],
    ['its data are old', { ...ACTIVE, wentBack: RESTORED }],
  ])('nobody is taken out where %s', (_, connection) => {
    expect(() => planDisconnect(connection, true, 'take-out')).toThrow(
      expect.objectContaining({ code: 'connection.leave_not_possible' }),
    );
  });

  test('it ends once', () => {
    expect(() => planDisconnect({ ...ACTIVE, state: 'disconnected' }, true, 'keep')).toThrow(
      expect.objectContaining({ code: 'connection.disconnected' }),
    );
  });
});
