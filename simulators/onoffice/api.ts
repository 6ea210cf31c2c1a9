import type { SimulatorClock } from '../shared/clock.ts';
import { type Fault, type FaultPlan, underFault } from '../shared/faults.ts';
import type { ActionFaults } from './action-faults.ts';
import { ACTION_HANDLERS } from './actions/index.ts';
import type { CallCounts } from './counts.ts';
import type { CrmUser } from './entities.ts';
import {
  type Action,
  type ActionResult,
  answer,
  callName,
  echoOf,
  failedRequest,
  type Outcome,
  parseAction,
  parseRequest,
  type RequestBody,
} from './envelope.ts';
import { ActionError } from './errors.ts';
import { actionHmac, sameSignature } from './hmac.ts';
import type { Marketplace } from './marketplace.ts';
import type { OnOfficeStore } from './store.ts';
import type { OnOfficeSwitches } from './switches.ts';

const TIMESTAMP_TOLERANCE_S = 120;

/** What the API endpoint works with. */
export type ApiParts = {
  store: OnOfficeStore;
  switches: OnOfficeSwitches;
  clock: SimulatorClock;
  marketplace: Marketplace;
  faults: FaultPlan;
  actionFaults: ActionFaults;
  counts: CallCounts;
  wait: (ms: number) => Promise<void>;
};

/** The one endpoint of the API, as a function from request to response. */
export function createApi(parts: ApiParts): (request: Request) => Promise<Response> {
  const recent: number[] = [];
  return async (request) => {
    if (request.method !== 'POST')
      return new Response('Method Not Allowed', { status: 405, headers: { allow: 'POST' } });
    parts.counts.begin();
    try {
      if (overRate(parts, recent))
        return new Response('Too Many Requests', { status: 429, headers: { 'retry-after': '1' } });
      const text = await request.text();
      const fault = faultFor(parts.faults, text);
      return await underFault(
        fault,
        async () => Response.json(await answerRequest(parts, text, new URL(request.url).origin)),
        parts.wait,
      );
    } finally {
      parts.counts.end();
    }
  };
}

/** The fault that waits for the first matching action of a request; a body that is no request matches as empty text. */
function faultFor(faults: FaultPlan, text: string): Fault | undefined {
  for (const call of callsIn(text)) {
    const fault = faults.take(call);
    if (fault) return fault;
  }
  return undefined;
}

function callsIn(text: string): string[] {
  try {
    return parseRequest(text).actions.map(callName);
  } catch {
    return [''];
  }
}

function overRate({ switches, clock }: ApiParts, recent: number[]): boolean {
  if (switches.requestsPerSecond === 0) return false;
  const now = clock.now();
  while (recent[0] !== undefined && recent[0] <= now - 1000) recent.shift();
  if (recent.length >= switches.requestsPerSecond) return true;
  recent.push(now);
  return false;
}

async function answerRequest(parts: ApiParts, text: string, origin: string): Promise<unknown> {
  const { store, switches, counts } = parts;
  let body: RequestBody;
  let apiUser: CrmUser;
  try {
    body = parseRequest(text);
    apiUser = userOfToken(store, body.token);
    if (switches.maxActions > 0 && body.actions.length > switches.maxActions) throw new ActionError(15);
  } catch (error) {
    if (!(error instanceof ActionError)) throw error;
    counts.noteError(error.code);
    return failedRequest(error);
  }
  const outcomes: Outcome[] = [];
  for (const raw of body.actions) {
    const call = callName(raw);
    counts.noteAction(call);
    if (switches.latencyMs > 0) await parts.wait(switches.latencyMs);
    try {
      outcomes.push({ action: echoOf(raw), result: carryOut(parts, { apiUser, origin }, parseAction(raw), call) });
    } catch (error) {
      if (!(error instanceof ActionError)) throw error;
      counts.noteError(error.code);
      outcomes.push({ action: echoOf(raw), error });
    }
  }
  return answer(outcomes, switches);
}

function userOfToken(store: OnOfficeStore, token: string): CrmUser {
  for (const user of store.users.values()) {
    if (user.token !== token) continue;
    if (!user.active) throw new ActionError(104);
    return user;
  }
  throw new ActionError(22);
}

function carryOut(
  parts: ApiParts,
  { apiUser, origin }: { apiUser: CrmUser; origin: string },
  action: Action,
  call: string,
): ActionResult {
  authenticate(parts, apiUser, action);
  const { store, switches, clock, marketplace } = parts;
  if (!action.verb) throw new ActionError(23, action.actionId);
  const handler = ACTION_HANDLERS.get(call);
  if (!handler) throw new ActionError(25, action.resourceType);
  const user = marketplace.userOf(apiUser, action.parameters.extendedclaim, call);
  const fault = parts.actionFaults.take(call, action.resourceId);
  if (fault && !fault.carryOut) throw new ActionError(fault.code);
  const actor = { by: 'api', userId: user.id } as const;
  const result = handler({ store, switches, clock, marketplace, apiUser, user, actor, origin }, action);
  if (fault) throw new ActionError(fault.code);
  return result;
}

function authenticate({ clock }: ApiParts, user: CrmUser, action: Action): void {
  const seconds = Number(action.timestamp);
  if (action.timestamp === undefined || action.timestamp === '' || !Number.isFinite(seconds))
    throw new ActionError(136);
  if (Math.abs(clock.now() / 1000 - seconds) > TIMESTAMP_TOLERANCE_S) throw new ActionError(136);
  const expected = actionHmac(
    {
      timestamp: action.timestamp,
      token: user.token,
      resourceType: action.resourceType,
      actionId: action.actionId,
    },
    user.secret,
  );
  if (action.hmacVersion !== '2' || !sameSignature(action.hmac, expected)) throw new ActionError(137);
}
