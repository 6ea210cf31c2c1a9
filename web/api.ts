import type { z } from 'zod';
import type { Routes } from '../src/http/api/routes.ts';
import type { ErrorAnswer } from '../src/http/api/shared.ts';
import { credentialsOfRequest } from './bearer.ts';

export type RouteKey = keyof Routes;
/** What a route answers. */
export type Answer<K extends RouteKey> = z.output<Routes[K]['response']>;
/** What a route takes: `params`, `query` and `body`, as far as it has them. */
export type Request<K extends RouteKey> = {
  [P in 'params' | 'query' | 'body' as Routes[K] extends Record<P, z.ZodType> ? P : never]: Routes[K] extends Record<
    P,
    infer S extends z.ZodType
  >
    ? z.input<S>
    : never;
};
type AnyRequest = { params?: Record<string, string>; query?: Record<string, string | undefined>; body?: unknown };

/** An answer that is no success, or none at all (`network`, status 0). `code` is the key of its sentence. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly code: string;
  readonly params: Readonly<Record<string, string | number>>;
  /** name of the input that is wrong */
  readonly field: string | undefined;
  /** public status page of the outside system that failed (M7) */
  readonly statusPage: string | undefined;

  constructor(status: number, error: Partial<z.output<typeof ErrorAnswer>['error']> & { code: string }) {
    super(error.message ?? error.code);
    this.status = status;
    this.code = error.code;
    this.params = error.params ?? {};
    this.field = error.field;
    this.statusPage = error.statusPage;
  }
}

/** The address of a path with its `:names` filled in. */
export function fillPath(path: string, params: Record<string, string> = {}): string {
  return path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
}

/** Calls a route of the HTTP API, e.g. `call('GET /api/connections')`; throws ApiError. */
export async function call<K extends RouteKey>(
  route: K,
  ...[request]: Record<never, never> extends Request<K> ? [Request<K>?] : [Request<K>]
): Promise<Answer<K>> {
  const { params, query, body }: AnyRequest = request ?? {};
  const [method = 'GET', path = ''] = route.split(' ');
  const given = Object.entries(query ?? {}).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const search = given.length > 0 ? `?${new URLSearchParams(given)}` : '';
  const { headers: who, credentials } = credentialsOfRequest();
  const headers = {
    ...who,
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    // the server's guard against forged requests: a foreign site cannot set it
    ...(method === 'GET' ? {} : { 'x-requested-with': 'newsletter-connector' }),
  };
  const response = await fetch(fillPath(path, params) + search, {
    method,
    headers,
    credentials,
    body: body === undefined ? null : JSON.stringify(body),
  }).catch(() => {
    throw new ApiError(0, { code: 'network' });
  });
  const answer: unknown = await response.json().catch(() => undefined);
  if (response.ok && answer !== undefined) return answer as Answer<K>;
  const error = (answer as z.output<typeof ErrorAnswer> | undefined)?.error;
  throw new ApiError(response.status, error?.code ? error : { code: 'internal' });
}
