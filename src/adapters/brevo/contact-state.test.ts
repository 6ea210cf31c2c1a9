import { expect, test } from 'vitest';
import { blockCause, leaveHistory, mayLiftBlock, memberStatus, toInstant, toMember } from './contact-state.ts';
import { ContactDetailsAnswer } from './schema.ts';

const OURS = 12;
const EVENT = [{ campaignId: 3, eventTime: '2026-03-01T10:00:00.000+01:00' }];
const USER = { unsubscriptions: { userUnsubscription: EVENT, adminUnsubscription: [] } };
const ADMIN = { unsubscriptions: { adminUnsubscription: EVENT } };
const BOUNCE = { hardBounces: EVENT };
const details = (more: object = {}, statistics?: unknown) =>
  ContactDetailsAnswer.parse({
    id: 7,
    email: 'Anna.Muster@immo-test.de',
    emailBlacklisted: false,
    listIds: [],
    listUnsubscribed: null,
    modifiedAt: '2026-03-01T10:00:00.123456+01:00',
    attributes: { VORNAME: 'Anna' },
    statistics,
    ...more,
  });

// In this order: blocked, left this list, on this list, absent.
test.each([
  [true, [], [], 'opt-out', 'unsubscribed'],
  [true, [OURS], [], 'opt-out', 'unsubscribed'],
  [true, [OURS], [], 'hard-bounce', 'cleaned'],
  [true, [], [OURS], 'hard-bounce', 'cleaned'],
  [false, [OURS], [OURS], 'opt-out', 'unsubscribed'],
  [false, [], [OURS], 'opt-out', 'unsubscribed'],
  [false, [OURS, 2], [2], 'opt-out', 'subscribed'],
  [false, [OURS], [], 'hard-bounce', 'subscribed'],
  [false, [2], [2], 'opt-out', undefined],
  [false, [], [], 'opt-out', undefined],
] as const)('blocked %s, on %j, left %j, cause %s: %s', (emailBlacklisted, on, left, cause, status) => {
  const contact = details({ emailBlacklisted, listIds: on, listUnsubscribed: left });
  expect(memberStatus(contact, OURS, cause)).toBe(status);
});

test.each([
  ['nothing on record', {}, 'opt-out'],
  ['no statistics', undefined, 'opt-out'],
  ['a hard bounce alone', BOUNCE, 'hard-bounce'],
  ['an unsubscription', USER, 'opt-out'],
  ['a bounce and an unsubscription', { ...BOUNCE, ...USER }, 'opt-out'],
  ['a bounce and an administrator', { ...BOUNCE, ...ADMIN }, 'opt-out'],
  ['a bounce and a complaint', { ...BOUNCE, complaints: EVENT }, 'opt-out'],
  ['a bounce, the rest empty', { ...BOUNCE, complaints: [], unsubscriptions: null }, 'hard-bounce'],
  ['a bounce and something unreadable', { ...BOUNCE, unsubscriptions: 'yes' }, 'opt-out'],
  ['a bounce and an unreadable list', { ...BOUNCE, complaints: 3 }, 'opt-out'],
])('the cause of a block: %s', (_name, statistics, cause) => {
  expect(blockCause(details({}, statistics).statistics)).toBe(cause);
});

test.each([
  ['a person left', { emailBlacklisted: true }, USER, { state: 'left', by: 'person', at: '2026-03-01T09:00:00.000Z' }],
  ['an administrator blocked', { emailBlacklisted: true }, ADMIN, { state: 'left', by: 'administrator' }],
  ['a complaint', { emailBlacklisted: true }, { complaints: EVENT }, { state: 'left', by: 'complaint' }],
  ['an unknown cause', { emailBlacklisted: true }, {}, { state: 'left', by: 'person', at: '' }],
  ['a bounce', { emailBlacklisted: true }, BOUNCE, { state: 'not-left' }],
  ['left our list', { listUnsubscribed: [OURS] }, {}, { state: 'left', by: 'person' }],
  ['a subscriber', { listIds: [OURS] }, {}, { state: 'not-left' }],
])('how somebody left: %s', (_name, contact, statistics, history) => {
  expect(leaveHistory(details(contact, statistics), OURS)).toMatchObject(history);
});

// By the CRM's Yes alone, the same where the block is ours, and after an opt-in of (a) or (c).
test.each([
  ['of an administrator or a program', {}, ADMIN, [true, true, true]],
  ['without a cause', { listIds: [OURS] }, {}, [false, true, true]],
  ['of the person', {}, USER, [false, false, true]],
  ['after a complaint', {}, { complaints: EVENT }, [false, false, true]],
  ['of a dead address', {}, BOUNCE, [false, false, false]],
  ['of a contact on another list', { listIds: [OURS, 2] }, ADMIN, [false, false, true]],
])('R1: a raise lifts only what it may: a block %s', (_name, contact, statistics, lifts) => {
  const blocked = details({ emailBlacklisted: true, ...contact }, statistics);
  const evidence = [
    { mayLiftOwnBlock: false, isBlockOurs: false },
    { mayLiftOwnBlock: false, isBlockOurs: true },
    { mayLiftOwnBlock: true, isBlockOurs: false },
  ];
  expect(evidence.map((one) => mayLiftBlock(blocked, OURS, one))).toEqual(lifts);
});

test('a contact becomes a member', () => {
  const member = toMember(details({ listIds: [OURS] }), OURS, 'opt-out', {
    firstName: 'VORNAME',
    lastName: 'NACHNAME',
  });
  expect(member).toEqual({
    email: 'anna.muster@immo-test.de',
    status: 'subscribed',
    fields: { salutation: '', letterSalutation: '', firstName: 'Anna', lastName: '' },
    tags: [],
    hasMoreTags: false,
    ids: { id: '7' },
    stableId: '7',
    changedAt: '2026-03-01T09:00:00.123Z',
    optInAt: '',
    optInIp: '',
  });
});

test('a contact without an address is no member', () => {
  expect(toMember(details({ email: undefined, listIds: [OURS] }), OURS, 'opt-out', {})).toBeUndefined();
});

test('consent is never guessed: a contact without its block is no answer', () => {
  expect(() => details({ emailBlacklisted: undefined })).toThrow();
  expect(() => details({ listIds: undefined })).toThrow();
});

test.each([
  ['2026-08-01T19:45:17.088000+02:00', '2026-08-01T17:45:17.088Z'],
  ['2026-08-01T19:43:31.777Z', '2026-08-01T19:43:31.777Z'],
  ['', ''],
  ['yesterday', ''],
])('a time stamp %s is %s', (time, instant) => {
  expect(toInstant(time)).toBe(instant);
});
