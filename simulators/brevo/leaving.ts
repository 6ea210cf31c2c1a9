import { type ContactChange, changeContact } from './contact-changes.ts';
import type { Account, Activity, Campaign, Cause, Contact, MarketingEvent } from './entities.ts';
import { fireContactUpdated, fireMailEvent } from './event-payloads.ts';
import { causedBy, type World } from './world.ts';

/** Somebody clicks the unsubscribe link of a mail; a list is named where people can leave single lists. */
export function unsubscribeByPerson(
  world: World,
  account: Account,
  contact: Contact,
  more: { campaign?: Campaign | undefined; listId?: number | undefined } = {},
): void {
  const { campaign } = more;
  const listIds = campaign ? campaign.listIds.filter((id) => contact.listIds.includes(id)) : [...contact.listIds];
  const left = more.listId === undefined ? listIds : [more.listId];
  const isPerList = account.unsubscribesPerList && left.length > 0;
  const isDone = isPerList ? left.every((id) => contact.listUnsubscribed.includes(id)) : contact.emailBlacklisted;
  const recipient = campaign?.recipients.get(contact.id);
  if (recipient) recipient.unsubscribed = true;
  if (isDone) return;
  leave(world, account, contact, {
    cause: causedBy(world, 'person', { reason: 'unsubscribed', ...(campaign ? { campaignId: campaign.id } : {}) }),
    change: isPerList ? { unsubscribeListIds: left } : { emailBlacklisted: true },
    activity: 'userUnsubscription',
    event: 'unsubscribed',
    campaign,
    more: { list_id: left },
  });
}

/** Somebody reports a mail as spam; Brevo blocks him. */
export function complainByPerson(
  world: World,
  account: Account,
  contact: Contact,
  campaign: Campaign | undefined,
): void {
  const recipient = campaign?.recipients.get(contact.id);
  if (recipient) recipient.complained = true;
  leave(world, account, contact, {
    cause: causedBy(world, 'person', { reason: 'complained', ...(campaign ? { campaignId: campaign.id } : {}) }),
    change: { emailBlacklisted: true },
    activity: 'complaint',
    event: 'spam',
    campaign,
    more: { reason: 'abuse report' },
  });
}

/** A mail comes back for good; Brevo blocks the contact. */
export function hardBounce(world: World, account: Account, contact: Contact, campaign: Campaign | undefined): void {
  leave(world, account, contact, {
    cause: causedBy(world, 'provider', { reason: 'bounced', ...(campaign ? { campaignId: campaign.id } : {}) }),
    change: { emailBlacklisted: true },
    activity: 'hardBounce',
    event: 'hardBounce',
    campaign,
    more: { reason: '550 5.1.1 The email account that you tried to reach does not exist' },
  });
}

type Leaving = {
  cause: Cause;
  change: ContactChange;
  activity: Activity['type'];
  event: MarketingEvent;
  campaign: Campaign | undefined;
  more: Record<string, unknown>;
};

function leave(world: World, account: Account, contact: Contact, leaving: Leaving): void {
  const { cause, change, campaign } = leaving;
  const { email } = contact;
  if (email === undefined) throw new Error(`contact ${contact.id} has no e-mail address`);
  const wasBlocked = contact.emailBlacklisted;
  contact.activities.push({
    type: leaving.activity,
    at: cause.at,
    ...(campaign ? { campaignId: campaign.id } : {}),
    ...(cause.ip ? { ip: cause.ip } : {}),
  });
  changeContact(world, account, contact, change, { ...cause, silent: true });
  const tellBlock = (): void => {
    if (wasBlocked || !contact.emailBlacklisted) return;
    fireContactUpdated(world, account, contact, email, { emailBlacklist: true }, cause);
  };
  if (world.switches.blockEvents === 'before') tellBlock();
  fireMailEvent(world, account, leaving.event, { email, campaign, at: cause.at, more: leaving.more });
  if (world.switches.blockEvents === 'after') tellBlock();
}
