import { hash as digest } from 'node:crypto';
import type { Account, Campaign, Cause, Contact, MarketingEvent } from './entities.ts';
import { localIso, localPlain } from './local-time.ts';
import { fireEvent } from './webhooks.ts';
import type { World } from './world.ts';

/** The zone of `date` in contact events, whatever the account's is (fact sheet 5.3). */
const BREVO_ZONE = 'Europe/Paris';
const SENDING_IP = '1.179.113.7';

/** How events are written in payloads; the documentation's samples and tables disagree. */
const SPELLINGS: Readonly<Record<'samples' | 'tables', Partial<Record<MarketingEvent, string>>>> = {
  samples: { unsubscribed: 'unsubscribe', hardBounce: 'hard_bounce', softBounce: 'soft_bounce' },
  tables: { unsubscribed: 'unsubscribed', hardBounce: 'hard_bounced', softBounce: 'soft_bounced' },
};
const CONTACT_EVENTS: Partial<Record<MarketingEvent, string>> = {
  listAddition: 'list_addition',
  contactUpdated: 'contact_updated',
  contactDeleted: 'contact_deleted',
};

/** One item of `content` of a `contact_updated`. */
export type UpdatedContent = {
  emailBlacklist?: boolean;
  updated_email?: string;
  list?: { addition?: ListName[]; deletion?: ListName[] };
  attributes?: Record<string, unknown>;
};
type ListName = { id: number; name: string };

/** Tells that a contact was put on lists. */
export function fireListAddition(
  world: World,
  account: Account,
  contact: Contact,
  listIds: readonly number[],
  cause: Cause,
): void {
  if (cause.silent) return;
  fireEvent(world, account, 'listAddition', {
    event: spelled(world, 'listAddition'),
    email: contact.email,
    key: keyOf(contact),
    list_id: [...listIds],
    ...contactDates(world, cause.at),
    ...keyName(world, cause),
  });
}

/** Tells that a contact was changed; `email` is the address before the change. */
export function fireContactUpdated(
  world: World,
  account: Account,
  contact: Contact,
  email: string | undefined,
  content: UpdatedContent,
  cause: Cause,
): void {
  if (cause.silent) return;
  const place = world.switches.updatedAddress;
  fireEvent(world, account, 'contactUpdated', {
    event: spelled(world, 'contactUpdated'),
    ...(place === 'content-only' ? {} : { email }),
    key: keyOf(contact),
    content: [{ ...(place === 'top-level-only' ? {} : { email }), ...content }],
    ...contactDates(world, cause.at),
    ...keyName(world, cause),
  });
}

/** Tells that a contact is gone. */
export function fireContactDeleted(world: World, account: Account, contact: Contact, cause: Cause): void {
  if (cause.silent) return;
  fireEvent(world, account, 'contactDeleted', {
    event: spelled(world, 'contactDeleted'),
    email: contact.email,
    key: keyOf(contact),
    list_id: [...contact.listIds],
    ...contactDates(world, cause.at),
  });
}

/** Tells what happened to a mail. Without a campaign (an unsubscription on another page) its fields are missing. */
export function fireMailEvent(
  world: World,
  account: Account,
  event: MarketingEvent,
  about: { email: string; campaign: Campaign | undefined; at: number; more?: Record<string, unknown> },
): void {
  const { email, campaign, at, more = {} } = about;
  const sentAt = campaign?.sentAt ?? at;
  fireEvent(world, account, event, {
    event: spelled(world, event),
    email,
    ...(campaign ? { camp_id: campaign.id, 'campaign name': campaign.name, tag: campaign.tag } : {}),
    ...more,
    date_sent: localPlain(sentAt, account.timezone),
    date_event: localPlain(at, account.timezone),
    ts_sent: seconds(sentAt),
    ts_event: seconds(at),
    ts: seconds(world.clock.now()),
    ...(['delivered', 'hardBounce', 'softBounce', 'unsubscribed'].includes(event) ? { sending_ip: SENDING_IP } : {}),
  });
}

function spelled(world: World, event: MarketingEvent): string {
  const { eventSpelling } = world.switches;
  const contactEvent = CONTACT_EVENTS[event];
  if (contactEvent) return contactEvent;
  return eventSpelling === 'registered' ? event : (SPELLINGS[eventSpelling][event] ?? event);
}

// What `key` means is not documented; it is an opaque text of the contact here.
function keyOf(contact: Contact): string {
  return digest('sha256', `contact:${contact.id}`).slice(0, 24);
}

function contactDates(world: World, at: number): Record<string, unknown> {
  const date = world.switches.contactEventDate === 'plain' ? localPlain(at, BREVO_ZONE) : localIso(at, BREVO_ZONE, 3);
  return { date, ts: seconds(at) };
}

function keyName(world: World, cause: Cause): Record<string, unknown> {
  return world.switches.apiKeyNames ? { api_key_name: cause.by === 'api' ? (cause.apiKeyName ?? '') : '' } : {};
}

function seconds(at: number): number {
  return Math.floor(at / 1000);
}
