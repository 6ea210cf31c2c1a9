import { z } from 'zod';
import { OPERATION_KINDS } from '../../core/operation.ts';
import { SYNC_PHASES } from '../../core/sync-run.ts';
import { Count, Instant, Notice } from './shared.ts';

export const HeldQuestion = z.enum(['brake', 'removed-in-bulk', 'changes-too-often']);

const Poll = z.object({ readAt: Instant.nullable(), nextAt: Instant.nullable() });
const Direction = z.enum(['to-crm', 'to-provider']);

/** Why a group of changes waits for an answer, and how many they are. */
export const HeldCount = z.object({
  question: HeldQuestion,
  kind: z.enum(OPERATION_KINDS),
  count: Count,
  since: Instant,
});

/** What goes on between full syncs (U2). */
export const Background = z
  .object({
    crm: Poll,
    /** `recovered`: changes that the last poll with any found and no webhook had told */
    provider: Poll.extend({ recovered: Count, recoveredAt: Instant.nullable() }),
    webhooks: z.object({ waiting: Count, lastReceivedAt: Instant.nullable() }),
    due: z.object({ waiting: Count, urgent: Count }),
    nightlyAt: Instant.nullable(),
    rounds: z.array(
      z.object({ kind: z.enum(['changes', 'urgent']), phase: z.enum(SYNC_PHASES), waitingFor: Notice.nullable() }),
    ),
    held: z.array(HeldCount),
    /** tags that wait for an answer (R11) */
    askedTags: Count,
  })
  .meta({ id: 'Background' });

const DurationMs = z.number().nonnegative();

/** Opt-outs of the last 30 days and how long they took to the other side, in ms. */
export const OptOuts = z
  .object({
    figures: z.array(
      z.object({ direction: Direction, count: Count, p50: DurationMs, p95: DurationMs, max: DurationMs }),
    ),
    /** days in UTC; those without opt-outs are left out */
    days: z.array(
      z.object({ day: z.iso.date(), direction: Direction, count: Count, p50: DurationMs, max: DurationMs }),
    ),
    since: Instant,
  })
  .meta({ id: 'OptOuts' });
