import { firstLookAt } from '../../core/campaign.ts';
import { mailHappeningOf } from '../../core/mail-happening.ts';
import type { ProviderEvent } from '../../core/provider-event.ts';
import type { SeenCampaign } from '../../db/campaigns.ts';
import type { Tables } from '../../db/store.ts';
import type { SyncParts } from '../sync-parts.ts';
import { noteMails } from './note-mails.ts';

/**
 * Notes what events tell about mails (M26): the campaigns they name, and what became of each mail. An event of a campaign that
 * nobody had listed has it listed, because the event itself knows little of it.
 */
export async function noteMailEvents(
  tables: Tables,
  parts: Pick<SyncParts, 'connection' | 'clock'>,
  events: readonly ProviderEvent[],
): Promise<void> {
  const now = parts.clock.now();
  const named = events.flatMap((event): SeenCampaign[] => {
    const isAboutCampaign = event.kind === 'campaign-sent' || mailHappeningOf(event) !== undefined;
    if (!isAboutCampaign || !event.campaign) return [];
    const { id, name, sentAt = event.happenedAt } = event.campaign;
    return [{ id, name, sentAt }];
  });
  if (named.length === 0) return;
  const known = await tables.campaigns.sentAt([...new Set(named.map(({ id }) => id))]);
  const unknown = named.filter(({ id }) => !known.has(id));
  if (unknown.length > 0) {
    await tables.campaigns.see(unknown, ({ sentAt }) => firstLookAt(sentAt, now));
    await tables.activityWork.planLooking();
    await tables.activityWork.wake('list', now);
  }
  await noteMails(
    tables,
    parts,
    events.map(mailHappeningOf).filter((happening) => happening !== undefined),
  );
}
