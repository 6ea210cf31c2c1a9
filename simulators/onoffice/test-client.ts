import { ACTION_PREFIX } from './envelope.ts';
import { actionHmac } from './hmac.ts';
import type { OnOfficeSimulator } from './onoffice-simulator.ts';

/** One action of a test, in short. */
export type TestAction = [
  call: string,
  parameters?: Record<string, unknown> | undefined,
  resourceId?: string | number | undefined,
  more?: Record<string, unknown>,
];

export type TestRecord = { id: number | string; type: string; elements: Record<string, unknown> };
export type TestResult = {
  actionid: string;
  resourceid: unknown;
  resourcetype: string;
  cacheable: boolean;
  identifier: unknown;
  data: { meta: { cntabsolute: number | null }; records: TestRecord[] };
  status: { errorcode: number; message: string };
};
export type TestAnswer = {
  status: { code: number; errorcode: number; message: string };
  response: { results: TestResult[] };
};

/** A signed action as it goes over the wire; `more` overrides its elements. */
export function signedAction(
  [call, parameters = {}, resourceId = '', more = {}]: TestAction,
  user: { token: string; secret: string },
  timestamp: number,
): Record<string, unknown> {
  const [verb = '', resourceType = ''] = call.split(' ');
  const actionId = `${ACTION_PREFIX}${verb}`;
  return {
    actionid: actionId,
    resourceid: resourceId,
    resourcetype: resourceType,
    identifier: '',
    timestamp,
    hmac_version: '2',
    hmac: actionHmac({ timestamp, token: user.token, resourceType, actionId }, user.secret),
    parameters,
    ...more,
  };
}

/** Posts a body as it is. */
export async function post(
  sim: OnOfficeSimulator,
  body: string,
  headers: Record<string, string> = {},
): Promise<Response> {
  return sim.fetch(new Request('http://crm.test/api/stable/api.php', { method: 'POST', body, headers }));
}

/** Sends signed actions in one request. */
export async function send(
  sim: OnOfficeSimulator,
  actions: TestAction[],
  options: { user?: { token: string; secret: string }; timestamp?: number } = {},
): Promise<TestAnswer> {
  const user = options.user ?? sim.apiUser;
  const timestamp = options.timestamp ?? Math.floor(sim.store.now() / 1000);
  const body = {
    token: user.token,
    request: { actions: actions.map((action) => signedAction(action, user, timestamp)) },
  };
  const answer = await post(sim, JSON.stringify(body));
  return (await answer.json()) as TestAnswer;
}

/** Sends one action and returns its result. */
export async function call(
  sim: OnOfficeSimulator,
  name: string,
  parameters?: Record<string, unknown>,
  resourceId?: string | number,
  user?: { token: string; secret: string },
): Promise<TestResult> {
  const answer = await send(sim, [[name, parameters, resourceId]], user ? { user } : {});
  const [result] = answer.response.results;
  if (!result) throw new Error(`no result: ${answer.status.errorcode} ${answer.status.message}`);
  return result;
}

/** The records of one action's result. */
export async function records(
  sim: OnOfficeSimulator,
  name: string,
  parameters?: Record<string, unknown>,
  resourceId?: string | number,
  user?: { token: string; secret: string },
): Promise<TestRecord[]> {
  return (await call(sim, name, parameters, resourceId, user)).data.records;
}

/** The error code of one action, 0 if it went through. */
export async function errorCode(
  sim: OnOfficeSimulator,
  name: string,
  parameters?: Record<string, unknown>,
  resourceId?: string | number,
  user?: { token: string; secret: string },
): Promise<number> {
  return (await call(sim, name, parameters, resourceId, user)).status.errorcode;
}

/** A clock that a test moves. */
export function testClock(start = '2026-02-01T08:30:00Z'): { now(): number; advance(ms: number): void } {
  let now = Date.parse(start);
  return {
    now: () => now,
    advance: (ms) => {
      now += ms;
    },
  };
}
