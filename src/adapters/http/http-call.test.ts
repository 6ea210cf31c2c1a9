import { expect, test } from 'vitest';
import { ProviderError } from '../../core/errors.ts';
import { createHttpCall, type Fetch, type HttpRequest } from './http-call.ts';
import { createRequestCount, type RequestSeen } from './request-count.ts';

const clock = { now: () => 1_000 };
const request: HttpRequest = {
  method: 'POST',
  url: 'http://127.0.0.1/3.0/lists/abc',
  route: '/lists/{id}',
  headers: { accept: 'application/json' },
  body: '{}',
  timeoutMs: 5_000,
};
const failing = (error: unknown): Fetch => {
  return () => Promise.reject(error);
};
const networkError = (code: string) =>
  new TypeError('fetch failed', { cause: Object.assign(new Error('x'), { code }) });

async function failure(fetch: Fetch, changed: Partial<HttpRequest> = {}): Promise<ProviderError> {
  const call = createHttpCall({ system: 'mailchimp', fetch, clock });
  const error = await call({ ...request, ...changed }).catch((thrown: unknown) => thrown);
  if (!(error instanceof ProviderError)) throw new Error('expected a ProviderError');
  return error;
}

test('an answer with an error status is an answer', async () => {
  const call = createHttpCall({
    system: 'brevo',
    fetch: async () => new Response('busy', { status: 503, headers: { 'retry-after': '7' } }),
    clock,
  });
  const answer = await call(request);
  expect([answer.status, answer.text, answer.headers.get('Retry-After')]).toEqual([503, 'busy', '7']);
});

test('a connection that broke may have carried out a write, but never a read', async () => {
  expect(await failure(failing(networkError('ECONNRESET')))).toMatchObject({
    kind: 'unavailable',
    code: 'mailchimp.unavailable',
    mayHaveHappened: true,
    words: 'ECONNRESET',
  });
  expect(await failure(failing(networkError('ECONNRESET')), { method: 'GET' })).toMatchObject({
    mayHaveHappened: false,
  });
  expect(await failure(failing(networkError('ECONNRESET')), { isRead: true })).toMatchObject({
    mayHaveHappened: false,
  });
});

test.each(['ECONNREFUSED', 'ENOTFOUND', 'UND_ERR_CONNECT_TIMEOUT'])(
  'a request that never left (%s) was not carried out',
  async (code) => {
    expect(await failure(failing(networkError(code)))).toMatchObject({ mayHaveHappened: false });
  },
);

test('a time-out ends the call even where fetch ignores the signal', async () => {
  const timer = new AbortController();
  const call = createHttpCall({
    system: 'mailchimp',
    fetch: () => new Promise(() => timer.abort(new Error('time'))),
    clock,
    timeoutSignal: () => timer.signal,
  });
  await expect(call(request)).rejects.toMatchObject({
    kind: 'unavailable',
    mayHaveHappened: true,
    words: 'no answer within 5 s',
  });
});

test('a body that breaks off is no answer', async () => {
  const error = await failure(async () => ({
    status: 200,
    headers: new Headers(),
    text: () => Promise.reject(networkError('UND_ERR_SOCKET')),
  }));
  expect(error).toMatchObject({ kind: 'unavailable', mayHaveHappened: true });
});

test('every request is observed by its route, without ids', async () => {
  const seen: RequestSeen[] = [];
  const count = createRequestCount();
  const call = createHttpCall({
    system: 'mailchimp',
    fetch: async () => new Response('{}'),
    clock,
    onRequest: (one) => {
      seen.push(one);
      count.observe(one);
    },
  });
  await call(request);
  await call(request);
  expect(seen[0]).toEqual({ system: 'mailchimp', method: 'POST', route: '/lists/{id}', status: 200, ms: 0 });
  expect([count.total(), count.byRoute()]).toEqual([2, { 'mailchimp POST /lists/{id}': 2 }]);
});
