import type { TestProject } from 'vitest/node';
import './provided-context.ts';
import { type PostgresServer, startPostgres } from './postgres-server.ts';

type Shared = { server: Promise<PostgresServer>; users: number };

/** Each project of a run loads this file anew, so what they share hangs on the process. */
const shared: { [key: symbol]: Shared | undefined } = globalThis;
const KEY = Symbol.for('newsletter-connector.test-postgres');

/** Starts one PostgreSQL for all projects that use it and hands its URL to their tests; the last one stops it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const current = shared[KEY] ?? { server: startPostgres(), users: 0 };
  shared[KEY] = current;
  current.users += 1;
  const server = await current.server;
  project.provide('postgresUrl', server.url);
  return async () => {
    current.users -= 1;
    if (current.users > 0) return;
    shared[KEY] = undefined;
    await server.stop();
  };
}
