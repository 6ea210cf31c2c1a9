import type { Audience, Cause, Member } from './entities.ts';
import { setStatus } from './membership.ts';
import { causedBy, type World } from './world.ts';

/** Somebody clicks the unsubscribe link of a mail. Archived people are handled as the switch says. */
export function unsubscribeByPerson(
  world: World,
  list: Audience,
  member: Member,
  more: { campaignId?: string } = {},
): void {
  const cause = causedBy(world, 'person', more);
  if (member.status === 'archived') {
    if (world.switches.unsubscribeOfArchived === 'kept-in-feed')
      member.activities.push({ type: 'unsub', at: cause.at, reason: 'N/A (No reason given)', ...more });
    return;
  }
  if (setStatus(world, list, member, 'unsubscribed', cause)) noteInReport(world, member, cause);
  else if (member.refusal === undefined) member.refusal = 'left';
}

/** Somebody reports a mail as spam. */
export function complainByPerson(
  world: World,
  list: Audience,
  member: Member,
  more: { campaignId?: string } = {},
): void {
  const cause = causedBy(world, 'person', { ...more, abuse: true });
  member.activities.push({ type: 'abuse', at: cause.at, ...more });
  const campaign = more.campaignId ? world.store.campaigns.get(more.campaignId) : undefined;
  if (campaign) campaign.abuseReports += 1;
  if (member.status === 'archived') return;
  const to = world.switches.complaint === 'cleaned' ? 'cleaned' : 'unsubscribed';
  if (setStatus(world, list, member, to, cause)) noteInReport(world, member, cause);
  member.refusal = 'complained';
}

// A report lists who left through its campaign.
function noteInReport(world: World, member: Member, cause: Cause): void {
  const campaign = cause.campaignId ? world.store.campaigns.get(cause.campaignId) : undefined;
  const recipient = campaign?.recipients.get(member.webId);
  if (campaign && recipient)
    campaign.unsubscribes.push({ recipient, at: cause.at, reason: member.unsubscribeReason || 'ABUSE' });
}
