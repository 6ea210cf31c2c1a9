import { ANSWERS_TO, type TagAnswer, type TagQuestion } from '../../core/tag-binding.ts';
import type { Tables } from '../../db/store.ts';

/** A tag that waits for an answer (R11), with its name on each side now; null where it is not. */
export type AskedTagView = {
  id: number;
  name: string;
  inCrm: string | null;
  atProvider: string | null;
  question: TagQuestion;
  answers: TagAnswer[];
  askedAt: string;
};

/** Puts together the tags that wait for an answer, the oldest question first. */
export async function askedTagsView(tables: Tables): Promise<{ tags: AskedTagView[] }> {
  const asked = await tables.tagBindings.asked();
  const { tags } = await tables.connection.crmFacts();
  const labels = new Map(tags.map(({ key, label }) => [key, label]));
  return {
    tags: asked.map(({ id, name, question, askedAt, crmKey, crmName, isAtProvider }) => ({
      id,
      name,
      inCrm: crmKey === null ? null : (labels.get(crmKey) ?? crmName),
      atProvider: isAtProvider ? name : null,
      question,
      answers: [...ANSWERS_TO[question]],
      askedAt,
    })),
  };
}
