import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  anyPerson,
  anyRules,
  base,
  contact,
  EMAIL,
  member,
  NO_FIELDS,
  named,
  OTHER_EMAIL,
  person,
  rules,
} from '../../test/support/person-cases.ts';
import { MEMBER_STATUSES, type MemberStatus } from './consent.ts';
import type { Operation } from './operation.ts';
import type { PersonCase } from './person-case.ts';
import { isEligible } from './person-consent.ts';
import { planPerson } from './plan-person.ts';

const RUNS = { numRuns: 20_000 };
const kinds = (who: PersonCase, how = rules()) => planPerson(who, how).operations.map(({ kind }) => kind);

/** Whether an operation raises somebody to subscribed or pending, or to Yes in the CRM (R1). */
function isRaise(operation: Operation): boolean {
  if (operation.kind === 'write-consent') return operation.to === 'yes';
  return ['add-member', 'raise-member', 'create-contact'].includes(operation.kind);
}

/** R1, told once more and apart from the code: an opt-out is booked and nothing on record is newer. */
function isOptedOut({ contacts, ledger, providerOptInOrder, wentBackOrder, member: held }: PersonCase): boolean {
  const optOut = Math.max(ledger.optOut?.order ?? 0, ...contacts.map(({ history }) => history.lastSetToNo));
  const saysYes = contacts.filter((one) => one.consent === 'yes');
  // F9: what the field and the member showed before the data went back proves nothing.
  const since = (order: number) => (order > wentBackOrder ? order : 0);
  const optIns = [ledger.optIn?.order ?? 0, held?.status === 'subscribed' ? since(providerOptInOrder ?? 0) : 0];
  // (b): the reading of No may be the very one by which the opt-out was learned; the Yes came after it.
  const notYes = saysYes.some(({ isReadable, isPrivate, isArchived, history }) => {
    return isReadable && !isPrivate && !isArchived && since(history.lastNotYes) >= optOut;
  });
  return optOut > 0 && !notYes && optIns.every((optIn) => optIn <= optOut);
}

test('R1: while an opt-out is booked and no newer opt-in is on record, no operation raises the person', () => {
  let optedOut = 0;
  fc.assert(
    fc.property(anyPerson, anyRules, (who, how) => {
      if (!isOptedOut(who)) return;
      optedOut += 1;
      expect(planPerson(who, how).operations.filter(isRaise)).toEqual([]);
    }),
    RUNS,
  );
  expect(optedOut).toBeGreaterThan(1000);
});

test('R1: a contact that says Yes after a booked opt-out is set to No, and an active member is unsubscribed', () => {
  for (const status of MEMBER_STATUSES) {
    const isActive = status === 'subscribed' || status === 'pending';
    const who = person({ member: member(status), ledger: { optOut: { order: 3 }, optIn: undefined } });
    const plan = planPerson(who, rules());
    expect(
      plan.operations.map(({ kind }) => kind),
      status,
    ).toEqual(['write-consent', ...(isActive ? ['unsubscribe-member'] : [])]);
    expect(plan.reasons, status).toEqual([{ contactId: '1', reason: 'opted_out', words: '' }]);
    expect(plan.memberReason, status).toBe(status === 'subscribed' ? 'leaving' : undefined);
  }
});

test('R1: a tie of opt-out and opt-in is an opt-out', () => {
  const ledger = { optOut: { order: 3 }, optIn: { order: 3 } };
  expect(kinds(person({ ledger }))).toEqual(['write-consent']);
  expect(kinds(person({ ledger: { ...ledger, optIn: { order: 4 } } }))).toEqual(['add-member']);
});

test('R4: a No that comes while a raise is on its way is answered before the raise arrives', () => {
  for (const known of [undefined, base('yes', 'archived')]) {
    const seen = contact({ consent: 'no', base: known });
    expect(kinds(person({ contacts: [seen], isRaiseOnItsWay: true }))).toEqual(['unsubscribe-member']);
    expect(kinds(person({ contacts: [seen] }))).toEqual([]);
  }
  expect(kinds(person({ isRaiseOnItsWay: true })), 'and nobody is raised twice').toEqual([]);
});

test('R1: a foreign raise is not carried to a contact whose opt-out is booked, it is listed', () => {
  for (const consent of ['no', 'none'] as const) {
    const seen = contact({ consent, base: base('none', 'archived') });
    const who = person({
      contacts: [seen],
      member: member('subscribed'),
      statusOrder: 4,
      ledger: { optOut: { order: 3 }, optIn: undefined },
    });
    const before = { ...who, contacts: [{ ...seen, base: base(consent, 'archived') }] };
    expect(planPerson(before, rules())).toMatchObject({ operations: [], memberReason: 'resubscribed_elsewhere' });
  }
});

test('R1, R5: a first meeting does not read Yes off a membership that a No seen to be set came before', () => {
  const seen = contact({ consent: 'none', history: { lastNotYes: 5, lastSetToNo: 3 } });
  const plan = planPerson(person({ contacts: [seen], member: member('subscribed') }), rules());
  expect(plan.operations).toMatchObject([
    { kind: 'write-consent', to: 'no' },
    { kind: 'unsubscribe-member', from: 'subscribed' },
  ]);
});

test('R1: the opt-out of a contact counts for the address, also while that contact is private', () => {
  const left = contact({ id: '2', consent: 'no', history: { lastNotYes: 3, lastSetToNo: 3 } });
  for (const flag of [{ isPrivate: true }, { isArchived: true }, { isReadable: false }]) {
    expect(kinds(person({ contacts: [contact(), { ...left, ...flag }] })), JSON.stringify(flag)).toEqual([
      'write-consent',
    ]);
  }
});

test('M15, R1 (b): a No that became Yes again is raised, if the field was read as not Yes after the opt-out was booked', () => {
  const seen = contact({ base: base('no', 'unsubscribed'), history: { lastNotYes: 4, lastSetToNo: 0 } });
  const who = person({
    contacts: [seen],
    member: member('unsubscribed'),
    ledger: { optOut: { order: 3 }, optIn: undefined },
  });
  expect(planPerson(who, rules()).operations).toMatchObject([{ kind: 'raise-member', from: 'unsubscribed' }]);
  expect(kinds({ ...who, ledger: { optOut: { order: 4 }, optIn: undefined } })).toEqual(['raise-member']);
  expect(kinds({ ...who, ledger: { optOut: { order: 5 }, optIn: undefined } })).toEqual(['write-consent']);
});

test('R1: an unsubscribed member whose opt-out nobody booked is not raised by Yes alone', () => {
  const seen = contact({ base: base('no', 'unsubscribed') });
  const plan = planPerson(person({ contacts: [seen], member: member('unsubscribed') }), rules());
  expect(plan.operations).toMatchObject([{ kind: 'write-consent', to: 'no' }]);
});

test('R6: nobody is raised from cleaned, pending, forgotten, or, at a first meeting, from what no newer opt-in answers', () => {
  fc.assert(
    fc.property(anyPerson, anyRules, (who, how) => {
      for (const operation of planPerson(who, how).operations) {
        if (operation.kind !== 'raise-member') continue;
        const lead = who.contacts.find(({ id }) => id === operation.contactId);
        expect(['archived', 'known', 'unsubscribed']).toContain(operation.from);
        const isFirst = lead?.base?.status !== 'unsubscribed';
        if (operation.from === 'unsubscribed' && isFirst) {
          const known = Math.max(who.ledger.optOut?.order ?? 0, who.statusOrder ?? Infinity);
          expect(who.ledger.optIn?.order ?? 0).toBeGreaterThan(known);
        }
        expect(operation.readHistory).toBe(operation.from === 'archived');
      }
    }),
    RUNS,
  );
});

test('R6: a refused opt-in is repeated only after an opt-in of (a) or (c)', () => {
  for (const reason of ['compliance', 'permanently_deleted'] as const) {
    const seen = contact({ history: { lastNotYes: 9, lastSetToNo: 0 } });
    const refusal = { reason, words: 'Member in compliance state', isPermanent: true, order: 5 };
    const who = person({ contacts: [seen], refusal });
    expect(planPerson(who, rules())).toMatchObject({
      operations: [],
      reasons: [{ contactId: '1', reason, words: 'Member in compliance state' }],
    });
    expect(kinds({ ...who, ledger: { optOut: undefined, optIn: { order: 5 } } })).toEqual([]);
    expect(kinds({ ...who, ledger: { optOut: undefined, optIn: { order: 6 } } })).toEqual(['add-member']);
    expect(kinds({ ...who, providerOptInOrder: 6 })).toEqual(['add-member']);
  }
});

test('F7: a temporary refusal is the reason until it is forgotten, at the beginning of the next run', () => {
  const refusal = { reason: 'rejected_by_provider', words: 'Too many sign-ups', isPermanent: false, order: 5 } as const;
  expect(planPerson(person({ refusal }), rules())).toMatchObject({
    operations: [],
    reasons: [{ contactId: '1', reason: 'rejected_by_provider', words: 'Too many sign-ups' }],
  });
  expect(kinds(person())).toEqual(['add-member']);
});

test('R10: a value that the customer does not permit is never written', () => {
  fc.assert(
    fc.property(anyPerson, anyRules, (who, how) => {
      for (const operation of planPerson(who, how).operations) {
        if (operation.kind === 'write-consent') expect(how.writableConsents).toContain(operation.to);
        if (operation.kind === 'create-contact') expect(how.writableConsents).toContain('yes');
      }
    }),
    RUNS,
  );
});

test('M20: where not specified is not permitted, Yes stays and the member is not put back', () => {
  const how = rules({ writableConsents: new Set(['yes', 'no']) });
  const removed = person({ contacts: [contact({ base: base('yes', 'subscribed') })], member: member('archived') });
  const plan = planPerson(removed, how);
  expect(plan).toMatchObject({ operations: [], reasons: [{ reason: 'removed_at_provider' }] });
  const settled = { ...removed, contacts: [contact({ base: plan.agreed!.base })] };
  expect(planPerson(settled, how)).toMatchObject({ operations: [], reasons: [{ reason: 'removed_at_provider' }] });
});

test('R15: the Yes of whoever is active at another connection stays when this provider removed him', () => {
  const removed = person({ contacts: [contact({ base: base('yes', 'subscribed') })], member: member('archived') });
  expect(planPerson(removed, rules())).toMatchObject({ operations: [{ kind: 'write-consent', to: 'none' }] });
  const plan = planPerson({ ...removed, isActiveElsewhere: true }, rules());
  expect(plan).toMatchObject({ operations: [], reasons: [{ reason: 'removed_at_provider' }] });
  const settled = { ...removed, contacts: [contact({ base: plan.agreed!.base })] };
  expect(planPerson(settled, rules())).toMatchObject({ operations: [], reasons: [{ reason: 'removed_at_provider' }] });
});

test('R15: a member who bounced is undeliverable at every connection', () => {
  const bounced = person({ contacts: [contact({ base: base('yes', 'subscribed') })], member: member('cleaned') });
  const plan = planPerson({ ...bounced, isActiveElsewhere: true }, rules());
  expect(plan).toMatchObject({ operations: [{ kind: 'write-consent', to: 'undeliverable' }] });
});

test('M18, R3: only a subscribed member is taken out, only an active one unsubscribed, only one that is there updated', () => {
  fc.assert(
    fc.property(anyPerson, anyRules, (who, how) => {
      const status: MemberStatus = who.member?.status ?? 'absent';
      for (const { kind } of planPerson(who, how).operations) {
        if (['remove-member', 'create-contact', 'update-member', 'tag-member', 'tag-contact'].includes(kind)) {
          expect(status, kind).toBe('subscribed');
        }
        if (kind === 'unsubscribe-member') expect(['subscribed', 'pending']).toContain(status);
        if (kind === 'add-member') expect(status).toBe('absent');
        if (kind === 'raise-member') expect(status).not.toBe('absent');
      }
    }),
    RUNS,
  );
});

test('M17: nothing is written to a private, archived or unreadable contact', () => {
  fc.assert(
    fc.property(anyPerson, anyRules, (who, how) => {
      for (const operation of planPerson(who, how).operations) {
        if (operation.kind === 'remove-member' || operation.kind === 'create-contact') continue;
        const here = who.contacts.find(({ id }) => id === operation.contactId);
        const elsewhere = who.leavers.find(({ contactId }) => contactId === operation.contactId);
        expect(here ? isEligible(here) : elsewhere?.isEligible, operation.kind).toBe(true);
      }
    }),
    RUNS,
  );
});

test('M9: putting a member back empties none of his fields that was not seen to become empty', () => {
  const held = member('archived', { fields: { ...NO_FIELDS, firstName: 'Ada', lastName: 'King' } });
  const seen = contact({ fields: { ...NO_FIELDS, lastName: 'Lovelace' } });
  const plan = planPerson(person({ contacts: [seen], member: held }), rules());
  expect(plan.operations).toMatchObject([{ kind: 'raise-member', fields: { firstName: 'Ada', lastName: 'Lovelace' } }]);
});

test('R11: tags that one side alone had while the member was not active are not taken for tags that were taken off', () => {
  const seen = contact({ tagKeys: ['t1'] });
  const waiting = planPerson(person({ contacts: [seen], member: member('pending', { tags: named('VIP') }) }), rules());
  const confirmed = { ...seen, base: waiting.agreed!.base };
  const plan = planPerson(
    person({ contacts: [confirmed], member: member('subscribed', { tags: named('VIP') }) }),
    rules(),
  );
  expect(plan.operations).toMatchObject([
    { kind: 'tag-member', add: ['onoffice', 'Kauf'], remove: [] },
    { kind: 'tag-contact', add: ['VIP'], remove: [] },
  ]);
});

test('R7: an opt-out at the address that a contact had before goes with it to the new one', () => {
  const former = {
    email: OTHER_EMAIL,
    status: 'unsubscribed',
    changedAt: '',
    base: base('yes', 'subscribed'),
  } as const;
  const moved = contact({ former });
  for (const status of MEMBER_STATUSES) {
    const raises = planPerson(person({ contacts: [moved], member: member(status) }), rules()).operations.filter(
      isRaise,
    );
    expect(raises, status).toEqual([]);
  }
  expect(planPerson(person({ contacts: [moved] }), rules())).toMatchObject({
    operations: [
      { kind: 'write-consent', to: 'no' },
      { kind: 'unsubscribe-member', email: EMAIL, from: 'absent' },
    ],
    reasons: [{ reason: 'opted_out' }],
  });
});
