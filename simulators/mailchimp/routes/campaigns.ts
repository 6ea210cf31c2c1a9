import { type Answer, type Call, campaignOf, links, pageOf, type Route, readChoice, readInstant } from '../call.ts';
import type { Campaign } from '../entities.ts';
import { countActions } from '../report-counts.ts';
import { isoTime, type World } from '../world.ts';

/** Campaigns, to read. */
export const campaignRoutes: readonly Route[] = [
  { method: 'GET', path: '/campaigns', serve: readCampaigns },
  {
    method: 'GET',
    path: '/campaigns/{campaign_id}',
    serve: (call) => renderCampaign(call.world, campaignOf(call)),
  },
];

function readCampaigns(call: Call): Answer {
  const { query, world, account } = call;
  const status = readChoice(query, 'status', ['save', 'paused', 'schedule', 'sending', 'sent']);
  const type = readChoice(query, 'type', ['regular', 'plaintext', 'absplit', 'rss', 'variate']);
  const listId = query.get('list_id');
  const sent = range(query, 'send_time');
  const created = range(query, 'create_time');
  const chosen = world.store
    .campaignsOf(account)
    .filter(
      (campaign) =>
        (!status || campaign.status === status) &&
        (!type || campaign.type === type) &&
        (!listId || campaign.listId === listId) &&
        sent(campaign.sentAt) &&
        created(campaign.createdAt),
    );
  const field = readChoice(query, 'sort_field', ['create_time', 'send_time']);
  if (field) chosen.sort((a, b) => (a.sentAt ?? 0) - (b.sentAt ?? 0));
  if (readChoice(query, 'sort_dir', ['ASC', 'DESC']) === 'DESC') chosen.reverse();
  return {
    campaigns: pageOf(query, chosen).map((campaign) => renderCampaign(world, campaign)),
    total_items: chosen.length,
    _links: links('/campaigns'),
  };
}

function range(query: URLSearchParams, name: string): (at: number | undefined) => boolean {
  const since = readInstant(query, `since_${name}`);
  const before = readInstant(query, `before_${name}`);
  return (at) =>
    (since === undefined || (at !== undefined && at >= since)) &&
    (before === undefined || (at !== undefined && at < before));
}

function renderCampaign(world: World, campaign: Campaign): Record<string, unknown> {
  const list = world.store.lists.get(campaign.listId);
  const counts = countActions(campaign);
  const sent = campaign.recipients.size;
  return {
    id: campaign.id,
    web_id: campaign.webId,
    type: campaign.type,
    create_time: isoTime(campaign.createdAt),
    archive_url: `http://eepurl.com/${campaign.id}`,
    long_archive_url: `https://mailchi.mp/${campaign.id}`,
    status: campaign.status,
    emails_sent: campaign.status === 'sent' ? sent : 0,
    send_time: isoTime(campaign.sentAt),
    content_type: 'template',
    needs_block_refresh: false,
    resendable: false,
    recipients: {
      list_id: campaign.listId,
      list_is_active: list !== undefined,
      list_name: list?.name ?? '',
      segment_text: '',
      recipient_count: sent,
    },
    settings: {
      subject_line: campaign.subject,
      preview_text: '',
      title: campaign.title,
      from_name: list?.campaignDefaults.from_name ?? '',
      reply_to: list?.campaignDefaults.from_email ?? '',
      use_conversation: false,
      to_name: '',
      folder_id: '',
      authenticate: true,
      auto_footer: false,
      inline_css: false,
      auto_tweet: false,
      fb_comments: false,
      timewarp: false,
      template_id: 0,
      drag_and_drop: true,
    },
    tracking: { opens: true, html_clicks: true, text_clicks: false, goal_tracking: false, ecomm360: false },
    report_summary: {
      opens: counts.opens,
      unique_opens: counts.uniqueOpens,
      open_rate: sent === 0 ? 0 : counts.uniqueOpens / sent,
      clicks: counts.clicks,
      subscriber_clicks: counts.uniqueClicks,
      click_rate: sent === 0 ? 0 : counts.uniqueClicks / sent,
    },
    delivery_status: { enabled: false, can_cancel: false, emails_sent: 0, emails_canceled: 0 },
    _links: links(`/campaigns/${campaign.id}`),
  };
}
