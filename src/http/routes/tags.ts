import { isEnding } from '../../core/connection.ts';
import { answerTagQuestion } from '../../sync/tags/answer-tag-question.ts';
import { askedTagsView } from '../../sync/views/asked-tags-view.ts';
import type { tagRoutes } from '../api/tags.ts';
import type { Handlers } from '../api-handlers.ts';
import type { AppParts } from '../app-parts.ts';
import { openConnection } from '../open-connection.ts';

/** Tags that wait for an answer. */
export function tagHandlers(parts: AppParts): Handlers<keyof typeof tagRoutes> {
  const { clock, queue, runEvents } = parts;
  return {
    'GET /api/connections/:connectionId/asked-tags': async ({ params: { connectionId } }) => {
      const { connection, store } = await openConnection(parts, connectionId);
      return isEnding(connection) ? { tags: [] } : askedTagsView(store.tables);
    },

    'POST /api/connections/:connectionId/asked-tags/:tagId/answer': async ({ caller, params, body }) => {
      const { connectionId } = params;
      const { store } = await openConnection(parts, connectionId, caller);
      await answerTagQuestion({ store, clock }, params.tagId, body.answer);
      await queue.wake(connectionId);
      runEvents.emit({ connectionId, what: 'overview' });
      return askedTagsView(store.tables);
    },
  };
}
