import { ACTIVITY_KINDS, type ActivityKind } from './activity.ts';
import type { Connection } from './connection.ts';
import type { ProviderName } from './mailing-provider.ts';

/** What a provider tells of, so that it can be ticked (M4). */
export const ACTIVITY_KINDS_OF: Readonly<Record<ProviderName, readonly ActivityKind[]>> = {
  mailchimp: ['subscribed', 'unsubscribed', 'delivered', 'opened', 'clicked', 'hard-bounce'],
  brevo: ACTIVITY_KINDS,
};

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

/** Whether a happening of this kind and time is wanted by the settings (M4). `at`: ISO 8601 in UTC. */
export function isWanted(
  { settings, createdAt }: Pick<Connection, 'settings' | 'createdAt'>,
  kind: ActivityKind,
  at: string,
): boolean {
  return settings.activities.includes(kind) && at >= (settings.activitiesSince?.[kind] ?? createdAt);
}
