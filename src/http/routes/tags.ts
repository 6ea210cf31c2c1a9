import { ANSWERS_TO } from '../../core/tag-binding.ts';
import type { Store } from '../../db/store.ts';
import { answerTagQuestion } from '../../sync/tags/answer-tag-question.ts';
import type { tagRoutes } from '../api/tags.ts';
import type { Handlers } from '../api-handlers.ts';
import type { AppParts } from '../app-parts.ts';
import { openConnection } from '../open-connection.ts';

/** Tags that wait for an answer. */
export function tagHandlers(parts: AppParts): Handlers<keyof typeof tagRoutes> {
  const show = async ({ tables }: Store) => {
    const asked = await tables.tagBindings.asked();
    return { tags: asked.map((tag) => ({ ...tag, answers: [...ANSWERS_TO[tag.question]] })) };
  };
  return {
    'GET /api/connections/:connectionId/asked-tags': async ({ params: { connectionId } }) => {
      const { store } = await openConnection(parts, connectionId);
      return show(store);
    },

    'POST /api/connections/:connectionId/asked-tags/:tagId/answer': async ({ caller, params, body }) => {
      const { store } = await openConnection(parts, params.connectionId, caller);
      await answerTagQuestion({ store, clock: parts.clock }, params.tagId, body.answer);
      await parts.queue.wake(params.connectionId);
      return show(store);
    },
  };
}
