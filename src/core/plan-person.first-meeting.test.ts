import { expect, test } from 'vitest';
import { contact, leaver, member, NO_FIELDS, named, person, rules } from '../../test/support/person-cases.ts';
import { CRM_CONSENTS, MEMBER_STATUSES, type MemberStatus } from './consent.ts';
import type { SeenContact } from './person-case.ts';
import type { PersonPlan } from './person-plan.ts';
import { planPerson } from './plan-person.ts';

const STATUSES = [
  'subscribed',
  'unsubscribed',
  'cleaned',
  'pending',
  'archived',
  'absent',
  'known',
  'forgotten',
] as const;

/**
 * R5, typed by hand: what is done; after `/` the reason of a contact with Yes, after `#` the reason of an active member.
 */
const FIRST_MEETINGS: Record<string, Record<(typeof STATUSES)[number], string>> = {
  yes: {
    subscribed: 'update-member',
    unsubscribed: 'write-consent:no /opted_out',
    cleaned: 'write-consent:undeliverable /bounced',
    pending: '/awaiting_confirmation',
    archived: 'raise-member:read-history /waiting',
    absent: 'add-member /waiting',
    known: 'raise-member /waiting',
    forgotten: '/permanently_deleted',
  },
  no: {
    subscribed: 'unsubscribe-member #leaving',
    unsubscribed: '',
    cleaned: '',
    pending: 'unsubscribe-member',
    archived: '',
    absent: '',
    known: '',
    forgotten: '',
  },
  none: {
    subscribed: 'write-consent:yes update-member #arriving',
    unsubscribed: 'write-consent:no',
    cleaned: '',
    pending: '',
    archived: '',
    absent: '',
    known: '',
    forgotten: '',
  },
  pending: {
    subscribed: '#member_of_pending_contact',
    unsubscribed: 'write-consent:no',
    cleaned: '',
    pending: '',
    archived: '',
    absent: '',
    known: '',
    forgotten: '',
  },
  undeliverable: {
    subscribed: '#member_of_undeliverable_contact',
    unsubscribed: 'write-consent:no',
    cleaned: '',
    pending: '',
    archived: '',
    absent: '',
    known: '',
    forgotten: '',
  },
  unknown: {
    subscribed: '#member_of_unreadable_contact',
    unsubscribed: '',
    cleaned: '',
    pending: '',
    archived: '',
    absent: '',
    known: '',
    forgotten: '',
  },
};

function told(plan: PersonPlan): string {
  const words = plan.operations.map((operation) => {
    if (operation.kind === 'write-consent') return `write-consent:${operation.to}`;
    return operation.kind === 'raise-member' && operation.readHistory ? 'raise-member:read-history' : operation.kind;
  });
  const reasons = plan.reasons.map(({ reason }) => `/${reason}`);
  return [...words, ...reasons, ...(plan.memberReason ? [`#${plan.memberReason}`] : [])].join(' ');
}

const meet = (seen: SeenContact, status: MemberStatus, overrides: Parameters<typeof member>[1] = {}) =>
  told(planPerson(person({ contacts: [seen], member: member(status, overrides) }), rules()));

test('R5: the table names every consent and every status', () => {
  expect(Object.keys(FIRST_MEETINGS).sort()).toEqual([...CRM_CONSENTS].sort());
  expect([...STATUSES].sort()).toEqual([...MEMBER_STATUSES].sort());
});

test.each(CRM_CONSENTS.flatMap((consent) => STATUSES.map((status) => [consent, status] as const)))(
  'R5: a contact that says %s meets a member that is %s',
  (consent, status) => {
    const seen = contact({ consent, fields: { ...NO_FIELDS, firstName: 'Ada' } });
    expect(meet(seen, status)).toBe(FIRST_MEETINGS[consent]?.[status]);
  },
);

const EXCLUDED = [
  ['private', { isPrivate: true }, '/private', '#member_of_private_contact'],
  ['archived', { isArchived: true }, '/archived_contact', '#member_of_archived_contact'],
  ['unreadable', { isReadable: false }, '/not_readable', '#member_of_unreadable_contact'],
] as const;

test.each(EXCLUDED)('R5, M17: a member of a %s contact leaves only if we put him there', (_, flag, why, counted) => {
  for (const consent of CRM_CONSENTS) {
    const reason = consent === 'yes' ? [why] : [];
    const seen = contact({ consent, ...flag });
    const linked = contact({
      consent,
      ...flag,
      base: { consent: 'yes', status: 'subscribed', fields: NO_FIELDS, tags: [] },
    });
    const gone = ['remove-member', ...reason, '#leaving'].join(' ');
    expect(meet(seen, 'subscribed', { tags: named('foreign') })).toBe([...reason, counted].join(' '));
    expect(meet(seen, 'subscribed', { tags: named('OnOffice') })).toBe(gone);
    expect(meet(linked, 'subscribed', { tags: named('foreign') })).toBe(gone);
    for (const status of STATUSES.filter((one) => one !== 'subscribed')) {
      expect(meet(seen, status), status).toBe(reason.join(' '));
      expect(meet(linked, status), status).toBe(reason.join(' '));
    }
  }
});

test('section 7: a contact that is unreadable, archived and private has the first of these reasons', () => {
  const flags = { isReadable: false, isArchived: true, isPrivate: true };
  expect(meet(contact(flags), 'absent')).toBe('/not_readable');
  expect(meet(contact({ ...flags, isReadable: true }), 'absent')).toBe('/archived_contact');
});

const alone = (status: MemberStatus, tags: string[], overrides: Partial<Parameters<typeof person>[0]> = {}) =>
  told(planPerson(person({ contacts: [], member: member(status, { tags: named(...tags) }), ...overrides }), rules()));

test('R5, R9: a member whom no contact has becomes one, if he is subscribed', () => {
  expect(alone('subscribed', [])).toBe('create-contact #arriving');
  for (const status of STATUSES.filter((one) => one !== 'subscribed')) expect(alone(status, []), status).toBe('');
});

test('R9: a member with our marker tag and no contact is listed, not created again', () => {
  expect(alone('subscribed', ['ONOFFICE'])).toBe('#unknown_member');
});

test('M18: a member whose contact is gone leaves, if he is subscribed', () => {
  expect(alone('subscribed', [], { leavers: [leaver()] })).toBe('remove-member #leaving');
  for (const status of STATUSES.filter((one) => one !== 'subscribed')) {
    expect(alone(status, [], { leavers: [leaver()] }), status).toBe('');
  }
});

test('R9: a member whose address is a further one of a contact is counted, not created', () => {
  const joined = { contactId: '7', reason: 'second_address' } as const;
  expect(alone('subscribed', [], { joined })).toBe('#second_address');
  expect(alone('unsubscribed', [], { joined })).toBe('');
});

test('R9: whom the user chose to leave alone is not created', () => {
  const plan = planPerson(
    person({ contacts: [], member: member('subscribed', { tags: [] }) }),
    rules({ createContacts: false }),
  );
  expect(told(plan)).toBe('#unknown_member');
});

test('R1, R5, R15: an opt-out that was booked and read before an opt-in is no news to a contact that meets him after it', () => {
  const out = { member: member('unsubscribed'), statusOrder: 3 };
  const answered = { ...out, ledger: { optOut: { order: 3 }, optIn: { order: 6 } } };
  const kindsOf = (who: Parameters<typeof person>[0]) =>
    planPerson(person(who), rules()).operations.map(({ kind }) => kind);
  expect(kindsOf(answered)).toEqual(['raise-member']);
  expect(kindsOf({ ...answered, contacts: [contact({ consent: 'none' })] })).toEqual([]);
  expect(kindsOf({ ...answered, statusOrder: 7 }), 'left again, or changed, since the opt-in').toEqual([
    'write-consent',
  ]);
  expect(kindsOf({ ...answered, statusOrder: undefined }), 'nobody knows since when').toEqual(['write-consent']);
  expect(kindsOf({ ...out, ledger: { optOut: undefined, optIn: { order: 6 } } }), 'never booked').toEqual([
    'write-consent',
  ]);
  expect(kindsOf({ ...answered, wentBackOrder: 6 }), 'of before the data went back').toEqual(['write-consent']);
});
