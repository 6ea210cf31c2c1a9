import { z } from 'zod';
import type { MailHappening } from '../../core/activity.ts';
import type { CampaignFigures } from '../../core/campaign.ts';
import type { CampaignPage, CampaignReportPage, CampaignReportQuery } from '../../core/mailing-provider.ts';
import { MAILCHIMP_LIMITS, TIMEOUT_MS } from './limits.ts';
import type { MailchimpClient } from './mailchimp-client.ts';
import { toInstant } from './member.ts';

const text = z.string().catch('');
const count = z.number().catch(0);

const CampaignListAnswer = z.object({
  campaigns: z.array(
    z.object({
      id: z.string().min(1),
      send_time: text,
      settings: z.object({ subject_line: text, title: text }).catch({ subject_line: '', title: '' }),
    }),
  ),
  total_items: count,
});
const CAMPAIGN_LIST_FIELDS =
  'campaigns.id,campaigns.send_time,campaigns.settings.subject_line,campaigns.settings.title,total_items';

const ReportAnswer = z.object({
  emails_sent: count,
  bounces: z.object({ hard_bounces: count, soft_bounces: count }).catch({ hard_bounces: 0, soft_bounces: 0 }),
  opens: z.object({ unique_opens: count }).catch({ unique_opens: 0 }),
  clicks: z.object({ unique_subscriber_clicks: count }).catch({ unique_subscriber_clicks: 0 }),
});
const REPORT_FIELDS =
  'emails_sent,bounces.hard_bounces,bounces.soft_bounces,opens.unique_opens,clicks.unique_subscriber_clicks';

const SentToAnswer = z.object({
  sent_to: z.array(z.object({ email_address: text, status: text })),
  total_items: count,
});
const SENT_TO_FIELDS = 'sent_to.email_address,sent_to.status,total_items';

const EmailActivityAnswer = z.object({
  emails: z.array(
    z.object({
      email_address: text,
      activity: z.array(z.object({ action: text, type: text, timestamp: text, url: text })).catch([]),
    }),
  ),
  total_items: count,
});
const EMAIL_ACTIVITY_FIELDS =
  'emails.email_address,emails.activity.action,emails.activity.type,emails.activity.timestamp,emails.activity.url,total_items';

/**
 * Reads the sent campaigns of our audience, the oldest first. Of an A/B campaign it is the parent, whose report covers all
 * recipients; automations are not in this list (specification).
 */
export async function listCampaigns(
  client: MailchimpClient,
  { audienceId, sentSince, offset }: { audienceId: string; sentSince: string; offset: number },
): Promise<CampaignPage> {
  const { campaigns, total_items } = await client.ask(
    {
      method: 'GET',
      route: '/campaigns',
      query: {
        list_id: audienceId,
        status: 'sent',
        since_send_time: sentSince,
        sort_field: 'send_time',
        sort_dir: 'ASC',
        count: MAILCHIMP_LIMITS.rowsPerPage,
        offset,
        fields: CAMPAIGN_LIST_FIELDS,
      },
      timeoutMs: TIMEOUT_MS.page,
    },
    CampaignListAnswer,
  );
  return {
    campaigns: campaigns.flatMap(({ id, send_time, settings }) => {
      const sentAt = toInstant(send_time);
      const name = settings.subject_line || settings.title || id;
      return sentAt === '' ? [] : [{ id, name, sentAt, isOurs: true, figures: undefined }];
    }),
    nextOffset: nextOffset(offset, campaigns.length, total_items),
  };
}

/** Reads the figures of a campaign, by one call. */
export async function readCampaignFigures(client: MailchimpClient, campaignId: string): Promise<CampaignFigures> {
  const { emails_sent, bounces, opens, clicks } = await client.ask(
    { method: 'GET', route: '/reports/{campaignId}', path: { campaignId }, query: { fields: REPORT_FIELDS } },
    ReportAnswer,
  );
  const bounced = bounces.hard_bounces + bounces.soft_bounces;
  return {
    recipients: emails_sent,
    delivered: Math.max(0, emails_sent - bounced),
    opened: opens.unique_opens,
    clicked: clicks.unique_subscriber_clicks,
    bounced,
  };
}

/**
 * Reads one page of a campaign's report. Whoever is listed as sent to, and has not bounced, counts as delivered to: there is no
 * other receipt. Of repeated openings and clicks the first one is told.
 */
export function readCampaignReport(client: MailchimpClient, query: CampaignReportQuery): Promise<CampaignReportPage> {
  return query.part === 'recipients' ? readRecipients(client, query) : readActions(client, query);
}

async function readRecipients(
  client: MailchimpClient,
  { campaignId, offset }: CampaignReportQuery,
): Promise<CampaignReportPage> {
  const { sent_to, total_items } = await client.ask(
    {
      method: 'GET',
      route: '/reports/{campaignId}/sent-to',
      path: { campaignId },
      query: { count: MAILCHIMP_LIMITS.rowsPerPage, offset, fields: SENT_TO_FIELDS },
      timeoutMs: TIMEOUT_MS.page,
    },
    SentToAnswer,
  );
  const happenings = sent_to.flatMap(({ email_address: email, status }): MailHappening[] => {
    const kind = status === 'sent' ? 'delivered' : status === 'hard' ? 'hard-bounce' : undefined;
    return kind ? [{ kind, campaignId, email, at: undefined, link: '' }] : [];
  });
  return { happenings, nextOffset: nextOffset(offset, sent_to.length, total_items) };
}

async function readActions(
  client: MailchimpClient,
  { campaignId, offset, since }: CampaignReportQuery,
): Promise<CampaignReportPage> {
  const { emails, total_items } = await client.ask(
    {
      method: 'GET',
      route: '/reports/{campaignId}/email-activity',
      path: { campaignId },
      query: {
        count: MAILCHIMP_LIMITS.rowsPerPage,
        offset,
        fields: EMAIL_ACTIVITY_FIELDS,
        ...(since === undefined ? {} : { since }),
      },
      timeoutMs: TIMEOUT_MS.page,
    },
    EmailActivityAnswer,
  );
  const happenings = emails.flatMap(({ email_address: email, activity }) => {
    const first = new Map<MailHappening['kind'], MailHappening>();
    const byTime = activity.toSorted((one, other) => (one.timestamp < other.timestamp ? -1 : 1));
    for (const { action, type, timestamp, url } of byTime) {
      const kind = kindOfAction(action, type);
      if (!kind || first.has(kind)) continue;
      const link = kind === 'clicked' ? url : '';
      first.set(kind, { kind, campaignId, email, at: toInstant(timestamp) || undefined, link });
    }
    return [...first.values()];
  });
  return { happenings, nextOffset: nextOffset(offset, emails.length, total_items) };
}

function kindOfAction(action: string, type: string): MailHappening['kind'] | undefined {
  if (action === 'open') return 'opened';
  if (action === 'click') return 'clicked';
  return action === 'bounce' && type === 'hard' ? 'hard-bounce' : undefined;
}

function nextOffset(offset: number, rows: number, total: number): number | undefined {
  const end = offset + rows;
  return rows > 0 && end < total ? end : undefined;
}
