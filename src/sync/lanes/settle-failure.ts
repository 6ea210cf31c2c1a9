import { ProviderError } from '../../core/errors.ts';
import { type JobOutcome, jobOutcome } from '../../core/job-outcome.ts';
import type { ActivityTime } from '../../db/activity-work.ts';
import type { Tables } from '../../db/store.ts';
import type { RecurringWork } from '../../db/sync-cursors.ts';
import type { StoredNotice, SyncRun } from '../../db/sync-runs.ts';
import type { LaneParts } from './lane-parts.ts';

/** What a lane was at when something failed: a run, a poll or the like, activities, or the stored webhooks. */
export type FailedWork =
  | { what: 'run'; run: SyncRun }
  | { what: 'recurring'; work: RecurringWork; attempts: number }
  | { what: 'activities'; time: ActivityTime; attempts: number }
  | { what: 'events'; ids: readonly number[]; attempts: number };

/** Wait after a failure that is a bug of ours or that nobody understands, in ms: the work is not lost, and not tried at once. */
const AFTER_BUG_MS = 300_000;

/** Gives a failure its meaning (house style 5.4): wait, ask for a person, or end what failed. */
export async function settleFailure(parts: LaneParts, failed: FailedWork, error: unknown): Promise<void> {
  const { store, clock, onBug } = parts;
  const attempt = attemptsOf(failed) + 1;
  const outcome = jobOutcome(error, attempt);
  if (!(error instanceof ProviderError)) onBug(error);
  const notice = { code: outcome.code, params: { words: outcome.words, attempt } };
  const system = error instanceof ProviderError && error.system === 'onoffice' ? 'crm' : 'provider';
  const now = clock.now();
  await store.transact(async (tables) => {
    await settle(tables, failed, outcome, notice, now);
    if (outcome.type === 'wait') await tables.health.set(system, 'waiting', now, notice);
    if (outcome.type !== 'attention') return;
    await tables.connection.needAttention();
    await tables.health.set(system, 'failing', now, notice);
    await tables.journal.write('journal.connection_attention', { cause: outcome.code }, now, true);
  });
}

function attemptsOf(failed: FailedWork): number {
  if (failed.what !== 'run') return failed.attempts;
  return failed.run.waitingFor ? Number(failed.run.waitingFor.params.attempt ?? 0) : 0;
}

async function settle(
  tables: Tables,
  failed: FailedWork,
  outcome: JobOutcome,
  notice: StoredNotice,
  now: number,
): Promise<void> {
  const until = now + (outcome.type === 'wait' ? outcome.ms : outcome.type === 'fail' ? AFTER_BUG_MS : 0);
  switch (failed.what) {
    case 'recurring':
      await tables.cursors.failed(failed.work, until);
      if (outcome.type === 'fail')
        await tables.journal.write('journal.poll_failed', { cause: outcome.code }, now, true);
      return;
    case 'activities':
      await tables.activityWork.failed(failed.time, until);
      if (outcome.type === 'fail')
        await tables.journal.write('journal.activities_failed', { cause: outcome.code }, now, true);
      return;
    case 'events':
      await tables.events.postpone(failed.ids, until);
      if (outcome.type === 'fail')
        await tables.journal.write('journal.events_failed', { cause: outcome.code }, now, true);
      return;
    case 'run':
      // Whoever leaves goes on where he was: nothing else would begin it anew.
      if (outcome.type !== 'fail' || failed.run.kind === 'leave') {
        await tables.runs.wait(failed.run.id, notice, until);
        return;
      }
      await tables.runs.finish(failed.run.id, 'failed', now, notice);
      if (failed.run.kind !== 'full') await tables.due.postponeAll(now, until);
      await tables.journal.write('journal.run_failed', { cause: outcome.code }, now, true);
  }
}
