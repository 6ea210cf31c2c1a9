import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectAccount } from '../../src/cli/connect-account.ts';
import { watchRun } from '../../src/cli/watch-run.ts';
import type { ProviderName } from '../../src/core/mailing-provider.ts';
import { type ServerProcess, startServerProcess } from '../../test/support/server-process.ts';
import { type LiveSimulators, startLiveSimulators } from './live-simulators.ts';

/** The program as a process of its own, connected and synced once, with the simulators in this process. */
export type LiveWorld = {
  simulators: LiveSimulators;
  server: ServerProcess;
  dataFolder: string;
  connectionId: string;
  /** Starts a full sync and approves it where it asks; done when it has succeeded. */
  sync(): Promise<void>;
  close(): Promise<void>;
};

/**
 * Starts everything, does the set-up and the first full sync.
 *
 * @param options.databaseUrl PostgreSQL; undefined: the embedded database
 */
export async function startLiveWorld(options: {
  provider: ProviderName;
  contacts: number;
  databaseUrl?: string;
  onPhase: (what: string) => void;
}): Promise<LiveWorld> {
  const { provider, contacts, databaseUrl, onPhase } = options;
  onPhase('starting simulators and server');
  const dataFolder = mkdtempSync(join(tmpdir(), 'newsletter-connector-bench-'));
  const simulators = await startLiveSimulators(provider, contacts);
  const closers = [async () => rmSync(dataFolder, { recursive: true, force: true }), () => simulators.close()];
  const close = async () => {
    for (const closer of closers.splice(0).toReversed()) await closer();
  };
  try {
    const server = await startServerProcess(dataFolder, {
      ...simulators.environment,
      ...(databaseUrl ? { DATABASE_URL: databaseUrl } : {}),
      LOG_LEVEL: 'warn',
      PORT: '0',
    });
    closers.push(() => server.stop());
    onPhase('set-up');
    const connectionId = await connectAccount(server.call, simulators.keys);
    const sync = async () => {
      const body = { preview: false };
      const { id: runId } = await server.call('POST /api/connections/:connectionId/runs', {
        params: { connectionId },
        body,
      });
      const params = { connectionId, runId };
      let run = await watchRun(server.call, params);
      if (run.state === 'awaiting-approval') {
        await server.call('POST /api/connections/:connectionId/runs/:runId/approve', { params, body: {} });
        run = await watchRun(server.call, params);
      }
      if (run.state !== 'succeeded') throw new Error(`The run ended as ${run.state}: ${JSON.stringify(run.error)}`);
    };
    onPhase('first full sync');
    await sync();
    return { simulators, server, dataFolder, connectionId, sync, close };
  } catch (error) {
    await close();
    throw error;
  }
}
