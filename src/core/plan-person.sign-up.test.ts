import { expect, test } from 'vitest';
import { base, contact, member, OTHER_EMAIL, person, rules } from '../../test/support/person-cases.ts';
import type { PersonCase } from './person-case.ts';
import { planPerson } from './plan-person.ts';

const kinds = (who: PersonCase, how = rules()) => planPerson(who, how).operations.map(({ kind }) => kind);

test("R1 (a): the member's own newer opt-in keeps him where the CRM still says Yes", () => {
  const optedOut = person({ member: member('subscribed'), ledger: { optOut: { order: 3 }, optIn: undefined } });
  expect(kinds({ ...optedOut, providerOptInOrder: 4 })).toEqual([]);
  expect(kinds({ ...optedOut, providerOptInOrder: 3 })).toEqual(['write-consent', 'unsubscribe-member']);
});

test('R1 (a): a member who signed up again after his opt-out becomes a contact', () => {
  const who = person({
    contacts: [],
    member: member('subscribed', { tags: [] }),
    ledger: { optOut: { order: 3 }, optIn: undefined },
  });
  expect(kinds(who)).toEqual([]);
  expect(kinds({ ...who, providerOptInOrder: 4 })).toEqual(['create-contact']);
});

test('M19, R1 (a): a sign-up that was told since the field was read as No sets it to Yes, also at a first meeting', () => {
  for (const consent of ['no', 'none', 'pending', 'undeliverable'] as const) {
    const seen = contact({ consent, noSince: consent === 'no' ? 3 : 0, history: { lastNotYes: 3, lastSetToNo: 0 } });
    const who = person({ contacts: [seen], member: member('subscribed') });
    const signedUp = { ...who, ledger: { optOut: undefined, optIn: { order: 4 } } };
    expect(planPerson(signedUp, rules()).operations[0], consent).toMatchObject({ kind: 'write-consent', to: 'yes' });
    // A field that was read later says what it says.
    const before = { ...who, ledger: { optOut: undefined, optIn: { order: 3 } } };
    expect(kinds(before), consent).toEqual(kinds(who));
  }
});

test('M19, R1: an opt-in from before the No was read leaves it as it is, whatever the field said before', () => {
  const signedUp = (noSince: number) =>
    person({
      contacts: [
        contact({ consent: 'no', base: base('no', 'absent'), noSince, history: { lastNotYes: 7, lastSetToNo: 0 } }),
      ],
      member: member('subscribed'),
      ledger: { optOut: undefined, optIn: { order: 4 } },
    });
  expect(kinds(signedUp(5))).not.toContain('write-consent');
  expect(kinds(signedUp(3))).toContain('write-consent');
});

test('R1 (a), R8: a No that was there before the sign-up is no newer because the contact was read again', () => {
  const seen = contact({ consent: 'no', noSince: 2, history: { lastNotYes: 9, lastSetToNo: 0 } });
  const who = person({ contacts: [seen], member: member('subscribed') });
  const signedUp = { ...who, ledger: { optOut: undefined, optIn: { order: 4 } } };
  expect(planPerson(signedUp, rules()).operations[0]).toMatchObject({ kind: 'write-consent', to: 'yes' });
  // Nor is one that we wrote ourselves for an opt-out from before.
  const ours = {
    ...signedUp,
    contacts: [{ ...seen, noSince: 0 }],
    ledger: { optOut: { order: 3 }, optIn: { order: 4 } },
  };
  expect(planPerson(ours, rules()).operations[0]).toMatchObject({ kind: 'write-consent', to: 'yes' });
});

test('R7: a No that a contact brings along from another address is newer than the sign-up here', () => {
  const former = { email: OTHER_EMAIL, status: 'absent' as const, changedAt: '', base: base('no', 'absent') };
  const seen = contact({ consent: 'no', noSince: 2, former, history: { lastNotYes: 9, lastSetToNo: 0 } });
  const who = person({ contacts: [seen], member: member('subscribed') });
  expect(kinds({ ...who, ledger: { optOut: undefined, optIn: { order: 4 } } })).toEqual(['unsubscribe-member']);
});
