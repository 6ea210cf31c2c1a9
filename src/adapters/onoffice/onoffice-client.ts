import { z } from 'zod';
import type { Clock } from '../../core/clock.ts';
import type { BeforeWrite } from '../../core/outside-systems.ts';
import { createHttpCall, type Fetch, type HttpAnswer } from '../http/http-call.ts';
import type { Limiter } from '../http/limiter.ts';
import { parseJson, readJson } from '../http/parse-json.ts';
import type { RequestObserver } from '../http/request-count.ts';
import { type Sleep, type Waiting, withRetry } from '../http/retry.ts';
import { parseRetryAfter } from '../http/retry-after.ts';
import { errorMeaning, numberedError, onOfficeError, refusesWholeRequest } from './errors.ts';
import { type ActionVerb, actionId, signAction } from './hmac.ts';
import { createOnOfficeLimiter, DEFAULT_ONOFFICE_LIMITS, type OnOfficeLimits, RETRY } from './limits.ts';
import { ActionData, Envelope } from './schema.ts';

/** Where the API answers; a test names another. apidoc "Structure": the version meant for production. */
export const ONOFFICE_URL = 'https://api.onoffice.de/api/stable/api.php';

/** One thing to be done. */
export type Action = {
  verb: ActionVerb;
  resourceType: string;
  /** record number or word; empty where the call has none */
  resourceId?: string;
  parameters: Readonly<Record<string, unknown>>;
};

/** What became of one action. */
export type ActionResult = ({ outcome: 'done' } & ActionData) | { outcome: 'failed'; number: number; message: string };

/** Answers of one request and how long onOffice took for it. */
export type ActionAnswers = { results: readonly ActionResult[]; tookMs: number };

/** What the client is handed. */
export type OnOfficeClientOptions = {
  token: string;
  secret: string;
  /** instead of `ONOFFICE_URL`, for practice mode and tests */
  baseUrl?: string;
  /** the newest `apiClaim` of a Marketplace call; an ordinary API user has none */
  extendedClaim?: string;
  fetch: Fetch;
  clock: Clock;
  sleep: Sleep;
  /** in [0, 1) */
  random: () => number;
  /** shared by all connections of one customer (`createOnOfficeLimiter`); its own by default */
  limiter?: Limiter;
  limits?: OnOfficeLimits;
  timeoutSignal?: (ms: number) => AbortSignal;
  beforeWrite?: BeforeWrite;
  onRequest?: RequestObserver;
  onWaiting?: (waiting: Waiting) => void;
};

/** Sends actions to one customer's onOffice. */
export type OnOfficeClient = {
  /**
   * Sends several actions in one request; one result per action, in order. Others may have been carried out although one
   * failed.
   *
   * @param options.isRepeatable carrying the actions out twice does no harm: a lost answer is then asked for again
   * @throws ProviderError when the request failed, or every action for a reason that would meet any other action too;
   * `mayHaveHappened` only where something else than reading was asked for.
   * `onoffice.too_many_actions`: refused unread, fewer actions may pass.
   */
  send(actions: readonly Action[], options: { isRepeatable: boolean }): Promise<ActionAnswers>;
};

/** Makes the client of one customer. Nothing is sent before the first call. */
export function createOnOfficeClient(options: OnOfficeClientOptions): OnOfficeClient {
  const { token, secret, fetch, clock, sleep, random, timeoutSignal, beforeWrite, onRequest, onWaiting } = options;
  const { baseUrl = ONOFFICE_URL, limits = DEFAULT_ONOFFICE_LIMITS } = options;
  const limiter = options.limiter ?? createOnOfficeLimiter({ clock, sleep, limits });
  const retry = { ...RETRY, clock, sleep, random, ...(onWaiting === undefined ? {} : { onWaiting }) };
  const secrets = [token, secret, options.extendedClaim ?? ''];
  const http = createHttpCall({
    system: 'onoffice',
    fetch,
    clock,
    ...(timeoutSignal === undefined ? {} : { timeoutSignal }),
    ...(beforeWrite === undefined ? {} : { beforeWrite }),
    ...(onRequest === undefined ? {} : { onRequest }),
  });

  const sendOnce = async (actions: readonly Action[]): Promise<ActionAnswers> => {
    const startedAt = clock.now();
    const isRead = actions.every((action) => action.verb === 'read' || action.verb === 'get');
    const answer = await http({
      method: 'POST',
      url: baseUrl,
      route: `${actions[0]?.verb} ${actions[0]?.resourceType}`,
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: signedBody(actions, options, startedAt),
      timeoutMs: limits.timeoutMs,
      isRead,
    });
    const tookMs = clock.now() - startedAt;
    const envelope = readEnvelope(answer, { isRead, several: actions.length > 1, clock });
    return { results: readResults(envelope, { count: actions.length, isRead, secrets }), tookMs };
  };

  return {
    async send(actions, { isRepeatable }) {
      // Both are hexadecimal texts that only their lengths tell apart (apidoc "General information": 32 and 64).
      if (token.length === 64 && secret.length === 32) throw onOfficeError('onoffice.credentials_swapped');
      return withRetry(() => limiter.run(() => sendOnce(actions)), retry, { repeatable: isRepeatable });
    },
  };
}

/** Built anew for every try: a time stamp is good for 120 s only. */
function signedBody(actions: readonly Action[], options: OnOfficeClientOptions, nowMs: number): string {
  const { token, secret, extendedClaim } = options;
  // Read once, so that what is sent and what is signed cannot differ by a second.
  const timestamp = Math.floor(nowMs / 1000);
  return JSON.stringify({
    token,
    request: {
      actions: actions.map(({ verb, resourceType, resourceId = '', parameters }, index) => ({
        actionid: actionId(verb),
        resourceid: resourceId,
        resourcetype: resourceType,
        identifier: identifierOf(index),
        timestamp,
        hmac_version: '2',
        hmac: signAction({ timestamp, token, secret, resourceType, verb }),
        parameters: extendedClaim === undefined ? parameters : { ...parameters, extendedclaim: extendedClaim },
      })),
    },
  });
}

function identifierOf(index: number): string {
  return `action-${index}`;
}

function readEnvelope(answer: HttpAnswer, about: { isRead: boolean; several: boolean; clock: Clock }): Envelope {
  const { status } = answer;
  if (status === 429)
    throw onOfficeError('onoffice.rate_limited', {
      status,
      retryAfterMs: parseRetryAfter(answer.headers.get('retry-after'), about.clock),
    });
  if (status >= 200 && status < 300) return parseJson(answer, Envelope, 'onoffice');
  // Errors come with 200 and in the body; should one come with another status, the body still knows best.
  const envelope = Envelope.safeParse(readJson(answer.text));
  if (envelope.success) return envelope.data;
  if (status === 413 && about.several) throw onOfficeError('onoffice.too_many_actions', { status });
  // onOffice itself sends no other status: what answered stands before it, and may let the next try through (F6).
  if (status >= 500 || status === 403 || status === 408)
    throw onOfficeError('onoffice.unavailable', { status, mayHaveHappened: status >= 500 && !about.isRead });
  throw onOfficeError('onoffice.unexpected_response', { status, words: `HTTP ${status}` });
}

/** Reads both levels of status: customers' systems differ in which of the two names the reason. */
function readResults(
  envelope: Envelope,
  about: { count: number; isRead: boolean; secrets: readonly string[] },
): readonly ActionResult[] {
  const { status } = envelope;
  const answers = envelope.response?.results ?? [];
  const mayHaveHappened = !about.isRead;
  if (answers.length === 0) {
    if (about.count > 1 && refusesWholeRequest(status.errorcode))
      throw onOfficeError('onoffice.too_many_actions', { status: status.errorcode });
    if (status.errorcode !== 0) throw topLevelError(status, about);
    if (status.code === 400) throw onOfficeError('onoffice.credentials_invalid', { status: status.code });
  }
  if (answers.length !== about.count)
    throw onOfficeError('onoffice.unexpected_response', {
      mayHaveHappened,
      words: `${answers.length} results for ${about.count} actions`,
    });
  const results = answers.map(({ status: { errorcode, message }, identifier, data }, index): ActionResult => {
    if (typeof identifier === 'string' && identifier !== '' && identifier !== identifierOf(index))
      throw onOfficeError('onoffice.unexpected_response', { mayHaveHappened, words: 'results out of order' });
    if (errorcode !== 0) return { outcome: 'failed', number: errorcode, message };
    const parsed = ActionData.safeParse(data);
    if (parsed.success) return { outcome: 'done', ...parsed.data };
    throw onOfficeError('onoffice.unexpected_response', {
      mayHaveHappened,
      words: z.prettifyError(parsed.error).slice(0, 100),
    });
  });
  const failures = results.filter((result) => result.outcome === 'failed');
  if (failures.length === 0 && status.errorcode !== 0) throw topLevelError(status, about);
  const [first] = failures;
  if (first && failures.length === results.length && concernsCall(first.number)) throw actionError(first, about);
  return results;
}

function concernsCall(number: number): boolean {
  const { reach, kind } = errorMeaning(number);
  return reach === 'call' || kind === 'unavailable';
}

function topLevelError(status: Envelope['status'], about: { isRead: boolean; secrets: readonly string[] }) {
  return actionError({ number: status.errorcode, message: status.message }, about);
}

function actionError(
  failure: { number: number; message: string },
  about: { isRead: boolean; secrets: readonly string[] },
) {
  // "Unknown error" says nothing about what was carried out before it.
  const mayHaveHappened = !about.isRead && errorMeaning(failure.number).kind === 'unavailable';
  return numberedError(failure.number, failure.message, { secrets: about.secrets, mayHaveHappened });
}
