import { MAIL_ACTIVITY_KINDS } from '../../core/activity.ts';
import { firstLookAt, LAST_LOOK_AFTER_MS } from '../../core/campaign.ts';
import type { SyncParts } from '../sync-parts.ts';

/** Time between two listings, in ms: a webhook tells sooner; Brevo's calls for it are few (F2). */
const LIST_MS = { mailchimp: 900_000, brevo: 1_800_000 } as const;

/** Where nothing of it is ticked nobody is asked, in ms. */
const NOTHING_TICKED_MS = 900_000;

/**
 * Lists the campaigns that were sent since the last time, and those whose reports are still looked at: their figures move
 * (M26, F2). Those sent before the connection was made are none of our business until somebody asks.
 */
export async function listCampaigns(parts: SyncParts): Promise<void> {
  const { store, provider, connection, clock } = parts;
  const work = await store.tables.activityWork.get();
  if (!work) return;
  const startedAt = clock.now();
  const isTicked = MAIL_ACTIVITY_KINDS.some((kind) => connection.settings.activities.includes(kind));
  if (!isTicked) {
    await store.tables.activityWork.plan('list', startedAt + NOTHING_TICKED_MS);
    return;
  }
  const from = Math.min(Date.parse(work.listedUpTo), startedAt - LAST_LOOK_AFTER_MS);
  const sentSince = new Date(Math.max(from, Date.parse(connection.createdAt))).toISOString();
  for (let offset: number | undefined = 0; offset !== undefined; ) {
    const page = await provider.listCampaigns({ audienceId: connection.audienceId, sentSince, offset });
    await store.transact(async (tables) => {
      await tables.campaigns.see(page.campaigns, ({ sentAt }) => firstLookAt(sentAt, startedAt));
      await tables.activityWork.planLooking();
    });
    offset = page.nextOffset;
  }
  await store.transact(async ({ activityWork }) => {
    await activityWork.listed(new Date(startedAt).toISOString());
    await activityWork.plan('list', startedAt + LIST_MS[provider.name]);
  });
}
