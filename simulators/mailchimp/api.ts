import { type Fault, type FaultPlan, underFault } from '../shared/faults.ts';
import { authenticate, type Caller } from './auth.ts';
import type { Answer, Call, Performed } from './call.ts';
import { readFieldFilter } from './field-filter.ts';
import {
  badRequest,
  internalError,
  Problem,
  problemDocument,
  problemResponse,
  TRIGGERED_PROBLEMS,
  tooManyConnections,
} from './problem.ts';
import { createRouter, type Match } from './router.ts';
import { ROUTES } from './routes/index.ts';
import type { World } from './world.ts';

/** Simultaneous requests an account may have (fact sheet 1.3). */
const MAX_CONNECTIONS = 10;

/** How often the API was called. */
export type RequestCounts = {
  total: number;
  /** by route, e.g. `POST /lists/{list_id}` */
  byRoute: Map<string, number>;
  /** answers by HTTP status */
  byStatus: Map<number, number>;
  /** requests being answered now, and the most there were at once, over all accounts */
  inFlight: number;
  maxInFlight: number;
  reset(): void;
};

/** The API of the simulator: everything below `/3.0`. */
export type Api = {
  serve(request: Request): Promise<Response>;
  counts: RequestCounts;
  latencyMs: Map<string, number>;
};

type Operation = Parameters<Call['perform']>[0];
type PlainRequest = {
  method: string;
  path: string;
  query: URLSearchParams;
  origin: string;
  body(): string | Promise<string>;
};

/** Builds the API over a world. Faults are matched against `METHOD /3.0/path`. */
export function createApi(world: World, faults: FaultPlan): Api {
  const route = createRouter(ROUTES);
  const counts = createCounts();
  const latencyMs = new Map<string, number>();

  const answer = async (caller: Caller, request: PlainRequest, beforeServing: (match: Match) => Promise<void>) => {
    const { method, path, query, origin } = request;
    const match = route(method, path);
    await beforeServing(match);
    const filter = readFieldFilter(query);
    const body = readJson(await request.body());
    const answered = await match.route.serve({
      ...caller,
      world,
      params: match.params,
      query,
      body,
      origin,
      perform: (operation) => perform(caller, origin, operation),
    });
    return answered && filter(answered);
  };

  // Inside a batch the problem document has no instance (fact sheet 1.2).
  const perform = async (caller: Caller, origin: string, operation: Operation): Promise<Performed> => {
    try {
      const request = { ...operation, origin, body: () => operation.body };
      const answered = await answer(caller, request, async () => {});
      return answered ? { status: 200, body: JSON.stringify(answered) } : { status: 204, body: '' };
    } catch (error) {
      const problem = error instanceof Problem ? error : reportBug(error);
      return { status: problem.status, body: JSON.stringify(problemDocument(problem, '')) };
    }
  };

  const carryOut = async (request: Request, url: URL, method: string, delayMs: number): Promise<Response> => {
    const requestId = uuid(world);
    try {
      const caller = authenticate(world, request.headers);
      return await withConnection(world, caller, async () => {
        const triggered = TRIGGERED_PROBLEMS[request.headers.get('x-trigger-error') ?? ''];
        if (triggered) throw triggered();
        const plain: PlainRequest = {
          method,
          path: url.pathname.slice('/3.0'.length),
          query: url.searchParams,
          origin: url.origin,
          body: () => request.text(),
        };
        const answered = await answer(caller, plain, async (match) => {
          const latency = (latencyMs.get(routeName(match)) ?? latencyMs.get('*') ?? 0) + delayMs;
          if (latency > 0) await world.wait(latency);
        });
        return answerResponse(answered, requestId);
      });
    } catch (error) {
      return problemResponse(error instanceof Problem ? error : reportBug(error), requestId);
    }
  };

  // A slow call holds one of the ten connections while it is slow, also when its caller has given up.
  const answerUnder = (fault: Fault | undefined, request: Request, url: URL, method: string): Promise<Response> =>
    fault?.type === 'delay'
      ? carryOut(request, url, method, fault.ms)
      : underFault(fault, () => carryOut(request, url, method, 0), world.wait);

  const serve = async (request: Request): Promise<Response> => {
    const url = new URL(request.url);
    const method = request.method;
    const override = request.headers.get('x-http-method-override');
    const effective = override && method === 'POST' ? override.toUpperCase() : method;
    const fault = faults.take(`${effective} ${url.pathname}`);
    counts.total += 1;
    counts.inFlight += 1;
    counts.maxInFlight = Math.max(counts.maxInFlight, counts.inFlight);
    increment(counts.byRoute, countedAs(route, effective, url.pathname));
    try {
      const response =
        override && method !== 'POST'
          ? problemResponse(invalidOverride(), uuid(world))
          : await answerUnder(fault, request, url, effective);
      increment(counts.byStatus, response.status);
      return response;
    } finally {
      counts.inFlight -= 1;
    }
  };
  return { serve, counts, latencyMs };
}

async function withConnection(world: World, { account }: Caller, work: () => Promise<Response>): Promise<Response> {
  if (world.switches.connectionLimit && account.inFlight >= MAX_CONNECTIONS) throw tooManyConnections();
  account.inFlight += 1;
  try {
    return await work();
  } finally {
    account.inFlight -= 1;
  }
}

function answerResponse(answer: Answer, requestId: string): Response {
  if (answer === undefined)
    return new Response(null, {
      status: 204,
      headers: { 'content-type': 'application/json; charset=utf-8', 'x-request-id': requestId },
    });
  return new Response(JSON.stringify(answer), {
    headers: { 'content-type': 'application/json; charset=utf-8', 'x-request-id': requestId },
  });
}

function readJson(text: string): unknown {
  if (text.trim() === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw new Problem(400, 'JSON Parse Exception', 'We encountered an unspecified JSON parsing error.');
  }
}

// A bug of the simulator must not look like an outage of Mailchimp in silence.
function reportBug(error: unknown): Problem {
  console.error('mailchimp simulator:', error);
  return internalError();
}

function invalidOverride(): Problem {
  return TRIGGERED_PROBLEMS.InvalidMethodOverride?.() ?? badRequest('invalid method override');
}

function routeName(match: Match): string {
  return `${match.route.method} ${match.route.path}`;
}

function countedAs(route: ReturnType<typeof createRouter>, method: string, path: string): string {
  try {
    return routeName(route(method, path.slice('/3.0'.length)));
  } catch {
    return 'unknown';
  }
}

function createCounts(): RequestCounts {
  const counts: RequestCounts = {
    total: 0,
    byRoute: new Map(),
    byStatus: new Map(),
    inFlight: 0,
    maxInFlight: 0,
    reset: () => {
      counts.total = 0;
      counts.byRoute.clear();
      counts.byStatus.clear();
      counts.maxInFlight = counts.inFlight;
    },
  };
  return counts;
}

function increment<Key>(map: Map<Key, number>, key: Key): void {
  map.set(key, (map.get(key) ?? 0) + 1);
}

// Drawn from a counter, so that the number of requests does not change what the random source draws for campaigns.
function uuid(world: World): string {
  const id = world.store.nextId('request', 32);
  return `${id.slice(0, 8)}-${id.slice(8, 12)}-4${id.slice(13, 16)}-a${id.slice(17, 20)}-${id.slice(20)}`;
}
