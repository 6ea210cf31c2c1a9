import type { ActivityTime } from '../../db/activity-work.ts';
import type { SyncParts } from '../sync-parts.ts';
import { writeActivities } from './write-activities.ts';

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
    { time: 'write', at: work.writeAt, step: () => writeActivities(parts) },
  ];
  const due = steps.find(({ at }) => at !== null && Date.parse(at) <= now);
  return due && { time: due.time, attempts: work.attempts, step: due.step };
}
