import { expect, test } from 'vitest';
import { burstCounts, burstEnd } from './burst.ts';
import type { EmailAddress } from './email-address.ts';
import type { Operation } from './operation.ts';

const email = 'anna.muster@immo-test.de' as EmailAddress;
const TO_NONE: Operation = { kind: 'write-consent', email, contactId: '1', from: 'yes', to: 'none' };
const TO_NO: Operation = { ...TO_NONE, to: 'no' };
const REMOVAL: Operation = { kind: 'remove-member', email, contactId: '1' };
const NOTICED_AT = Date.parse('2026-03-01T08:00:00Z');
const noticed = { isByEvent: true, isApproved: false, noticedAt: new Date(NOTICED_AT).toISOString() };
const MINUTE = 60_000;

test('R12: what came by event waits two minutes', () => {
  expect(burstEnd(noticed, [TO_NONE], NOTICED_AT, undefined)).toBe(NOTICED_AT + 2 * MINUTE);
  expect(burstEnd(noticed, [TO_NONE], NOTICED_AT + 2 * MINUTE, undefined)).toBeUndefined();
});

test('R12: opt-outs never wait, nor what a person approved or a poll found', () => {
  expect(burstEnd(noticed, [TO_NO], NOTICED_AT, undefined)).toBeUndefined();
  expect(burstEnd({ ...noticed, isApproved: true }, [TO_NONE], NOTICED_AT, undefined)).toBeUndefined();
  expect(burstEnd({ ...noticed, isByEvent: false }, [TO_NONE], NOTICED_AT, undefined)).toBeUndefined();
});

test('R12: it waits on while webhooks of the same burst are being read, half an hour at most', () => {
  const now = NOTICED_AT + 5 * MINUTE;
  expect(burstEnd(noticed, [REMOVAL], now, NOTICED_AT + MINUTE)).toBeGreaterThan(now);
  expect(burstEnd(noticed, [REMOVAL], now, NOTICED_AT + 3 * MINUTE)).toBeUndefined();
  expect(burstEnd(noticed, [REMOVAL], NOTICED_AT + 30 * MINUTE, NOTICED_AT)).toBeUndefined();
});

test('R12: what waits is counted as the brake counts it', () => {
  expect(burstCounts([TO_NONE, TO_NONE, TO_NO, REMOVAL])).toEqual({ setToNone: 2, 'remove-member': 1 });
});
