import { ActionError, messageOf } from './errors.ts';
import { scalarText } from './scalar-text.ts';
import type { OnOfficeSwitches } from './switches.ts';

export const ACTION_PREFIX = 'urn:onoffice-de-ns:smart:2.5:smartml:action:';

export type Verb = 'read' | 'create' | 'modify' | 'delete' | 'get' | 'do';

/** One action of a request. What is echoed is kept as it came. */
export type Action = {
  actionId: string;
  verb: Verb | undefined;
  resourceType: string;
  /** as it came: text, number or null; echoed */
  rawResourceId: unknown;
  /** empty text for null */
  resourceId: string;
  identifier: unknown;
  timestamp: number | string | undefined;
  hmac: string;
  hmacVersion: string;
  parameters: Record<string, unknown>;
};

/** A record of an answer; `elements` is `[]` when there is nothing to say. */
export type ResultRecord = { id: number | string; type: string | null; elements: unknown };

/** What a carried-out action answers. */
export type ActionResult = { cacheable: boolean; count: number | null; records: ResultRecord[] };

/** What became of an action. */
export type Outcome = { action: EchoedAction; result: ActionResult } | { action: EchoedAction; error: ActionError };

type EchoedAction = Pick<Action, 'actionId' | 'rawResourceId' | 'resourceType' | 'identifier'>;

/** A request whose top-level elements are in order; its actions are still raw. */
export type RequestBody = { token: string; actions: unknown[] };

const VERBS: readonly string[] = ['read', 'create', 'modify', 'delete', 'get', 'do'];

/**
 * Reads the body of a request.
 *
 * @throws ActionError 9 empty, 4 no JSON, 13 no token, 14 no request, 15 no actions
 */
export function parseRequest(text: string): RequestBody {
  if (text.trim() === '') throw new ActionError(9);
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw new ActionError(4);
  }
  if (!isObject(body)) throw new ActionError(13);
  if (typeof body.token !== 'string' || body.token === '') throw new ActionError(13);
  if (!isObject(body.request)) throw new ActionError(14);
  const { actions } = body.request;
  if (!Array.isArray(actions) || actions.length === 0) throw new ActionError(15);
  return { token: body.token, actions };
}

/** The elements of an action that its result repeats, whatever else is wrong with it. */
export function echoOf(raw: unknown): EchoedAction {
  const action = isObject(raw) ? raw : {};
  return {
    actionId: scalarText(action.actionid),
    rawResourceId: action.resourceid ?? '',
    resourceType: scalarText(action.resourcetype),
    identifier: action.identifier ?? '',
  };
}

/**
 * Reads one action.
 *
 * @throws ActionError 16–20 for missing or empty elements
 */
export function parseAction(raw: unknown): Action {
  if (!isObject(raw)) throw new ActionError(15);
  const { actionid, resourceid, resourcetype, parameters, timestamp } = raw;
  if (typeof actionid !== 'string') throw new ActionError(16);
  if (actionid === '') throw new ActionError(17);
  if (!('resourceid' in raw) || (typeof resourceid === 'object' && resourceid !== null)) throw new ActionError(18);
  if (typeof resourcetype !== 'string' || resourcetype === '') throw new ActionError(19);
  const empty = Array.isArray(parameters) && parameters.length === 0;
  if (!empty && !isObject(parameters)) throw new ActionError(20);
  const word = actionid.startsWith(ACTION_PREFIX) ? actionid.slice(ACTION_PREFIX.length) : '';
  return {
    ...echoOf(raw),
    verb: VERBS.includes(word) ? (word as Verb) : undefined,
    resourceId: scalarText(resourceid),
    timestamp: typeof timestamp === 'number' || typeof timestamp === 'string' ? timestamp : undefined,
    hmac: typeof raw.hmac === 'string' ? raw.hmac : '',
    hmacVersion: scalarText(raw.hmac_version),
    parameters: isObject(parameters) ? parameters : {},
  };
}

/** `verb resourcetype` of an action, as faults and counters name it. */
export function callName(raw: unknown): string {
  const { actionId, resourceType } = echoOf(raw);
  return `${actionId.startsWith(ACTION_PREFIX) ? actionId.slice(ACTION_PREFIX.length) : actionId} ${resourceType}`;
}

const NOT_AUTHENTICATED = [13, 22, 104];

/** An answer to a request that failed as a whole; HTTP stays 200. */
export function failedRequest(error: ActionError): unknown {
  const status = NOT_AUTHENTICATED.includes(error.code) ? 400 : 500;
  return {
    status: { code: status, errorcode: error.code, message: error.message },
    response: { results: [] },
  };
}

/** The answer to a request, one result for each action in their order. */
export function answer(outcomes: readonly Outcome[], switches: OnOfficeSwitches): unknown {
  const failed = outcomes.find((outcome) => 'error' in outcome);
  return {
    status: topStatus(failed && 'error' in failed ? failed.error : undefined, switches),
    response: { results: outcomes.map(resultOf) },
  };
}

function topStatus(error: ActionError | undefined, switches: OnOfficeSwitches): unknown {
  if (!error || switches.actionFailureStatus === 'ok') return { code: 200, errorcode: 0, message: 'OK' };
  return switches.actionFailureStatus === 'own-code'
    ? { code: 500, errorcode: error.code, message: error.message }
    : { code: 500, errorcode: 97, message: messageOf(97) };
}

function resultOf(outcome: Outcome): unknown {
  const { actionId, rawResourceId, resourceType, identifier } = outcome.action;
  const failed = 'error' in outcome;
  return {
    actionid: actionId,
    resourceid: rawResourceId,
    resourcetype: resourceType,
    cacheable: failed ? false : outcome.result.cacheable,
    identifier,
    data: failed ? [] : { meta: { cntabsolute: outcome.result.count }, records: outcome.result.records },
    status: failed
      ? { errorcode: outcome.error.code, message: outcome.error.message }
      : { errorcode: 0, message: 'OK' },
  };
}

/** Whether a JSON value is an object and not an array. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
