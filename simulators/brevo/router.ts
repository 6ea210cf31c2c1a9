import { ApiError, notFound } from './api-error.ts';
import type { Route } from './call.ts';

/** A route found for a request, and the parameters of its path. */
export type Match = { route: Route; params: Record<string, string> };

type Pattern = { segments: string[]; routes: Route[] };

/** Finds routes by method and path; patterns are tried in the order they were given. */
export function createRouter(routes: readonly Route[]): (method: string, path: string) => Match {
  const patterns = new Map<string, Pattern>();
  for (const route of routes) {
    const pattern = patterns.get(route.path) ?? { segments: split(route.path), routes: [] };
    pattern.routes.push(route);
    patterns.set(route.path, pattern);
  }
  return (method, path) => {
    const segments = split(path);
    let isKnown = false;
    for (const pattern of patterns.values()) {
      const params = match(pattern.segments, segments);
      if (!params) continue;
      isKnown = true;
      const route = pattern.routes.find((candidate) => candidate.method === method);
      if (route) return { route, params };
    }
    if (isKnown) throw new ApiError(405, 'method_not_allowed', `${method} Method is not allowed on this path`);
    throw notFound('The requested path does not exist');
  };
}

function split(path: string): string[] {
  return path.split('/').filter((segment) => segment !== '');
}

function match(pattern: readonly string[], segments: readonly string[]): Record<string, string> | undefined {
  if (pattern.length !== segments.length) return undefined;
  const params: Record<string, string> = {};
  for (const [position, expected] of pattern.entries()) {
    const segment = segments[position] ?? '';
    if (expected.startsWith('{')) params[expected.slice(1, -1)] = decode(segment);
    else if (expected !== segment) return undefined;
  }
  return params;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
