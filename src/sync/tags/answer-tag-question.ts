import type { Clock } from '../../core/clock.ts';
import { UserError } from '../../core/errors.ts';
import { ANSWERS_TO, type TagAnswer } from '../../core/tag-binding.ts';
import type { Store } from '../../db/store.ts';

/**
 * Takes a person's answer about a tag (R11). It is carried out when the tags of both sides are compared next.
 *
 * @throws UserError `tag.not_asked`, `tag.answer_impossible`
 */
export async function answerTagQuestion(
  { store, clock }: { store: Store; clock: Clock },
  tagId: number,
  answer: TagAnswer,
): Promise<void> {
  const asked = (await store.tables.tagBindings.asked()).find(({ id }) => id === tagId);
  if (!asked) throw new UserError({ code: 'tag.not_asked', status: 404 });
  if (!ANSWERS_TO[asked.question].includes(answer)) {
    throw new UserError({ code: 'tag.answer_impossible', status: 422, field: 'answer' });
  }
  await store.transact(async (tables) => {
    await tables.tagBindings.answer(tagId, answer);
    await tables.cursors.planNext('tags', clock.now());
    await tables.journal.write(ANSWERED[answer], { tag: asked.name }, clock.now());
  });
}

const ANSWERED = {
  delete: 'journal.tag_to_be_deleted',
  create: 'journal.tag_to_be_created',
  keep: 'journal.tag_kept',
} as const satisfies Record<TagAnswer, string>;
