import { z } from 'zod';
import { ACTIVITY_KINDS } from '../../core/activity.ts';
import { Count, Instant } from './shared.ts';

const ConnectionParams = z.object({ connectionId: z.string().min(1).max(64) });
const Kind = z.enum(ACTIVITY_KINDS);
const CrmType = z.object({ kind: z.string(), type: z.string() });

/** A campaign and how far what became of it stands in the CRM (M26). */
export const Campaign = z
  .object({
    id: z.string(),
    name: z.string(),
    sentAt: Instant,
    /** it went to our audience; null: the provider has not told yet */
    isOurs: z.boolean().nullable(),
    /** the provider's own figures; null: not read yet */
    figures: z
      .object({ recipients: Count, delivered: Count, opened: Count, clicked: Count, bounced: Count })
      .nullable(),
    /** activities in the CRM, and those that still have to be written */
    written: Count,
    waiting: Count,
    writtenByKind: z.array(z.object({ kind: Kind, count: Count })),
    /** why something became no activity: a word of ours, or the code of a refusal */
    notWritten: z.array(z.object({ reason: z.string(), count: Count })),
  })
  .meta({ id: 'Campaign' });

/** What this customer's CRM can call an activity, and what fits each kind. */
export const ActivityTypes = z
  .object({
    kinds: z.array(
      z.object({
        key: z.string(),
        label: z.string(),
        types: z.array(z.object({ key: z.string(), label: z.string() })),
      }),
    ),
    /** `isFitting` false: the CRM has nothing made for it, and the note says so */
    defaults: z.array(CrmType.extend({ of: Kind, isFitting: z.boolean() })),
  })
  .meta({ id: 'ActivityTypes' });

/** Campaigns and their activities in the CRM. */
export const campaignRoutes = {
  'GET /api/connections/:connectionId/campaigns': {
    access: 'reader',
    params: ConnectionParams,
    query: z.object({
      /** keyset: `next` of the page before */
      before: Instant.optional(),
    }),
    response: z.object({ campaigns: z.array(Campaign), next: Instant.nullable() }),
  },
  /** Writes what became of a campaign also where its kinds were not ticked by then; the ticks of now count. */
  'POST /api/connections/:connectionId/campaigns/:campaignId/history': {
    access: 'editor',
    params: ConnectionParams.extend({ campaignId: z.string().min(1).max(64) }),
    response: z.object({}),
  },
  /** Asks the CRM. */
  'GET /api/connections/:connectionId/activity-types': {
    access: 'reader',
    params: ConnectionParams,
    response: ActivityTypes,
  },
} as const;
