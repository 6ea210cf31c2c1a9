import { randomUUID } from 'node:crypto';
import { UserError } from '../../core/errors.ts';
import type { Store } from '../../db/store.ts';
import type { SyncRun } from '../../db/sync-runs.ts';
import { approveRun } from '../../sync/set-up/approve-run.ts';
import { cancelRun } from '../../sync/set-up/cancel-run.ts';
import { startRun } from '../../sync/set-up/start-run.ts';
import { previewView } from '../../sync/views/preview-view.ts';
import { runView } from '../../sync/views/run-view.ts';
import type { runRoutes } from '../api/runs.ts';
import type { Handlers } from '../api-handlers.ts';
import type { AppParts } from '../app-parts.ts';
import { openConnection } from '../open-connection.ts';

/** Full syncs: start, watch, preview, approve, cancel. */
export function runHandlers(parts: AppParts): Handlers<keyof typeof runRoutes> {
  const { clock, queue, runEvents, language } = parts;

  const show = async (store: Store, runId: string) => runView(store.tables, await findRun(store, runId), clock.now());
  const moved = (connectionId: string) => {
    runEvents.emit({ connectionId, what: 'run' });
    runEvents.emit({ connectionId, what: 'overview' });
  };

  return {
    'POST /api/connections/:connectionId/runs': async ({ caller, params: { connectionId }, body }) => {
      const { connection, store } = await openConnection(parts, connectionId, caller);
      const id = randomUUID();
      await startRun({ connection, store, clock }, { id, asksFirst: body.preview });
      await queue.wake(connectionId);
      moved(connectionId);
      return show(store, id);
    },

    'GET /api/connections/:connectionId/runs/:runId': async ({ params: { connectionId, runId } }) => {
      const { store } = await openConnection(parts, connectionId);
      return show(store, runId);
    },

    'GET /api/connections/:connectionId/runs/:runId/preview': async ({ params: { connectionId, runId }, query }) => {
      const { connection, store } = await openConnection(parts, connectionId);
      const run = await findRun(store, runId);
      return previewView({ tables: store.tables, connection, language: query.language ?? language }, run, clock.now());
    },

    'POST /api/connections/:connectionId/runs/:runId/approve': async ({
      caller,
      params: { connectionId, runId },
      body,
    }) => {
      const { connection, store } = await openConnection(parts, connectionId, caller);
      await findRun(store, runId);
      await approveRun({ connection, store, clock }, runId, body?.unknownMembers);
      await queue.wake(connectionId);
      moved(connectionId);
      return show(store, runId);
    },

    'POST /api/connections/:connectionId/runs/:runId/cancel': async ({ caller, params: { connectionId, runId } }) => {
      const { store } = await openConnection(parts, connectionId, caller);
      await findRun(store, runId);
      await cancelRun({ store, clock }, runId);
      moved(connectionId);
      return show(store, runId);
    },
  };
}

/** @throws UserError 404 `run.not_found` */
export async function findRun(store: Store, runId: string): Promise<SyncRun> {
  const run = await store.tables.runs.get(runId);
  if (!run) throw new UserError({ code: 'run.not_found', status: 404 });
  return run;
}
