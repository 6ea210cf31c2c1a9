import { z } from 'zod';
import { TAG_ANSWERS, TAG_QUESTIONS } from '../../core/tag-binding.ts';
import { Instant } from './shared.ts';

/** A tag that waits for an answer (R11). */
export const AskedTag = z
  .object({
    id: z.number().int(),
    /** its name at the provider, or in the CRM where it is only there */
    name: z.string(),
    /** what it is called on each side; null where it is not there */
    inCrm: z.string().nullable(),
    atProvider: z.string().nullable(),
    question: z.enum(TAG_QUESTIONS),
    answers: z.array(z.enum(TAG_ANSWERS)),
    askedAt: Instant,
  })
  .meta({ id: 'AskedTag' });

const ConnectionParams = z.object({ connectionId: z.string().min(1).max(64) });
const AskedTags = z.object({ tags: z.array(AskedTag) });

/** Tags that were deleted on one side, or whose new name is another tag's. */
export const tagRoutes = {
  'GET /api/connections/:connectionId/asked-tags': {
    access: 'reader',
    params: ConnectionParams,
    response: AskedTags,
  },
  /** Answers what still waits. The answer is carried out when the tags of both sides are compared next. */
  'POST /api/connections/:connectionId/asked-tags/:tagId/answer': {
    access: 'editor',
    params: ConnectionParams.extend({ tagId: z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER) }),
    body: z.object({ answer: z.enum(TAG_ANSWERS) }),
    response: AskedTags,
  },
} as const;
