import { expect, test } from 'vitest';
import { base, contact, member, named, person, rules } from '../../test/support/person-cases.ts';
import { addsUp, type Bridge } from './bridge.ts';
import { CRM_CONSENTS, MEMBER_STATUSES } from './consent.ts';
import type { PersonCase, SeenContact } from './person-case.ts';
import { planPerson } from './plan-person.ts';
import { MEMBER_REASONS, type MemberReason, REASONS, type Reason } from './reason.ts';

const FLAGS = [true, false];
const BASES = [
  undefined,
  base('yes', 'subscribed'),
  base('yes', 'archived'),
  base('yes', 'pending'),
  base('none', 'archived'),
  base('none', 'absent'),
  base('no', 'unsubscribed'),
  base('pending', 'pending'),
  base('undeliverable', 'cleaned'),
];
const LEDGERS: Pick<PersonCase, 'ledger' | 'providerOptInOrder'>[] = [
  { ledger: { optOut: undefined, optIn: undefined }, providerOptInOrder: undefined },
  { ledger: { optOut: { order: 3 }, optIn: undefined }, providerOptInOrder: undefined },
  { ledger: { optOut: { order: 3 }, optIn: { order: 4 } }, providerOptInOrder: undefined },
  { ledger: { optOut: { order: 3 }, optIn: undefined }, providerOptInOrder: 4 },
];
const OTHERS: SeenContact[][] = [
  [],
  [contact({ id: '2' })],
  [contact({ id: '2', consent: 'no' })],
  [contact({ id: '2', consent: 'no', history: { lastNotYes: 5, lastSetToNo: 5 } })],
  [contact({ id: '2', consent: 'none' })],
  [contact({ id: '2', isPrivate: true, base: base('yes', 'subscribed') })],
  [contact({ id: '2', isArchived: true }), contact({ id: '3' }), contact({ id: '4' })],
];
const JOINED: PersonCase['joined'] = { contactId: '7', reason: 'second_address' };
const TAGS = [['onoffice'], ['foreign']];

/** The product of all dimensions (section 7). */
function* everybody(): Generator<PersonCase> {
  const contacts = CRM_CONSENTS.flatMap((consent) =>
    FLAGS.flatMap((isPrivate) =>
      FLAGS.flatMap((isArchived) =>
        FLAGS.flatMap((isReadable) =>
          BASES.map((known) => contact({ consent, isPrivate, isArchived, isReadable, base: known })),
        ),
      ),
    ),
  );
  for (const first of [undefined, ...contacts]) {
    for (const status of MEMBER_STATUSES) {
      for (const tags of status === 'subscribed' ? TAGS : TAGS.slice(0, 1)) {
        for (const booked of LEDGERS) {
          for (const others of OTHERS) {
            const shared = first ? [first, ...others] : others;
            yield person({ contacts: shared, member: member(status, { tags: named(...tags) }), ...booked });
            if (!first)
              yield person({
                contacts: shared,
                member: member(status, { tags: named(...tags) }),
                ...booked,
                joined: JOINED,
              });
          }
        }
      }
    }
  }
}

test('section 7: every contact with Yes is an active member or has one reason, every active member is explained or has one', () => {
  const reasons = new Map<Reason, number>();
  const memberReasons = new Map<MemberReason, number>();
  let contactsWithYes = 0;
  let activeMembers = 0;
  let explainedMembers = 0;
  let people = 0;
  const wrong: unknown[] = [];
  for (const who of everybody()) {
    people += 1;
    const plan = planPerson(who, rules());
    const withYes = who.contacts.filter(({ consent }) => consent === 'yes').map(({ id }) => id);
    const named = plan.reasons.map(({ contactId }) => contactId);
    const unnamed = withYes.filter((id) => !named.includes(id));
    const isActive = who.member?.status === 'subscribed';
    const isExplained = isActive && plan.memberReason === undefined;
    contactsWithYes += withYes.length;
    if (isActive) activeMembers += 1;
    if (isExplained) explainedMembers += 1;
    for (const { reason } of plan.reasons) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
    if (plan.memberReason) memberReasons.set(plan.memberReason, (memberReasons.get(plan.memberReason) ?? 0) + 1);
    const isRight =
      new Set(named).size === named.length &&
      named.every((id) => withYes.includes(id)) &&
      unnamed.length === (isExplained ? 1 : 0) &&
      (plan.memberReason === undefined || isActive) &&
      plan.reasons.every(({ contactId, reason }) => {
        const about = who.contacts.find(({ id }) => id === contactId)!;
        if (!about.isReadable) return reason === 'not_readable';
        if (about.isArchived) return reason === 'archived_contact';
        if (about.isPrivate) return reason === 'private';
        const eligible = who.contacts.filter((one) => one.isReadable && !one.isArchived && !one.isPrivate);
        const first = eligible.find(({ consent }) => consent === 'yes');
        return first === about
          ? REASONS.indexOf(reason) > REASONS.indexOf('duplicate_email')
          : reason === 'duplicate_email';
      });
    if (!isRight) wrong.push({ who, plan });
  }
  expect(wrong.slice(0, 3)).toEqual([]);
  expect(people).toBeGreaterThan(100_000);
  const bridge: Bridge = {
    contactsWithYes,
    reasons: [...reasons].map(([reason, count]) => ({ reason, count })),
    explainedMembers,
    memberReasons: [...memberReasons].map(([reason, count]) => ({ reason, count })),
    activeMembers,
  };
  expect(addsUp(bridge)).toBe(true);
  // The rest of the reasons comes from outside the planner: no address, the provider's refusals, the brake.
  expect([...reasons.keys()].sort()).toEqual([
    'archived_contact',
    'awaiting_confirmation',
    'bounced',
    'conflicting_flags',
    'duplicate_email',
    'not_readable',
    'opted_out',
    'permanently_deleted',
    'private',
    'removed_at_provider',
    'waiting',
  ]);
  expect([...memberReasons.keys()].sort()).toEqual([...MEMBER_REASONS].sort());
});

test('section 7: a bridge that is out by one on either side does not add up', () => {
  const bridge: Bridge = {
    contactsWithYes: 10,
    reasons: [
      { reason: 'private', count: 2 },
      { reason: 'opted_out', count: 1 },
    ],
    explainedMembers: 7,
    memberReasons: [{ reason: 'unknown_member', count: 4 }],
    activeMembers: 11,
  };
  expect(addsUp(bridge)).toBe(true);
  expect(addsUp({ ...bridge, contactsWithYes: 11 })).toBe(false);
  expect(addsUp({ ...bridge, activeMembers: 12 })).toBe(false);
  expect(addsUp({ ...bridge, explainedMembers: 8 })).toBe(false);
  expect(addsUp({ ...bridge, reasons: [] })).toBe(false);
  expect(addsUp({ ...bridge, memberReasons: [] })).toBe(false);
});
