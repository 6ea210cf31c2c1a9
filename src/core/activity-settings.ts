import type { ActivityKind } from './activity.ts';
import type { Connection } from './connection.ts';

/**
 * Since when each kind counts, once `ticked` is saved: what is ticked anew counts from now on, so that ticking never writes
 * history. Nothing was wanted before the first saving.
 */
export function tickedSince(
  { state, settings }: Pick<Connection, 'state' | 'settings'>,
  ticked: readonly ActivityKind[],
  now: number,
): Partial<Record<ActivityKind, string>> {
  const at = new Date(now).toISOString();
  const keeps = state !== 'draft';
  const since: Partial<Record<ActivityKind, string>> = {};
  for (const kind of ticked) {
    const before = settings.activitiesSince?.[kind];
    if (!keeps || !settings.activities.includes(kind)) since[kind] = at;
    else if (before !== undefined) since[kind] = before;
  }
  return since;
}
