import { expect, test } from 'vitest';
import type { ActivityKind } from './activity.ts';
import { groupActivities } from './activity-groups.ts';
import { type ActivityCandidate, type ActivityRules, planActivities } from './plan-activities.ts';

const AT = '2026-03-01T08:00:00.000Z';

const mail = (id: number, more: Partial<ActivityCandidate> = {}): ActivityCandidate => ({
  id,
  kind: 'delivered',
  campaignId: 'c1',
  contactId: String(id),
  happenedAt: AT,
  detail: '',
  groupLimit: 1000,
  attempts: 0,
  isChecked: false,
  isOurs: true,
  isDouble: false,
  ...more,
});

const rules = (more: Partial<ActivityRules> = {}): ActivityRules => ({
  ticked: new Set<ActivityKind>(['delivered', 'opened']),
  otherLists: true,
  wentBackAt: undefined,
  ...more,
});

const fateOf = (candidate: ActivityCandidate, more: Partial<ActivityRules> = {}): string => {
  const plan = planActivities([candidate], rules(more));
  if (plan.write.length > 0) return 'write';
  if (plan.check.length > 0) return 'check';
  return plan.later.length > 0 ? 'later' : (plan.leaveOut[0]?.reason ?? '');
};

test.each<[string, Partial<ActivityCandidate>, Partial<ActivityRules>, string]>([
  ['a ticked kind is written', {}, {}, 'write'],
  ['M4: a kind that is not ticked any more is not', { kind: 'clicked' }, {}, 'not_ticked'],
  ['M4: sign-ups and opt-outs cannot be unticked', { kind: 'unsubscribed', campaignId: '' }, {}, 'write'],
  ['who has no contact yet may be getting one', { contactId: null }, {}, 'later'],
  ['who still has none gets no entry', { contactId: null, attempts: 2 }, {}, 'no_contact'],
  ['M26: mails of other lists count', { isOurs: false }, {}, 'write'],
  ['M26: by setting they do not', { isOurs: false }, { otherLists: false }, 'other_list'],
  ['whose campaign is not known yet waits for it', { isOurs: null }, { otherLists: false }, 'later'],
  ['M26: a contact has one entry of a campaign and kind', { isDouble: true }, {}, 'double'],
  ['F9: what is older than the data went back may be there', {}, { wentBackAt: AT }, 'check'],
  ['F9: what was looked for is written', { isChecked: true }, { wentBackAt: AT }, 'write'],
])('%s', (_, candidate, more, fate) => {
  expect(fateOf(mail(1, candidate), more)).toBe(fate);
});

test('M26: two addresses of one contact make one entry', () => {
  const plan = planActivities([mail(1, { contactId: '7' }), mail(2, { contactId: '7' })], rules());
  expect(plan.write.map(({ id }) => id)).toEqual([1]);
  expect(plan.leaveOut).toEqual([{ id: 2, reason: 'double' }]);
});

test('section 9: what says the same at the same time is written together, up to the CRM’s maximum', () => {
  const rows = Array.from({ length: 250 }, (_, index) => mail(index, { contactId: String(index) }));
  const sizes = (limit: number) => groupActivities(plan(rows), limit).map((group) => group.rows.length);
  expect(sizes(100)).toEqual([100, 100, 50]);
  expect(sizes(1)).toHaveLength(250);
  const other = { happenedAt: '2026-03-01T08:01:00.000Z' };
  const groups = groupActivities(
    plan([mail(1), mail(2, { kind: 'opened' }), mail(3), mail(4, other), mail(5, { detail: 'https://a' })]),
    100,
  );
  expect(groups.map((group) => group.rows.map(({ id }) => id))).toEqual([[1, 3], [2], [4], [5]]);
});

test('F7: after a refusal they are written in smaller groups', () => {
  const rows = Array.from({ length: 4 }, (_, index) => mail(index, { contactId: String(index), groupLimit: 2 }));
  expect(groupActivities(plan(rows), 100).map((group) => group.rows.length)).toEqual([2, 2]);
});

function plan(rows: readonly ActivityCandidate[]) {
  return planActivities(rows, rules()).write;
}
