import { hardBounce } from '../../simulators/brevo/leaving.ts';
import { setStatus } from '../../simulators/mailchimp/membership.ts';
import { causedBy } from '../../simulators/mailchimp/world.ts';
import { drawOne, type Random } from '../../simulators/shared/random.ts';
import type { ProviderName } from '../../src/core/mailing-provider.ts';
import type { LabWorld } from '../lab-world.ts';
import { ownAudience, ownList } from '../own-audience.ts';
import type { Stage } from '../stage.ts';
import { type Cast, drawWeighed, nextFitting } from './cast.ts';

/** What subscribers do at a provider. `asks-to-sign-up`: Mailchimp waits for his confirmation. */
export type SubscriberDeed = { who: 'subscriber'; at: ProviderName } & (
  | { does: 'signs-up' | 'asks-to-sign-up' | 'confirms' | 'leaves' | 'complains' | 'bounces'; address: string }
  | { does: 'changes-address'; address: string; to: string }
);

/** What is done, and how often. */
export const SUBSCRIBER_DEEDS = {
  leaves: 8,
  'signs-up': 5,
  'asks-to-sign-up': 0.5,
  confirms: 0.3,
  complains: 1,
  bounces: 1,
  'changes-address': 3,
} as const;

export function drawSubscriberDeed(random: Random, cast: Cast): SubscriberDeed {
  const who = 'subscriber' as const;
  const at = drawOne(random, cast.providers);
  const address = drawOne(random, cast.addresses);
  const does = drawWeighed(random, SUBSCRIBER_DEEDS);
  if (does === 'changes-address') return { who, at, does, address, to: drawOne(random, cast.addresses) };
  return { who, at, does, address };
}

/** Does it with the named address, or with the next one with which it can be done. */
export function doSubscriberDeed({ world, addresses }: Stage, deed: SubscriberDeed): SubscriberDeed | undefined {
  const fits = deed.at === 'brevo' ? fitsBrevo : fitsMailchimp;
  const address = nextFitting(addresses, deed.address, (one) => fits(world, one, deed));
  if (address === undefined) return undefined;
  const done = { ...deed, address };
  (deed.at === 'brevo' ? actAtBrevo : actAtMailchimp)(world, done);
  return done;
}

function fitsMailchimp({ mailchimp }: LabWorld, address: string, deed: SubscriberDeed): boolean {
  const { members } = ownAudience(mailchimp);
  const status = members.find(address)?.status;
  switch (deed.does) {
    case 'signs-up':
      return status !== 'subscribed';
    case 'asks-to-sign-up':
      return status !== 'subscribed' && status !== 'pending';
    case 'confirms':
      return status === 'pending';
    case 'leaves':
      // Whoever gets no mail any more still has the old ones.
      return status === 'subscribed' || status === 'archived';
    case 'changes-address':
      return status === 'subscribed' && !members.find(deed.to);
    default:
      return status === 'subscribed';
  }
}

function actAtMailchimp({ mailchimp }: LabWorld, deed: SubscriberDeed): void {
  const { person, world } = mailchimp;
  const listId = ownAudience(mailchimp).id;
  switch (deed.does) {
    case 'signs-up':
      person.subscribe(listId, { email: deed.address });
      return;
    case 'asks-to-sign-up': {
      const list = ownAudience(mailchimp);
      list.doubleOptin = true;
      person.subscribe(listId, { email: deed.address });
      list.doubleOptin = false;
      return;
    }
    case 'confirms':
      person.confirm(listId, deed.address);
      return;
    case 'leaves':
      person.unsubscribe(listId, deed.address);
      return;
    case 'complains':
      person.complain(listId, deed.address);
      return;
    case 'bounces': {
      const list = ownAudience(mailchimp);
      const member = list.members.find(deed.address);
      if (member) setStatus(world, list, member, 'cleaned', causedBy(world, 'provider'));
      return;
    }
    case 'changes-address':
      person.changeAddress(listId, deed.address, deed.to);
      return;
  }
}

function fitsBrevo({ brevo }: LabWorld, address: string, deed: SubscriberDeed): boolean {
  const { contacts } = brevo.account;
  const contact = contacts.byEmail(address);
  const list = ownList(brevo).id;
  const isActive = contact !== undefined && !contact.emailBlacklisted && contact.listIds.includes(list);
  switch (deed.does) {
    case 'signs-up':
      return !isActive;
    case 'asks-to-sign-up':
    case 'confirms':
      return false;
    case 'bounces':
      // Mails of other lists, and such as were on their way.
      return contact !== undefined;
  }
  return isActive && (deed.does !== 'changes-address' || !contacts.byEmail(deed.to));
}

function actAtBrevo({ brevo }: LabWorld, deed: SubscriberDeed): void {
  const { person, account, world } = brevo;
  switch (deed.does) {
    case 'signs-up':
      person.subscribe(ownList(brevo).id, { email: deed.address });
      return;
    case 'leaves':
      person.unsubscribe(deed.address);
      return;
    case 'complains':
      person.complain(deed.address);
      return;
    case 'bounces': {
      const contact = account.contacts.byEmail(deed.address);
      if (contact) hardBounce(world, account, contact, undefined);
      return;
    }
    case 'asks-to-sign-up':
    case 'confirms':
      return;
    case 'changes-address':
      person.changeAddress(deed.address, deed.to);
      return;
  }
}

export function tellSubscriberDeed(deed: SubscriberDeed): string {
  if (deed.does === 'changes-address') return `${deed.address} changes his address to ${deed.to} at ${deed.at}`;
  return `${deed.address} ${deed.does.replaceAll('-', ' ')} at ${deed.at}`;
}
