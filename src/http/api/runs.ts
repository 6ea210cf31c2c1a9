import { z } from 'zod';
import { OPERATION_KINDS } from '../../core/operation.ts';
import { MEMBER_REASONS, REASONS } from '../../core/reason.ts';
import { SYNC_PHASES, SYNC_RUN_STATES } from '../../core/sync-run.ts';
import { Count, Instant, Language, Notice } from './shared.ts';

const KindCount = z.object({
  kind: z.enum(OPERATION_KINDS),
  planned: Count,
  done: Count,
  refused: Count,
  heldBack: Count,
});

/** A full sync as the page shows it, live (M11). */
export const Run = z
  .object({
    id: z.string(),
    state: z.enum(SYNC_RUN_STATES),
    phase: z.enum(SYNC_PHASES),
    isFirst: z.boolean(),
    startedAt: Instant,
    finishedAt: Instant.nullable(),
    approvedAt: Instant.nullable(),
    /** of the phase that runs; `total` null: not known yet */
    progress: z.object({ done: Count, total: Count.nullable() }),
    remainingSeconds: Count.nullable(),
    requests: z.object({ crm: Count, provider: Count }),
    operations: z.array(KindCount),
    /** set while an outside system lets us wait (F6) */
    waitingFor: Notice.nullable(),
    error: Notice.nullable(),
    /** why a person is asked: `first-sync`, `brake`, `asked-for-preview`; null: nobody is asked */
    question: z.enum(['first-sync', 'after-restore', 'brake', 'asked-for-preview']).nullable(),
  })
  .meta({ id: 'Run' });

/** One change of one person, before and after. */
export const SampleRow = z.object({
  email: z.string(),
  name: z.string(),
  contactId: z.string().nullable(),
  before: z.string(),
  after: z.string(),
});

/** What a run would do, before it does it (U3). */
export const Preview = z
  .object({
    run: Run,
    counts: z.array(z.object({ kind: z.enum(OPERATION_KINDS), count: Count, samples: z.array(SampleRow) })),
    /** people on both sides for whom nothing has to be done */
    unchanged: Count,
    leftOut: z.array(z.object({ reason: z.enum(REASONS), count: Count })),
    membersWithoutContact: z.array(z.object({ reason: z.enum(MEMBER_REASONS), count: Count })),
    contactsRead: Count,
    membersRead: Count,
    plan: z.object({ name: z.string(), isPaid: z.boolean() }),
    /** brake limit that was exceeded, where one was (R12) */
    brake: z.array(z.object({ kind: z.enum(OPERATION_KINDS), count: Count, limit: Count })),
  })
  .meta({ id: 'Preview' });

const RunParams = z.object({ connectionId: z.string().min(1).max(64), runId: z.string().min(1).max(64) });
const ConnectionParams = z.object({ connectionId: z.string().min(1).max(64) });

/** Full syncs: start, watch, preview, approve, cancel. */
export const runRoutes = {
  'POST /api/connections/:connectionId/runs': {
    access: 'editor',
    params: ConnectionParams,
    /** `preview` true: ask before anything is written, even where nobody would be asked */
    body: z.object({ preview: z.boolean() }),
    response: Run,
  },
  'GET /api/connections/:connectionId/runs/:runId': { access: 'reader', params: RunParams, response: Run },
  'GET /api/connections/:connectionId/runs/:runId/preview': {
    access: 'reader',
    params: RunParams,
    /** of the samples' words; the installation's own by default */
    query: z.object({ language: Language.optional() }),
    response: Preview,
  },
  /** "Start synchronisation": what was shown is carried out, rows that changed since are held back. */
  'POST /api/connections/:connectionId/runs/:runId/approve': {
    access: 'editor',
    params: RunParams,
    /** what becomes of members that the CRM does not know, from now on (R9); absent: as set */
    body: z.object({ unknownMembers: z.enum(['create', 'leave']).optional() }).nullish(),
    response: Run,
  },
  'POST /api/connections/:connectionId/runs/:runId/cancel': { access: 'editor', params: RunParams, response: Run },
} as const;
