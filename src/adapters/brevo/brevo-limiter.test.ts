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
  return { call, now: clock.now };
}
const EMPTY = { limit: 100, remaining: 0, reset: 1200 };
const FULL = { limit: 36_000, remaining: 35_000, reset: 1200 };

test('the meter of all else, when empty, does not hold back contacts', async () => {
  const { call } = parts();
  await call('/account', EMPTY);
  await expect(call('/webhooks', EMPTY)).rejects.toMatchObject({ kind: 'rate_limited', retryAfterMs: 1_200_875 });
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
