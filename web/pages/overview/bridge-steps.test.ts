import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Bridge } from '../../api-types.ts';
import { axisStart, bridgeSteps } from './bridge-steps.ts';

const bridge: Bridge = {
  contactsWithYes: 100,
  reasons: [
    { reason: 'private', count: 10 },
    { reason: 'no_email', count: 0 },
    { reason: 'waiting', count: 5 },
  ],
  explainedMembers: 85,
  memberReasons: [{ reason: 'unknown_member', count: 7 }],
  activeMembers: 92,
  addsUp: true,
  asOf: '2026-01-01T00:00:00Z',
};

test('each step of the bridge begins where the one before ended, and empty ones are left out', () => {
  expect(bridgeSteps(bridge).map(({ from, to }) => [from, to])).toEqual([
    [0, 100],
    [90, 100],
    [85, 90],
    [0, 85],
    [85, 92],
    [0, 92],
  ]);
});

test('the axis starts at 0 where the steps reach far down', () => {
  expect(axisStart(bridgeSteps({ ...bridge, explainedMembers: 20, activeMembers: 27 }))).toBe(0);
});

test('the axis never starts above a step nor below 0', () => {
  fc.assert(
    fc.property(fc.nat(200_000), fc.nat(5_000), fc.nat(5_000), (yes, missing, extra) => {
      const explainedMembers = Math.max(0, yes - missing);
      const steps = bridgeSteps({
        ...bridge,
        contactsWithYes: yes,
        reasons: [{ reason: 'private', count: yes - explainedMembers }],
        explainedMembers,
        memberReasons: [{ reason: 'unknown_member', count: extra }],
        activeMembers: explainedMembers + extra,
      });
      const start = axisStart(steps);
      return start >= 0 && steps.every(({ kind, from, to }) => start <= (kind === 'total' ? to : from));
    }),
  );
});
