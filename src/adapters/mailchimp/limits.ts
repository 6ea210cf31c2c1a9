import type { Clock } from '../../core/clock.ts';
import { createLimiter, type Limiter } from '../http/limiter.ts';
import type { Sleep } from '../http/retry.ts';

/**
 * What Mailchimp's Marketing API 3.0 takes and how we stay below it. "documented": Mailchimp's developer documentation;
 * "specification": its OpenAPI description; "ours": our choice.
 */
export const MAILCHIMP_LIMITS = {
  /** members in one bulk call, `POST /lists/{id}` (specification) */
  addsPerCall: 500,
  /** addresses to add, and again to remove, in one call for a tag (specification) */
  tagChangesPerCall: 500,
  /** `count` at most; a larger one is silently cut to this (specification) */
  rowsPerPage: 1000,
  /** tags that a member in a listing carries at most; `tags_count` tells the truth (specification) */
  tagsInListing: 50,
  /** simultaneous calls of one user, over all programs; cannot be raised (documented) */
  connectionsPerUser: 10,
  /** what we use of them: the user's other integrations need some too (ours) */
  ourConnections: 8,
  /** of ours, for what lowers consent: a bulk call may take a minute (ours) */
  keptForUrgent: 1,
  /** bytes of a text field; Mailchimp cuts what is longer (documented) */
  textFieldBytes: 255,
  /** characters of a merge field's tag (reported by Mailchimp's own shop plugins) */
  mergeTagLength: 10,
  /** characters of a tag's name; not published, commonly reported (assumption) */
  tagNameLength: 100,
} as const;

/** How long we wait for an answer. Mailchimp ends a call after 120 s (documented); most end within one (recorded). */
export const TIMEOUT_MS = { single: 30_000, page: 60_000, bulk: 120_000 } as const;

/** Tries of one call (ours): about a minute in all, after which the work is parked by the caller. */
export const RETRY = { attempts: 6, baseMs: 1_000, maxMs: 30_000 } as const;

/** Makes the limiter of one Mailchimp user, whose connections are counted over all programs. */
export function createMailchimpLimiter(parts: { clock: Clock; sleep: Sleep }): Limiter {
  const { ourConnections: maxConcurrent, keptForUrgent } = MAILCHIMP_LIMITS;
  return createLimiter({ ...parts, maxConcurrent, keptForUrgent });
}
