import { expect, test } from 'vitest';
import { createBrevoLimiter } from './brevo-limiter.ts';

function parts() {
  let now = 0;
  const clock = { now: () => now };
  const sleep = async (ms: number) => {
    now += ms;
  };
  const limiter = createBrevoLimiter({ clock, sleep });
  const call = (route: string, meter: { limit: number; remaining: number; reset: number }) =>
    limiter.run(route, async () => ({
      status: 200,
      text: '',
      headers: new Headers({
        'x-sib-ratelimit-limit': String(meter.limit),
        'x-sib-ratelimit-remaining': String(meter.remaining),
        'x-sib-ratelimit-reset': String(meter.reset),
      }),
    }));
  return { call, limiter, now: clock.now };
}
const EMPTY = { limit: 100, remaining: 0, reset: 1200 };
const FULL = { limit: 36_000, remaining: 35_000, reset: 1200 };

test('the meter of all else, when empty, does not hold back contacts', async () => {
  const { call } = parts();
  await call('/account', EMPTY);
  await expect(call('/webhooks', EMPTY)).rejects.toMatchObject({ kind: 'rate_limited', retryAfterMs: 1_201_000 });
  await call('/contacts/lists', FULL);
  await call('/contacts', FULL);
});

test('a short wait is waited, a long one is left to the caller with nothing sent', async () => {
  const { call, now } = parts();
  await call('/account', { ...EMPTY, reset: 20 });
  await call('/account', EMPTY);
  expect(now()).toBe(21_000);
  await expect(call('/account', EMPTY)).rejects.toMatchObject({ code: 'brevo.rate_limited', status: undefined });
});

test('the collection is counted on the slow meter as soon as an answer shows it', async () => {
  const { call } = parts();
  await call('/contacts', EMPTY);
  await expect(call('/contacts', EMPTY)).rejects.toMatchObject({ kind: 'rate_limited' });
  await expect(call('/account', EMPTY)).rejects.toMatchObject({ kind: 'rate_limited' });
  await call('/contacts/{email}', FULL);
});

test.each([10, 20, 60, 36_000])('a limit of %i is that of the fast meter', async (limit) => {
  const { call } = parts();
  await call('/contacts', { limit, remaining: 5, reset: 1 });
  await call('/account', EMPTY);
  await call('/contacts', FULL);
});

test('calls to contacts are spread over the second', async () => {
  const { call, now } = parts();
  for (let number = 0; number < 80; number += 1) await call('/contacts/{email}', FULL);
  expect(now()).toBe(79 * 125);
});

test('calls stay spread when something is asked before each of them, however long the answer takes', async () => {
  let now = 0;
  const sleepers: { until: number; wake: () => void }[] = [];
  const sleep = (ms: number) => {
    const { promise, resolve } = Promise.withResolvers<void>();
    sleepers.push({ until: now + ms, wake: resolve });
    return promise;
  };
  const limiter = createBrevoLimiter({ clock: { now: () => now }, sleep });
  const sentAt: number[] = [];
  const send = async () => {
    sentAt.push(now);
    return { status: 204, text: '', headers: new Headers() };
  };
  const all = Array.from({ length: 24 }, (_, number) =>
    limiter.run('/contacts/{email}', send, () => sleep(number < 8 ? 2_000 : 0)),
  );
  while (sentAt.length < all.length) {
    for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
    const next = sleepers.toSorted((one, other) => one.until - other.until)[0];
    if (!next) continue;
    sleepers.splice(sleepers.indexOf(next), 1);
    now = next.until;
    next.wake();
  }
  const gaps = sentAt.slice(1).map((at, index) => at - (sentAt[index] ?? 0));
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(125);
});

test('what is asked before a call and throws keeps it from being sent, and keeps nobody else waiting', async () => {
  const { call, limiter } = parts();
  let sent = 0;
  const send = async () => {
    sent += 1;
    return { status: 204, text: '', headers: new Headers() };
  };
  for (let number = 0; number < 10; number += 1)
    await expect(limiter.run('/contacts/{email}', send, () => Promise.reject(new Error('lost')))).rejects.toThrow(
      'lost',
    );
  expect(sent).toBe(0);
  await call('/contacts/{email}', FULL);
});
