import { Agent, fetch as undiciFetch } from 'undici';
import type { Fetch } from './http-call.ts';

/** A `fetch` with its own pool of connections; `close` waits for what is under way. */
export type KeepAliveFetch = { fetch: Fetch; close(): Promise<void> };

/**
 * Makes a `fetch` that keeps connections open: a TLS handshake for every call would cost more than most calls.
 *
 * @param options.connections most connections to one origin
 */
export function createKeepAliveFetch(options: { connections: number }): KeepAliveFetch {
  const agent = new Agent({ connections: options.connections, keepAliveTimeout: 30_000, connectTimeout: 10_000 });
  return {
    fetch: (url, init) => undiciFetch(url, { ...init, dispatcher: agent }),
    close: () => agent.close(),
  };
}
