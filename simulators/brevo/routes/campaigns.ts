import { z } from 'zod';
import { invalid, missing, notFound, outOfRange } from '../api-error.ts';
import { type Answer, Answered, type Call, type Route, readBody, readId, readInstant, readPage } from '../call.ts';
import { campaignStats } from '../campaign-statistics.ts';
import type { Campaign } from '../entities.ts';
import { RECIPIENT_ACTIONS, recipientsOf, writeRecipients } from '../exports.ts';
import { queueProcess } from '../processes.ts';
import { stamp } from '../render.ts';

const YEAR_MS = 365 * 24 * 3_600_000;
/** Statistics are there for this long only (fact sheet 6). */
const STATISTICS_MS = YEAR_MS / 2;

const ExportBody = z.object({ recipientsType: z.enum(RECIPIENT_ACTIONS), notifyURL: z.string().optional() });

/** Campaigns, their sums and their recipients (fact sheet 6). */
export const campaignRoutes: readonly Route[] = [
  { method: 'GET', path: '/emailCampaigns', serve: readCampaigns },
  {
    method: 'GET',
    path: '/emailCampaigns/{campaignId}',
    serve: (call) => renderCampaign(call, campaignOf(call)),
  },
  { method: 'POST', path: '/emailCampaigns/{campaignId}/exportRecipients', serve: exportRecipients },
];

function readCampaigns(call: Call): Answer {
  const { account, query } = call;
  const { slice, descending } = readPage(query, { usual: 50, max: 100 });
  const from = readInstant(query, 'startDate');
  const to = readInstant(query, 'endDate');
  if ((from === undefined) !== (to === undefined)) throw missing('Both startDate and endDate should be passed');
  if (from !== undefined && to !== undefined) {
    if (to < from) throw invalid('startDate should be before endDate');
    if (to - from > 2 * YEAR_MS) throw outOfRange('Difference between startDate and endDate should not exceed 2 years');
  }
  const status = query.get('status');
  const found = [...account.campaigns.values()].filter(
    (campaign) =>
      (status === null || statusFilter(campaign) === status) &&
      (from === undefined || (campaign.sentAt ?? 0) >= from) &&
      (to === undefined || (campaign.sentAt ?? Number.POSITIVE_INFINITY) <= to),
  );
  if (descending) found.reverse();
  return { campaigns: slice(found).map((campaign) => renderCampaign(call, campaign)), count: found.length };
}

// Without `statistics` there are none.
function renderCampaign({ world, account, query }: Call, campaign: Campaign): Record<string, unknown> {
  const isRecent = world.clock.now() - (campaign.sentAt ?? 0) <= STATISTICS_MS;
  const wanted = query.get('statistics');
  return {
    id: campaign.id,
    name: campaign.name,
    subject: campaign.subject,
    type: 'classic',
    status: campaign.status,
    tag: campaign.tag,
    testSent: false,
    header: '',
    footer: '',
    sender: { name: account.companyName, email: account.email },
    replyTo: account.email,
    htmlContent: query.get('excludeHtmlContent') === 'true' ? '' : '<html><body>Newsletter</body></html>',
    createdAt: stamp(world, account, campaign.createdAt),
    modifiedAt: stamp(world, account, campaign.createdAt),
    ...(campaign.sentAt === undefined ? {} : { sentDate: stamp(world, account, campaign.sentAt) }),
    recipients: { lists: campaign.listIds, exclusionLists: [] },
    statistics: wanted === 'globalStats' && isRecent ? { globalStats: campaignStats(campaign) } : {},
  };
}

function exportRecipients(call: Call): Answer {
  const { world, account } = call;
  const campaign = campaignOf(call);
  const { recipientsType, notifyURL } = readBody(call, ExportBody);
  const process = queueProcess(world, account, {
    name: 'CAMPAIGN_USER_DETAILS',
    rows: campaign.recipients.size,
    notifyUrl: notifyURL,
    run: (running) => writeRecipients(world, running, recipientsOf(campaign, recipientsType)),
  });
  return new Answered(202, { processId: process.id });
}

// The filter writes `inProcess` what the campaign calls `in_process`.
function statusFilter({ status }: Campaign): string {
  return status === 'in_process' ? 'inProcess' : status;
}

function campaignOf(call: Call): Campaign {
  const campaign = call.account.campaigns.get(readId(call, 'campaignId'));
  if (!campaign) throw notFound('Campaign ID does not exist');
  return campaign;
}
