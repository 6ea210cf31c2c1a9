import { z } from 'zod';
import type { Clock } from '../../core/clock.ts';
import type { BeforeWrite } from '../../core/outside-systems.ts';
import { createHttpCall, type Fetch, type HttpAnswer, type HttpMethod } from '../http/http-call.ts';
import { parseJson } from '../http/parse-json.ts';
import type { RequestObserver } from '../http/request-count.ts';
import { type Sleep, type Waiting, withRetry } from '../http/retry.ts';
import { parseApiKey } from './api-key.ts';
import { type BrevoLimiter, createBrevoLimiter } from './brevo-limiter.ts';
import { errorFromAnswer } from './errors.ts';
import { RETRY, TIMEOUT_MS } from './limits.ts';

/** What the client is handed. */
export type BrevoClientOptions = {
  apiKey: string;
  /** instead of `https://api.brevo.com/v3`, for practice mode and tests; without a slash at its end */
  baseUrl?: string;
  fetch: Fetch;
  clock: Clock;
  sleep: Sleep;
  random: () => number;
  /** shared by all connections of one Brevo account; its own by default */
  limiter?: BrevoLimiter;
  timeoutSignal?: (ms: number) => AbortSignal;
  beforeWrite?: BeforeWrite;
  onRequest?: RequestObserver;
  onWaiting?: (waiting: Waiting) => void;
};

/** One call. `{name}` in the route is filled from `path`. */
export type BrevoRequest = {
  method: HttpMethod;
  route: string;
  path?: Readonly<Record<string, string | number>>;
  query?: Readonly<Record<string, string | number | boolean>>;
  body?: unknown;
  timeoutMs?: number;
  /** whether carrying it out twice does no harm; by default only of GET */
  repeatable?: boolean;
};

/** Talks to one Brevo account. All functions throw `ProviderError`, after the tries that are allowed. */
export type BrevoClient = {
  readonly clock: Clock;
  /** whether the collection `/contacts` counts on the slow meter, as far as an answer has told */
  isCollectionSlow(): boolean;
  /** Calls and reads the answer. */
  ask<T extends z.ZodType>(request: BrevoRequest, schema: T): Promise<z.output<T>>;
  /** Calls and needs nothing of the body; for answers without one. */
  tell(request: BrevoRequest): Promise<void>;
  /**
   * Reads a file that an answer points to, without the key. Only over HTTPS or from the API's own origin.
   *
   * @returns undefined when it cannot be read
   */
  download(url: string): Promise<string | undefined>;
};

/**
 * Makes a client.
 *
 * @throws ProviderError code `brevo.key_missing` or `brevo.key_invalid`, before any call
 */
export function createBrevoClient(options: BrevoClientOptions): BrevoClient {
  const { clock, sleep, random, timeoutSignal, beforeWrite, onRequest, onWaiting } = options;
  const apiKey = parseApiKey(options.apiKey);
  const baseUrl = options.baseUrl ?? 'https://api.brevo.com/v3';
  const limiter = options.limiter ?? createBrevoLimiter({ clock, sleep });
  const call = createHttpCall({
    system: 'brevo',
    fetch: options.fetch,
    clock,
    ...(timeoutSignal ? { timeoutSignal } : {}),
    ...(onRequest ? { onRequest } : {}),
  });
  const policy = { clock, random, sleep, ...RETRY, ...(onWaiting ? { onWaiting } : {}) };

  const sendOnce = async (request: BrevoRequest): Promise<HttpAnswer> => {
    const answer = await limiter.run(
      request.route,
      () =>
        call({
          method: request.method,
          url: baseUrl + fillRoute(request) + queryText(request.query),
          route: request.route,
          headers: {
            'api-key': apiKey,
            accept: 'application/json',
            'user-agent': 'newsletter-connector',
            ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
          },
          ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
          timeoutMs: request.timeoutMs ?? TIMEOUT_MS.single,
        }),
      // Asked before the pace is taken: a slow answer would bunch the calls of a second.
      request.method === 'GET' ? undefined : beforeWrite,
    );
    if (answer.status >= 200 && answer.status < 300) return answer;
    const named = Object.keys(request.path ?? {});
    throw errorFromAnswer(answer, {
      isRead: request.method === 'GET',
      namesOnlyAudience: named.length === 1 && named[0] === 'listId',
      secrets: [apiKey],
    });
  };

  const send = <T>(request: BrevoRequest, read: (answer: HttpAnswer) => T): Promise<T> =>
    withRetry(async () => read(await sendOnce(request)), policy, {
      repeatable: request.repeatable ?? request.method === 'GET',
    });

  return {
    clock,
    isCollectionSlow: limiter.isCollectionSlow,
    ask: (request, schema) => send(request, (answer) => parseJson(answer, schema, 'brevo')),
    tell: (request) =>
      send(request, (answer) => {
        // A page of HTML with status 200 comes from something in between, and says nothing was done.
        if (answer.text.trim() !== '') parseJson(answer, z.unknown(), 'brevo');
      }),
    async download(url) {
      if (!isTrusted(url, baseUrl)) return undefined;
      const answer = await call({ method: 'GET', url, route: 'file', headers: {}, timeoutMs: TIMEOUT_MS.page }).catch(
        () => undefined,
      );
      return answer?.status === 200 ? answer.text : undefined;
    },
  };
}

function isTrusted(url: string, baseUrl: string): boolean {
  const parsed = URL.parse(url);
  return parsed !== null && (parsed.protocol === 'https:' || parsed.origin === new URL(baseUrl).origin);
}

function fillRoute({ route, path = {} }: BrevoRequest): string {
  return route.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = path[name];
    if (value === undefined || value === '') throw new Error(`no value for {${name}} in ${route}`);
    return encodeURIComponent(value);
  });
}

function queryText(query: BrevoRequest['query']): string {
  if (!query) return '';
  const pairs = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`);
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
}
