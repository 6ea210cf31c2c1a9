import { describe, expect, test } from 'vitest';
import { contact, member, NO_FIELDS, person } from '../../test/support/person-cases.ts';
import type { BaseState } from './base-state.ts';
import type { CrmConsent, MemberStatus } from './consent.ts';
import { consentTurnOf, type TurnRecord, turnCauseOf } from './consent-turn.ts';

const state = (text: string): BaseState => {
  const [consent, status] = text.split(' ') as [CrmConsent, MemberStatus];
  return { consent, status, fields: NO_FIELDS, tags: [] };
};

const turn = (before: string | undefined, after: string, lastNotYes = 0) => {
  const base = state(after);
  const lead = contact({
    consent: base.consent,
    base: before === undefined ? undefined : state(before),
    history: { lastNotYes, lastSetToNo: 0 },
  });
  const seen = base.status === 'subscribed' ? member('subscribed') : undefined;
  return consentTurnOf(person({ contacts: [lead], member: seen }), { contactId: lead.id, base });
};

describe('M25: what has turned when both sides agree', () => {
  test.each([
    ['no unsubscribed', 'yes subscribed'],
    ['none absent', 'yes subscribed'],
    ['yes pending', 'yes subscribed'],
    ['none archived', 'yes subscribed'],
  ])('%s → %s is a sign-up', (before, after) => {
    expect(turn(before, after)).toMatchObject({ kind: 'subscribed', isFirstMeeting: false });
  });

  test.each([
    ['yes subscribed', 'no unsubscribed'],
    ['yes subscribed', 'no archived'],
    ['yes pending', 'no absent'],
    ['pending pending', 'no unsubscribed'],
    ['none subscribed', 'no unsubscribed'],
  ])('%s → %s is an opt-out', (before, after) => {
    expect(turn(before, after)).toMatchObject({ kind: 'unsubscribed' });
  });

  test.each([
    // Taken out or bounced: nobody has left by himself.
    ['yes subscribed', 'none archived'],
    ['yes subscribed', 'undeliverable cleaned'],
    ['yes subscribed', 'yes subscribed'],
    // He never was in.
    ['none absent', 'no absent'],
    ['no unsubscribed', 'no unsubscribed'],
    ['no archived', 'no unsubscribed'],
  ])('%s → %s is neither', (before, after) => {
    expect(turn(before, after)).toBeUndefined();
  });

  test('whoever says Yes when he is met is a sign-up only if he is new, which the record of the contact tells', () => {
    expect(turn(undefined, 'yes subscribed')).toMatchObject({ kind: 'subscribed', isFirstMeeting: true });
  });

  test('R5: an opt-out that was found at the first meeting is told; a No that was there already is not', () => {
    expect(turn(undefined, 'no unsubscribed')).toMatchObject({ kind: 'unsubscribed' });
    expect(turn(undefined, 'no unsubscribed', 7)).toBeUndefined();
  });

  test('R8: when another contact comes to stand for the address nobody has signed up', () => {
    const first = contact({ id: '1', consent: 'none', base: state('yes subscribed') });
    const second = contact({ id: '2' });
    const seen = person({ contacts: [first, second], member: member('subscribed') });
    expect(consentTurnOf(seen, { contactId: '2', base: state('yes subscribed') })).toBeUndefined();
  });
});

const record = (more: Partial<TurnRecord>): TurnRecord => ({
  effect: 'neutral',
  to: '',
  source: 'rule',
  verdict: 'allowed',
  happenedAt: undefined,
  evidence: {},
  ...more,
});

describe('M25: who brought it about', () => {
  test('what the provider told knows time and campaign, whatever was written because of it', () => {
    const told = record({
      effect: 'opt-out',
      to: 'unsubscribed',
      source: 'provider-administrator',
      happenedAt: '2026-03-01T08:00:00.000Z',
      evidence: { campaign: 'c1' },
    });
    const written = record({ effect: 'opt-out', to: 'no', source: 'person' });
    expect(turnCauseOf('unsubscribed', [written, told], new Set())).toEqual({
      by: 'administrator',
      happenedAt: '2026-03-01T08:00:00.000Z',
      campaignId: 'c1',
    });
  });

  test('an older turn of the same kind is not taken for this one', () => {
    const older = record({
      effect: 'opt-out',
      to: 'unsubscribed',
      source: 'person',
      happenedAt: '2025-01-01T00:00:00Z',
    });
    const between = record({ to: 'subscribed' });
    const now = record({ effect: 'opt-out', to: 'unsubscribed', source: 'crm-user' });
    expect(turnCauseOf('unsubscribed', [now, between, older], new Set())).toEqual({
      by: 'crm-user',
      happenedAt: undefined,
      campaignId: '',
    });
  });

  test('M26: what brought about a turn that was told before is older, also where nothing on record lies between', () => {
    const told = record({ effect: 'opt-out', to: 'unsubscribed', happenedAt: '2026-03-01T08:38:28.400Z' });
    const now = record({ effect: 'opt-out', to: 'no', source: 'person' });
    const toldAt = new Set(['2026-03-01T08:38:28.000Z']);
    expect(turnCauseOf('unsubscribed', [now, told], toldAt)).toMatchObject({ by: 'person', happenedAt: undefined });
  });

  test.each(['archived', 'none'])('a sign-up from before he was taken out again (%s) is not this one', (to) => {
    const older = record({ effect: 'opt-in', to: 'subscribed', source: 'person', happenedAt: '2026-03-01T08:00:00Z' });
    const now = record({ to: 'subscribed' });
    expect(turnCauseOf('subscribed', [now, record({ to }), older], new Set())).toEqual({
      by: 'crm-user',
      happenedAt: undefined,
      campaignId: '',
    });
  });

  test('a sign-up that nobody told is the side’s that had it first', () => {
    expect(turnCauseOf('subscribed', [record({ to: 'yes', source: 'provider' })], new Set()).by).toBe('provider');
    expect(turnCauseOf('subscribed', [record({ to: 'subscribed' })], new Set()).by).toBe('crm-user');
    const byHand = record({ effect: 'opt-in', to: 'yes', source: 'operator' });
    expect(turnCauseOf('subscribed', [byHand], new Set()).by).toBe('operator');
  });
});
