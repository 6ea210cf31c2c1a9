import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import type { CampaignFigures } from '../bench-row.ts';
import type { LiveWorld } from './live-world.ts';

/** Between two looks at how far the activities are, in ms. */
const LOOK_MS = 2_000;
/** Activities that are not written by then never will be. */
const LONGEST_MS = 3_600_000;

/**
 * Ticks deliveries, sends a campaign to everybody in the audience and waits until each delivery is an activity in the CRM.
 *
 * @param onBegun told when the first activity has been written; Mailchimp's report is read ten minutes after the sending
 * @throws Error when they are not all written within an hour
 */
export async function bookCampaign(
  { simulators, server, connectionId }: LiveWorld,
  { onPhase, onBegun }: { onPhase: (what: string) => void; onBegun: () => void },
): Promise<CampaignFigures> {
  const { call } = server;
  const { counts } = simulators.crm;
  const params = { connectionId };
  const settings = await call('GET /api/connections/:connectionId/settings', { params });
  const activities = [...new Set([...settings.activities, 'delivered' as const])];
  await call('PUT /api/connections/:connectionId/settings', { params, body: { ...settings, activities } });
  // What happened before the box was ticked is history.
  await delay(LOOK_MS);
  counts.reset();
  const startedAt = performance.now();
  simulators.sendCampaign();
  onPhase('a campaign was sent');
  while (performance.now() - startedAt < LONGEST_MS) {
    await delay(LOOK_MS);
    const [campaign] = (await call('GET /api/connections/:connectionId/campaigns', { params, query: {} })).campaigns;
    if (!campaign?.figures) continue;
    const { recipients } = campaign.figures;
    if (campaign.written > 0) onBegun();
    onPhase(`${campaign.written} of ${recipients} activities`);
    const left = campaign.notWritten.reduce((sum, { count }) => sum + count, 0);
    if (campaign.waiting > 0 || campaign.written + left < recipients) continue;
    return {
      recipients,
      written: campaign.written,
      actions: counts.actions['create agentslog'] ?? 0,
      requests: counts.requests,
      bookingMs: performance.now() - startedAt,
    };
  }
  throw new Error(`The activities of the campaign were not written within ${LONGEST_MS / 60_000} minutes`);
}
