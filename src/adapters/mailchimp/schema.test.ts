import { expect, test } from 'vitest';
import { ProviderError } from '../../core/errors.ts';
import { parseApiKey } from './api-key.ts';
import { subscriberHash, toMember, vendorStatus } from './member.ts';
import { AudienceListAnswer, BulkAnswer, MEMBER_LIST_FIELDS, MemberAnswer, MemberListAnswer } from './schema.ts';

const ANNA = {
  id: 'e3e58e52554bb95bda9598d54e8db398',
  email_address: 'Anna.Muster@immo-test.de',
  unique_email_id: '8ce915379a',
  contact_id: 'c0a25fa8ebc844bb1a96e77eefa71609',
  web_id: 440689828,
  status: 'subscribed',
  merge_fields: { FNAME: 'Anna', ADDRESS: '' },
  ip_signup: '203.0.113.10',
  timestamp_signup: '2026-01-05T09:00:00+00:00',
  last_changed: '2026-01-06T09:00:00+00:00',
  tags_count: 2,
  tags: [
    { id: 2, name: 'Verkäufer' },
    { id: 1, name: 'Eigentümer' },
  ],
  language: 'de',
};
const read = (changes: object) => toMember(MemberAnswer.parse({ ...ANNA, ...changes }), { firstName: 'FNAME' });

test('a member is translated', () => {
  expect(read({})).toEqual({
    email: 'anna.muster@immo-test.de',
    status: 'subscribed',
    fields: { firstName: 'Anna', lastName: '', salutation: '', letterSalutation: '' },
    tags: [
      { id: '1', name: 'Eigentümer' },
      { id: '2', name: 'Verkäufer' },
    ],
    hasMoreTags: false,
    ids: { id: ANNA.id, unique_email_id: '8ce915379a', contact_id: ANNA.contact_id, web_id: '440689828' },
    stableId: ANNA.contact_id,
    changedAt: '2026-01-06T09:00:00.000Z',
    optInAt: '2026-01-05T09:00:00.000Z',
    optInIp: '203.0.113.10',
  });
});

test.each([
  ['subscribed', 'subscribed'],
  ['unsubscribed', 'unsubscribed'],
  ['cleaned', 'cleaned'],
  ['pending', 'pending'],
  ['archived', 'archived'],
  ['transactional', 'known'],
] as const)('%s is %s, both ways', (theirs, ours) => {
  expect(read({ status: theirs })?.status).toBe(ours);
  expect(vendorStatus(ours)).toBe(theirs);
});

test('an unknown status is neither raised nor taken for an opt-out', () => {
  expect(read({ status: 'snoozed' })?.status).toBe('pending');
  expect(vendorStatus('forgotten')).toBeUndefined();
});

test('missing odds and ends do no harm, missing essentials do', () => {
  const bare = MemberAnswer.parse({ email_address: 'a@immo-test.de', status: 'subscribed' });
  expect(toMember(bare, {})).toMatchObject({ tags: [], changedAt: '', optInAt: '', optInIp: '' });
  expect(MemberAnswer.safeParse({ email_address: 'a@immo-test.de' }).success).toBe(false);
  expect(MemberListAnswer.safeParse({ members: [] }).success).toBe(false);
  expect(BulkAnswer.safeParse({}).success).toBe(false);
});

test('cut tags are told', () => expect(read({ tags_count: 51 })?.hasMoreTags).toBe(true));

test('an address that is none is left out', () => expect(read({ email_address: '"a b"@c' })).toBeUndefined());

test('without constraints an audience may be created', () => {
  expect(AudienceListAnswer.parse({ lists: [] }).constraints).toEqual({
    may_create: true,
    max_instances: -1,
    current_total_instances: 0,
  });
});

test('listings ask only for what is read', () => {
  expect(MEMBER_LIST_FIELDS).toContain('members.tags_count');
  expect(MEMBER_LIST_FIELDS).toContain('total_items');
  expect(MEMBER_LIST_FIELDS).not.toContain('_links');
});

test('the path key is the MD5 of the address', () => {
  const email = read({})?.email;
  expect(email && subscriberHash(email)).toBe('e3e58e52554bb95bda9598d54e8db398');
});

test('a key is its text and the data centre of its suffix', () => {
  const key = '0123456789abcdef0123456789abcdef-us21';
  expect(parseApiKey(` ${key}\n`)).toEqual({ text: key, dataCenter: 'us21' });
});

test.each([
  '',
  'abc',
  '0123456789abcdef0123456789abcdef',
  '0123456789abcdef-us21.evil.test',
  'xkeysib-0123-AbC/x',
  'a b-us1',
])('"%s" is no Mailchimp key', (text) => {
  expect(() => parseApiKey(text)).toThrow(ProviderError);
  expect(() => parseApiKey(text)).toThrow(expect.objectContaining({ kind: 'auth', code: 'mailchimp.key_malformed' }));
});
