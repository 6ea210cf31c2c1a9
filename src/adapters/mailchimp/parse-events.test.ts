import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ProviderEvent } from '../../core/provider-event.ts';
import { MAILCHIMP_CAPABILITIES } from './mailchimp-provider.ts';
import { parseEvents } from './parse-events.ts';

const OUR_LIST = 'a1b2c3d4e5';
const RECEIVED_AT = '2026-03-26T21:36:00.000Z';
const ANNA = 'anna.muster@immo-test.de';

const webhook = (body: string) => ({
  contentType: 'application/x-www-form-urlencoded',
  body,
  receivedAt: RECEIVED_AT,
});
const form = (type: string, data: Record<string, string>, firedAt = '2026-03-26 21:35:57') => {
  const body = new URLSearchParams({ type, fired_at: firedAt });
  for (const [name, value] of Object.entries(data)) body.append(`data[${name}]`, value);
  return body.toString();
};
const parse = (body: string): ProviderEvent => {
  const events = parseEvents(OUR_LIST, webhook(body));
  expect(events).toHaveLength(1);
  return events![0]!;
};

const MEMBER = { id: '8ce915379a', web_id: '440689828', list_id: OUR_LIST, email: ANNA };
const BOUNCE = { list_id: OUR_LIST, campaign_id: 'c1', email: ANNA };
const CAMPAIGN = { campaign_id: 'c1' };

test.each<[string, string, Record<string, string>, string, string]>([
  ['a sign-up', 'subscribe', MEMBER, 'subscribed', 'someone'],
  [
    'leaving by the link of a mail',
    'unsubscribe',
    { ...MEMBER, ...CAMPAIGN, action: 'unsub', reason: 'manual' },
    'unsubscribed',
    'person',
  ],
  ['leaving by hand', 'unsubscribe', { ...MEMBER, action: 'unsub', reason: 'manual' }, 'unsubscribed', 'someone'],
  [
    'leaving by a link, without an action',
    'unsubscribe',
    { ...MEMBER, ...CAMPAIGN, reason: 'manual' },
    'unsubscribed',
    'person',
  ],
  ['an archived member', 'unsubscribe', { ...MEMBER, action: 'delete', reason: 'manual' }, 'removed', 'someone'],
  [
    'an archived member who had come by a mail',
    'unsubscribe',
    { ...MEMBER, ...CAMPAIGN, action: 'delete' },
    'removed',
    'someone',
  ],
  ['archived or left, the action is missing', 'unsubscribe', { ...MEMBER, reason: 'manual' }, 'removed', 'someone'],
  ['an action that nobody knows', 'unsubscribe', { ...MEMBER, action: 'purge' }, 'removed', 'someone'],
  ['a complaint', 'unsubscribe', { ...MEMBER, action: 'unsub', reason: 'abuse' }, 'complained', 'person'],
  ['a complaint without an action', 'unsubscribe', { ...MEMBER, reason: 'abuse' }, 'complained', 'person'],
  ['a complaint told as cleaned', 'cleaned', { ...BOUNCE, reason: 'abuse' }, 'complained', 'person'],
  ['a hard bounce', 'cleaned', { ...BOUNCE, reason: 'hard' }, 'bounced', 'person'],
  ['a cleaning without a reason', 'cleaned', BOUNCE, 'bounced', 'person'],
  ['an edited profile', 'profile', MEMBER, 'edited', 'someone'],
  ['a telephone number', 'upsms', MEMBER, 'ignored', 'unknown'],
])('%s is understood', (_, type, data, kind, by) => {
  expect(parse(form(type, data))).toMatchObject({ kind, by, email: ANNA, isOurAudience: true });
});

test.each([
  ['unsubscribe', MEMBER],
  ['unsubscribe', { ...MEMBER, action: 'delete' }],
  ['cleaned', BOUNCE],
  ['cleaned', { ...BOUNCE, reason: 'abuse' }],
])('R12: what may tell of an opt-out holds a word by which it is found in a backlog: %s %j', (type, data) => {
  expect(['unsubscribed', 'complained', 'bounced', 'removed']).toContain(parse(form(type, data)).kind);
  expect(form(type, data)).toMatch(new RegExp(MAILCHIMP_CAPABILITIES.optOutWords.join('|'), 'i'));
});

test('an event carries ids, campaign, time and proof, and nothing personal beside the address', () => {
  const body = form('unsubscribe', {
    ...MEMBER,
    ...CAMPAIGN,
    action: 'unsub',
    reason: 'manual',
    'merges][FNAME': 'Anna',
    ip_opt: '203.0.113.10',
  });
  expect(parse(body)).toEqual({
    key: expect.stringMatching(/^[\w-]{43}$/),
    kind: 'unsubscribed',
    by: 'person',
    email: ANNA,
    newEmail: undefined,
    ids: { unique_email_id: '8ce915379a', web_id: '440689828' },
    isOurAudience: true,
    happenedAt: '2026-03-26T21:35:57.000Z',
    campaign: { id: 'c1', name: '' },
    evidence: { action: 'unsub', reason: 'manual' },
  });
});

test('a changed address is told with the old and the new one, under the id of the new one (R7)', () => {
  const data = { list_id: OUR_LIST, new_id: '51da8c3259', new_email: 'Neu@Immo-Test.de', old_email: ANNA };
  expect(parse(form('upemail', data))).toMatchObject({
    kind: 'address-changed',
    by: 'someone',
    email: ANNA,
    newEmail: 'neu@immo-test.de',
    ids: { unique_email_id: '51da8c3259' },
  });
});

test('who was deleted for good is known by his ids only', () => {
  const email = '0123456789abcdef@forgotten.mailchimp.com';
  for (const action of ['delete', 'unsub', ''])
    expect(parse(form('unsubscribe', { ...MEMBER, email, action }))).toMatchObject({
      kind: 'removed',
      email: undefined,
      ids: { unique_email_id: '8ce915379a', web_id: '440689828' },
    });
});

test('a campaign is nobody, whatever its id', () => {
  const body = form('campaign', { id: '5aa2102003', list_id: OUR_LIST, subject: 'Frühling', status: 'sent' });
  expect(parse(body)).toMatchObject({
    kind: 'campaign-sent',
    ids: {},
    email: undefined,
    campaign: { id: '5aa2102003', name: 'Frühling' },
  });
});

test('another audience is not ours, and one that is not named may be', () => {
  const left = { ...MEMBER, ...CAMPAIGN, action: 'unsub' };
  expect(parse(form('unsubscribe', { ...left, list_id: 'other' }))).toMatchObject({
    kind: 'ignored',
    isOurAudience: false,
  });
  const { list_id: _, ...unnamed } = left;
  expect(parse(form('unsubscribe', unnamed))).toMatchObject({ kind: 'unsubscribed', isOurAudience: undefined });
});

test.each(['', 'gestern', '2026-02-30', '2026-13-01 10:00:00', '2026-03-26T21:35:57+02:00'])(
  'without a usable time (%s) an event happened when it came',
  (firedAt) => {
    expect(parse(form('subscribe', MEMBER, firedAt)).happenedAt).toBe(RECEIVED_AT);
  },
);

test('the same happening has the same key, every other one another', () => {
  const left = { ...MEMBER, action: 'unsub', reason: 'manual' };
  const bodies = [
    form('unsubscribe', left),
    form('unsubscribe', left, '2026-03-26 21:35:58'),
    form('unsubscribe', { ...left, action: 'delete' }),
    form('unsubscribe', { ...left, reason: 'abuse' }),
    form('unsubscribe', { ...left, id: '1111111111' }),
    form('subscribe', MEMBER),
    form('cleaned', { ...BOUNCE, reason: 'hard' }),
    form('cleaned', { ...BOUNCE, reason: 'hard', email: 'b@immo-test.de' }),
    form('upemail', { list_id: OUR_LIST, old_email: ANNA, new_email: 'b@immo-test.de' }),
    form('upemail', { list_id: OUR_LIST, old_email: ANNA, new_email: 'c@immo-test.de' }),
  ];
  expect(new Set(bodies.map((body) => parse(body).key)).size).toBe(bodies.length);
  for (const body of bodies) expect(parse(body).key).toBe(parse(`${body}&data%5Bmerges%5D%5BFNAME%5D=Anna`).key);
});

test.each(['', 'hello', '{"event":"spam","email":"a@b.de"}', 'data[email]=a%40b.de', 'type=&data[email]=a%40b.de'])(
  'a body that is none of Mailchimp’s is undefined: %s',
  (body) => {
    expect(parseEvents(OUR_LIST, webhook(body))).toBeUndefined();
  },
);

const NAMES = ['id', 'web_id', 'list_id', 'email', 'old_email', 'new_email', 'new_id', 'reason', 'campaign_id'];
const anyForm = fc
  .tuple(fc.constantFrom('subscribe', 'unsubscribe', 'cleaned', 'upemail', 'campaign'), fc.array(fc.string()))
  .map(([type, values]) => form(type, Object.fromEntries(values.map((value, at) => [NAMES[at % 9]!, value]))));

test('F8: rubbish of any kind is read without a throw, and what is kept of it stays small', () => {
  const body = fc.oneof(fc.string({ unit: 'binary' }), fc.webQueryParameters(), fc.json(), anyForm);
  fc.assert(
    fc.property(body, (text) => {
      for (const event of parseEvents(OUR_LIST, webhook(text)) ?? []) {
        expect(Number.isNaN(Date.parse(event.happenedAt))).toBe(false);
        expect(JSON.stringify(event).length).toBeLessThan(3000);
      }
    }),
    { numRuns: 60 },
  );
});

test.each([
  ['one word', 'x'.repeat(1_000_000)],
  ['names', '&a'.repeat(500_000)],
  ['brackets', '['.repeat(1_000_000)],
  ['NULs', `type=subscribe&data[email]=${'%00'.repeat(300_000)}`],
  ['an address', `type=subscribe&data[email]=${'a'.repeat(1_000_000)}@b.de&data[id]=${'1'.repeat(1000)}`],
  ['half characters', `type=\ud800&data[email]=\udc00@b.de`],
])('F8: a megabyte of %s is read without a throw', (_, body) => {
  const events = parseEvents(OUR_LIST, webhook(body)) ?? [];
  expect(JSON.stringify(events).length).toBeLessThan(3000);
});
