import { z } from 'zod';
import { REASONS } from '../../core/reason.ts';
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

/** Contacts with a reason (U5). Files: `/api/connections/:id/undelivered.csv`, `…/runs/:id/preview.csv`, `…/runs/:id/audience.csv`, each for people with `?language=`. */
export const contactRoutes = {
  'GET /api/connections/:connectionId/undelivered': {
    access: 'reader',
    params: z.object({ connectionId: z.string().min(1).max(64) }),
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
} as const;
