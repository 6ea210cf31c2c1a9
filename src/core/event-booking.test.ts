import { describe, expect, test } from 'vitest';
import { bookingOf, type MemberAtEvent, type ProviderRecord } from './event-booking.ts';
import type { ProviderEvent } from './provider-event.ts';

const NOTHING: ProviderRecord = { optOutAt: '', optOutLearnedAt: '', optInAt: '' };
const at = (minute: number) => `2026-03-01T08:${String(minute).padStart(2, '0')}:00.000Z`;
const event = (kind: ProviderEvent['kind'], more: Partial<ProviderEvent> = {}) => ({
  kind,
  by: 'someone' as const,
  isOurAudience: undefined,
  happenedAt: at(10),
  ...more,
});
const member = (before: MemberAtEvent['before'], now: MemberAtEvent['now'], more: Partial<MemberAtEvent> = {}) => ({
  before,
  now,
  optInAt: '',
  optInIp: '',
  hasBounced: false,
  noReadAt: '',
  ...more,
});

describe('R4: an event that tells of an opt-out', () => {
  test.each(['unsubscribed', 'absent', 'archived', 'subscribed', undefined] as const)(
    'is booked when it names our audience, whatever the member looks like by now (%s)',
    (now) => {
      expect(bookingOf(event('unsubscribed', { isOurAudience: true }), member('subscribed', now), NOTHING)).toBe(
        'opt-out',
      );
    },
  );

  test('is no opt-out of ours when it names other lists and the person is not blocked', () => {
    const elsewhere = event('unsubscribed', { isOurAudience: false });
    expect(bookingOf(elsewhere, member('subscribed', 'subscribed'), NOTHING)).toBe('nothing');
    expect(bookingOf(elsewhere, member('subscribed', 'unsubscribed'), NOTHING)).toBe('opt-out');
  });

  test('R7: is booked when it names no list and nobody is under the address any more, but for whose mail came back', () => {
    expect(bookingOf(event('unsubscribed'), member('absent', 'absent'), NOTHING)).toBe('opt-out');
    expect(bookingOf(event('unsubscribed'), member('absent', 'absent', { hasBounced: true }), NOTHING)).toBe('nothing');
    expect(bookingOf(event('unsubscribed'), member('absent', 'subscribed'), NOTHING)).toBe('nothing');
    expect(bookingOf(event('unsubscribed'), member('subscribed', 'cleaned'), NOTHING)).toBe('nothing');
  });

  test('is stale when a newer opt-in of this provider is on record, or in the member himself', () => {
    const left = event('unsubscribed', { isOurAudience: true });
    expect(bookingOf(left, member('subscribed', 'subscribed'), { ...NOTHING, optInAt: at(11) })).toBe('nothing');
    expect(bookingOf(left, member('subscribed', 'subscribed'), { ...NOTHING, optInAt: at(10) })).toBe('opt-out');
    const signedUp = member('subscribed', 'subscribed', { optInAt: at(11), optInIp: '192.0.2.1' });
    expect(bookingOf(left, signedUp, NOTHING)).toBe('nothing');
    expect(bookingOf(left, { ...signedUp, optInIp: '' }, NOTHING)).toBe('opt-out');
  });

  test('is not booked again when a poll was faster, and does not outrank what came after', () => {
    const late = event('unsubscribed', { isOurAudience: true });
    const known = { ...NOTHING, optOutAt: at(12), optOutLearnedAt: at(12) };
    expect(bookingOf(late, member('unsubscribed', 'unsubscribed'), known)).toBe('nothing');
    expect(bookingOf(late, member('subscribed', 'subscribed'), known)).toBe('nothing');
  });

  test('a complaint counts as one', () => {
    expect(bookingOf(event('complained'), member('subscribed', 'cleaned'), NOTHING)).toBe('opt-out');
  });

  test('R13: our own write that comes back is nobody’s opt-out', () => {
    expect(bookingOf(event('unsubscribed', { by: 'program' }), member('unsubscribed', 'unsubscribed'), NOTHING)).toBe(
      'nothing',
    );
    expect(bookingOf(event('unsubscribed', { by: 'unknown' }), member('unsubscribed', 'unsubscribed'), NOTHING)).toBe(
      'nothing',
    );
  });

  test('where the event does not say who went or was archived, the reading tells', () => {
    expect(bookingOf(event('removed'), member('subscribed', 'unsubscribed'), NOTHING)).toBe('opt-out');
    expect(bookingOf(event('removed'), member('subscribed', 'archived'), NOTHING)).toBe('nothing');
    expect(bookingOf(event('removed'), member('subscribed', undefined), NOTHING)).toBe('nothing');
  });
});

describe('R1 a: an event that tells of a subscription', () => {
  test('is an opt-in when the person or an administrator made it and the member is still subscribed', () => {
    expect(bookingOf(event('subscribed'), member('absent', 'subscribed'), NOTHING)).toBe('opt-in');
    expect(bookingOf(event('subscribed'), member('absent', 'unsubscribed'), NOTHING)).toBe('nothing');
    expect(bookingOf(event('subscribed'), member('absent', undefined), NOTHING)).toBe('nothing');
  });

  test('is none when a program made it, or nobody says who did', () => {
    expect(bookingOf(event('subscribed', { by: 'program' }), member('absent', 'subscribed'), NOTHING)).toBe('nothing');
    expect(bookingOf(event('subscribed', { by: 'unknown' }), member('absent', 'subscribed'), NOTHING)).toBe('nothing');
  });

  test.each([
    [9, 'opt-in'],
    [10, 'nothing'],
    [11, 'nothing'],
  ] as const)('beside an opt-out of this provider at minute %i it is: %s', (minute, booking) => {
    const record = { ...NOTHING, optOutAt: at(minute), optOutLearnedAt: at(minute) };
    expect(bookingOf(event('subscribed'), member('unsubscribed', 'subscribed'), record)).toBe(booking);
  });

  test.each([
    [9, 'opt-in'],
    [10, 'nothing'],
    [11, 'nothing'],
  ] as const)('beside a No of the CRM that was read at minute %i it is: %s', (minute, booking) => {
    const signedUp = member('unsubscribed', 'subscribed', { noReadAt: at(minute) });
    expect(bookingOf(event('subscribed'), signedUp, NOTHING)).toBe(booking);
  });

  test('on another list is none of ours', () => {
    expect(bookingOf(event('subscribed', { isOurAudience: false }), member('absent', 'subscribed'), NOTHING)).toBe(
      'nothing',
    );
  });
});

test.each(['bounced', 'edited', 'mail', 'ignored', 'address-changed'] as const)(
  '%s says nothing about the will',
  (kind) => {
    expect(bookingOf(event(kind), member('subscribed', 'subscribed'), NOTHING)).toBe('nothing');
  },
);
