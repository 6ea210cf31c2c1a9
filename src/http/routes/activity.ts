import { UserError } from '../../core/errors.ts';
import { laneName } from '../../jobs/lane-name.ts';
import { decideHeld } from '../../sync/changes/decide-held.ts';
import { heldPage, heldView } from '../../sync/views/held-view.ts';
import { operationsView } from '../../sync/views/operations-view.ts';
import type { activityRoutes } from '../api/activity.ts';
import type { Handlers } from '../api-handlers.ts';
import type { AppParts } from '../app-parts.ts';
import { openConnection } from '../open-connection.ts';

/** What was done, and what waits for an answer. */
export function activityHandlers(parts: AppParts): Handlers<keyof typeof activityRoutes> {
  const { clock, queue, runEvents } = parts;
  const open = async (connectionId: string, language = parts.language) => {
    const { connection, store } = await openConnection(parts, connectionId);
    return { connection, store, tables: store.tables, language };
  };
  return {
    'GET /api/connections/:connectionId/held': async ({ params: { connectionId }, query: { language } }) =>
      heldView(await open(connectionId, language), clock.now()),

    'GET /api/connections/:connectionId/held/changes': async ({ params: { connectionId }, query }) => {
      const { question, kind, after, language } = query;
      const opened = await open(connectionId, language);
      return heldPage(opened, { question, kind, upTo: clock.now() }, after === undefined ? 0 : parseId(after));
    },

    'POST /api/connections/:connectionId/held/decide': async ({ caller, params: { connectionId }, body }) => {
      const { question, kind, decision, asOf } = body;
      const { store } = await openConnection(parts, connectionId, caller);
      const upTo = asOf === undefined ? clock.now() : Date.parse(asOf);
      const answered = await decideHeld({ store, clock }, { question, kind, upTo }, decision);
      for (const lane of ['urgent', 'main'] as const) await queue.wake(laneName({ connectionId, lane }));
      runEvents.emit({ connectionId, what: 'overview' });
      return { answered };
    },

    'GET /api/connections/:connectionId/operations': async ({ params: { connectionId }, query }) => {
      const { kind, state, after, language } = query;
      const search = query.search?.trim().toLowerCase() || undefined;
      const opened = await open(connectionId, language);
      return operationsView(opened, {
        search,
        kind,
        state,
        after: after === undefined ? undefined : parseAfter(after),
      });
    },
  };
}

function parseAfter(after: string): { endedAt: string; id: number } {
  const [endedAt = '', id = ''] = after.split('_');
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[.]\d{3}Z$/.test(endedAt) || Number.isNaN(Date.parse(endedAt))) throw badAfter();
  return { endedAt, id: parseId(id) };
}

function parseId(id: string): number {
  if (!/^\d{1,15}$/.test(id)) throw badAfter();
  return Number(id);
}

function badAfter(): UserError {
  return new UserError({ code: 'input.invalid', field: 'after', params: { field: 'after' } });
}
