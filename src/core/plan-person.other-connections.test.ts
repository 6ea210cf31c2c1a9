import { expect, test } from 'vitest';
import { base, contact, member, person, rules } from '../../test/support/person-cases.ts';
import type { PersonCase, SeenContact } from './person-case.ts';
import { planPerson } from './plan-person.ts';

test('R1, R15: who has left since he was known as subscribed is out, whatever his contact says that is no Yes', () => {
  const since = { member: member('subscribed'), statusOrder: 5 };
  for (const consent of ['unknown', 'pending', 'undeliverable', 'none'] as const) {
    for (const known of [base(consent, 'subscribed'), base('yes', 'subscribed')]) {
      const who = person({ ...since, contacts: [contact({ consent, base: known })] });
      const toNo = consent === 'unknown' ? [] : [{ kind: 'write-consent', from: consent, to: 'no' }];
      const out = [...toNo, { kind: 'unsubscribe-member', contactId: '1', from: 'subscribed' }];
      const planned = (more: Partial<PersonCase>) => planPerson({ ...who, ...more }, rules());
      const left = { optOut: { order: 6 }, optIn: undefined };
      expect(planned({ ledger: left }), consent).toMatchObject({ operations: out, memberReason: 'leaving' });
      expect(planned({ leftElsewhereOrder: 6 }).operations, 'shown by the other provider').toMatchObject(out);
      expect(planned({ ledger: left, statusOrder: undefined }).operations, 'nobody knows').toMatchObject(out);
      const unchanged = planned({});
      expect(planned({ leftElsewhereOrder: 4 }), 'subscribed since').toEqual(unchanged);
      const before = { optOut: { order: 4 }, optIn: undefined };
      const carriedOn = planned({ leftElsewhereOrder: 6, ledger: before });
      expect(carriedOn, 'carried on there since').toEqual(planned({ ledger: before }));
      const signedUp = { optOut: { order: 6 }, optIn: { order: 7 } };
      expect(planned({ leftElsewhereOrder: 6, ledger: signedUp })).toEqual(planned({ ledger: signedUp }));
      expect(planned({ ledger: signedUp }).operations, 'signed up since').not.toMatchObject(out);
    }
  }
});

test('R15: a No that another connection wrote for an opt-out is answered by the sign-up that answers the opt-out', () => {
  const known = { base: base('yes', 'subscribed'), consent: 'no' } as const;
  const signedUp = { member: member('subscribed'), ledger: { optOut: { order: 4 }, optIn: { order: 6 } } };
  const planned = (more: Partial<SeenContact>) =>
    planPerson(person({ contacts: [contact({ ...known, ...more })], ...signedUp }), rules()).operations;
  const written = { noSince: 4, history: { lastNotYes: 9, lastSetToNo: 0 } };
  expect(planned(written)).toMatchObject([{ kind: 'write-consent', from: 'no', to: 'yes' }]);
  const seenSet = { noSince: 9, history: { lastNotYes: 9, lastSetToNo: 9 } };
  expect(planned(seenSet)).toMatchObject([{ kind: 'unsubscribe-member' }]);
});
