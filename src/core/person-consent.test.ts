import { expect, test } from 'vitest';
import { contact, EMAIL, member, person } from '../../test/support/person-cases.ts';
import type { PersonCase } from './person-case.ts';
import { answerToQueuedRaise, hasNewerOptIn, isChangeAnswered, isLeavingUntold } from './person-consent.ts';

const OPTED_OUT = { ledger: { optOut: { order: 3 }, optIn: undefined } };
const answer = (who: Partial<PersonCase>) => answerToQueuedRaise(person(who), '1')?.kind;

// R4: what becomes of a raise that waits in the provider's queue.
test.each<[string, Partial<PersonCase>, ReturnType<typeof answer>]>([
  ['still says Yes', {}, undefined],
  ['has come in by himself', { member: member('subscribed') }, undefined],
  ['says No', { contacts: [contact({ consent: 'no' })] }, 'unsubscribe-member'],
  ['has an opt-out on record', OPTED_OUT, 'unsubscribe-member'],
  ['opted in after that', { ledger: { optOut: { order: 3 }, optIn: { order: 4 } } }, undefined],
  ['shares the address with a No that was set', sharedWith('no', 5), 'unsubscribe-member'],
  ['shares the address with somebody who says nothing', sharedWith('none', 0), undefined],
  ['is not specified any more', { contacts: [contact({ consent: 'none' })] }, 'remove-member'],
  ['became private', { contacts: [contact({ isPrivate: true })] }, 'remove-member'],
  ['is gone', { contacts: [contact({ isReadable: false })] }, 'remove-member'],
  ['has another address now', { contacts: [] }, 'remove-member'],
])('R4: of a queued raise whose contact %s', (_name, who, expected) => {
  expect(answer(who)).toBe(expected);
});

function sharedWith(consent: 'no' | 'none', lastSetToNo: number): Partial<PersonCase> {
  return { contacts: [contact(), contact({ id: '2', consent, history: { lastNotYes: 0, lastSetToNo } })] };
}

test('R4: the answer names the contact only where it is still at the address', () => {
  expect(answerToQueuedRaise(person({ contacts: [] }), '1')).toEqual({
    kind: 'remove-member',
    email: EMAIL,
    contactId: undefined,
  });
});

test.each([
  ['nothing on record', { optOut: undefined, optIn: undefined }, false],
  ['an opt-in alone', { optOut: undefined, optIn: { order: 2 } }, true],
  ['an opt-in after the opt-out', { optOut: { order: 1 }, optIn: { order: 2 } }, true],
  ['an opt-in before it', { optOut: { order: 2 }, optIn: { order: 1 } }, false],
  ['both at once: a tie is an opt-out', { optOut: { order: 2 }, optIn: { order: 2 } }, false],
])('R1: with %s there is a newer opt-in of (a) or (c): %s', (_name, ledger, expected) => {
  expect(hasNewerOptIn(person({ ledger }))).toBe(expected);
});

test('R1: a Yes after a No of the CRM is no opt-in of (a) or (c)', () => {
  const turned = contact({ history: { lastNotYes: 9, lastSetToNo: 5 } });
  expect(hasNewerOptIn(person({ contacts: [turned], ledger: { optOut: { order: 4 }, optIn: undefined } }))).toBe(false);
});

test.each<[boolean, string, Partial<PersonCase>]>([
  [true, 'a value that nobody writes over', { contacts: [contact({ consent: 'unknown' })] }],
  [true, 'a field that has not become No, because the CRM takes or took none', { contacts: [contact()] }],
  [false, 'a field that says No', { contacts: [contact({ consent: 'no' })] }],
  [false, 'a Yes that answers the leaving', { ledger: { optOut: { order: 3 }, optIn: { order: 4 } } }],
  [false, 'flags that differ: nobody has left', { isOutOverFlags: true }],
  [false, 'a private contact, whom nobody mails', { contacts: [contact({ consent: 'unknown', isPrivate: true })] }],
  [false, 'a member who is there', { contacts: [contact({ consent: 'unknown' })], member: member('subscribed') }],
])('R15: a leaving has to be told to other connections directly: %s, with %s', (expected, _, more) => {
  const left = { member: member('unsubscribed'), ledger: { optOut: { order: 3 }, optIn: undefined } };
  expect(isLeavingUntold(person({ ...left, ...more }))).toBe(expected);
});

test('R1: a change of the member is answered by a Yes that was set, or a sign-up that was told, after it was read', () => {
  const saidYes = (lastNotYes: number) =>
    person({
      contacts: [contact({ consent: 'yes', history: { lastNotYes, lastSetToNo: 0 } })],
      member: member('unsubscribed'),
      statusOrder: 5,
    });
  expect(isChangeAnswered(saidYes(6))).toBe(true);
  expect(isChangeAnswered(saidYes(4))).toBe(false);
  expect(isChangeAnswered({ ...saidYes(4), ledger: { optOut: { order: 2 }, optIn: { order: 6 } } })).toBe(true);
});
