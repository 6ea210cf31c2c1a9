import { drawInteger, type Random } from '../shared/random.ts';
import type { Activity, Audience, Campaign, Recipient } from './entities.ts';
import { complainByPerson, unsubscribeByPerson } from './leaving.ts';
import { findTag, setStatus } from './membership.ts';
import { fireCampaign } from './webhooks.ts';
import { causedBy, now, type World } from './world.ts';

/** Shares of the recipients, 0 to 1; clicks, unsubscribes and complaints are shares of those who open. */
export type CampaignRates = {
  hardBounce: number;
  softBounce: number;
  open: number;
  click: number;
  unsubscribe: number;
  complain: number;
};

const DEFAULT_RATES: CampaignRates = {
  hardBounce: 0.01,
  softBounce: 0.015,
  open: 0.38,
  click: 0.15,
  unsubscribe: 0.01,
  complain: 0.001,
};
/** Soft bounces after which an address is cleaned (fact sheet 7). */
const SOFT_BOUNCES_TO_CLEAN = 7;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

export type CampaignSettings = {
  subject: string;
  title: string;
  type?: Campaign['type'];
  /** only members with this tag */
  tag?: string;
  rates?: Partial<CampaignRates>;
};

/** What happens around campaigns; unknown campaigns and addresses throw. */
export type CampaignActor = {
  /** sends to all subscribed members; what they do about it happens later, through `pump` */
  send(listId: string, settings: CampaignSettings): Campaign;
  /** stops a campaign that is still being sent */
  cancel(campaignId: string): void;
  open(campaignId: string, email: string): void;
  click(campaignId: string, email: string, url?: string): void;
  bounce(campaignId: string, email: string, kind: 'hard' | 'soft'): void;
};

export function createCampaignActor(world: World): CampaignActor {
  const { store } = world;
  const known = (campaignId: string): { campaign: Campaign; list: Audience } => {
    const campaign = store.campaigns.get(campaignId);
    if (!campaign) throw new Error(`no campaign ${campaignId}`);
    return { campaign, list: store.list(campaign.listId) };
  };
  const recipientOf = (campaign: Campaign, email: string): Recipient => {
    const found = [...campaign.recipients.values()].find(
      ({ emailAddress, member }) => emailAddress === email || member.emailAddress === email,
    );
    if (!found) throw new Error(`${email} did not get the campaign ${campaign.title}`);
    return found;
  };
  return {
    send: (listId, settings) => send(world, store.list(listId), settings),
    cancel: (campaignId) => {
      const { campaign, list } = known(campaignId);
      if (campaign.status !== 'sending') throw new Error(`the campaign ${campaign.title} is not being sent`);
      campaign.status = 'canceled';
      fireCampaign(world, list, campaign);
    },
    open: (campaignId, email) => {
      const { campaign } = known(campaignId);
      note(recipientOf(campaign, email), { type: 'open', at: now(world), campaignId });
    },
    click: (campaignId, email, url = 'https://www.muster-immo.de/objekt/1') => {
      const { campaign } = known(campaignId);
      note(recipientOf(campaign, email), { type: 'click', at: now(world), campaignId, url });
    },
    bounce: (campaignId, email, kind) => {
      const { campaign, list } = known(campaignId);
      bounce(world, list, campaign, recipientOf(campaign, email), kind);
    },
  };
}

function send(world: World, list: Audience, settings: CampaignSettings): Campaign {
  const { store, switches, schedule } = world;
  const at = now(world);
  const tag = settings.tag === undefined ? undefined : findTag(list, settings.tag);
  const campaign: Campaign = {
    id: store.nextId('campaign', 10),
    webId: 9_000_000 + store.nextNumber(),
    accountId: list.accountId,
    listId: list.id,
    type: settings.type ?? 'regular',
    status: 'sending',
    subject: settings.subject,
    title: settings.title,
    createdAt: at,
    sentAt: at,
    recipients: new Map(),
    unsubscribes: [],
    abuseReports: 0,
  };
  for (const member of list.members.all()) {
    if (member.status !== 'subscribed' || (settings.tag !== undefined && !(tag && member.tags.has(tag.id)))) continue;
    member.activities.push({ type: 'sent', at, campaignId: campaign.id });
    campaign.recipients.set(member.webId, {
      member,
      emailAddress: member.emailAddress,
      hash: member.hash,
      status: 'sent',
      activities: [],
    });
  }
  store.campaigns.set(campaign.id, campaign);
  schedule.plan(world.clock.now() + switches.sendingMs, () => {
    if (campaign.status !== 'sending') return;
    campaign.status = 'sent';
    fireCampaign(world, list, campaign);
  });
  const rates = { ...DEFAULT_RATES, ...settings.rates };
  for (const recipient of campaign.recipients.values()) planReaction(world, list, campaign, recipient, rates);
  return campaign;
}

/** Draws what one recipient does; every draw happens at sending, so that it does not depend on the order of pumping. */
function planReaction(
  world: World,
  list: Audience,
  campaign: Campaign,
  recipient: Recipient,
  rates: CampaignRates,
): void {
  const { random, schedule } = world;
  const start = world.clock.now() + world.switches.sendingMs;
  const fate = random();
  if (fate < rates.hardBounce + rates.softBounce) {
    const kind = fate < rates.hardBounce ? 'hard' : 'soft';
    schedule.plan(start + bounceDelay(random), () => bounce(world, list, campaign, recipient, kind));
    return;
  }
  if (random() >= rates.open) return;
  const openAt = start + laterDelay(random);
  const campaignId = campaign.id;
  schedule.plan(openAt, () => note(recipient, { type: 'open', at: now(world), campaignId }));
  if (random() < rates.click) {
    const url = `https://www.muster-immo.de/objekt/${drawInteger(random, 1, 5)}`;
    const clickAt = openAt + drawInteger(random, 5, 300) * 1000;
    schedule.plan(clickAt, () => note(recipient, { type: 'click', at: now(world), campaignId, url }));
  }
  const leaveAt = openAt + drawInteger(random, 10, 600) * 1000;
  const leaves = random();
  if (leaves >= rates.unsubscribe + rates.complain) return;
  const leave = leaves < rates.complain ? complainByPerson : unsubscribeByPerson;
  schedule.plan(leaveAt, () => {
    if (list.members.find(recipient.member.hash) === recipient.member)
      leave(world, list, recipient.member, { campaignId });
  });
}

// Most bounces come at once, the last ones after three days (fact sheet 7).
function bounceDelay(random: Random): number {
  return random() < 0.8 ? drawInteger(random, 1, 30) * MINUTE_MS : drawInteger(random, 1, 72) * HOUR_MS;
}

function laterDelay(random: Random): number {
  return Math.floor(random() ** 3 * 72 * HOUR_MS) + MINUTE_MS;
}

function note(recipient: Recipient, activity: Activity): void {
  recipient.activities.push(activity);
  recipient.member.activities.push(activity);
}

function bounce(world: World, list: Audience, campaign: Campaign, recipient: Recipient, kind: 'hard' | 'soft'): void {
  const { member } = recipient;
  recipient.status = kind;
  note(recipient, { type: 'bounce', at: now(world), campaignId: campaign.id, bounceType: kind });
  // The bounce is about the address it was sent to.
  if (member.status !== 'subscribed' || member.hash !== recipient.hash || list.members.find(member.hash) !== member)
    return;
  const softBounces = member.activities.filter(({ bounceType }) => bounceType === 'soft').length;
  if (kind === 'hard' || softBounces >= SOFT_BOUNCES_TO_CLEAN)
    setStatus(world, list, member, 'cleaned', causedBy(world, 'provider', { campaignId: campaign.id }));
}
