import { isEnding } from '../../core/connection.ts';
import { UserError } from '../../core/errors.ts';
import { contactSortKey } from '../../db/contact-readings.ts';
import { tryAgain } from '../../sync/changes/try-again.ts';
import { undeliveredView } from '../../sync/views/undelivered-view.ts';
import { unexplainedView } from '../../sync/views/unexplained-view.ts';
import type { contactRoutes } from '../api/contacts.ts';
import type { Handlers } from '../api-handlers.ts';
import type { AppParts } from '../app-parts.ts';
import { openConnection } from '../open-connection.ts';

/** Contacts with a reason, and members with one. */
export function contactHandlers(parts: AppParts): Handlers<keyof typeof contactRoutes> {
  return {
    'GET /api/connections/:connectionId/undelivered': async ({ params: { connectionId }, query }) => {
      const { store } = await openConnection(parts, connectionId);
      const after = query.after ? contactSortKey(query.after) : '';
      return undeliveredView(store.tables, { reason: query.reason, search: query.search, after });
    },

    'POST /api/connections/:connectionId/undelivered/try-again': async ({ caller, params: { connectionId }, body }) => {
      const { connection, store } = await openConnection(parts, connectionId, caller);
      if (isEnding(connection)) throw new UserError({ code: 'connection.disconnected', status: 409 });
      const { reason, contactId } = body;
      const tried = await tryAgain({ store, clock: parts.clock }, { reason, contactId });
      await parts.queue.wake(connectionId);
      parts.runEvents.emit({ connectionId, what: 'overview' });
      return { tried };
    },

    'GET /api/connections/:connectionId/unexplained-members': async ({ params: { connectionId }, query }) => {
      const { store } = await openConnection(parts, connectionId);
      const { reason, search, after = '' } = query;
      return unexplainedView(store.tables, { reason, search, after });
    },
  };
}
