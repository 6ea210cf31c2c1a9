import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyPerson, anyRules, base, contact, member, person, rules } from '../../test/support/person-cases.ts';
import { MEMBER_STATUSES } from './consent.ts';
import type { PersonCase } from './person-case.ts';
import { planPerson } from './plan-person.ts';

const kinds = (who: PersonCase) => planPerson(who, rules()).operations.map(({ kind }) => kind);

/** Orders of learning: the opt-out and all that answered it lie before the data went back. */
const OPT_OUT = 3;
const ANSWER = 5;
const WENT_BACK = 10;

const ledger = { optOut: { order: OPT_OUT }, optIn: undefined };
const history = { lastNotYes: ANSWER, lastSetToNo: 0 };

/** An agent has set the field from No to Yes, which is a newer opt-in of R1 (b), and nobody has carried it out yet. */
const answered = (more: Partial<PersonCase> = {}) =>
  person({
    contacts: [contact({ history, base: base('no', 'unsubscribed') })],
    member: member('unsubscribed'),
    ledger,
    ...more,
  });

describe('F9: after the data went back', () => {
  test('a Yes that answered an opt-out before is none until it was once read as not Yes', () => {
    expect(kinds(answered())).toEqual(['raise-member']);
    expect(kinds(answered({ wentBackOrder: WENT_BACK }))).toEqual(['write-consent']);
    const readSince = contact({ history: { ...history, lastNotYes: WENT_BACK + 1 }, base: base('no', 'unsubscribed') });
    expect(kinds(answered({ wentBackOrder: WENT_BACK, contacts: [readSince] }))).toEqual(['raise-member']);
  });

  test.each(MEMBER_STATUSES.filter((status) => status !== 'subscribed'))(
    'a Yes of before adds and raises nobody with a booked opt-out: %s',
    (status) => {
      const who = answered({ wentBackOrder: WENT_BACK, member: member(status) });
      expect(kinds(who).filter((kind) => kind !== 'unsubscribe-member')).toEqual(['write-consent']);
      expect(planPerson(who, rules()).operations[0]).toMatchObject({ to: 'no' });
    },
  );

  test('an unsubscribed member wins over a Yes, whatever opt-in was booked before', () => {
    const signedUp = { optOut: { order: OPT_OUT }, optIn: { order: ANSWER } };
    expect(kinds(answered({ ledger: signedUp }))).toEqual(['raise-member']);
    const after = planPerson(answered({ ledger: signedUp, wentBackOrder: WENT_BACK }), rules());
    expect(after.operations).toMatchObject([{ kind: 'write-consent', from: 'yes', to: 'no' }]);
    expect(after.reasons).toMatchObject([{ reason: 'opted_out' }]);
  });

  test('an opt-in that was booked since then counts', () => {
    const since = { optOut: { order: OPT_OUT }, optIn: { order: WENT_BACK + 1 } };
    expect(kinds(answered({ ledger: since, wentBackOrder: WENT_BACK }))).toEqual(['raise-member']);
  });

  test('whoever is active on both sides stays, though his opt-in lies before', () => {
    const active = answered({
      contacts: [contact({ history, base: base('yes', 'subscribed') })],
      member: member('subscribed'),
      wentBackOrder: WENT_BACK,
    });
    expect(kinds(active)).toEqual([]);
    expect(planPerson(active, rules()).agreed?.base).toMatchObject({ consent: 'yes', status: 'subscribed' });
    // Raised by the agent's Yes after the data were saved: the base state tells nothing of it.
    const raised = { ...active, contacts: [contact({ history, base: base('no', 'unsubscribed') })] };
    expect(kinds(raised)).toEqual([]);
  });

  test('an active member whose opt-out nobody ever answered leaves as before', () => {
    const unanswered = answered({
      contacts: [contact({ history: { lastNotYes: 1, lastSetToNo: 0 }, base: base('yes', 'subscribed') })],
      member: member('subscribed'),
      wentBackOrder: WENT_BACK,
    });
    expect(kinds(unanswered)).toEqual(['write-consent', 'unsubscribe-member']);
  });

  test('a No in the CRM is not overwritten by an opt-in that the provider showed before', () => {
    const who = person({
      contacts: [contact({ consent: 'no', base: base('no', 'unsubscribed') })],
      member: member('subscribed'),
      ledger,
      providerOptInOrder: ANSWER,
      statusOrder: ANSWER,
    });
    expect(planPerson(who, rules()).operations).toMatchObject([{ kind: 'write-consent', to: 'yes' }]);
    expect(planPerson({ ...who, wentBackOrder: WENT_BACK }, rules())).toMatchObject({
      operations: [],
      memberReason: 'resubscribed_elsewhere',
    });
    expect(kinds({ ...who, wentBackOrder: WENT_BACK, providerOptInOrder: WENT_BACK + 1 })).toEqual(['write-consent']);
  });

  test('no unsubscribed member is raised by anything that was learned before', () => {
    let tried = 0;
    fc.assert(
      fc.property(anyPerson, anyRules, (drawn, how) => {
        // Everything drawn was learned up to order 6.
        const who = { ...drawn, wentBackOrder: 6 };
        if (who.member?.status !== 'unsubscribed') return;
        tried += 1;
        const raising = planPerson(who, how).operations.filter(
          (operation) =>
            operation.kind === 'raise-member' || (operation.kind === 'write-consent' && operation.to === 'yes'),
        );
        expect(raising).toEqual([]);
      }),
      { numRuns: 20_000 },
    );
    expect(tried).toBeGreaterThan(1000);
  });
});
