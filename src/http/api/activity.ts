import { z } from 'zod';
import { OPERATION_KINDS } from '../../core/operation.ts';
import { HeldCount, HeldQuestion } from './background.ts';
import { SampleRow } from './runs.ts';
import { Count, Instant, Language } from './shared.ts';

const ConnectionParams = z.object({ connectionId: z.string().min(1).max(64) });

const HeldPage = z.object({ changes: z.array(SampleRow), next: z.string().nullable() });

/** What waits for an answer; `asOf` goes back with the answer. */
export const Held = z.object({ asOf: Instant, groups: z.array(HeldCount.extend(HeldPage.shape)) }).meta({ id: 'Held' });

/** Ends of an operation that the journal lists. */
export const ENDED_STATES = ['done', 'refused', 'held', 'dropped'] as const;

export const EndedOperation = SampleRow.extend({
  id: z.string(),
  kind: z.enum(OPERATION_KINDS),
  state: z.enum(ENDED_STATES),
  endedAt: Instant,
  /** a reason's name, or the vendor's own words; empty where there are none */
  words: z.string(),
}).meta({ id: 'EndedOperation' });

/** What the connector did and what waits for an answer (U6, R12, M21). */
export const activityRoutes = {
  'GET /api/connections/:connectionId/held': {
    access: 'reader',
    params: ConnectionParams,
    query: z.object({ language: Language.optional() }),
    response: Held,
  },
  /** More of one group. */
  'GET /api/connections/:connectionId/held/changes': {
    access: 'reader',
    params: ConnectionParams,
    query: z.object({
      question: HeldQuestion,
      kind: z.enum(OPERATION_KINDS),
      after: z.string().max(20).optional(),
      language: Language.optional(),
    }),
    response: HeldPage,
  },
  /** Answers one group: `put-back` only for what was removed in bulk at the provider. */
  'POST /api/connections/:connectionId/held/decide': {
    access: 'editor',
    params: ConnectionParams,
    body: z.object({
      question: HeldQuestion,
      kind: z.enum(OPERATION_KINDS),
      decision: z.enum(['carry-out', 'drop', 'put-back']),
      /** what was held after this instant is not answered; absent: everything */
      asOf: Instant.optional(),
    }),
    response: z.object({ answered: Count }),
  },
  'GET /api/connections/:connectionId/operations': {
    access: 'reader',
    params: ConnectionParams,
    query: z.object({
      /** part of an address */
      search: z.string().max(200).optional(),
      kind: z.enum(OPERATION_KINDS).optional(),
      state: z.enum(ENDED_STATES).optional(),
      /** keyset: `next` of the page before */
      after: z.string().max(60).optional(),
      language: Language.optional(),
    }),
    response: z.object({ operations: z.array(EndedOperation), next: z.string().nullable() }),
  },
} as const;
