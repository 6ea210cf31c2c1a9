import { expect, test } from 'vitest';
import type { EmailAddress } from '../../core/email-address.ts';
import type { Operation } from '../../core/operation.ts';
import { describeOperation } from './describe-operation.ts';

const email = 'eva@immo-test.de' as EmailAddress;
const OLD = 'eva.alt@immo-test.de' as EmailAddress;
const who = { email, contactId: '7' };
const fields = {
  salutation: 'Frau',
  letterSalutation: 'Sehr geehrte Frau Übler,',
  firstName: 'Eva',
  lastName: 'Übler',
};

const CASES: readonly [Operation, string, string][] = [
  [{ kind: 'add-member', ...who, fields, tags: ['onoffice'] }, '', 'subscribed · Frau Eva Übler · + onoffice'],
  [
    { kind: 'raise-member', ...who, from: 'archived', readHistory: true, fields, tags: [] },
    'archived',
    'subscribed · Frau Eva Übler',
  ],
  [
    {
      kind: 'update-member',
      ...who,
      before: { firstName: 'Ewa', lastName: 'Übler', salutation: '' },
      after: { firstName: 'Eva', lastName: 'Übler', salutation: 'Frau' },
    },
    '– · Ewa',
    'Frau · Eva',
  ],
  [{ kind: 'tag-member', ...who, add: ['A', 'B'], remove: ['C'] }, '− C', '+ A, + B'],
  [{ kind: 'unsubscribe-member', ...who, from: 'subscribed' }, 'subscribed', 'unsubscribed'],
  [{ kind: 'remove-member', ...who }, 'subscribed', 'archived'],
  [{ kind: 'move-member', ...who, from: OLD }, OLD, email],
  [{ kind: 'change-contact-address', ...who, to: OLD }, email, OLD],
  [{ kind: 'write-consent', ...who, from: 'yes', to: 'no' }, 'Newsletter: yes', 'Newsletter: no'],
  [{ kind: 'create-contact', email, fields, tags: [] }, '', 'Newsletter: yes · Frau Eva Übler'],
];

test.each(CASES)('$kind is told as before and after', (operation, before, after) => {
  expect(describeOperation(operation, { language: 'en', optOutValue: 'no' })).toEqual({ before, after });
});

test('R10: an opt-out is told by the value that it writes', () => {
  const operation: Operation = { kind: 'write-consent', ...who, from: 'yes', to: 'no' };
  expect(describeOperation(operation, { language: 'de', optOutValue: 'cancellation' }).after).toBe(
    'Newsletter: Absage',
  );
});

test('German agencies read it in German', () => {
  const operation: Operation = { kind: 'write-consent', ...who, from: 'none', to: 'undeliverable' };
  expect(describeOperation(operation, { language: 'de', optOutValue: 'no' })).toEqual({
    before: 'Newsletter: keine Angabe',
    after: 'Newsletter: unzustellbar',
  });
});
