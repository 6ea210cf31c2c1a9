import { type Answer, type Call, knownMemberOf, links, listOf, pageOf, type Route } from '../call.ts';
import type { Activity, Audience, Member } from '../entities.ts';
import { notFound } from '../problem.ts';
import { isoTime, type World } from '../world.ts';

/** What happened to one member. Both histories are newest first. */
export const memberActivityRoutes: readonly Route[] = [
  { method: 'GET', path: '/lists/{list_id}/members/{subscriber_hash}/activity-feed', serve: readFeed },
  { method: 'GET', path: '/lists/{list_id}/members/{subscriber_hash}/activity', serve: readActivity },
];

function readFeed(call: Call): Answer {
  const list = listOf(call);
  const member = readableMember(call, list);
  const wanted = call.query.get('activity_filters')?.split(',');
  const shown = member.activities
    .filter(({ type }) => type !== 'abuse' && (!wanted || wanted.includes(type)))
    .toReversed();
  return {
    activity: pageOf(call.query, shown).map((activity) => renderFeedEntry(call.world, activity)),
    email_id: member.hash,
    list_id: list.id,
    _links: links(`/lists/${list.id}/members/${member.hash}/activity-feed`),
  };
}

function renderFeedEntry(world: World, activity: Activity): Record<string, unknown> {
  return {
    activity_type: activity.type,
    created_at_timestamp: isoTime(activity.at),
    campaign_id: activity.campaignId ?? '',
    campaign_title: titleOf(world, activity),
    ...(activity.type === 'unsub'
      ? { unsubscribe_reason: activity.reason ?? '', is_admin_unsubscribed: activity.byAdmin ?? false }
      : {}),
    ...(activity.type === 'bounce' ? { bounce_type: activity.bounceType, bounce_has_open_activity: false } : {}),
    ...(activity.type === 'click' ? { link_clicked: activity.url } : {}),
  };
}

function readActivity(call: Call): Answer {
  const list = listOf(call);
  const member = readableMember(call, list);
  const wanted = call.query.get('action')?.split(',');
  const shown = member.activities
    .filter(({ type }) => type !== 'signup' && (!wanted || wanted.includes(type)))
    .toReversed()
    .slice(0, 50);
  return {
    activity: shown.map((activity) => ({
      action: activity.type,
      timestamp: isoTime(activity.at),
      ...(activity.url ? { url: activity.url } : {}),
      type: activity.bounceType ?? activity.reason ?? '',
      campaign_id: activity.campaignId ?? '',
      title: titleOf(call.world, activity),
    })),
    email_id: member.hash,
    contact_id: member.contactId,
    list_id: list.id,
    total_items: shown.length,
    _links: links(`/lists/${list.id}/members/${member.hash}/activity`),
  };
}

function readableMember(call: Call, list: Audience): Member {
  const member = knownMemberOf(call, list);
  if (member.status === 'archived' && call.world.switches.archivedFeed === 'missing') throw notFound();
  return member;
}

function titleOf(world: World, { campaignId }: Activity): string {
  return campaignId ? (world.store.campaigns.get(campaignId)?.title ?? '') : '';
}
