import type { ContactForm } from '../../simulators/onoffice/agent.ts';
import { mainEmail } from '../../simulators/onoffice/entities.ts';
import { drawOne, type Random } from '../../simulators/shared/random.ts';
import { isForeign } from '../belongings.ts';
import type { LabWorld } from '../lab-world.ts';
import { ownAudience, ownList } from '../own-audience.ts';
import type { Stage } from '../stage.ts';
import { type Cast, drawContact, drawWeighed, nextFitting } from './cast.ts';

const NEWSLETTER = {
  '0': 'No',
  '1': 'Yes',
  '2': 'cancellation',
  '3': 'pending',
  '4': 'not specified',
  '5': 'undeliverable',
  '9': 'a value of their own',
} as const;
export type Newsletter = keyof typeof NEWSLETTER;
type LabStore = Stage['world']['crm']['store'];

/** What agents of the agency do in the CRM. `contact`: its place among all that were ever made. */
export type AgentDeed = { who: 'agent' } & (
  | { does: 'sets-newsletter'; contact: number; to: Newsletter }
  | { does: 'changes-address'; contact: number; to: string }
  | { does: 'adds-address'; contact: number; address: string }
  | { does: 'creates'; address: string; newsletter: Newsletter }
  | { does: 'renames'; contact: number; name: string }
  | { does: 'sets-tags'; contact: number; tags: string[] }
  | { does: 'makes-private' | 'makes-public' | 'archives' | 'takes-out-of-archive' | 'deletes'; contact: number }
  /** with everybody, as an agent may with a list of contacts */
  | { does: 'sets-all'; to: Newsletter }
  | { does: 'renames-tag' | 'deletes-tag'; tag: string }
  /** what the form showed when it was opened is written back over whatever has happened since */
  | { does: 'opens-form' | 'saves-form'; contact: number }
);

/** Newsletter tags that the CRM knows from the beginning. */
export const AGENCY_TAGS = ['Eigentümer', 'Kaufinteressent', 'Mieter'] as const;

/** What is done, and how often. */
export const AGENT_DEEDS = {
  'sets-newsletter': 10,
  'changes-address': 5,
  'adds-address': 1,
  creates: 2,
  renames: 2,
  'sets-tags': 2,
  'makes-private': 1,
  'makes-public': 1.5,
  archives: 1,
  'takes-out-of-archive': 1,
  deletes: 1,
  'sets-all': 0.4,
  'renames-tag': 0.4,
  'deletes-tag': 0.6,
  'opens-form': 2,
  'saves-form': 3,
} as const;

/** What the Newsletter field is set to, and how often. */
const FIELD = { '0': 4, '1': 6, '2': 1, '3': 1, '4': 2, '5': 0.4, '9': 0.2 } as const;

export function drawAgentDeed(random: Random, cast: Cast): AgentDeed {
  const who = 'agent' as const;
  const contact = drawContact(random, cast);
  const does = drawWeighed(random, AGENT_DEEDS);
  switch (does) {
    case 'sets-newsletter':
      return { who, does, contact, to: drawWeighed(random, FIELD) };
    case 'changes-address':
      return { who, does, contact, to: drawOne(random, cast.addresses) };
    case 'adds-address':
      return { who, does, contact, address: drawOne(random, cast.addresses) };
    case 'creates':
      return { who, does, address: drawOne(random, cast.addresses), newsletter: drawOne(random, ['1', '1', '0', '4']) };
    case 'renames':
      return { who, does, contact, name: `Name${Math.floor(random() * 100)}` };
    case 'sets-tags':
      return { who, does, contact, tags: AGENCY_TAGS.filter(() => random() < 0.5) };
    case 'sets-all':
      return { who, does, to: drawOne(random, ['0', '1', '4']) };
    case 'renames-tag':
    case 'deletes-tag':
      return { who, does, tag: drawOne(random, AGENCY_TAGS) };
    default:
      return { who, does, contact };
  }
}

/** Does it with the named contact, or with the next one with whom it can be done. */
export function doAgentDeed(stage: Stage, deed: AgentDeed): AgentDeed | undefined {
  const { agent } = stage.world.crm;
  if (deed.does === 'creates') {
    const { id } = agent.createContact({ Email: deed.address, newsletter_aktiv: deed.newsletter, Name: 'Neu' });
    stage.contactIds.push(id);
    return deed;
  }
  if ('tag' in deed) return actOnTag(stage, deed) ? deed : undefined;
  if (deed.does === 'sets-all') {
    for (const record of stage.world.crm.store.addresses.values())
      if (!isForeign(mainEmail(record))) agent.editContact(record.id, { newsletter_aktiv: deed.to });
    return deed;
  }
  const places = stage.contactIds.map((_, place) => place).slice(0, stage.contactIds.length);
  const named = deed.contact % Math.max(1, places.length);
  const contact = nextFitting(places, named, (place) => canDo(stage, stage.contactIds[place] ?? 0, deed));
  if (contact === undefined) return undefined;
  const done = { ...deed, contact };
  act(stage, stage.contactIds[contact] ?? 0, done);
  return done;
}

/** A tag that was renamed is known by its name with a sign behind it. */
function actOnTag({ world }: Stage, deed: Extract<AgentDeed, { tag: string }>): boolean {
  const { agent, store } = world.crm;
  const permitted = store.fields.get('NewsletterTag')?.permitted ?? [];
  const found = permitted.find(({ labels }) => labels.DEU.replace(/\*$/, '') === deed.tag)?.labels.DEU;
  if (found === undefined) return false;
  if (deed.does === 'deletes-tag') agent.deleteTag(found);
  else agent.renameTag(found, found.endsWith('*') ? found.slice(0, -1) : `${found}*`);
  return true;
}

type OfContact = Extract<AgentDeed, { contact: number }>;

function isMember({ connections, mailchimp, brevo }: LabWorld, email: string): boolean {
  return connections.some(({ provider }) =>
    provider === 'brevo'
      ? brevo.account.contacts.byEmail(email)?.listIds.includes(ownList(brevo).id)
      : ownAudience(mailchimp).members.find(email)?.status === 'subscribed',
  );
}

function canDo({ world, openForms, bystanders }: Stage, id: number, deed: OfContact): boolean {
  const record = world.crm.store.addresses.get(id);
  if (!record || bystanders.has(id)) return false;
  switch (deed.does) {
    case 'sets-newsletter':
      return record.values.newsletter_aktiv !== deed.to;
    case 'changes-address':
      return mainEmail(record) !== deed.to;
    case 'makes-private':
    case 'makes-public':
      return (record.values.Privat === '1') === (deed.does === 'makes-public');
    case 'archives':
    case 'takes-out-of-archive':
      return (record.values.Status === '0') === (deed.does === 'takes-out-of-archive');
    case 'renames':
      // Nobody else's name is carried over.
      return record.values.newsletter_aktiv === '1' && isMember(world, mainEmail(record));
    case 'saves-form':
      return openForms.has(id);
    default:
      return true;
  }
}

function act({ world, openForms }: Stage, id: number, deed: OfContact): void {
  const { agent, store } = world.crm;
  switch (deed.does) {
    case 'sets-newsletter':
      agent.editContact(id, { newsletter_aktiv: deed.to });
      return;
    case 'changes-address':
      agent.editContact(id, { Email: deed.to });
      return;
    case 'adds-address': {
      const record = store.addresses.get(id);
      const addresses = record ? [mainEmail(record), ...record.emails.map(({ address }) => address)] : [];
      const all = new Set([...addresses, deed.address].filter((address) => address !== ''));
      agent.editContact(id, { emails: [...all] });
      return;
    }
    case 'renames':
      agent.editContact(id, { Vorname: deed.name });
      return;
    case 'sets-tags':
      agent.editContact(id, { NewsletterTag: knownTags(store, deed.tags) });
      return;
    case 'makes-private':
    case 'makes-public':
      agent.setPrivate(id, deed.does === 'makes-private');
      return;
    case 'archives':
    case 'takes-out-of-archive':
      agent.archive(id, deed.does === 'archives');
      return;
    case 'deletes':
      agent.deleteContact(id);
      return;
    case 'opens-form':
      openForms.set(id, agent.openForm(id));
      return;
    case 'saves-form':
      agent.editContact(id, choosable(store, openForms.get(id) ?? {}));
      openForms.delete(id);
      return;
  }
}

/** A form as it can be saved: without what cannot be chosen any more. */
function choosable(store: LabStore, form: ContactForm): ContactForm {
  const { newsletter_aktiv: newsletter, ...rest } = form;
  const isPermitted = (store.fields.get('newsletter_aktiv')?.permitted ?? []).some(({ key }) => key === newsletter);
  return {
    ...rest,
    ...(newsletter !== undefined && isPermitted ? { newsletter_aktiv: newsletter } : {}),
    NewsletterTag: knownTags(store, form.NewsletterTag),
  };
}

/** Those that can be chosen still. */
function knownTags(store: LabStore, tags: unknown): string[] {
  const permitted = store.fields.get('NewsletterTag')?.permitted ?? [];
  const asked = Array.isArray(tags) ? tags.map(String) : [];
  return asked.filter((tag) => permitted.some(({ key, labels }) => key === tag || labels.DEU === tag));
}

export function tellAgentDeed(deed: AgentDeed): string {
  switch (deed.does) {
    case 'sets-newsletter':
      return `An agent sets Newsletter of contact ${deed.contact} to ${NEWSLETTER[deed.to]}`;
    case 'changes-address':
      return `An agent changes the address of contact ${deed.contact} to ${deed.to}`;
    case 'adds-address':
      return `An agent adds ${deed.address} to contact ${deed.contact}`;
    case 'creates':
      return `An agent makes a contact ${deed.address} with Newsletter ${NEWSLETTER[deed.newsletter]}`;
    case 'renames':
      return `An agent calls contact ${deed.contact} ${deed.name}`;
    case 'sets-all':
      return `An agent sets Newsletter of all contacts to ${NEWSLETTER[deed.to]}`;
    case 'renames-tag':
    case 'deletes-tag':
      return `An agent ${deed.does.replace('-', ' ')} ${deed.tag}`;
    case 'sets-tags':
      return `An agent gives contact ${deed.contact} the tags ${deed.tags.join(', ') || '(none)'}`;
    default:
      return `An agent ${deed.does.replaceAll('-', ' ')}: contact ${deed.contact}`;
  }
}
