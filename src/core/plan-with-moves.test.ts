import { expect, test } from 'vitest';
import {
  base,
  contact,
  EMAIL,
  leaver,
  member,
  named,
  OTHER_EMAIL,
  person,
  rules,
} from '../../test/support/person-cases.ts';
import type { MemberStatus } from './consent.ts';
import type { EmailAddress } from './email-address.ts';
import { withNeighbours } from './neighbours.ts';
import type { FormerAddress, PersonCase, SeenContact } from './person-case.ts';
import { planWithMoves } from './plan-with-moves.ts';

const OLD = OTHER_EMAIL;
const NEW = EMAIL;
const NAMED = { salutation: '', letterSalutation: '', firstName: 'Ada', lastName: 'King' };

/** Both addresses of somebody whose contact has left the one for the other, as they are loaded. */
function bothAddresses(
  old: Partial<PersonCase>,
  now: Partial<PersonCase> & { moved?: Partial<SeenContact> } = {},
): { old: PersonCase; now: PersonCase } {
  const status = old.member?.status ?? 'absent';
  const former: FormerAddress = {
    email: OLD,
    status,
    changedAt: '',
    base: base('yes', 'subscribed', { fields: NAMED }),
  };
  const { moved, ...rest } = now;
  const arrived = contact({ fields: NAMED, former, ...moved });
  const told = {
    contactId: arrived.id,
    email: NEW,
    consent: arrived.consent,
    isEligible: arrived.isReadable && !arrived.isPrivate && !arrived.isArchived,
  };
  const alone = {
    old: person({ contacts: [], leavers: [leaver(told)], ...old, email: OLD }),
    now: person({ contacts: [arrived], ...rest }),
  };
  const others = new Map<EmailAddress, PersonCase>([
    [OLD, alone.old],
    [NEW, alone.now],
  ]);
  return { old: withNeighbours(alone.old, others), now: withNeighbours(alone.now, others) };
}

const kinds = (who: PersonCase) =>
  planWithMoves(who, rules()).operations.map((operation) =>
    operation.kind === 'write-consent' ? `${operation.kind} ${operation.to}` : operation.kind,
  );
const old = (status: MemberStatus) => ({ member: member(status, { email: OLD, fields: NAMED }) });

test('R7: a subscribed member moves, planned once and for the new address', () => {
  const both = bothAddresses(old('subscribed'));
  expect(planWithMoves(both.now, rules())).toMatchObject({
    operations: [{ kind: 'move-member', email: NEW, from: OLD, contactId: '1' }],
    reasons: [{ contactId: '1', reason: 'waiting' }],
  });
  expect(planWithMoves(both.old, rules())).toMatchObject({ operations: [], memberReason: 'leaving' });
});

/** What is planned for the old and for the new address, by where the member stood and what else is there. */
const TABLE: readonly [string, Parameters<typeof bothAddresses>, string[], string[]][] = [
  [
    'an unsubscribed one stays, and hands his opt-out down',
    [old('unsubscribed')],
    [],
    ['write-consent no', 'unsubscribe-member'],
  ],
  ['a cleaned one hands nothing down', [old('cleaned')], [], ['add-member']],
  ['a pending one hands nothing down', [old('pending')], [], ['add-member']],
  ['whoever was archived meanwhile is not put back', [old('archived')], [], ['write-consent none']],
  ['whoever is gone meanwhile is not put back', [{}], [], ['write-consent none']],
  [
    'the new address is a member already',
    [old('subscribed'), { member: member('subscribed', { fields: NAMED }) }],
    ['remove-member'],
    [],
  ],
  [
    'the new address is unsubscribed',
    [old('subscribed'), { member: member('unsubscribed') }],
    ['remove-member'],
    ['write-consent no'],
  ],
  [
    'the new address is archived',
    [old('subscribed'), { member: member('archived') }],
    ['remove-member'],
    ['raise-member'],
  ],
  [
    'the new address is refused',
    [old('subscribed'), { refusal: { reason: 'permanently_deleted', words: '', isPermanent: true, order: 1 } }],
    ['remove-member'],
    [],
  ],
  [
    'an opt-out is booked',
    [old('subscribed'), { ledger: { optOut: { order: 5 }, optIn: undefined } }],
    ['remove-member'],
    ['write-consent no'],
  ],
  ['the contact says No now', [old('subscribed'), { moved: { consent: 'no' } }], ['unsubscribe-member'], []],
  ['the contact says nothing now', [old('subscribed'), { moved: { consent: 'none' } }], ['remove-member'], []],
  ['the contact is private now', [old('subscribed'), { moved: { isPrivate: true } }], ['remove-member'], []],
  [
    'R8: another contact with Yes has the old address',
    [{ ...old('subscribed'), contacts: [contact({ id: '2', email: OLD, fields: NAMED })] }],
    [],
    ['add-member'],
  ],
  [
    'somebody else with a No has the old address: he is unsubscribed, not moved',
    [{ ...old('subscribed'), contacts: [contact({ id: '2', email: OLD, consent: 'no' })] }],
    ['unsubscribe-member'],
    ['add-member'],
  ],
  [
    'a move is on its way: nobody is taken out before its answer is known',
    [old('subscribed'), { isRaiseOnItsWay: true }],
    [],
    [],
  ],
];

test.each(TABLE)('R7: %s', (_, cases, atOld, atNew) => {
  const both = bothAddresses(...cases);
  expect(kinds(both.old)).toEqual(atOld);
  expect(kinds(both.now)).toEqual(atNew);
});

test('R7: the base state goes along: what an agent took off is taken off, not met anew', () => {
  const both = bothAddresses(
    { member: member('subscribed', { email: OLD, fields: NAMED, tags: named('onoffice', 'Kauf', 'Miete') }) },
    {
      moved: {
        tagKeys: ['t1'],
        fields: { ...NAMED, lastName: 'Lovelace' },
        former: {
          email: OLD,
          status: 'subscribed',
          changedAt: '',
          base: base('yes', 'subscribed', { tags: ['kauf', 'miete'], fields: NAMED }),
        },
      },
    },
  );
  expect(planWithMoves(both.now, rules()).operations).toMatchObject([
    { kind: 'move-member' },
    { kind: 'update-member', email: NEW, after: { lastName: 'Lovelace' } },
    { kind: 'tag-member', email: NEW, add: [], remove: ['Miete'] },
  ]);
});

test('R7: the evidence of an opt-in goes along (R1 a)', () => {
  const booked = { ledger: { optOut: { order: 5 }, optIn: undefined } };
  const both = bothAddresses({ ...old('subscribed'), providerOptInOrder: 7 }, booked);
  expect(kinds(both.now)).toEqual(['move-member']);
  expect(kinds(both.old)).toEqual([]);
});

test('R7: of two contacts that bring a member to one address, the first one brings his', () => {
  const former = (email: EmailAddress): FormerAddress => ({
    email,
    changedAt: '',
    status: 'subscribed',
    base: base('yes', 'subscribed'),
  });
  const third = 'grace@example.org' as EmailAddress;
  const shared = person({
    contacts: [contact({ id: '1', former: former(OLD) }), contact({ id: '2', former: former(third) })],
  });
  const from = (email: EmailAddress, contactId: string) =>
    person({
      email,
      contacts: [],
      leavers: [leaver({ contactId, email: NEW })],
      member: member('subscribed', { email }),
    });
  const cases = [shared, from(OLD, '1'), from(third, '2')];
  const others = new Map(cases.map((one) => [one.email, one]));
  expect(cases.map((one) => kinds(withNeighbours(one, others)))).toEqual([['move-member'], [], ['remove-member']]);
});

/** The provider moved the member from OLD to NEW; contacts are still at OLD. */
function movedAtProvider(
  status: 'subscribed' | 'unsubscribed',
  before: Partial<PersonCase> = {},
  after: Partial<PersonCase> = {},
): { old: PersonCase; now: PersonCase } {
  const linked = contact({
    email: OLD,
    former: { email: NEW, status, changedAt: '', base: base('yes', 'subscribed') },
  });
  const alone = {
    old: person({
      contacts: [linked],
      memberMovedTo: { email: NEW, status, optInOrder: undefined },
      ...before,
      email: OLD,
    }),
    now: person({
      contacts: [],
      leavers: [leaver({ email: OLD })],
      member: member(status),
      memberMovedFrom: OLD,
      ...after,
    }),
  };
  const others = new Map([alone.old, alone.now].map((one) => [one.email, one]));
  return { old: withNeighbours(alone.old, others), now: withNeighbours(alone.now, others) };
}

test('M24: contacts with Yes follow their member, who arrives meanwhile', () => {
  const both = movedAtProvider('subscribed');
  expect(planWithMoves(both.old, rules())).toMatchObject({
    operations: [{ kind: 'change-contact-address', email: OLD, to: NEW, contactId: '1' }],
    reasons: [{ reason: 'waiting' }],
  });
  expect(planWithMoves(both.now, rules())).toMatchObject({ operations: [], memberReason: 'arriving' });
});

test('M24: whoever left under his new address takes his contacts with him', () => {
  const both = movedAtProvider('unsubscribed');
  expect(kinds(both.old)).toEqual(['write-consent no']);
  expect(kinds(both.now)).toEqual([]);
});

test('R7: an opt-out that vanished with the change of address is set again', () => {
  const optOut = { ledger: { optOut: { order: 5 }, optIn: undefined } };
  const both = movedAtProvider('subscribed', { contacts: [contact({ email: OLD, consent: 'no' })] }, optOut);
  expect(kinds(both.old)).toEqual([]);
  expect(kinds(both.now)).toEqual(['unsubscribe-member']);
});

test('R7: but not where the person has signed up since', () => {
  const both = movedAtProvider('subscribed', {}, { ledger: { optOut: { order: 5 }, optIn: { order: 6 } } });
  expect(kinds(both.now)).toEqual([]);
});

test('R9: for a member that moved nobody is created anew while somebody holds the address he had', () => {
  const both = movedAtProvider(
    'subscribed',
    { contacts: [contact({ email: OLD, consent: 'none' })] },
    { leavers: [], member: member('subscribed', { tags: [] }) },
  );
  expect(planWithMoves(both.now, rules())).toMatchObject({ operations: [], memberReason: 'unknown_member' });
});
