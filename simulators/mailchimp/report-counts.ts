import type { Campaign } from './entities.ts';

/** What a campaign's recipients have done so far. */
export type ActionCounts = {
  opens: number;
  uniqueOpens: number;
  clicks: number;
  uniqueClicks: number;
  hardBounces: number;
  softBounces: number;
  /** ms; 0: never */
  lastOpenAt: number;
  lastClickAt: number;
};

/** Counts opens, clicks and bounces of a campaign. */
export function countActions(campaign: Campaign): ActionCounts {
  const counts: ActionCounts = {
    opens: 0,
    uniqueOpens: 0,
    clicks: 0,
    uniqueClicks: 0,
    hardBounces: 0,
    softBounces: 0,
    lastOpenAt: 0,
    lastClickAt: 0,
  };
  for (const { activities, status } of campaign.recipients.values()) {
    const opens = activities.filter(({ type }) => type === 'open');
    const clicks = activities.filter(({ type }) => type === 'click');
    counts.opens += opens.length;
    counts.clicks += clicks.length;
    if (opens.length > 0) counts.uniqueOpens += 1;
    if (clicks.length > 0) counts.uniqueClicks += 1;
    if (status === 'hard') counts.hardBounces += 1;
    if (status === 'soft') counts.softBounces += 1;
    counts.lastOpenAt = Math.max(counts.lastOpenAt, opens.at(-1)?.at ?? 0);
    counts.lastClickAt = Math.max(counts.lastClickAt, clicks.at(-1)?.at ?? 0);
  }
  return counts;
}
