import { changeContact } from '../../simulators/brevo/contact-changes.ts';
import { setStatus } from '../../simulators/mailchimp/membership.ts';
import { causedBy } from '../../simulators/mailchimp/world.ts';
import { drawOne, type Random } from '../../simulators/shared/random.ts';
import type { ProviderName } from '../../src/core/mailing-provider.ts';
import { brevoList } from '../../test/support/brevo-people.ts';
import { audienceOf } from '../../test/support/plant.ts';
import type { LabWorld } from '../lab-world.ts';
import type { Stage } from '../stage.ts';
import { type Cast, drawWeighed, nextFitting } from './cast.ts';

/** What the agency does in the pages of a provider. `removes`: archives at Mailchimp, takes off the list at Brevo. */
export type AdminDeed = { who: 'admin'; at: ProviderName } & (
  | { does: 'unsubscribes' | 'subscribes' | 'removes' | 'deletes-for-good' | 'adds' | 'edits'; address: string }
  | { does: 'changes-address'; address: string; to: string }
  | { does: 'sets-tags'; address: string; tags: string[] }
  | { does: 'removes-all' | 'deletes-webhook' }
  | { does: 'renames-tag' | 'deletes-tag'; tag: string }
  /** a program of theirs, through the API with a key of its own */
  | { does: 'has-program-raise'; address: string }
);

const LIST = 'onoffice';
const TAGS = ['Eigentümer', 'Website', 'onoffice'] as const;

export function drawAdminDeed(random: Random, cast: Cast): AdminDeed {
  const who = 'admin' as const;
  const at = drawOne(random, cast.providers);
  const address = drawOne(random, cast.addresses);
  const does = drawWeighed(random, {
    unsubscribes: 5,
    subscribes: 3,
    removes: 4,
    'deletes-for-good': 1,
    adds: 2,
    edits: 1,
    'changes-address': 2,
    'sets-tags': 2,
    'removes-all': 0.3,
    'deletes-webhook': 0.3,
    'renames-tag': 0.4,
    'deletes-tag': 0.2,
    'has-program-raise': 1,
  });
  switch (does) {
    case 'changes-address':
      return { who, at, does, address, to: drawOne(random, cast.addresses) };
    case 'sets-tags':
      return { who, at, does, address, tags: TAGS.filter(() => random() < 0.5) };
    case 'removes-all':
    case 'deletes-webhook':
      return { who, at, does };
    case 'renames-tag':
    case 'deletes-tag':
      return { who, at, does, tag: drawOne(random, TAGS) };
    default:
      return { who, at, does, address };
  }
}

/** Does it with the named address, or with the next one with which it can be done. */
export function doAdminDeed({ world, addresses }: Stage, deed: AdminDeed): AdminDeed | undefined {
  const isBrevo = deed.at === 'brevo';
  if (!('address' in deed)) return actOnAll(world, deed) ? deed : undefined;
  const fits = isBrevo ? fitsBrevo : fitsMailchimp;
  const address = nextFitting(addresses, deed.address, (one) => fits(world, one, deed));
  if (address === undefined) return undefined;
  const done = { ...deed, address };
  (isBrevo ? actAtBrevo : actAtMailchimp)(world, done);
  return done;
}

type OfAddress = Extract<AdminDeed, { address: string }>;

function actOnAll(world: LabWorld, deed: Exclude<AdminDeed, OfAddress>): boolean {
  switch (deed.does) {
    case 'removes-all':
      return (deed.at === 'brevo' ? emptyBrevo : emptyMailchimp)(world) > 0;
    case 'deletes-webhook':
      return deleteWebhooks(world, deed.at) > 0;
    default:
      return actOnTag(world, deed);
  }
}

function deleteWebhooks({ mailchimp, brevo }: LabWorld, at: ProviderName): number {
  const webhooks = at === 'brevo' ? brevo.account.webhooks : audienceOf(mailchimp).webhooks;
  const count = webhooks.size;
  webhooks.clear();
  return count;
}

/** A tag that was renamed is known by its name with a sign behind it. */
function actOnTag({ mailchimp }: LabWorld, deed: Extract<AdminDeed, { tag: string }>): boolean {
  if (deed.at === 'brevo') return false;
  const names = [...audienceOf(mailchimp).tags.values()].map(({ name }) => name);
  const found = names.find((name) => name.replace(/\+$/, '') === deed.tag);
  if (found === undefined) return false;
  if (deed.does === 'deletes-tag') mailchimp.admin.deleteTag(LIST, found);
  else mailchimp.admin.renameTag(LIST, found, found.endsWith('+') ? found.slice(0, -1) : `${found}+`);
  return true;
}

function emptyMailchimp({ mailchimp }: LabWorld): number {
  return mailchimp.admin.archiveAll(LIST);
}

function emptyBrevo({ brevo }: LabWorld): number {
  const { id } = brevoList(brevo);
  const all = [...brevo.account.contacts.all()].filter(({ listIds }) => listIds.includes(id));
  for (const { email } of all) if (email !== undefined) brevo.admin.removeFromList(id, email);
  return all.length;
}

function fitsMailchimp({ mailchimp }: LabWorld, address: string, deed: OfAddress): boolean {
  const { members, forgotten } = audienceOf(mailchimp);
  const status = members.find(address)?.status;
  if (deed.does === 'adds') return status === undefined && !forgotten.has(address);
  switch (deed.does) {
    case 'unsubscribes':
      return status === 'subscribed' || status === 'pending';
    case 'subscribes':
      return status !== undefined && status !== 'cleaned' && status !== 'subscribed';
    case 'has-program-raise':
      return status === 'unsubscribed' || status === 'archived';
    case 'removes':
      return status !== undefined && status !== 'archived';
    case 'changes-address':
      return status !== undefined && !members.find(deed.to);
    default:
      return status !== undefined;
  }
}

function actAtMailchimp({ mailchimp }: LabWorld, deed: OfAddress): void {
  const { admin } = mailchimp;
  const { address } = deed;
  switch (deed.does) {
    case 'adds':
      admin.addMember(LIST, { email: address });
      return;
    case 'unsubscribes':
      admin.unsubscribe(LIST, address);
      return;
    case 'subscribes':
      admin.subscribe(LIST, address);
      return;
    case 'has-program-raise': {
      const list = audienceOf(mailchimp);
      const member = list.members.find(address);
      const { world } = mailchimp;
      if (member) setStatus(world, list, member, 'subscribed', causedBy(world, 'api', { apiKey: 'a program' }));
      return;
    }
    case 'removes':
      admin.archive(LIST, address);
      return;
    case 'deletes-for-good':
      admin.deletePermanently(LIST, address);
      return;
    case 'edits':
      admin.editProfile(LIST, address, { FNAME: 'Edited' });
      return;
    case 'changes-address':
      admin.changeAddress(LIST, address, deed.to);
      return;
    case 'sets-tags':
      admin.setTags(LIST, address, deed.tags);
      return;
  }
}

function fitsBrevo({ brevo }: LabWorld, address: string, deed: OfAddress): boolean {
  const { contacts } = brevo.account;
  const { id } = brevoList(brevo);
  const contact = contacts.byEmail(address);
  if (deed.does === 'adds') return contact === undefined;
  if (!contact || deed.does === 'sets-tags') return false;
  switch (deed.does) {
    case 'unsubscribes':
      return !contact.emailBlacklisted;
    case 'subscribes':
      return contact.emailBlacklisted || !contact.listIds.includes(id);
    case 'has-program-raise':
      return contact.emailBlacklisted || !contact.listIds.includes(id);
    case 'removes':
      return contact.listIds.includes(id);
    case 'changes-address':
      return !contacts.byEmail(deed.to);
    default:
      return true;
  }
}

function actAtBrevo({ brevo }: LabWorld, deed: OfAddress): void {
  const { admin, account } = brevo;
  const { address } = deed;
  const { id } = brevoList(brevo);
  switch (deed.does) {
    case 'adds':
      admin.addContact({ email: address, lists: [id] });
      return;
    case 'unsubscribes':
      admin.block(address);
      return;
    case 'subscribes': {
      const contact = account.contacts.byEmail(address);
      if (contact?.emailBlacklisted) admin.unblock(address);
      if (!contact?.listIds.includes(id)) admin.addToList(id, address);
      return;
    }
    case 'has-program-raise': {
      const contact = account.contacts.byEmail(address);
      const cause = { by: 'api', at: brevo.world.clock.now(), apiKey: 'a program', apiKeyName: 'a program' } as const;
      const change = { emailBlacklisted: false, addListIds: [id] };
      if (contact) changeContact(brevo.world, account, contact, change, cause);
      return;
    }
    case 'removes':
      admin.removeFromList(id, address);
      return;
    case 'deletes-for-good':
      admin.deleteContact(address);
      return;
    case 'edits':
      admin.editProfile(address, { VORNAME: 'Edited' });
      return;
    case 'changes-address':
      admin.changeAddress(address, deed.to);
      return;
    case 'sets-tags':
      return;
  }
}

export function tellAdminDeed(deed: AdminDeed): string {
  const who = `The administrator of ${deed.at}`;
  switch (deed.does) {
    case 'deletes-webhook':
      return `${who} deletes the webhook`;
    case 'renames-tag':
    case 'deletes-tag':
      return `${who} ${deed.does.replace('-', ' ')} ${deed.tag}`;
    case 'has-program-raise':
      return `A program raises ${deed.address} at ${deed.at}`;
    case 'removes-all':
      return `${who} takes everybody out of the audience`;
    case 'changes-address':
      return `${who} changes ${deed.address} to ${deed.to}`;
    case 'sets-tags':
      return `${who} gives ${deed.address} the tags ${deed.tags.join(', ') || '(none)'}`;
    default:
      return `${who} ${deed.does.replaceAll('-', ' ')} ${deed.address}`;
  }
}
