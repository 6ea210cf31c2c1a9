import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ProviderEvent } from '../../core/provider-event.ts';
import { BREVO_CAPABILITIES } from './brevo-provider.ts';
import { parseEvents } from './parse-events.ts';

const OUR_LIST = '12';
const RECEIVED_AT = '2026-07-01T16:22:30.000Z';
const ANNA = 'anna@immo-test.de';

const webhook = (body: string) => ({ contentType: 'application/json', body, receivedAt: RECEIVED_AT });
const parse = (body: object): readonly ProviderEvent[] => parseEvents(OUR_LIST, webhook(JSON.stringify(body))) ?? [];
const kinds = (body: object) => parse(body).map(({ kind }) => kind);

const LOWERING = ['unsubscribed', 'complained', 'bounced', 'removed'];
const MAIL = { id: 9864, email: ANNA, camp_id: 31, 'campaign name': 'Juli 2026', ts_event: 1782922930, ts: 1782922931 };
const CHANGE = { id: 9864, email: ANNA, key: 'k1', ts: 1782979200, api_key_name: '' };
const updated = (content: unknown, more: object = {}) => ({
  ...CHANGE,
  event: 'contact_updated',
  content: [content],
  ...more,
});

test.each<[string[], ProviderEvent['kind']]>([
  [['unsubscribe', 'unsubscribed'], 'unsubscribed'],
  [['spam'], 'complained'],
  [['hard_bounce', 'hard_bounced', 'hardBounce'], 'bounced'],
  [['soft_bounce', 'soft_bounced', 'softBounce', 'delivered', 'opened', 'proxy_open', 'click'], 'mail'],
  [['unique_coupon_sent', 'somethingNew'], 'ignored'],
])('every spelling of %j is understood, by the person', (spellings, kind) => {
  for (const event of spellings)
    expect(parse({ ...MAIL, event })).toMatchObject([{ kind, by: 'person', email: ANNA, isOurAudience: undefined }]);
});

test.each([
  ...['unsubscribe', 'unsubscribed', 'spam', 'hard_bounce', 'hard_bounced', 'hardBounce', 'contact_deleted'].map(
    (event) => ({ ...MAIL, event }),
  ),
  updated({ email: ANNA, emailBlacklist: true }),
  updated({ email: ANNA, list: { deletion: [12] } }),
])('R12: what may tell of an opt-out holds a word by which it is found in a backlog: %j', (body) => {
  expect(LOWERING).toContain(kinds(body)[0]);
  expect(JSON.stringify(body)).toMatch(new RegExp(BREVO_CAPABILITIES.optOutWords.join('|'), 'i'));
});

test.each<[string, unknown, boolean | undefined]>([
  ['ours', [7, 12], true],
  ['ours as text', ['12'], true],
  ['ours alone', 12, true],
  ['another one', [7], false],
  ['none', [], undefined],
  ['rubbish', [{}, null, ''], undefined],
])('an unsubscription that names %s counts for our audience accordingly', (_, list_id, isOurAudience) => {
  expect(parse({ ...MAIL, event: 'unsubscribe', list_id })).toMatchObject([{ kind: 'unsubscribed', isOurAudience }]);
});

test('an event carries campaign, time and proof; the words of a bounce are cut to its codes', () => {
  const body = {
    ...MAIL,
    event: 'hard_bounced',
    reason: `550 5.1.1 <${ANNA}>: no such user`,
    URL: 'https://x.example',
  };
  expect(parse(body)).toEqual([
    {
      key: expect.stringMatching(/^[\w-]{43}$/),
      kind: 'bounced',
      by: 'person',
      email: ANNA,
      newEmail: undefined,
      ids: {},
      isOurAudience: undefined,
      happenedAt: '2026-07-01T16:22:10.000Z',
      campaign: { id: '31', name: 'Juli 2026' },
      evidence: { reason: '550 5.1.1' },
    },
  ]);
});

test.each<[string, object, ProviderEvent['kind'], boolean | undefined]>([
  ['ours', { list_id: [12] }, 'subscribed', true],
  ['ours among others', { list_id: [7, 12] }, 'subscribed', true],
  ['another one', { list_id: [7] }, 'ignored', false],
  ['no list, so that the contact has to be looked at', {}, 'edited', undefined],
])('a list addition names %s', (_, more, kind, isOurAudience) => {
  expect(parse({ ...CHANGE, event: 'list_addition', ...more })).toMatchObject([{ kind, isOurAudience }]);
});

test('a deleted contact is removed, from our list or from others', () => {
  const { api_key_name: _, ...deleted } = { ...CHANGE, event: 'contact_deleted' };
  expect(parse({ ...deleted, list_id: [12] })).toMatchObject([
    { kind: 'removed', by: 'unknown', isOurAudience: true, email: ANNA },
  ]);
  expect(parse({ ...deleted, list_id: [7] })).toMatchObject([{ kind: 'removed', isOurAudience: false }]);
});

const LIST = { addition: [{ id: 12, name: 'onoffice' }] };
test.each<[string, unknown, ProviderEvent['kind'][]]>([
  ['a block', { emailBlacklist: true }, ['unsubscribed']],
  ['a lifted block', { emailBlacklist: false, list: {}, attributes: {} }, ['subscribed']],
  ['our list', { list: LIST, attributes: {} }, ['subscribed']],
  ['our list no longer', { list: { deletion: [{ id: 12 }] } }, ['removed']],
  ['another list', { list: { addition: [{ id: 7 }], deletion: [{ id: 8 }] }, attributes: {} }, ['ignored']],
  ['names', { list: {}, attributes: { NACHNAME: 'Muster' } }, ['edited']],
  ['names and another list', { list: { addition: [{ id: 7 }] }, attributes: { NACHNAME: 'Muster' } }, ['edited']],
  ['an address', { updated_email: 'neu@immo-test.de' }, ['address-changed']],
  [
    'our list and a block: the opt-out comes last',
    { emailBlacklist: true, list: LIST },
    ['subscribed', 'unsubscribed'],
  ],
  ['something that nobody knows', { emailBlacklist: 'perhaps', more: 1 }, ['edited']],
  ['nothing', undefined, ['edited']],
])('a change of %s is understood', (_, content, expected) => {
  expect(kinds(updated(content))).toEqual(expected);
});

test('a changed address is told under the old one (R7), which may stand inside only', () => {
  const moved = { kind: 'address-changed', email: ANNA, newEmail: 'neu@immo-test.de', by: 'someone' };
  expect(parse(updated({ updated_email: 'Neu@immo-test.de' }))).toMatchObject([moved]);
  const inside = updated({ email: ANNA, updated_email: 'neu@immo-test.de' }, { email: undefined });
  expect(parse(inside)).toMatchObject([moved]);
});

test.each<[string | undefined, ProviderEvent['by'], object]>([
  ['Shop', 'program', { apiKey: 'Shop' }],
  ['', 'someone', {}],
  [undefined, 'unknown', {}],
])('the name of the key (%s) tells a program from a person (R1 a)', (api_key_name, by, evidence) => {
  for (const body of [updated({ emailBlacklist: false }), { ...CHANGE, event: 'list_addition', list_id: [12] }])
    expect(parse({ ...body, api_key_name })).toMatchObject([{ kind: 'subscribed', by, evidence }]);
});

test.each<[object, string]>([
  [{ ts_event: 1782922930, ts: 1782922999 }, '2026-07-01T16:22:10.000Z'],
  [{ ts: '1782922930' }, '2026-07-01T16:22:10.000Z'],
  [{ date: '2026-07-01T18:22:10.000+02:00' }, '2026-07-01T16:22:10.000Z'],
  [{ ts: 'soon', date: '2026-07-01 18:22:10' }, RECEIVED_AT],
  [{ ts: true, ts_event: -1 }, RECEIVED_AT],
  [{}, RECEIVED_AT],
])('the time of %j is the best that the body has', (times, happenedAt) => {
  expect(parse({ event: 'spam', email: ANNA, ...times })).toMatchObject([{ happenedAt }]);
});

test('the same happening has the same key, whatever hook told it; every other one another', () => {
  const bodies = [
    { ...MAIL, event: 'unsubscribe', list_id: [12] },
    { ...MAIL, event: 'unsubscribe', list_id: [7] },
    { ...MAIL, event: 'spam' },
    { ...MAIL, event: 'spam', camp_id: 32 },
    { ...MAIL, event: 'spam', ts_event: 1782922931 },
    { ...MAIL, event: 'spam', email: 'b@immo-test.de' },
    { ...MAIL, event: 'click', URL: 'https://makler.example/1' },
    { ...MAIL, event: 'click', URL: 'https://makler.example/2' },
    updated({ emailBlacklist: true }),
    updated({ emailBlacklist: false }),
    updated({ attributes: { VORNAME: 'Anna' } }),
    updated({ attributes: { VORNAME: 'Bea' } }),
  ];
  const keys = bodies.flatMap((body) => parse(body).map(({ key }) => key));
  expect(new Set(keys).size).toBe(bodies.length);
  expect(bodies.flatMap((body) => parse({ ...body, id: 2 }).map(({ key }) => key))).toEqual(keys);
  const two = parse(updated({ emailBlacklist: true, list: LIST }));
  expect(new Set(two.map(({ key }) => key)).size).toBe(2);
});

test('a batch is read event by event; what is none in it is left out', () => {
  expect(kinds([{ ...MAIL, event: 'spam' }, null, 7, {}, { ...MAIL, event: 'delivered' }])).toEqual([
    'complained',
    'mail',
  ]);
});

test.each(['', 'hello', 'null', '[]', '{}', '[{}]', '{"event":7}', 'type=subscribe&data[email]=a%40b.de', '{"event":'])(
  'a body that is none of Brevo’s is undefined: %s',
  (body) => {
    expect(parseEvents(OUR_LIST, webhook(body))).toBeUndefined();
  },
);

const value = fc.jsonValue({ maxDepth: 2 });
const anyBody = fc.record(
  {
    event: fc.constantFrom('unsubscribe', 'list_addition', 'contact_updated', 'contact_deleted', 'hardBounce', 'x'),
    email: value,
    camp_id: value,
    'campaign name': value,
    list_id: value,
    content: fc.oneof(
      value,
      fc.array(
        fc.record(
          {
            email: value,
            emailBlacklist: value,
            list: fc.record({ addition: value, deletion: value }, { requiredKeys: [] }),
            attributes: value,
          },
          { requiredKeys: [] },
        ),
      ),
    ),
    URL: value,
    reason: value,
    api_key_name: value,
    ts_event: value,
    ts: value,
    date: value,
  },
  { requiredKeys: ['event'] },
);

test('F8: rubbish of any kind is read without a throw, and what is kept of it stays small', () => {
  const body = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.json(),
    anyBody.map((one) => JSON.stringify(one)),
    fc.array(anyBody, { maxLength: 3 }).map((many) => JSON.stringify(many)),
  );
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
  ['brackets', '['.repeat(1_000_000)],
  ['brackets inside', `{"event":"contact_updated","content":${'['.repeat(400_000)}${']'.repeat(400_000)}}`],
  [
    'brackets in an attribute',
    `{"event":"contact_updated","content":[{"attributes":{"A":${'['.repeat(400_000)}${']'.repeat(400_000)}}}]}`,
  ],
  ['NULs', JSON.stringify({ event: 'spam', email: '\0'.repeat(150_000) })],
  ['an address', JSON.stringify({ event: 'spam', email: `${'a'.repeat(1_000_000)}@b.de` })],
  ['numbers', JSON.stringify({ event: 'spam', camp_id: 1e308, ts: 1e308 })],
  ['half characters', '{"event":"spam","email":"\\ud800@b.de","campaign name":"\\udc00"}'],
])('F8: a megabyte of %s is read without a throw', (_, body) => {
  expect(JSON.stringify(parseEvents(OUR_LIST, webhook(body)) ?? []).length).toBeLessThan(3000);
});
