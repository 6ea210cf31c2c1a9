import type { ConnectionState } from '../../core/connection.ts';
import type { OnRequest } from '../../core/outside-systems.ts';
import type { RecurringWork, SyncCursors } from '../../db/sync-cursors.ts';
import type { SyncRun } from '../../db/sync-runs.ts';
import { nextActivityStep } from '../activities/next-activity-step.ts';
import { pollCrm } from '../changes/poll-crm.ts';
import { pollProvider } from '../changes/poll-provider.ts';
import { type RoundParts, stepRound } from '../changes/step-round.ts';
import { stepFullSync } from '../full-sync/step-full-sync.ts';
import { stepLeave } from '../leave/step-leave.ts';
import { alignTags } from '../tags/align-tags.ts';
import { checkTwins } from '../twins/check-twins.ts';
import { checkWebhookDaily } from '../upkeep/check-webhook-daily.ts';
import { startNightlySync } from '../upkeep/start-nightly-sync.ts';
import { type LaneParts, openSyncParts, TURN_MS } from './lane-parts.ts';
import { type FailedWork, settleFailure } from './settle-failure.ts';

/** What the lane does next. `step` answers false when there was nothing to do after all. */
type Work = { failed: FailedWork; step: () => Promise<boolean> };

/** States in which a connection does nothing. */
const AT_REST: ReadonlySet<ConnectionState> = new Set(['draft', 'attention', 'disconnected']);

/**
 * Works on a connection until nothing is left, a person or an outside system has to be waited for, or the turn is over: polls
 * whose time has come, then the open full sync, else the addresses that are due. While a person paused it, both sides are
 * still read, so that opt-outs are noticed (R12).
 *
 * @returns `more` when the turn ended with work left
 */
export async function runMainLane(parts: LaneParts): Promise<'done' | 'more'> {
  const { clock, connection } = parts;
  if (AT_REST.has(connection.state) || connection.audienceId === null) return 'done';
  const counted = { crm: 0, provider: 0 };
  const onRequest: OnRequest = ({ system }) => {
    if (system === 'onoffice') counted.crm += 1;
    else counted.provider += 1;
  };
  const sync: RoundParts = { ...openSyncParts(parts, onRequest, 'main'), newId: parts.newId };
  if ((await checkTwins(parts, sync)) === 'stopped') return 'done';
  const turnEndsAt = clock.now() + TURN_MS;
  const idle = new Set<string>();
  for (;;) {
    const work = await nextWork(parts, sync, idle);
    if (!work) return 'done';
    try {
      if (!(await work.step())) idle.add(nameOf(work.failed));
      await settleCount(parts, work.failed, counted);
      parts.onProgress(fullSyncOf(work.failed));
    } catch (error) {
      await settleCount(parts, work.failed, counted);
      await settleFailure(parts, work.failed, error);
      parts.onProgress(fullSyncOf(work.failed));
      return 'done';
    }
    if (clock.now() >= turnEndsAt) return 'more';
  }
}

async function nextWork(parts: LaneParts, sync: RoundParts, idle: ReadonlySet<string>): Promise<Work | undefined> {
  const { store, clock, connection, hook } = parts;
  if (connection.state === 'leaving') {
    const leave = await store.tables.runs.open('leave');
    if (!leave || !isRunnable(leave, clock.now())) return undefined;
    return {
      failed: { what: 'run', run: leave },
      step: async () => {
        await stepLeave(sync, hook, leave);
        return true;
      },
    };
  }
  const cursors = connection.state === 'active' ? await store.tables.cursors.get() : undefined;
  const recurring = cursors && dueRecurring(parts, sync, cursors);
  if (recurring) return recurring;
  if (connection.pausedAt !== null) return undefined;
  const open = await store.tables.runs.allOpen();
  const run = open.get('full');
  if (run && isRunnable(run, clock.now())) {
    return {
      failed: { what: 'run', run },
      step: async () => {
        await stepFullSync(sync, run);
        return true;
      },
    };
  }
  // While a full sync works it does the same for everybody; rounds go on beside one that waits for a person or a vendor.
  if (!cursors) return undefined;
  const round = open.get('changes');
  if (!idle.has('changes') && run?.state !== 'running' && (await hasRoundToStep(parts, round))) {
    return {
      failed: round ? { what: 'run', run: round } : { what: 'recurring', work: 'crm-poll', attempts: cursors.attempts },
      step: async () => (await stepRound(sync, 'changes', round)) !== undefined,
    };
  }
  return activityWork(sync);
}

async function hasRoundToStep({ store, clock }: LaneParts, open: SyncRun | undefined): Promise<boolean> {
  return open ? isRunnable(open, clock.now()) : store.tables.due.isAny(clock.now(), 'all');
}

/** What became of newsletters comes last, in small steps: a campaign is long work, and everything else passes it. */
async function activityWork(sync: RoundParts): Promise<Work | undefined> {
  // The sync that catches up may have ended in this turn; the next one knows it (F9).
  if (sync.connection.wentBack && !sync.connection.wentBack.isCaughtUp) return undefined;
  const next = await nextActivityStep(sync);
  return (
    next && {
      failed: { what: 'activities', time: next.time, attempts: next.attempts },
      step: async () => {
        await next.step();
        return true;
      },
    }
  );
}

function isRunnable(run: SyncRun, now: number): boolean {
  return run.state !== 'awaiting-approval' && (run.notBefore === null || Date.parse(run.notBefore) <= now);
}

function dueRecurring({ clock, checkHook }: LaneParts, sync: RoundParts, cursors: SyncCursors): Work | undefined {
  const now = clock.now();
  const isPaused = sync.connection.pausedAt !== null;
  const works: readonly { work: RecurringWork; at: string | null; run: () => Promise<void> }[] = [
    { work: 'crm-poll', at: cursors.crmPollAt, run: () => pollCrm(sync, cursors) },
    { work: 'provider-poll', at: cursors.providerPollAt, run: () => pollProvider(sync, cursors) },
    { work: 'nightly', at: cursors.nightlyAt, run: () => startNightlySync(sync) },
    { work: 'hook-check', at: cursors.hookCheckAt, run: () => checkWebhookDaily(sync, checkHook) },
    { work: 'tags', at: cursors.tagsAt, run: () => alignTags(sync, { mayWrite: !isPaused }) },
  ];
  const due = works.find(({ at }) => at !== null && Date.parse(at) <= now);
  return (
    due && {
      failed: { what: 'recurring', work: due.work, attempts: cursors.attempts },
      step: async () => {
        await due.run();
        return true;
      },
    }
  );
}

function fullSyncOf(failed: FailedWork): SyncRun | undefined {
  return failed.what === 'run' && failed.run.kind === 'full' ? failed.run : undefined;
}

function nameOf(failed: FailedWork): string {
  if (failed.what === 'run') return failed.run.kind;
  return failed.what === 'activities' ? 'activities' : 'changes';
}

/** Requests of polls are nobody's run. */
async function settleCount(
  { store }: LaneParts,
  failed: FailedWork,
  counted: { crm: number; provider: number },
): Promise<void> {
  const { crm, provider } = counted;
  counted.crm = 0;
  counted.provider = 0;
  if (failed.what === 'run' && crm + provider > 0) await store.tables.runs.countRequests(failed.run.id, crm, provider);
}
