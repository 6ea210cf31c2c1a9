import { z } from 'zod';
import type { Clock } from '../../core/clock.ts';
import { ProviderError } from '../../core/errors.ts';
import type { BeforeWrite } from '../../core/outside-systems.ts';
import { createHttpCall, type Fetch, type HttpAnswer, type HttpMethod } from '../http/http-call.ts';
import type { Limiter } from '../http/limiter.ts';
import { parseJson } from '../http/parse-json.ts';
import type { RequestObserver } from '../http/request-count.ts';
import { type Sleep, type Waiting, withRetry } from '../http/retry.ts';
import { parseApiKey } from './api-key.ts';
import { errorFromAnswer } from './errors.ts';
import { createMailchimpLimiter, RETRY, TIMEOUT_MS } from './limits.ts';
import { AudienceIdAnswer } from './schema.ts';

/** What the client is handed. */
export type MailchimpClientOptions = {
  apiKey: string;
  /** instead of `https://<data centre>.api.mailchimp.com/3.0`, for practice mode and tests; without a slash at its end */
  baseUrl?: string;
  fetch: Fetch;
  clock: Clock;
  sleep: Sleep;
  random: () => number;
  /** shared by all connections of one Mailchimp user; its own by default */
  limiter?: Limiter;
  timeoutSignal?: (ms: number) => AbortSignal;
  beforeWrite?: BeforeWrite;
  onRequest?: RequestObserver;
  onWaiting?: (waiting: Waiting) => void;
};

/** One call. `{name}` in the route is filled from `path`. */
export type MailchimpRequest = {
  method: HttpMethod;
  route: string;
  path?: Readonly<Record<string, string>>;
  query?: Readonly<Record<string, string | number | boolean>>;
  body?: unknown;
  timeoutMs?: number;
  /** whether carrying it out twice does no harm; by default only of GET */
  repeatable?: boolean;
};

/** Talks to one Mailchimp account. All functions throw `ProviderError`, after the tries that are allowed. */
export type MailchimpClient = {
  readonly dataCenter: string;
  /** Calls and reads the answer. */
  ask<T extends z.ZodType>(request: MailchimpRequest, schema: T): Promise<z.output<T>>;
  /** Calls and needs nothing of the body; for answers without one. */
  tell(request: MailchimpRequest): Promise<void>;
};

/** How long an audience that was just seen is taken to be there. */
const AUDIENCE_SEEN_MS = 60_000;

/**
 * Makes a client.
 *
 * @throws ProviderError code `mailchimp.key_malformed`, before any call
 */
export function createMailchimpClient(options: MailchimpClientOptions): MailchimpClient {
  const { clock, sleep, random, timeoutSignal, beforeWrite, onRequest, onWaiting } = options;
  const key = parseApiKey(options.apiKey);
  const baseUrl = options.baseUrl ?? `https://${key.dataCenter}.api.mailchimp.com/3.0`;
  const limiter = options.limiter ?? createMailchimpLimiter({ clock, sleep });
  const call = createHttpCall({
    system: 'mailchimp',
    fetch: options.fetch,
    clock,
    ...(timeoutSignal ? { timeoutSignal } : {}),
    ...(beforeWrite ? { beforeWrite } : {}),
    ...(onRequest ? { onRequest } : {}),
  });
  const policy = { clock, random, sleep, ...RETRY, ...(onWaiting ? { onWaiting } : {}) };
  // Any user name is accepted, the key is the password.
  const authorization = `Basic ${Buffer.from(`newsletter-connector:${key.text}`).toString('base64')}`;
  const audienceSeenAt = new Map<string, number>();

  const sendOnce = async (request: MailchimpRequest): Promise<HttpAnswer> => {
    const isRead = request.method === 'GET';
    const answer = await call({
      method: request.method,
      url: baseUrl + fillRoute(request) + queryText(request.query),
      route: request.route,
      headers: {
        authorization,
        accept: 'application/json',
        'user-agent': 'newsletter-connector',
        ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
      timeoutMs: request.timeoutMs ?? TIMEOUT_MS.single,
    });
    if (answer.status >= 200 && answer.status < 300) return answer;
    const named = Object.keys(request.path ?? {});
    throw errorFromAnswer(answer, {
      isRead,
      namesOnlyAudience: named.length === 1 && named[0] === 'listId',
      secrets: [key.text],
    });
  };

  const send = <T>(request: MailchimpRequest, read: (answer: HttpAnswer) => T): Promise<T> =>
    withRetry(() => limiter.run(async () => read(await sendOnce(request))), policy, {
      repeatable: request.repeatable ?? request.method === 'GET',
    });

  /**
   * A 404 for a member, tag or hook says the same whether it is gone or its whole audience. Nobody may be taken for gone
   * because the audience is, so the audience is asked for once a minute.
   */
  const orAudienceGone = async <T>(request: MailchimpRequest, sending: Promise<T>): Promise<T> => {
    const listId = request.path?.listId;
    try {
      return await sending;
    } catch (error) {
      if (listId === undefined || !(error instanceof ProviderError) || error.code !== 'mailchimp.not_found')
        throw error;
      const seenAt = audienceSeenAt.get(listId);
      if (seenAt === undefined || clock.now() - seenAt > AUDIENCE_SEEN_MS) {
        const audience = {
          method: 'GET',
          route: '/lists/{listId}',
          path: { listId },
          query: { fields: 'id' },
        } as const;
        await send(audience, (answer) => parseJson(answer, AudienceIdAnswer, 'mailchimp'));
        audienceSeenAt.set(listId, clock.now());
      }
      throw error;
    }
  };

  return {
    dataCenter: key.dataCenter,
    ask: (request, schema) =>
      orAudienceGone(
        request,
        send(request, (answer) => parseJson(answer, schema, 'mailchimp')),
      ),
    tell: (request) =>
      orAudienceGone(
        request,
        send(request, (answer) => {
          // A page of HTML with status 200 comes from something in between, and says nothing was done.
          if (answer.text.trim() !== '') parseJson(answer, z.unknown(), 'mailchimp');
        }),
      ),
  };
}

function fillRoute({ route, path = {} }: MailchimpRequest): string {
  return route.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = path[name];
    if (value === undefined || value === '') throw new Error(`no value for {${name}} in ${route}`);
    return encodeURIComponent(value);
  });
}

function queryText(query: MailchimpRequest['query']): string {
  if (!query) return '';
  const pairs = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`);
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
}
