import type { ActivityKind } from '../../core/activity.ts';
import type { CampaignFigures } from '../../core/campaign.ts';
import type { Tables } from '../../db/store.ts';

/** A campaign and how far what became of it stands in the CRM (M26). Instants are ISO 8601 in UTC. */
export type CampaignView = {
  id: string;
  name: string;
  sentAt: string;
  /** it went to our audience; null: the provider has not told yet */
  isOurs: boolean | null;
  /** the provider's own figures; null: not read yet */
  figures: CampaignFigures | null;
  /** how many activities are in the CRM, and how many still have to be written */
  written: number;
  waiting: number;
  writtenByKind: { kind: ActivityKind; count: number }[];
  /** why something became no activity */
  notWritten: { reason: string; count: number }[];
};

const CAMPAIGNS_PER_PAGE = 20;

/** A page of campaigns, the newest first; `before`: the sending of the last one of the page before. */
export async function campaignsView(
  tables: Pick<Tables, 'campaigns' | 'activities'>,
  before: string | undefined,
): Promise<{ campaigns: CampaignView[]; next: string | null }> {
  const found = await tables.campaigns.page(before, CAMPAIGNS_PER_PAGE);
  const ids = found.map(({ id }) => id);
  const counts = Map.groupBy(await tables.activities.countOfCampaigns(ids), ({ campaignId }) => campaignId);
  const reasons = Map.groupBy(await tables.activities.countReasons(ids), ({ campaignId }) => campaignId);
  const campaigns = found.map(({ id, name, sentAt, isOurs, figures }): CampaignView => {
    const own = counts.get(id) ?? [];
    const written = own.filter(({ state }) => state === 'written');
    const sum = (rows: typeof own) => rows.reduce((all, { count }) => all + count, 0);
    const { recipients, delivered, opened, clicked, bounced } = figures;
    return {
      id,
      name: name || id,
      sentAt,
      isOurs,
      figures:
        recipients === undefined
          ? null
          : {
              recipients,
              delivered: delivered ?? 0,
              opened: opened ?? 0,
              clicked: clicked ?? 0,
              bounced: bounced ?? 0,
            },
      written: sum(written),
      waiting: sum(own.filter(({ state }) => state === 'noted' || state === 'sent')),
      writtenByKind: written.map(({ kind, count }) => ({ kind, count })),
      notWritten: (reasons.get(id) ?? []).map(({ reason, count }) => ({ reason, count })),
    };
  });
  return { campaigns, next: found.length < CAMPAIGNS_PER_PAGE ? null : (found.at(-1)?.sentAt ?? null) };
}
