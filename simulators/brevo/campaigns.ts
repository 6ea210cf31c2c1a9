import { drawInteger, type Random } from '../shared/random.ts';
import type { Account, Activity, Campaign, Recipient } from './entities.ts';
import { fireMailEvent } from './event-payloads.ts';
import { complainByPerson, hardBounce, unsubscribeByPerson } from './leaving.ts';
import { listOf, nextNumber } from './store.ts';
import type { World } from './world.ts';

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
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const READER_IP = '198.51.100.23';

export type CampaignSettings = { name: string; subject?: string; tag?: string; rates?: Partial<CampaignRates> };

/** What happens around campaigns; unknown campaigns and addresses throw. */
export type CampaignActor = {
  /** sends to everybody on the list who is not blocked; what they do about it happens later, through `pump` */
  send(list: number | string, settings: CampaignSettings): Campaign;
  /** @param more `proxy`: opened by a mail program on its own, which is told as `proxy_open` */
  open(campaignId: number, email: string, more?: { proxy?: boolean }): void;
  click(campaignId: number, email: string, url?: string): void;
  bounce(campaignId: number, email: string, kind: 'hard' | 'soft'): void;
};

/** Builds the campaigns of one account. */
export function createCampaignActor(world: World, account: Account): CampaignActor {
  const recipientOf = (campaignId: number, email: string): { campaign: Campaign; recipient: Recipient } => {
    const campaign = account.campaigns.get(campaignId);
    if (!campaign) throw new Error(`no campaign ${campaignId}`);
    const recipient = campaign.recipients.values().find((each) => each.email === email.toLowerCase());
    if (!recipient) throw new Error(`${email} did not get the campaign ${campaign.name}`);
    return { campaign, recipient };
  };
  return {
    send: (list, settings) => send(world, account, listOf(account, list).id, settings),
    open: (campaignId, email, { proxy = false } = {}) => {
      const { campaign, recipient } = recipientOf(campaignId, email);
      open(world, account, campaign, recipient, proxy);
    },
    click: (campaignId, email, url = 'https://www.muster-immo.de/objekt/1') => {
      const { campaign, recipient } = recipientOf(campaignId, email);
      click(world, account, campaign, recipient, url);
    },
    bounce: (campaignId, email, kind) => {
      const { campaign, recipient } = recipientOf(campaignId, email);
      bounce(world, account, campaign, recipient, kind);
    },
  };
}

function send(world: World, account: Account, listId: number, settings: CampaignSettings): Campaign {
  const { schedule, switches } = world;
  const now = world.clock.now();
  const campaign: Campaign = {
    id: nextNumber(account, 'campaign'),
    name: settings.name,
    subject: settings.subject ?? settings.name,
    tag: settings.tag ?? '',
    listIds: [listId],
    status: 'in_process',
    createdAt: now,
    sentAt: now,
    recipients: new Map(),
  };
  for (const contact of account.contacts.all()) {
    const { email, emailBlacklisted, listIds, listUnsubscribed } = contact;
    if (email === undefined || emailBlacklisted || !listIds.includes(listId) || listUnsubscribed.includes(listId))
      continue;
    campaign.recipients.set(contact.id, {
      contact,
      email: email.toLowerCase(),
      bounce: undefined,
      opens: 0,
      clicks: 0,
      unsubscribed: false,
      complained: false,
    });
    contact.activities.push({ type: 'sent', at: now, campaignId: campaign.id });
  }
  account.campaigns.set(campaign.id, campaign);
  schedule.plan(now + switches.sendingMs, () => {
    campaign.status = 'sent';
  });
  const rates = { ...DEFAULT_RATES, ...settings.rates };
  for (const recipient of campaign.recipients.values()) planReaction(world, account, campaign, recipient, rates);
  return campaign;
}

/** Draws what one recipient does; every draw happens at sending, so that it does not depend on the order of pumping. */
function planReaction(
  world: World,
  account: Account,
  campaign: Campaign,
  recipient: Recipient,
  rates: CampaignRates,
): void {
  const { random, schedule } = world;
  const start = world.clock.now() + world.switches.sendingMs;
  const fate = random();
  if (fate < rates.hardBounce + rates.softBounce) {
    const kind = fate < rates.hardBounce ? 'hard' : 'soft';
    schedule.plan(start + bounceDelay(random), () => bounce(world, account, campaign, recipient, kind));
    return;
  }
  schedule.plan(start, () => {
    note(world, campaign, recipient, 'delivered');
    fireMailEvent(world, account, 'delivered', { email: recipient.email, campaign, at: world.clock.now() });
  });
  if (random() >= rates.open) return;
  const openAt = start + laterDelay(random);
  schedule.plan(openAt, () => open(world, account, campaign, recipient, false));
  if (random() < rates.click) {
    const url = `https://www.muster-immo.de/objekt/${drawInteger(random, 1, 5)}`;
    const clickAt = openAt + drawInteger(random, 5, 300) * 1000;
    schedule.plan(clickAt, () => click(world, account, campaign, recipient, url));
  }
  const leaveAt = openAt + drawInteger(random, 10, 600) * 1000;
  const leaves = random();
  if (leaves >= rates.unsubscribe + rates.complain) return;
  schedule.plan(leaveAt, () => {
    if (!isStillReached(account, recipient)) return;
    if (leaves < rates.complain) complainByPerson(world, account, recipient.contact, campaign);
    else unsubscribeByPerson(world, account, recipient.contact, { campaign });
  });
}

// Bounces are told within minutes, some only after Brevo has tried for days.
function bounceDelay(random: Random): number {
  return random() < 0.8 ? drawInteger(random, 1, 30) * MINUTE_MS : drawInteger(random, 1, 72) * HOUR_MS;
}

function laterDelay(random: Random): number {
  return Math.floor(random() ** 3 * 72 * HOUR_MS) + MINUTE_MS;
}

function open(world: World, account: Account, campaign: Campaign, recipient: Recipient, isProxy: boolean): void {
  recipient.opens += 1;
  note(world, campaign, recipient, 'opened', { ip: READER_IP });
  const more = isProxy ? { event: 'proxy_open' } : {};
  fireMailEvent(world, account, 'opened', { email: recipient.email, campaign, at: world.clock.now(), more });
}

function click(world: World, account: Account, campaign: Campaign, recipient: Recipient, url: string): void {
  recipient.clicks += 1;
  note(world, campaign, recipient, 'clicked', { ip: READER_IP, url });
  const at = world.clock.now();
  fireMailEvent(world, account, 'click', { email: recipient.email, campaign, at, more: { URL: url } });
}

function bounce(world: World, account: Account, campaign: Campaign, recipient: Recipient, kind: 'hard' | 'soft'): void {
  recipient.bounce = kind;
  const { email } = recipient;
  if (kind === 'soft') {
    note(world, campaign, recipient, 'softBounce');
    const more = { reason: '452 4.2.2 The email account that you tried to reach is over quota' };
    fireMailEvent(world, account, 'softBounce', { email, campaign, at: world.clock.now(), more });
    return;
  }
  // The bounce is about the address it was sent to.
  if (isStillReached(account, recipient)) hardBounce(world, account, recipient.contact, campaign);
}

function isStillReached(account: Account, { contact, email }: Recipient): boolean {
  return account.contacts.byEmail(email) === contact;
}

function note(
  world: World,
  campaign: Campaign,
  { contact }: Recipient,
  type: Activity['type'],
  more: { ip?: string; url?: string } = {},
): void {
  contact.activities.push({ type, at: world.clock.now(), campaignId: campaign.id, ...more });
}
