import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  anyPerson,
  anyRules,
  base,
  contact,
  leaver,
  member,
  OTHER_EMAIL,
  person,
  rules,
} from '../../test/support/person-cases.ts';
import type { PersonCase } from './person-case.ts';
import { planPerson } from './plan-person.ts';
import { WHYS, type Why, whyOf } from './why.ts';

const no = contact({ consent: 'no' });
const optOut = { optOut: { order: 3 }, optIn: undefined };
const optIn = { optOut: { order: 3 }, optIn: { order: 4 } };
const met = (consent: 'yes' | 'no' | 'none', status: 'subscribed' | 'unsubscribed') =>
  contact({ consent, base: base(consent === 'yes' ? 'yes' : 'no', status) });

const CASES: readonly [Why[], Partial<PersonCase>][] = [
  [['says_yes'], {}],
  [['says_yes_archived'], { member: member('archived') }],
  [['says_yes_known'], { member: member('known') }],
  [
    ['newer_opt_in'],
    {
      contacts: [contact({ base: base('no', 'unsubscribed') })],
      member: member('unsubscribed'),
      ledger: optIn,
    },
  ],
  [['says_no'], { contacts: [no], member: member('subscribed') }],
  [['flags_conflict'], { contacts: [contact(), contact({ id: '2', consent: 'no' })], member: member('subscribed') }],
  [['opted_out', 'opted_out'], { member: member('subscribed'), ledger: optOut }],
  [['opted_out'], { contacts: [contact({ consent: 'unknown' })], member: member('subscribed'), ledger: optOut }],
  [['left_at_provider'], { member: member('unsubscribed') }],
  [
    ['left_at_former_address', 'left_at_former_address'],
    {
      contacts: [
        contact({
          former: { email: OTHER_EMAIL, status: 'unsubscribed', changedAt: '', base: base('yes', 'subscribed') },
        }),
      ],
    },
  ],
  [
    ['address_changed_at_provider'],
    { memberMovedTo: { email: OTHER_EMAIL, status: 'subscribed', optInOrder: undefined } },
  ],
  [['contact_gone'], { contacts: [], leavers: [leaver()], member: member('subscribed') }],
  [
    ['contact_excluded'],
    { contacts: [contact({ isPrivate: true, base: base('yes', 'subscribed') })], member: member('subscribed') },
  ],
  [
    ['yes_withdrawn'],
    { contacts: [contact({ consent: 'none', base: base('yes', 'subscribed') })], member: member('subscribed') },
  ],
  [['removed_at_provider'], { contacts: [met('yes', 'subscribed')], member: member('archived') }],
  [['bounced'], { contacts: [met('yes', 'subscribed')], member: member('cleaned') }],
  [['subscribed_at_provider'], { contacts: [contact({ consent: 'none' })], member: member('subscribed') }],
  [
    ['opt_in_entered', 'says_yes'],
    {
      contacts: [contact({ consent: 'no', asksYes: 'absent', base: base('no', 'absent') })],
      ledger: optIn,
    },
  ],
  [['unknown_member'], { contacts: [], member: member('subscribed', { tags: [] }) }],
];

test.each(CASES)('%j is told where it is the reason', (whys, who) => {
  const someone = person(who);
  expect(planPerson(someone, rules()).operations.map((operation) => whyOf(operation, someone))).toEqual(whys);
});

test('whatever is planned has a reason that is told', () => {
  fc.assert(
    fc.property(anyPerson, anyRules, (who, how) => {
      for (const operation of planPerson(who, how).operations) expect(WHYS).toContain(whyOf(operation, who));
    }),
    { numRuns: 5_000 },
  );
});
