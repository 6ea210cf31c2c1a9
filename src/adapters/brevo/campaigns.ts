import { z } from 'zod';
import type { MailHappening } from '../../core/activity.ts';
import type { EmailAddress } from '../../core/email-address.ts';
import type { CampaignPage } from '../../core/mailing-provider.ts';
import type { BrevoClient } from './brevo-client.ts';
import { isNotFound } from './errors.ts';
import { BREVO_LIMITS } from './limits.ts';

const DAY_MS = 86_400_000;

const text = z.string().catch('');
const count = z.number().catch(0);
const idText = z.union([z.string().min(1), z.number()]).transform(String);

const GlobalStats = z.object({
  sent: count,
  delivered: count,
  hardBounces: count,
  softBounces: count,
  uniqueViews: count,
  uniqueClicks: count,
});

const CampaignListAnswer = z.object({
  campaigns: z
    .array(
      z.object({
        id: idText,
        name: text,
        sentDate: text,
        recipients: z.object({ lists: z.array(idText).catch([]) }).catch({ lists: [] }),
        statistics: z
          .object({ globalStats: GlobalStats.optional().catch(undefined) })
          .catch({ globalStats: undefined }),
      }),
    )
    .default([]),
  count,
});

/**
 * Reads the sent campaigns of the whole account with their figures; which of them went to our list is told. One call of the
 * slow meter for a hundred. Brevo tells figures of the last six months only (specification).
 */
export async function listCampaigns(
  client: BrevoClient,
  { audienceId, sentSince, offset }: { audienceId: string; sentSince: string; offset: number },
): Promise<CampaignPage> {
  const limit = BREVO_LIMITS.campaignsPerPage;
  const answer = await client.ask(
    {
      method: 'GET',
      route: '/emailCampaigns',
      query: {
        status: 'sent',
        startDate: sentSince,
        // Both ends have to be named.
        endDate: new Date(client.clock.now() + DAY_MS).toISOString(),
        statistics: 'globalStats',
        excludeHtmlContent: true,
        sort: 'asc',
        limit,
        offset,
      },
    },
    CampaignListAnswer,
  );
  return {
    campaigns: answer.campaigns.flatMap(({ id, name, sentDate, recipients, statistics: { globalStats } }) => {
      const sentAt = Date.parse(sentDate);
      if (Number.isNaN(sentAt)) return [];
      const figures = globalStats && {
        recipients: globalStats.sent,
        delivered: globalStats.delivered,
        opened: globalStats.uniqueViews,
        clicked: globalStats.uniqueClicks,
        bounced: globalStats.hardBounces + globalStats.softBounces,
      };
      const isOurs = recipients.lists.includes(audienceId);
      return [{ id, name: name || id, sentAt: new Date(sentAt).toISOString(), isOurs, figures }];
    }),
    nextOffset: answer.campaigns.length === limit ? offset + limit : undefined,
  };
}

const Told = z.array(z.object({ campaignId: idText, eventTime: text })).catch([]);

const StatsAnswer = z.object({
  delivered: Told,
  opened: Told,
  hardBounces: Told,
  softBounces: Told,
  complaints: Told,
  clicked: z
    .array(z.object({ campaignId: idText, links: z.array(z.object({ url: text, eventTime: text })).catch([]) }))
    .catch([]),
});

/**
 * Reads what became of the mails to one contact (specification: at most 90 days back). Openings by mail proxies are not told
 * apart here.
 */
export async function readMailHistory(
  client: BrevoClient,
  email: EmailAddress,
  since: string,
): Promise<readonly MailHappening[]> {
  const now = client.clock.now();
  const earliest = now - (BREVO_LIMITS.statisticsDays - 1) * DAY_MS;
  const stats = await client
    .ask(
      {
        method: 'GET',
        route: '/contacts/{email}/campaignStats',
        path: { email },
        query: { startDate: day(Math.max(Date.parse(since) - DAY_MS, earliest)), endDate: day(now + DAY_MS) },
      },
      StatsAnswer,
    )
    .catch((error: unknown) => {
      if (isNotFound(error)) return undefined;
      throw error;
    });
  if (!stats) return [];
  const told = (kind: MailHappening['kind'], entries: z.output<typeof Told>): MailHappening[] =>
    entries.map(({ campaignId, eventTime }) => ({ kind, campaignId, email, at: instant(eventTime), link: '' }));
  return [
    ...told('delivered', stats.delivered),
    ...told('opened', stats.opened),
    ...told('hard-bounce', stats.hardBounces),
    ...told('soft-bounce', stats.softBounces),
    ...told('complaint', stats.complaints),
    ...stats.clicked.flatMap(({ campaignId, links }) => {
      const [first] = links.toSorted((one, other) => Date.parse(one.eventTime) - Date.parse(other.eventTime));
      const at = first && instant(first.eventTime);
      return first ? [{ kind: 'clicked' as const, campaignId, email, at, link: first.url }] : [];
    }),
  ];
}

function day(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

function instant(time: string): string | undefined {
  const at = Date.parse(time);
  return Number.isNaN(at) ? undefined : new Date(at).toISOString();
}
