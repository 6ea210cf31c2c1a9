import { changeContact } from '../../simulators/brevo/contact-changes.ts';
import { setStatus } from '../../simulators/mailchimp/membership.ts';
import { causedBy } from '../../simulators/mailchimp/world.ts';
import { drawOne, type Random } from '../../simulators/shared/random.ts';
import type { ProviderName } from '../../src/core/mailing-provider.ts';
import { withMark } from '../../src/sync/set-up/webhook-address.ts';
import { ELSEWHERE } from '../belongings.ts';
import { type LabWorld, PLACE } from '../lab-world.ts';
import { ownAudience, ownList } from '../own-audience.ts';
import type { Stage } from '../stage.ts';
import { type Cast, drawWeighed, nextFitting } from './cast.ts';

/**
 * What the agency does in the pages of a provider. `removes`: archives at Mailchimp, takes off the list at Brevo;
 * `adds-customer`: one who buys and never signed up.
 */
export type AdminDeed = { who: 'admin'; at: ProviderName } & (
  | {
      does: 'unsubscribes' | 'subscribes' | 'removes' | 'deletes-for-good' | 'adds' | 'adds-customer' | 'edits';
      address: string;
    }
  | { does: 'changes-address'; address: string; to: string }
  | { does: 'sets-tags'; address: string; tags: string[] }
  | { does: 'removes-all' | 'deletes-webhook' | 'renames-audience' | 'sends-campaign' }
  /** another installation, or another copy of this one, is put to work on the audience (F9) */
  | { does: 'connects-elsewhere' | 'lets-a-copy-in' }
  | { does: 'renames-tag' | 'deletes-tag'; tag: string }
  /** a program of theirs, through the API with a key of its own */
  | { does: 'has-program-raise'; address: string }
);

/** What a copy of ours writes into our hook. */
const COPY_MARK = 'copy0000';

const TAGS = ['Eigentümer', 'Website', 'onoffice'] as const;

/** What is done, and how often. */
export const ADMIN_DEEDS = {
  unsubscribes: 5,
  subscribes: 3,
  removes: 4,
  'deletes-for-good': 1,
  adds: 2,
  'adds-customer': 0.6,
  edits: 1,
  'changes-address': 2,
  'sets-tags': 2,
  'removes-all': 0.3,
  'deletes-webhook': 0.3,
  'renames-audience': 0.3,
  'sends-campaign': 1,
  'connects-elsewhere': 0.8,
  'lets-a-copy-in': 0.3,
  'renames-tag': 0.4,
  'deletes-tag': 0.6,
  'has-program-raise': 1,
} as const;

export function drawAdminDeed(random: Random, cast: Cast): AdminDeed {
  const who = 'admin' as const;
  const at = drawOne(random, cast.providers);
  const address = drawOne(random, cast.addresses);
  const does = drawWeighed(random, ADMIN_DEEDS);
  switch (does) {
    case 'changes-address':
      return { who, at, does, address, to: drawOne(random, cast.addresses) };
    case 'sets-tags':
      return { who, at, does, address, tags: TAGS.filter(() => random() < 0.5) };
    case 'removes-all':
    case 'deletes-webhook':
    case 'renames-audience':
    case 'sends-campaign':
    case 'connects-elsewhere':
    case 'lets-a-copy-in':
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
    case 'renames-audience':
      renameAudience(world, deed.at);
      return true;
    case 'sends-campaign':
      sendCampaign(world, deed.at);
      return true;
    case 'connects-elsewhere':
      return connectElsewhere(world, deed.at);
    case 'lets-a-copy-in':
      return letCopyIn(world, deed.at);
    default:
      return actOnTag(world, deed);
  }
}

function deleteWebhooks({ mailchimp, brevo }: LabWorld, at: ProviderName): number {
  const webhooks: Map<unknown, { url: string }> =
    at === 'brevo' ? brevo.account.webhooks : ownAudience(mailchimp).webhooks;
  const own = [...webhooks].filter(([, { url }]) => url.startsWith(PLACE.publicUrl));
  for (const [id] of own) webhooks.delete(id);
  return own.length;
}

/** We know it by its id; the name is theirs. */
function renameAudience({ mailchimp, brevo }: LabWorld, at: ProviderName): void {
  const audience = at === 'brevo' ? ownList(brevo) : ownAudience(mailchimp);
  audience.name = audience.name.endsWith('!') ? audience.name.slice(0, -1) : `${audience.name}!`;
}

type Hooks = Map<unknown, { id: unknown; url: string }>;

/** Another installation of the connector is set up for the same audience, and shows by its hook (F9). */
function connectElsewhere(world: LabWorld, at: ProviderName): boolean {
  const webhooks = hooksAt(world, at);
  const ours = ownHook(webhooks);
  const url = `${ELSEWHERE}/hooks/${at}/other/secret`;
  if (!ours || [...webhooks.values()].some((hook) => hook.url === url)) return false;
  const id = at === 'brevo' ? Number(ours.id) + 1_000 : `${ours.id}0`;
  webhooks.set(id, { ...ours, id, url });
  meetTwin(world, at, () => [...webhooks.values()].some((hook) => hook.url === url));
  return true;
}

/** A copy of this installation has taken the audience over: our hook carries a mark that we have not written (F9). */
function letCopyIn(world: LabWorld, at: ProviderName): boolean {
  const webhooks = hooksAt(world, at);
  const ours = ownHook(webhooks);
  if (!ours?.url.includes('mark=') || ours.url.endsWith(COPY_MARK)) return false;
  ours.url = withMark(ours.url, COPY_MARK);
  meetTwin(world, at, () => ownHook(webhooks)?.url.endsWith(COPY_MARK) ?? false);
  return true;
}

function hooksAt({ mailchimp, brevo }: LabWorld, at: ProviderName): Hooks {
  return at === 'brevo' ? brevo.account.webhooks : ownAudience(mailchimp).webhooks;
}

function ownHook(webhooks: Hooks) {
  return [...webhooks.values()].find(({ url }) => url.startsWith(PLACE.publicUrl));
}

function meetTwin({ connections, lanes }: LabWorld, at: ProviderName, isThere: () => boolean): void {
  const connection = connections.find(({ provider }) => provider === at);
  if (connection) lanes.meetTwin(connection.id, isThere);
}

/** Some open it, click and bounce, soon and within three days; nobody leaves by it. */
function sendCampaign({ mailchimp, brevo }: LabWorld, at: ProviderName): void {
  const rates = { hardBounce: 0.05, softBounce: 0.05, open: 0.7, click: 0.5, unsubscribe: 0, complain: 0 };
  if (at === 'brevo') {
    const name = `Brief B${brevo.account.campaigns.size + 1}`;
    brevo.campaign.send(ownList(brevo).id, { name, subject: name, rates });
    return;
  }
  const title = `Brief M${mailchimp.store.campaigns.size + 1}`;
  mailchimp.campaign.send(ownAudience(mailchimp).id, { title, subject: title, rates });
}

/** A tag that was renamed is known by its name with a sign behind it. */
function actOnTag({ mailchimp }: LabWorld, deed: Extract<AdminDeed, { tag: string }>): boolean {
  if (deed.at === 'brevo') return false;
  const names = [...ownAudience(mailchimp).tags.values()].map(({ name }) => name);
  const found = names.find((name) => name.replace(/\+$/, '') === deed.tag);
  if (found === undefined) return false;
  if (deed.does === 'deletes-tag') mailchimp.admin.deleteTag(ownAudience(mailchimp).id, found);
  else
    mailchimp.admin.renameTag(ownAudience(mailchimp).id, found, found.endsWith('+') ? found.slice(0, -1) : `${found}+`);
  return true;
}

function emptyMailchimp({ mailchimp }: LabWorld): number {
  return mailchimp.admin.archiveAll(ownAudience(mailchimp).id);
}

function emptyBrevo({ brevo }: LabWorld): number {
  const { id } = ownList(brevo);
  const all = [...brevo.account.contacts.all()].filter(({ listIds }) => listIds.includes(id));
  for (const { email } of all) if (email !== undefined) brevo.admin.removeFromList(id, email);
  return all.length;
}

function fitsMailchimp({ mailchimp }: LabWorld, address: string, deed: OfAddress): boolean {
  const { members, forgotten } = ownAudience(mailchimp);
  const status = members.find(address)?.status;
  if (deed.does === 'adds' || deed.does === 'adds-customer') return status === undefined && !forgotten.has(address);
  switch (deed.does) {
    case 'unsubscribes':
      return status === 'subscribed' || status === 'pending' || status === 'transactional';
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
  const listId = ownAudience(mailchimp).id;
  switch (deed.does) {
    case 'adds':
      admin.addMember(listId, { email: address });
      return;
    case 'adds-customer':
      admin.addMember(listId, { email: address, status: 'transactional' });
      return;
    case 'unsubscribes':
      admin.unsubscribe(listId, address);
      return;
    case 'subscribes':
      admin.subscribe(listId, address);
      return;
    case 'has-program-raise': {
      const list = ownAudience(mailchimp);
      const member = list.members.find(address);
      const { world } = mailchimp;
      if (member) setStatus(world, list, member, 'subscribed', causedBy(world, 'api', { apiKey: 'a program' }));
      return;
    }
    case 'removes':
      admin.archive(listId, address);
      return;
    case 'deletes-for-good':
      admin.deletePermanently(listId, address);
      return;
    case 'edits':
      admin.editProfile(listId, address, { FNAME: 'Edited' });
      return;
    case 'changes-address':
      admin.changeAddress(listId, address, deed.to);
      return;
    case 'sets-tags':
      admin.setTags(listId, address, deed.tags);
      return;
  }
}

function fitsBrevo({ brevo }: LabWorld, address: string, deed: OfAddress): boolean {
  const { contacts } = brevo.account;
  const { id } = ownList(brevo);
  const contact = contacts.byEmail(address);
  if (deed.does === 'adds' || deed.does === 'adds-customer') return contact === undefined;
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
  const { id } = ownList(brevo);
  switch (deed.does) {
    case 'adds':
      admin.addContact({ email: address, lists: [id] });
      return;
    case 'adds-customer':
      admin.addContact({ email: address });
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
    case 'connects-elsewhere':
      return `${who} has another installation connected`;
    case 'lets-a-copy-in':
      return `A copy of this installation takes the audience at ${deed.at} over`;
    case 'renames-audience':
      return `${who} renames the audience`;
    case 'sends-campaign':
      return `${who} sends a newsletter`;
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
