import { expect, test } from 'vitest';
import { base, contact, member, person, rules } from '../../test/support/person-cases.ts';
import type { SeenContact } from './person-case.ts';
import { planPerson } from './plan-person.ts';

const ledger = { optOut: { order: 3 }, optIn: { order: 4 } };

/** A contact that says No, with an opt-in entered by hand that asks for a Yes while the member was `status`. */
const asking = (status: 'unsubscribed' | 'absent' | 'cleaned', more: Partial<SeenContact> = {}) =>
  contact({ consent: 'no', asksYes: status, base: base('no', status), ...more });

const kinds = (who: Parameters<typeof person>[0], how = rules()) =>
  planPerson(person({ ledger, ...who }), how).operations.map((operation) =>
    operation.kind === 'write-consent' ? `${operation.contactId} := ${operation.to}` : operation.kind,
  );

test('R1 (c): the field is set to Yes and the person subscribed in one plan', () => {
  expect(kinds({ contacts: [asking('unsubscribed')], member: member('unsubscribed') })).toEqual([
    '1 := yes',
    'raise-member',
  ]);
  expect(kinds({ contacts: [asking('absent')] })).toEqual(['1 := yes', 'add-member']);
});

test('R1: with an opt-out that is newer, or none of his own on record, nothing is raised', () => {
  const who = { contacts: [asking('unsubscribed')], member: member('unsubscribed') };
  expect(kinds({ ...who, ledger: { optOut: { order: 4 }, optIn: { order: 4 } } })).toEqual([]);
  expect(kinds({ ...who, ledger: { optOut: undefined, optIn: undefined } })).toEqual([]);
  const setToNo = asking('unsubscribed', { history: { lastNotYes: 5, lastSetToNo: 5 } });
  expect(kinds({ ...who, contacts: [setToNo] })).toEqual([]);
});

test('R4: a member who has left since is not raised, booked or not', () => {
  expect(kinds({ contacts: [asking('absent')], member: member('unsubscribed') })).toEqual([]);
  const unmet = asking('unsubscribed', { base: undefined });
  expect(kinds({ contacts: [unmet], member: member('unsubscribed') })).toEqual([]);
});

test('R6: a dead address does not become alive by an opt-in', () => {
  expect(kinds({ contacts: [asking('cleaned')], member: member('cleaned') })).toEqual([]);
});

test('R10: a customer whose list has no Yes gets none', () => {
  const how = rules({ writableConsents: new Set(['no', 'none']) });
  expect(kinds({ contacts: [asking('absent')] }, how)).toEqual([]);
});

test('M17, M18: private, archived and unreadable contacts are not touched', () => {
  for (const excluded of [{ isPrivate: true }, { isArchived: true }, { isReadable: false }]) {
    expect(kinds({ contacts: [asking('absent', excluded)] })).toEqual([]);
  }
});

test('R8: beside a contact that says Yes the other one is set too, and the address stays one member', () => {
  const who = { contacts: [contact({ id: '1' }), asking('absent', { id: '2' })] };
  expect(kinds(who)).toEqual(['2 := yes', 'add-member']);
});

test('who is active and becomes a Yes is on his way', () => {
  const who = person({ ledger, contacts: [asking('unsubscribed')], member: member('subscribed') });
  expect(planPerson(who, rules())).toMatchObject({ memberReason: 'arriving', reasons: [] });
});
