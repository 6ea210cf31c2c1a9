import type { Clock } from '../../core/clock.ts';
import { type OutsideSystem, ProviderError } from '../../core/errors.ts';
import type { BeforeWrite } from '../../core/outside-systems.ts';
import { redact } from './redact.ts';
import type { RequestObserver } from './request-count.ts';

export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** One request of ours. */
export type HttpRequest = {
  method: HttpMethod;
  url: string;
  /** the path without ids, for metrics: `/lists/{id}/members`; with onOffice the action and resource type */
  route: string;
  headers: Readonly<Record<string, string>>;
  body?: string;
  timeoutMs: number;
  /** true when the request changes nothing at the vendor; by default only GET counts as that */
  isRead?: boolean;
};

/** Any answer of the vendor, whatever its status. Header names are matched without regard to case. */
export type HttpAnswer = { status: number; headers: { get(name: string): string | null }; text: string };

/**
 * Sends one request once. Throws `ProviderError` kind `unavailable` when no whole answer came; an answer with an error
 * status is an answer, which the adapter understands.
 */
export type HttpCall = (request: HttpRequest) => Promise<HttpAnswer>;

/** What is used of `fetch`; the global one, undici's and a simulator called in process all fit. */
export type Fetch = (
  url: string,
  init: {
    method: string;
    headers: Record<string, string>;
    body?: string;
    signal: AbortSignal;
    redirect: 'manual';
  },
) => Promise<{ status: number; headers: { get(name: string): string | null }; text(): Promise<string> }>;

/** Failures before a byte of the request left: the call cannot have been carried out. */
const NOT_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

/**
 * Makes the function that sends requests to one system.
 *
 * @param options.timeoutSignal a signal that aborts after so many milliseconds; the machine's own timer by default
 * @param options.beforeWrite asked right before each request that may change something; where it throws, nothing is sent
 * @param options.onRequest told of every request when it has ended
 */
export function createHttpCall(options: {
  system: OutsideSystem;
  fetch: Fetch;
  clock: Clock;
  timeoutSignal?: (ms: number) => AbortSignal;
  beforeWrite?: BeforeWrite;
  onRequest?: RequestObserver;
}): HttpCall {
  const { system, fetch, clock, timeoutSignal = (ms) => AbortSignal.timeout(ms), beforeWrite, onRequest } = options;
  return async (request) => {
    const isRead = request.isRead ?? request.method === 'GET';
    if (!isRead && beforeWrite) await beforeWrite();
    const startedAt = clock.now();
    const observe = (status: number | undefined) =>
      onRequest?.({ system, method: request.method, route: request.route, status, ms: clock.now() - startedAt });
    const signal = timeoutSignal(request.timeoutMs);
    try {
      const answer = await orAborted(signal, async () => {
        const response = await fetch(request.url, {
          method: request.method,
          headers: { ...request.headers },
          ...(request.body === undefined ? {} : { body: request.body }),
          signal,
          // No vendor redirects; following one could carry a key to a stranger.
          redirect: 'manual',
        });
        return { status: response.status, headers: response.headers, text: await response.text() };
      });
      observe(answer.status);
      return answer;
    } catch (cause) {
      observe(undefined);
      const causeCode = networkCode(cause);
      throw new ProviderError({
        system,
        kind: 'unavailable',
        code: `${system}.unavailable`,
        mayHaveHappened: !isRead && !NOT_SENT.has(causeCode),
        words: signal.aborted ? `no answer within ${request.timeoutMs / 1000} s` : redact(causeCode),
        cause,
      });
    }
  };
}

/** Ends with the signal even where `fetch` ignores it, as a simulator called in process does. */
async function orAborted<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  signal.throwIfAborted();
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const onAbort = () => reject(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([work(), aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

/** Node's and undici's code of a network error, which `fetch` hides in the cause; else the error's name. */
function networkCode(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return error.cause instanceof Error ? networkCode(error.cause) : error.name;
}
