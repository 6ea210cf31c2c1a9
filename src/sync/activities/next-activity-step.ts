import { ProviderError, type ProviderErrorKind } from '../../core/errors.ts';
import type { ActivityTime } from '../../db/activity-work.ts';
import type { SyncParts } from '../sync-parts.ts';
import { listCampaigns } from './list-campaigns.ts';
import { lookAtCampaign } from './look-at-campaign.ts';
import { sweepMembers } from './sweep-members.ts';
import { writeActivities } from './write-activities.ts';

/** Refusals that concern activities alone: a key that may not read reports must not stop what opt-outs depend on. */
const OWN_REFUSALS: readonly ProviderErrorKind[] = ['forbidden', 'misconfigured', 'rejected', 'not_found'];

/** Wait after such a refusal, in ms. */
const REFUSED_MS = 3_600_000;

/** A bounded piece of what is to be done about activities, and which of the connection's times it belongs to. */
export type ActivityStep = { time: ActivityTime; attempts: number; step: () => Promise<void> };

/**
 * The next piece of work about activities whose time has come.
 *
 * @returns undefined when there is none
 */
export async function nextActivityStep(parts: SyncParts): Promise<ActivityStep | undefined> {
  const work = await parts.store.tables.activityWork.get();
  if (!work) return undefined;
  const now = parts.clock.now();
  const steps: readonly { time: ActivityTime; at: string | null; step: () => Promise<void> }[] = [
    { time: 'list', at: work.listAt, step: () => listCampaigns(parts) },
    { time: 'look', at: work.lookAt, step: () => lookAtCampaign(parts) },
    { time: 'write', at: work.writeAt, step: () => writeActivities(parts) },
    { time: 'sweep', at: work.sweepAt, step: () => sweepMembers(parts) },
  ];
  const due = steps.find(({ at }) => at !== null && Date.parse(at) <= now);
  return due && { time: due.time, attempts: work.attempts, step: () => enduring(parts, due, work.attempts) };
}

async function enduring(
  { store, clock }: SyncParts,
  { time, step }: Pick<ActivityStep, 'time' | 'step'>,
  attempts: number,
): Promise<void> {
  try {
    await step();
  } catch (error) {
    if (!(error instanceof ProviderError) || !OWN_REFUSALS.includes(error.kind)) throw error;
    const now = clock.now();
    await store.transact(async ({ activityWork, journal }) => {
      await activityWork.failed(time, now + REFUSED_MS);
      if (attempts === 0) await journal.write('journal.activities_refused', { cause: error.code }, now, true);
    });
  }
}
