import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  anyPerson,
  anyRules,
  base,
  contact,
  leaver,
  member,
  NO_FIELDS,
  person,
  rules,
} from '../../test/support/person-cases.ts';
import type { CrmConsent } from './consent.ts';
import type { PersonCase, SeenContact } from './person-case.ts';
import { planPerson, representative } from './plan-person.ts';

const sharing = (...consents: CrmConsent[]) => consents.map((consent, at) => contact({ id: String(at + 1), consent }));
const reasonsOf = (who: PersonCase) =>
  planPerson(who, rules()).reasons.map(({ contactId, reason }) => [contactId, reason]);

test.each([
  [['yes', 'yes'], '1'],
  [['none', 'yes'], '2'],
  [['no', 'pending', 'yes', 'yes'], '3'],
  [['none', 'pending'], '1'],
  [['unknown', 'none'], '1'],
  [[], undefined],
] as const)('R8: of contacts that say %j number %s stands for the address', (consents, id) => {
  expect(representative(sharing(...consents))?.id).toBe(id);
});

test('R8: the fields and tags of a shared address are those of its representative; the others are duplicates', () => {
  const contacts = sharing('none', 'yes', 'yes').map((one) => ({
    ...one,
    fields: { ...NO_FIELDS, firstName: one.id },
  }));
  const plan = planPerson(person({ contacts, member: undefined }), rules());
  expect(plan.operations).toMatchObject([{ kind: 'add-member', contactId: '2', fields: { firstName: '2' } }]);
  expect(plan.reasons).toMatchObject([
    { contactId: '2', reason: 'waiting' },
    { contactId: '3', reason: 'duplicate_email' },
  ]);
});

test('R8: when the representative changes nobody leaves', () => {
  const [first, second] = sharing('none', 'yes') as [SeenContact, SeenContact];
  const moved = [{ ...first, base: base('yes', 'subscribed') }, second];
  const plan = planPerson(person({ contacts: moved, member: member('subscribed') }), rules());
  expect(plan).toMatchObject({ operations: [], reasons: [], memberReason: undefined, agreed: { contactId: '2' } });
});

test('R8, M20: whoever stands for the address next takes the link over, and a removed member is not put back for him', () => {
  const [first, second] = sharing('none', 'yes') as [SeenContact, SeenContact];
  const moved = [{ ...first, base: base('yes', 'subscribed') }, second];
  const plan = planPerson(person({ contacts: moved, member: member('archived') }), rules());
  expect(plan.operations).toMatchObject([{ kind: 'write-consent', contactId: '2', from: 'yes', to: 'none' }]);
});

test('R8, R6: not specified after Yes takes the member out, also where another contact stands for the address then', () => {
  for (const known of [undefined, base('none', 'archived')]) {
    const [first, second] = sharing('none', 'none') as [SeenContact, SeenContact];
    const contacts = [
      { ...first, base: known },
      { ...second, base: base('yes', 'subscribed') },
    ];
    const plan = planPerson(person({ contacts, member: member('subscribed') }), rules());
    expect(plan).toMatchObject({ operations: [{ kind: 'remove-member' }], memberReason: 'leaving' });
  }
});

test('R8: an opt-out at the provider is written to all that say Yes', () => {
  const contacts = sharing('yes', 'none', 'yes', 'yes').map((one) => ({
    ...one,
    base: base(one.consent, 'subscribed'),
  }));
  const plan = planPerson(person({ contacts, member: member('unsubscribed') }), rules());
  expect(plan.operations).toMatchObject(
    ['1', '3', '4'].map((contactId) => ({ kind: 'write-consent', contactId, from: 'yes', to: 'no' })),
  );
});

test('R8: whoever has left at the provider has left for all who share the address, also where their flags differ', () => {
  const [yes, no, other] = sharing('yes', 'no', 'yes') as [SeenContact, SeenContact, SeenContact];
  const left = person({ contacts: [yes, no, other], member: member('unsubscribed') });
  const bothOut = [
    { kind: 'write-consent', contactId: '1', from: 'yes', to: 'no' },
    { kind: 'write-consent', contactId: '3', from: 'yes', to: 'no' },
  ];
  expect(planPerson(left, rules()).operations, 'found at a first meeting').toMatchObject(bothOut);
  expect(reasonsOf(left)).toEqual([
    ['1', 'opted_out'],
    ['3', 'duplicate_email'],
  ]);
  const cameBack = { ...yes, base: base('yes', 'subscribed'), history: { lastNotYes: 6, lastSetToNo: 0 } };
  const again = { ...left, contacts: [cameBack, no, other], ledger: { optOut: { order: 5 }, optIn: undefined } };
  expect(planPerson(again, rules()).operations, 'came back, and left again').toMatchObject(bothOut);
});

test('R8, R10: mail that comes back is written beside flags that differ, where it may have been a complaint', () => {
  const contacts = sharing('no', 'yes', 'yes');
  const dead = person({ contacts, member: member('cleaned') });
  expect(planPerson(dead, rules()).operations).toMatchObject([
    { kind: 'write-consent', contactId: '2', from: 'yes', to: 'undeliverable' },
    { kind: 'write-consent', contactId: '3', from: 'yes', to: 'undeliverable' },
  ]);
  const notPermitted = { ...rules(), writableConsents: new Set(['yes', 'no'] as const) };
  expect(planPerson(dead, notPermitted)).toMatchObject({
    operations: [],
    reasons: [{ reason: 'conflicting_flags' }, {}],
  });
});

test('R8: flags that differ beside an opt-out that one of them has answered, or that we wrote over them, stay a conflict', () => {
  const [yes, no] = sharing('yes', 'no') as [SeenContact, SeenContact];
  const setSince = { ...yes, base: base('no', 'unsubscribed'), history: { lastNotYes: 6, lastSetToNo: 0 } };
  const booked = { member: member('unsubscribed'), ledger: { optOut: { order: 5 }, optIn: undefined } };
  const answered = person({ contacts: [setSince, no], ...booked });
  const wasIn = { ...yes, base: base('yes', 'subscribed'), history: { lastNotYes: 6, lastSetToNo: 0 } };
  const taken = person({ contacts: [wasIn, no], ...booked, isOutOverFlags: true });
  for (const who of [answered, taken]) {
    expect(planPerson(who, rules()).operations).toEqual([]);
    expect(reasonsOf(who)).toEqual([['1', 'conflicting_flags']]);
  }
});

test('R8: a No that was seen to be set counts for the address and is written to all that say Yes', () => {
  const [first, second, third] = sharing('yes', 'no', 'yes') as [SeenContact, SeenContact, SeenContact];
  const contacts = [first, { ...second, history: { lastNotYes: 4, lastSetToNo: 4 } }, third];
  const who = person({ contacts, member: member('subscribed') });
  expect(planPerson(who, rules()).operations).toMatchObject([
    { kind: 'write-consent', contactId: '1', to: 'no' },
    { kind: 'write-consent', contactId: '3', to: 'no' },
    { kind: 'unsubscribe-member' },
  ]);
  expect(reasonsOf(who)).toEqual([
    ['1', 'opted_out'],
    ['3', 'duplicate_email'],
  ]);
});

test('R8: a newer opt-in settles a conflict, and a No that is newer than the opt-in is one again', () => {
  const [yes, no] = sharing('yes', 'no') as [SeenContact, SeenContact];
  const active = { member: member('subscribed'), ledger: { optOut: undefined, optIn: { order: 5 } } };
  const older = person({ contacts: [yes, { ...no, noSince: 4 }], ...active });
  expect(planPerson(older, rules()).operations.map(({ kind }) => kind)).not.toContain('unsubscribe-member');
  const newer = person({ contacts: [yes, { ...no, noSince: 6 }], ...active });
  expect(planPerson(newer, rules()).operations).toMatchObject([{ kind: 'unsubscribe-member' }]);
  expect(reasonsOf(newer)).toEqual([['1', 'conflicting_flags']]);
});

test('R8: who was taken out over flags that differed comes back when they agree on Yes, unless he has left since', () => {
  const contacts = sharing('yes', 'yes');
  const out = person({ contacts, member: member('unsubscribed'), isOutOverFlags: true });
  expect(planPerson(out, rules()).operations).toMatchObject([{ kind: 'raise-member', from: 'unsubscribed' }]);
  const left = { ...out, ledger: { optOut: { order: 9 }, optIn: undefined } };
  expect(planPerson(left, rules()).operations).toMatchObject([
    { kind: 'write-consent', contactId: '1', to: 'no' },
    { kind: 'write-consent', contactId: '2', to: 'no' },
  ]);
  const silent = person({ ...out, contacts: sharing('none', 'none') });
  expect(planPerson(silent, rules()).operations, 'nobody said No').toEqual([]);
});

test('R8: flags that merely differ are a conflict: the address is not subscribed and no flag is changed', () => {
  const contacts = sharing('no', 'yes', 'yes');
  const reasons = [
    ['2', 'conflicting_flags'],
    ['3', 'duplicate_email'],
  ];
  for (const status of ['subscribed', 'pending'] as const) {
    const who = person({ contacts, member: member(status) });
    expect(planPerson(who, rules()).operations, status).toMatchObject([{ kind: 'unsubscribe-member', from: status }]);
    expect(reasonsOf(who), status).toEqual(reasons);
  }
  for (const status of ['absent', 'archived', 'known'] as const) {
    const who = person({ contacts, member: member(status) });
    expect(planPerson(who, rules()).operations, status).toEqual([]);
    expect(reasonsOf(who), status).toEqual(reasons);
  }
});

test('R8: a newer opt-in settles a conflict', () => {
  const contacts = sharing('no', 'yes');
  const booked = person({ contacts, ledger: { optOut: { order: 2 }, optIn: { order: 3 } } });
  expect(planPerson(booked, rules()).operations).toMatchObject([{ kind: 'add-member', contactId: '2' }]);
  const signedUp = person({ contacts, member: member('subscribed'), providerOptInOrder: 3 });
  expect(planPerson(signedUp, rules())).toMatchObject({ operations: [], agreed: { contactId: '2' } });
});

test('R8: where nobody says Yes, a membership does not outvote a No', () => {
  const plan = planPerson(person({ contacts: sharing('none', 'no'), member: member('subscribed') }), rules());
  expect(plan.operations.map(({ kind }) => kind)).toEqual(['unsubscribe-member']);
});

test('M17, M18: private and archived contacts beside one with Yes keep nobody out and get their own reason', () => {
  const contacts = [
    contact({ id: '1', isPrivate: true, base: base('yes', 'subscribed') }),
    contact({ id: '2', isArchived: true, isPrivate: true }),
    contact({ id: '3', isReadable: false, consent: 'none' }),
    contact({ id: '4' }),
  ];
  const plan = planPerson(person({ contacts, member: member('subscribed') }), rules());
  expect(plan).toMatchObject({ operations: [], memberReason: undefined, agreed: { contactId: '4' } });
  expect(plan.reasons).toMatchObject([
    { contactId: '1', reason: 'private' },
    { contactId: '2', reason: 'archived_contact' },
  ]);
});

test('M18: whose contact became private or went away leaves, unless another contact with Yes has the address', () => {
  for (const consent of ['none', 'pending', 'undeliverable', 'unknown'] as const) {
    const other = contact({ id: '2', consent });
    const hidden = contact({ isPrivate: true, base: base('yes', 'subscribed') });
    const gone = person({ contacts: [other], leavers: [leaver()], member: member('subscribed') });
    for (const who of [gone, person({ contacts: [hidden, other], member: member('subscribed') })]) {
      expect(planPerson(who, rules()), consent).toMatchObject({
        operations: [{ kind: 'remove-member' }],
        memberReason: 'leaving',
      });
    }
  }
});

test('M18: he leaves also where the contact that is left says No, and was agreed on with it as out', () => {
  const left = contact({ id: '2', consent: 'no', base: base('no', 'archived') });
  const who = person({ contacts: [left], leavers: [leaver()], member: member('subscribed') });
  expect(planPerson(who, rules())).toMatchObject({ operations: [{ kind: 'remove-member' }], memberReason: 'leaving' });
  expect(planPerson({ ...who, leavers: [] }, rules())).toMatchObject({ memberReason: 'resubscribed_elsewhere' });
});

test('R8: a member is never updated from two contacts, and every contact that is written to shares the address', () => {
  fc.assert(
    fc.property(anyPerson, anyRules, (who, how) => {
      const { operations, agreed } = planPerson(who, how);
      const lead = operations.flatMap((one) =>
        ['update-member', 'tag-member', 'tag-contact', 'add-member', 'raise-member'].includes(one.kind) &&
        'contactId' in one
          ? [one.contactId]
          : [],
      );
      expect(new Set([...lead, ...(agreed ? [agreed.contactId] : [])]).size).toBeLessThanOrEqual(1);
      const keys = operations.map((one) => `${one.kind} ${'contactId' in one ? one.contactId : ''}`);
      expect(new Set(keys).size).toBe(keys.length);
    }),
    { numRuns: 5000 },
  );
});
