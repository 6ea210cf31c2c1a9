import { type Fault, type FaultPlan, underFault } from '../shared/faults.ts';
import { ApiError, errorBody } from './api-error.ts';
import { authenticate, checkPermission } from './auth.ts';
import { type Answer, Answered } from './call.ts';
import { type Metered, meter } from './rate-meters.ts';
import { createRouter, type Match } from './router.ts';
import { ROUTES } from './routes/index.ts';
import type { World } from './world.ts';

const BASE = '/v3';

/** How often the API was called. */
export type RequestCounts = {
  total: number;
  /** by route, e.g. `POST /contacts/import` */
  byRoute: Map<string, number>;
  /** answers by HTTP status */
  byStatus: Map<number, number>;
  /** requests being answered now, and the most there were at once, over all accounts */
  inFlight: number;
  maxInFlight: number;
  reset(): void;
};

/** The API of the simulator: everything below `/v3`. */
export type Api = {
  serve(request: Request): Promise<Response>;
  counts: RequestCounts;
  latencyMs: Map<string, number>;
};

/** Builds the API over a world. Faults are matched against `METHOD /v3/path`. */
export function createApi(world: World, faults: FaultPlan): Api {
  const route = createRouter(ROUTES);
  const counts = createCounts();
  const latencyMs = new Map<string, number>();

  const carryOut = async (request: Request, url: URL): Promise<Response> => {
    const headers: Record<string, string> = { 'sib-request-id': requestId(world) };
    try {
      const caller = authenticate(world, request.headers);
      const path = url.pathname.slice(BASE.length);
      const metered = meter(world, caller.account, path);
      Object.assign(headers, metered.headers);
      checkMeter(metered);
      const match = route(request.method, path);
      checkPermission(world, caller, request.method, path);
      const latency = latencyMs.get(routeName(match)) ?? latencyMs.get('*') ?? 0;
      if (latency > 0) await world.wait(latency);
      const text = await request.text();
      const answered = await match.route.serve({
        ...caller,
        world,
        params: match.params,
        query: url.searchParams,
        body: readJson(text),
        bodyBytes: Buffer.byteLength(text),
        origin: url.origin,
      });
      return answerResponse(answered, headers);
    } catch (error) {
      const refused = error instanceof ApiError ? error : reportBug(error);
      return jsonResponse(refused.status, errorBody(refused), headers);
    }
  };

  const answerUnder = (fault: Fault | undefined, request: Request, url: URL): Promise<Response> =>
    underFault(fault, () => carryOut(request, url), world.wait);

  const serve = async (request: Request): Promise<Response> => {
    const url = new URL(request.url);
    const fault = faults.take(`${request.method} ${url.pathname}`);
    counts.total += 1;
    counts.inFlight += 1;
    counts.maxInFlight = Math.max(counts.maxInFlight, counts.inFlight);
    increment(counts.byRoute, countedAs(route, request.method, url.pathname));
    try {
      const response = await answerUnder(fault, request, url);
      increment(counts.byStatus, response.status);
      return response;
    } finally {
      counts.inFlight -= 1;
    }
  };
  return { serve, counts, latencyMs };
}

// The code word of a 429 is in no published list (fact sheet 1.2).
function checkMeter({ isAllowed }: Metered): void {
  if (!isAllowed) throw new ApiError(429, 'too_many_requests', 'Too many requests have been sent');
}

function answerResponse(answer: Answer, headers: Record<string, string>): Response {
  if (answer instanceof Response) {
    for (const [name, value] of Object.entries(headers)) answer.headers.set(name, value);
    return answer;
  }
  if (answer instanceof Answered) return jsonResponse(answer.status, answer.body, headers);
  return jsonResponse(answer === undefined ? 204 : 200, answer, headers);
}

function jsonResponse(status: number, body: Record<string, unknown> | undefined, headers: Record<string, string>) {
  if (body === undefined) return new Response(null, { status, headers });
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } });
}

function readJson(text: string): unknown {
  if (text.trim() === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw new ApiError(400, 'bad_request', 'The request body is not valid JSON');
  }
}

// A bug of the simulator must not look like an outage of Brevo in silence.
function reportBug(error: unknown): ApiError {
  console.error('brevo simulator:', error);
  return new ApiError(500, 'internal_server_error', 'Internal server error');
}

function routeName(match: Match): string {
  return `${match.route.method} ${match.route.path}`;
}

function countedAs(route: ReturnType<typeof createRouter>, method: string, path: string): string {
  try {
    return routeName(route(method, path.slice(BASE.length)));
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
function requestId(world: World): string {
  const id = world.store.nextId('request', 32);
  return `${id.slice(0, 8)}-${id.slice(8, 12)}-4${id.slice(13, 16)}-a${id.slice(17, 20)}-${id.slice(20)}`;
}
