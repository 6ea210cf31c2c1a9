import type { MailActivityKind } from '../../core/activity.ts';
import { hasLostEvents, nextLookAt } from '../../core/campaign.ts';
import { ProviderError } from '../../core/errors.ts';
import type { Campaign } from '../../db/campaigns.ts';
import type { Tables } from '../../db/store.ts';
import type { SyncParts } from '../sync-parts.ts';
import { noteMails } from './note-mails.ts';

/** A report may be a little behind, and our clock beside the provider's: so much is read again, in ms. */
const OVERLAP_MS = 3_600_000;

/** What each part of a report tells. */
const TOLD_BY: Readonly<Record<'recipients' | 'actions', readonly MailActivityKind[]>> = {
  recipients: ['delivered', 'hard-bounce'],
  actions: ['opened', 'clicked', 'hard-bounce'],
};

/**
 * Looks at the next report whose time has come (M26): one page of it, stored with where it is, so that a crash goes on there
 * (F5). Where the provider has no reports it is compared how many people it counts and how many we were told of; whoever is
 * missing is looked for among the members (F2).
 */
export async function lookAtCampaign(parts: SyncParts): Promise<void> {
  const { store, clock, provider } = parts;
  const campaign = await store.tables.campaigns.toLookAt(clock.now());
  if (!campaign) {
    await store.transact(({ activityWork }) => activityWork.planLooking());
    return;
  }
  try {
    if (provider.readCampaignReport) await readReport(parts, campaign);
    else await compareFigures(parts, campaign);
  } catch (error) {
    if (!(error instanceof ProviderError) || error.kind !== 'not_found') throw error;
    // Deleted at the provider: nobody tells of it any more.
    await store.transact((tables) => endLook(tables, campaign, clock.now(), undefined));
  }
}

async function readReport(parts: SyncParts, campaign: Campaign): Promise<void> {
  const { store, clock, provider, connection } = parts;
  const now = clock.now();
  const read = provider.readCampaignReport;
  if (!read) throw new Error('the provider has no reports');
  if (campaign.look === null) {
    const figures = await provider.readCampaignFigures?.(campaign.id);
    const beganAt = new Date(now).toISOString();
    await store.transact(async (tables) => {
      if (figures) await tables.campaigns.saveFigures(campaign.id, figures);
      await tables.campaigns.look(campaign.id, { part: 'recipients', offset: 0, beganAt });
    });
    return;
  }
  const { part, offset, beganAt } = campaign.look;
  const isWanted = TOLD_BY[part].some((kind) => connection.settings.activities.includes(kind));
  const since = campaign.lookedAt && new Date(Date.parse(campaign.lookedAt) - OVERLAP_MS).toISOString();
  const page = isWanted
    ? await read({ campaignId: campaign.id, part, offset, ...(since ? { since } : {}) })
    : { happenings: [], nextOffset: undefined };
  await store.transact(async (tables) => {
    await noteMails(tables, parts, page.happenings);
    if (page.nextOffset !== undefined) {
      await tables.campaigns.look(campaign.id, { part, offset: page.nextOffset, beganAt });
    } else if (part === 'recipients') {
      await tables.campaigns.look(campaign.id, { part: 'actions', offset: 0, beganAt });
    } else {
      await endLook(tables, campaign, Date.parse(beganAt), nextLookAt(campaign.sentAt, now));
    }
  });
}

async function compareFigures({ store, clock, connection }: SyncParts, campaign: Campaign): Promise<void> {
  const now = clock.now();
  const { activities } = connection.settings;
  await store.transact(async (tables) => {
    const counts = await tables.activities.countOfCampaigns([campaign.id]);
    const noted = (...kinds: MailActivityKind[]) =>
      kinds.every((kind) => activities.includes(kind))
        ? counts.filter(({ kind }) => kinds.some((one) => one === kind)).reduce((sum, { count }) => sum + count, 0)
        : undefined;
    const told = {
      delivered: noted('delivered'),
      clicked: noted('clicked'),
      bounced: noted('hard-bounce', 'soft-bounce'),
    };
    const isAsked = campaign.wantsHistory && campaign.lookedAt === null;
    if (isAsked || hasLostEvents(campaign.figures, told)) await tables.activityWork.beginSweep(campaign.sentAt, now);
    await endLook(tables, campaign, now, nextLookAt(campaign.sentAt, now));
  });
}

async function endLook(tables: Tables, { id }: Campaign, beganAt: number, nextAt: number | undefined): Promise<void> {
  await tables.campaigns.looked(id, new Date(beganAt).toISOString(), nextAt);
  await tables.activityWork.planLooking();
}
