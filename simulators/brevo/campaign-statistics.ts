import type { Campaign } from './entities.ts';

/** The sums of a campaign (fact sheet 6). */
export function campaignStats(campaign: Campaign): Record<string, number> {
  const recipients = [...campaign.recipients.values()];
  const count = (meets: (recipient: (typeof recipients)[number]) => boolean): number => recipients.filter(meets).length;
  const hardBounces = count(({ bounce }) => bounce === 'hard');
  const softBounces = count(({ bounce }) => bounce === 'soft');
  const delivered = recipients.length - hardBounces - softBounces;
  const uniqueViews = count(({ opens }) => opens > 0);
  const viewed = recipients.reduce((sum, { opens }) => sum + opens, 0);
  return {
    sent: recipients.length,
    delivered,
    hardBounces,
    softBounces,
    deferred: 0,
    uniqueViews,
    viewed,
    trackableViews: viewed,
    trackableViewsRate: 0,
    estimatedViews: 0,
    appleMppOpens: 0,
    opensRate: delivered === 0 ? 0 : Math.round((uniqueViews / delivered) * 10_000) / 100,
    uniqueClicks: count(({ clicks }) => clicks > 0),
    clickers: recipients.reduce((sum, { clicks }) => sum + clicks, 0),
    unsubscriptions: count(({ unsubscribed }) => unsubscribed),
    complaints: count(({ complained }) => complained),
  };
}
