import { expect, test } from 'vitest';
import { base, contact, member, person, rules } from '../../test/support/person-cases.ts';
import type { BaseState } from './base-state.ts';
import type { CrmConsent, MemberStatus } from './consent.ts';
import { planPerson } from './plan-person.ts';

/** What both sides said one after the other, as far as nothing was to be done: the base state that is left. */
function agreedAfter(first: BaseState, ...later: readonly [CrmConsent, MemberStatus][]): BaseState {
  return later.reduce((before, [consent, status]) => {
    const seen = contact({ consent, base: before });
    const { operations, agreed } = planPerson(person({ contacts: [seen], member: member(status) }), rules());
    expect(operations).toEqual([]);
    if (!agreed) throw new Error('both sides agree');
    return agreed.base;
  }, first);
}

const plan = (consent: CrmConsent, status: MemberStatus, before: BaseState) =>
  planPerson(person({ contacts: [contact({ consent, base: before })], member: member(status) }), rules());

test('R6: whose field goes from Yes by way of a value of the customer to one that is no Yes leaves without an opt-out', () => {
  const before = agreedAfter(base('yes', 'subscribed'), ['unknown', 'subscribed'], ['unknown', 'subscribed']);
  for (const consent of ['none', 'pending', 'undeliverable'] as const) {
    expect(plan(consent, 'subscribed', before), consent).toMatchObject({
      operations: [{ kind: 'remove-member' }],
      memberReason: 'leaving',
    });
  }
  expect(plan('yes', 'subscribed', before).operations).toEqual([]);
});

test('R5: who was out while the field said nothing to us, and came back by himself, stays and is counted', () => {
  for (const away of ['archived', 'absent', 'unsubscribed'] as const) {
    const before = agreedAfter(base('yes', 'subscribed'), ['unknown', away], ['unknown', 'subscribed']);
    expect(plan('pending', 'subscribed', before), away).toMatchObject({
      operations: [],
      memberReason: 'member_of_pending_contact',
    });
  }
  const confirmed = agreedAfter(base('yes', 'pending'), ['unknown', 'subscribed']);
  expect(plan('pending', 'subscribed', confirmed).memberReason).toBe('member_of_pending_contact');
});

test('R1, R6: a foreign raise is not carried to a field that said No before it said nothing to us', () => {
  for (const status of ['absent', 'unsubscribed', 'archived'] as const) {
    const before = agreedAfter(base('no', status), ['unknown', status], ['unknown', 'archived']);
    expect(plan('none', 'subscribed', before), status).toMatchObject({
      operations: [],
      memberReason: 'resubscribed_elsewhere',
    });
  }
});

test('M18, R8: a Yes that a value of the customer followed keeps nobody in for another contact that says nothing', () => {
  const before = agreedAfter(base('yes', 'subscribed'), ['unknown', 'subscribed']);
  const contacts = [contact({ id: '1', consent: 'unknown' }), contact({ id: '2', consent: 'pending', base: before })];
  const shared = person({ contacts, member: member('subscribed') });
  expect(planPerson(shared, rules()).operations).toMatchObject([{ kind: 'remove-member' }]);
});
