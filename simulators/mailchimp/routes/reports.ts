import { hash as digest } from 'node:crypto';
import { type Answer, type Call, campaignOf, links, pageOf, type Route, readInstant } from '../call.ts';
import type { Activity, Campaign, Recipient } from '../entities.ts';
import { notFound } from '../problem.ts';
import { renderMergeValues } from '../render.ts';
import { countActions } from '../report-counts.ts';
import { isoTime, type World } from '../world.ts';

/** Reports of campaigns (fact sheet 7). */
export const reportRoutes: readonly Route[] = [
  { method: 'GET', path: '/reports', serve: readReports },
  { method: 'GET', path: '/reports/{campaign_id}', serve: (call) => renderReport(call.world, sentCampaign(call)) },
  { method: 'GET', path: '/reports/{campaign_id}/sent-to', serve: readSentTo },
  { method: 'GET', path: '/reports/{campaign_id}/email-activity', serve: readEmailActivity },
  { method: 'GET', path: '/reports/{campaign_id}/open-details', serve: readOpenDetails },
  { method: 'GET', path: '/reports/{campaign_id}/click-details', serve: readClickDetails },
  { method: 'GET', path: '/reports/{campaign_id}/click-details/{link_id}/members', serve: readClickMembers },
  { method: 'GET', path: '/reports/{campaign_id}/unsubscribed', serve: readUnsubscribed },
];

function sentCampaign(call: Call): Campaign {
  const campaign = campaignOf(call);
  if (campaign.status !== 'sent' && campaign.status !== 'sending') throw notFound();
  return campaign;
}

function readReports(call: Call): Answer {
  const since = readInstant(call.query, 'since_send_time') ?? 0;
  const chosen = call.world.store
    .campaignsOf(call.account)
    .filter((campaign) => campaign.status === 'sent' && (campaign.sentAt ?? 0) >= since);
  return {
    reports: pageOf(call.query, chosen).map((campaign) => renderReport(call.world, campaign)),
    total_items: chosen.length,
    _links: links('/reports'),
  };
}

function renderReport(world: World, campaign: Campaign): Record<string, unknown> {
  const list = world.store.lists.get(campaign.listId);
  const counts = countActions(campaign);
  const sent = campaign.recipients.size;
  return {
    id: campaign.id,
    campaign_title: campaign.title,
    type: campaign.type,
    list_id: campaign.listId,
    list_is_active: list !== undefined,
    list_name: list?.name ?? '',
    subject_line: campaign.subject,
    preview_text: '',
    emails_sent: sent,
    abuse_reports: campaign.abuseReports,
    unsubscribed: campaign.unsubscribes.length,
    send_time: isoTime(campaign.sentAt),
    bounces: { hard_bounces: counts.hardBounces, soft_bounces: counts.softBounces, syntax_errors: 0 },
    forwards: { forwards_count: 0, forwards_opens: 0 },
    opens: {
      opens_total: counts.opens,
      unique_opens: counts.uniqueOpens,
      open_rate: sent === 0 ? 0 : counts.uniqueOpens / sent,
      last_open: isoTime(counts.lastOpenAt || undefined),
    },
    clicks: {
      clicks_total: counts.clicks,
      unique_clicks: counts.uniqueClicks,
      unique_subscriber_clicks: counts.uniqueClicks,
      click_rate: sent === 0 ? 0 : counts.uniqueClicks / sent,
      last_click: isoTime(counts.lastClickAt || undefined),
    },
    delivery_status: { enabled: false, can_cancel: false, emails_sent: 0, emails_canceled: 0 },
    _links: links(`/reports/${campaign.id}`),
  };
}

function readSentTo(call: Call): Answer {
  const campaign = sentCampaign(call);
  const recipients = [...campaign.recipients.values()];
  return {
    sent_to: pageOf(call.query, recipients).map((recipient) => {
      const opens = recipient.activities.filter(({ type }) => type === 'open');
      return {
        ...renderRecipient(call.world, campaign, recipient),
        status: recipient.status,
        open_count: opens.length,
        last_open: isoTime(opens.at(-1)?.at),
        gmt_offset: 0,
      };
    }),
    campaign_id: campaign.id,
    total_items: recipients.length,
    _links: links(`/reports/${campaign.id}/sent-to`),
  };
}

function readEmailActivity(call: Call): Answer {
  const campaign = sentCampaign(call);
  const since = readInstant(call.query, 'since');
  const emails = [...campaign.recipients.values()]
    .map((recipient) => ({
      recipient,
      activities: since === undefined ? recipient.activities : recipient.activities.filter(({ at }) => at >= since),
    }))
    .filter(({ activities }) => since === undefined || activities.length > 0);
  return {
    emails: pageOf(call.query, emails).map(({ recipient, activities }) => ({
      campaign_id: campaign.id,
      list_id: campaign.listId,
      list_is_active: call.world.store.lists.has(campaign.listId),
      email_id: recipient.hash,
      email_address: recipient.emailAddress,
      activity: activities.map(renderActivity),
    })),
    campaign_id: campaign.id,
    total_items: emails.length,
    _links: links(`/reports/${campaign.id}/email-activity`),
  };
}

function renderActivity({ type, at, bounceType, url }: Activity): Record<string, unknown> {
  return {
    action: type,
    ...(bounceType ? { type: bounceType } : {}),
    timestamp: isoTime(at),
    ...(url ? { url } : {}),
    ...(type === 'bounce' ? {} : { ip: '198.51.100.23' }),
  };
}

function readOpenDetails(call: Call): Answer {
  const campaign = sentCampaign(call);
  const since = readInstant(call.query, 'since') ?? 0;
  const opened = [...campaign.recipients.values()]
    .map((recipient) => ({
      recipient,
      opens: recipient.activities.filter(({ type, at }) => type === 'open' && at >= since),
    }))
    .filter(({ opens }) => opens.length > 0);
  return {
    members: pageOf(call.query, opened).map(({ recipient, opens }) => ({
      ...renderRecipient(call.world, campaign, recipient),
      contact_status: recipient.member.status,
      opens_count: opens.length,
      opens: opens.map(({ at }) => ({ timestamp: isoTime(at) })),
    })),
    campaign_id: campaign.id,
    total_opens: opened.reduce((sum, { opens }) => sum + opens.length, 0),
    total_items: opened.length,
    _links: links(`/reports/${campaign.id}/open-details`),
  };
}

type Link = { id: string; url: string; clicks: Activity[]; recipients: Recipient[] };

function linksOf(campaign: Campaign): Link[] {
  const byUrl = new Map<string, Link>();
  for (const recipient of campaign.recipients.values())
    for (const activity of recipient.activities) {
      if (activity.url === undefined) continue;
      const { url } = activity;
      const link = byUrl.get(url) ?? { id: digest('md5', url).slice(0, 10), url, clicks: [], recipients: [] };
      link.clicks.push(activity);
      if (!link.recipients.includes(recipient)) link.recipients.push(recipient);
      byUrl.set(url, link);
    }
  return [...byUrl.values()];
}

function readClickDetails(call: Call): Answer {
  const campaign = sentCampaign(call);
  const clicked = linksOf(campaign);
  const total = clicked.reduce((sum, { clicks }) => sum + clicks.length, 0);
  return {
    urls_clicked: pageOf(call.query, clicked).map(({ id, url, clicks, recipients }) => ({
      id,
      url,
      total_clicks: clicks.length,
      click_percentage: clicks.length / total,
      unique_clicks: recipients.length,
      unique_click_percentage: recipients.length / campaign.recipients.size,
      last_click: isoTime(clicks.reduce((latest, { at }) => Math.max(latest, at), 0)),
      campaign_id: campaign.id,
    })),
    campaign_id: campaign.id,
    total_items: clicked.length,
    _links: links(`/reports/${campaign.id}/click-details`),
  };
}

function readClickMembers(call: Call): Answer {
  const campaign = sentCampaign(call);
  const link = linksOf(campaign).find(({ id }) => id === call.params.link_id);
  if (!link) throw notFound();
  return {
    members: pageOf(call.query, link.recipients).map((recipient) => ({
      ...renderRecipient(call.world, campaign, recipient),
      contact_status: recipient.member.status,
      url_id: link.id,
      clicks: recipient.activities.filter(({ url }) => url === link.url).length,
    })),
    campaign_id: campaign.id,
    total_items: link.recipients.length,
    _links: links(`/reports/${campaign.id}/click-details/${link.id}/members`),
  };
}

function readUnsubscribed(call: Call): Answer {
  const campaign = sentCampaign(call);
  return {
    unsubscribes: pageOf(call.query, campaign.unsubscribes).map(({ recipient, at, reason }) => ({
      ...renderRecipient(call.world, campaign, recipient),
      timestamp: isoTime(at),
      reason,
    })),
    campaign_id: campaign.id,
    total_items: campaign.unsubscribes.length,
    _links: links(`/reports/${campaign.id}/unsubscribed`),
  };
}

function renderRecipient(world: World, campaign: Campaign, recipient: Recipient): Record<string, unknown> {
  const list = world.store.lists.get(campaign.listId);
  return {
    email_id: recipient.hash,
    email_address: recipient.emailAddress,
    merge_fields: list ? renderMergeValues(list, recipient.member) : {},
    vip: recipient.member.vip,
    campaign_id: campaign.id,
    list_id: campaign.listId,
    list_is_active: list !== undefined,
  };
}
