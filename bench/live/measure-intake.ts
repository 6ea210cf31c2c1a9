import { fork } from 'node:child_process';
import { join } from 'node:path';
import { sql } from 'kysely';
import { openPglite, openPostgres } from '../../src/db/database.ts';
import { startPostgres } from '../../test/support/postgres-server.ts';
import type { IntakeResult, IntakeRow, LoadFigures } from '../bench-row.ts';
import { startLiveWorld } from './live-world.ts';
import type { LoadOrder } from './load-process.ts';
import { processorMs } from './processor-time.ts';

/** Requests to a second that are to be stored (product target). */
export const INTAKE_TARGET = { embedded: 500, postgres: 1_000 } as const;

/** Connections of the load, kept open: so many webhooks wait for an answer at the same time. */
const AT_ONCE = 64;
const CONTACTS = 1_000;

/**
 * Sends webhooks from a process of their own to the running program while it also applies them, first as many as fit, then
 * evenly at half the target. Afterwards the program is killed and its database read.
 *
 * @throws Error when a webhook that was answered 200 is not in the database
 */
export async function measureIntake(row: IntakeRow, onPhase: (what: string) => void): Promise<IntakeResult> {
  const postgres = row.database === 'postgres' ? await startPostgres({ isDurable: true }) : undefined;
  try {
    const { provider, events } = row;
    const onPostgres = postgres ? { databaseUrl: postgres.url } : {};
    const world = await startLiveWorld({ provider, contacts: CONTACTS, ...onPostgres, onPhase });
    try {
      const { simulators, server, dataFolder } = world;
      simulators.slowDown(row.latencyMs);
      const { url, secret } = simulators.webhook();
      const audienceId = simulators.audienceId();
      const emails = simulators.people().map(({ email }) => email);
      const order = { provider, url, secret, audienceId, emails, events, atOnce: AT_ONCE };
      const countStored = async () => {
        const database = postgres ? openPostgres(postgres.url) : await openPglite(dataFolder);
        const { rows } = await sql<{ count: number }>`select count(*)::int as count from provider_events`.execute(
          database.db,
        );
        await database.close();
        return rows[0]?.count ?? 0;
      };
      onPhase('webhooks: warming up');
      const warm = await sendInOwnProcess({ ...order, events: Math.ceil(events / 10) });
      onPhase('webhooks: full load');
      const before = processorMs(server.pid);
      const full = await sendInOwnProcess(order);
      const after = processorMs(server.pid);
      const spentMs = before === null || after === null ? null : after - before;
      onPhase('webhooks: half the target');
      const perSecond = INTAKE_TARGET[row.database] / 2;
      const even = await sendInOwnProcess({ ...order, perSecond });
      await server.kill();
      const durable = await countStored();
      const taken = warm.taken + full.taken + even.taken;
      if (durable < taken) throw new Error(`${taken} webhooks were answered 200, ${durable} are stored`);
      return { row, full: { ...full, atOnce: AT_ONCE, processorMs: spentMs }, even: { ...even, perSecond }, durable };
    } finally {
      await world.close();
    }
  } finally {
    await postgres?.stop();
  }
}

function sendInOwnProcess(order: LoadOrder): Promise<LoadFigures> {
  const child = fork(join(import.meta.dirname, 'load-process.ts'), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const { promise, resolve, reject } = Promise.withResolvers<LoadFigures>();
  child.once('message', (figures: LoadFigures) => resolve(figures));
  child.once('error', reject);
  child.once('exit', (code) => reject(new Error(`The load's process ended with ${code}.`)));
  child.send(order);
  return promise;
}
