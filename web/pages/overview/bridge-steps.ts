import type { Bridge } from '../../api-types.ts';

/** One step of the bridge: a sum, contacts that drop out, or members that come on top. */
export type BridgeStep = { count: number; from: number; to: number } & (
  | { kind: 'total'; name: 'contactsWithYes' | 'explainedMembers' | 'activeMembers' }
  | { kind: 'minus'; reason: Bridge['reasons'][number]['reason'] }
  | { kind: 'plus'; reason: Bridge['memberReasons'][number]['reason'] }
);

/** Contacts with Yes, minus each reason, the members these explain, plus each other kind of member, active members. */
export function bridgeSteps(bridge: Bridge): BridgeStep[] {
  const total = (name: 'contactsWithYes' | 'explainedMembers' | 'activeMembers'): BridgeStep => ({
    kind: 'total',
    name,
    count: bridge[name],
    from: 0,
    to: bridge[name],
  });
  const steps = [total('contactsWithYes')];
  let level = bridge.contactsWithYes;
  for (const { reason, count } of bridge.reasons) {
    if (count === 0) continue;
    steps.push({ kind: 'minus', reason, count, from: level - count, to: level });
    level -= count;
  }
  steps.push(total('explainedMembers'));
  level = bridge.explainedMembers;
  for (const { reason, count } of bridge.memberReasons) {
    if (count === 0) continue;
    steps.push({ kind: 'plus', reason, count, from: level, to: level + count });
    level += count;
  }
  steps.push(total('activeMembers'));
  return steps;
}

/** Where the chart's axis starts: 0, or a round number below every step where all of them lie far above 0. */
export function axisStart(steps: readonly BridgeStep[]): number {
  const highest = Math.max(...steps.map(({ to }) => to));
  const lowest = Math.min(...steps.map(({ kind, from, to }) => (kind === 'total' ? to : from)));
  if (lowest < 0.6 * highest) return 0;
  const span = Math.max(highest - lowest, 1);
  const round = 10 ** Math.floor(Math.log10(span));
  return Math.max(0, Math.floor((lowest - 0.35 * span) / round) * round);
}
