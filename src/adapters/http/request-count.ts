import type { OutsideSystem } from '../../core/errors.ts';

/** One request that has ended. `status` is undefined when no answer came. Holds nothing personal. */
export type RequestSeen = {
  system: OutsideSystem;
  method: string;
  /** the path without ids */
  route: string;
  status: number | undefined;
  ms: number;
};

export type RequestObserver = (seen: RequestSeen) => void;

/** How many requests were sent since it was made, e.g. during one run. */
export type RequestCount = {
  observe: RequestObserver;
  total(): number;
  /** by `system METHOD route` */
  byRoute(): Readonly<Record<string, number>>;
};

/** Makes a counter that can be handed to `createHttpCall` as `onRequest`. */
export function createRequestCount(): RequestCount {
  const counts = new Map<string, number>();
  return {
    observe(seen) {
      const key = `${seen.system} ${seen.method} ${seen.route}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    },
    total: () => counts.values().reduce((sum, count) => sum + count, 0),
    byRoute: () => Object.fromEntries(counts),
  };
}
