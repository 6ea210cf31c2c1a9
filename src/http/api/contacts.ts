import { z } from 'zod';
import { MEMBER_REASONS, REASONS, TRYABLE_REASONS } from '../../core/reason.ts';
import { Count } from './shared.ts';

export const UndeliveredContact = z
  .object({
    contactId: z.string(),
    email: z.string(),
    name: z.string(),
    reason: z.enum(REASONS),
    /** the provider's own words, where it refused */
    words: z.string(),
  })
  .meta({ id: 'UndeliveredContact' });

/** An active member that no contact with Newsletter = Yes explains (section 7). */
export const UnexplainedMember = z
  .object({
    email: z.string(),
    name: z.string(),
    /** the contact whose main or further address it is; null: none is known */
    contactId: z.string().nullable(),
    reason: z.enum(MEMBER_REASONS),
  })
  .meta({ id: 'UnexplainedMember' });

const ConnectionParams = z.object({ connectionId: z.string().min(1).max(64) });

/**
 * Contacts with a reason (U5), and members with one: everybody behind the count bridge. Files, each for people with `?language=`:
 * `/api/connections/:id/undelivered.csv`, `…/unexplained-members.csv`, `…/runs/:id/preview.csv`, `…/runs/:id/audience.csv`.
 */
export const contactRoutes = {
  'GET /api/connections/:connectionId/undelivered': {
    access: 'reader',
    params: ConnectionParams,
    query: z.object({
      reason: z.enum(REASONS).optional(),
      search: z.string().max(200).optional(),
      /** keyset: the contact id that ended the page before */
      after: z.string().max(64).optional(),
    }),
    response: z.object({
      contacts: z.array(UndeliveredContact),
      counts: z.array(z.object({ reason: z.enum(REASONS), count: Count })),
      next: z.string().nullable(),
    }),
  },
  /** Tries again one contact, those of one reason, or all whose reason allows it; answers how many. */
  'POST /api/connections/:connectionId/undelivered/try-again': {
    access: 'editor',
    params: ConnectionParams,
    body: z.object({
      reason: z.enum(TRYABLE_REASONS).optional(),
      contactId: z.string().min(1).max(64).optional(),
    }),
    response: z.object({ tried: Count }),
  },
  'GET /api/connections/:connectionId/unexplained-members': {
    access: 'reader',
    params: ConnectionParams,
    query: z.object({
      reason: z.enum(MEMBER_REASONS).optional(),
      search: z.string().max(200).optional(),
      /** keyset: the address that ended the page before */
      after: z.string().max(400).optional(),
    }),
    response: z.object({
      members: z.array(UnexplainedMember),
      counts: z.array(z.object({ reason: z.enum(MEMBER_REASONS), count: Count })),
      next: z.string().nullable(),
    }),
  },
} as const;
