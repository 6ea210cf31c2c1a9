import type { Audience, Cause, Member, MemberStatus } from '../../simulators/mailchimp/entities.ts';
import type { MailchimpSimulator } from '../../simulators/mailchimp/index.ts';
import { addMember, ensureTag, forgetMember, putTag, setMergeFields } from '../../simulators/mailchimp/membership.ts';
import type { OnOfficeSimulator } from '../../simulators/onoffice/index.ts';
import { addPermittedValue } from '../../simulators/onoffice/tags.ts';

const DAY_MS = 86_400_000;

/** A contact as it has stood in the CRM for a long time. */
export type PlantedContact = {
  email: string;
  /** value of the Newsletter field; default `1` (Yes) */
  newsletter?: string;
  furtherEmails?: readonly string[];
  salutation?: string;
  letterSalutation?: string;
  firstName?: string;
  lastName?: string;
  tags?: readonly string[];
  isPrivate?: boolean;
  isArchived?: boolean;
};

/** Plants a contact, ten days old, without log entries and webhooks. Tags that the CRM does not know are added. Returns its id. */
export function plantContact({ store }: OnOfficeSimulator, contact: PlantedContact): number {
  const entries = [contact.email, ...(contact.furtherEmails ?? [])]
    .filter((address) => address !== '')
    .map((address) => ({ id: store.nextEmailId(), address, kind: '' as const, comment: '' }));
  const field = store.fields.get('NewsletterTag');
  const keys = (contact.tags ?? []).map((label) => {
    if (!field) throw new Error('the customer has no tags');
    return (field.permitted.find(({ labels }) => labels.DEU === label) ?? addPermittedValue(store, field, label)).key;
  });
  const values = {
    KdNr: '',
    Anrede: contact.salutation ?? '',
    Vorname: contact.firstName ?? '',
    Name: contact.lastName ?? '',
    Briefanrede: contact.letterSalutation ?? '',
    newsletter_aktiv: contact.newsletter ?? '1',
    NewsletterTag: keys,
    Privat: contact.isPrivate ? '1' : '0',
    Status: contact.isArchived ? '0' : '1',
    Status2Adr: contact.isArchived ? 'status2adr_archive' : 'status2adr_active',
  };
  const emails = { entries, mainId: contact.email === '' ? 0 : (entries[0]?.id ?? 0) };
  return store.plant({ values, emails }, store.now() - 10 * DAY_MS).id;
}

/** A member as he has stood in the audience for a long time. */
export type PlantedMember = {
  email: string;
  status?: MemberStatus | 'forgotten';
  firstName?: string;
  lastName?: string;
  tags?: readonly string[];
  /** archived, and his history tells that he had left by himself before */
  hadLeft?: boolean;
};

/** Plants a member, nine days old, without webhooks. The audience `onoffice` is made when it is not there. */
export function plantMember(sim: MailchimpSimulator, planted: PlantedMember): Member {
  const { store, world } = sim;
  const list = audienceOf(sim);
  const at = Math.floor((world.clock.now() - 9 * DAY_MS) / 1000) * 1000;
  const status = planted.status ?? 'subscribed';
  const by: Cause['by'] = status === 'unsubscribed' ? 'person' : status === 'cleaned' ? 'provider' : 'admin';
  const cause: Cause = { by, at, ip: '192.0.2.44', silent: true };
  const begins = status === 'forgotten' ? 'subscribed' : status;
  const evidence = {
    timestampOpt: at,
    ipOpt: '192.0.2.44',
    timestampSignup: undefined,
    ipSignup: '',
    source: 'Import',
  };
  const member = addMember(world, list, { emailAddress: planted.email, status: begins, ...evidence }, cause);
  const [first, last] = list.mergeFields;
  const typed: Record<number, string> = {};
  if (first && planted.firstName) typed[first.mergeId] = planted.firstName;
  if (last && planted.lastName) typed[last.mergeId] = planted.lastName;
  setMergeFields(list, member, typed, at);
  for (const name of planted.tags ?? []) putTag(ensureTag(world, list, name, at), member, at);
  if (status === 'unsubscribed') member.activities.push({ type: 'unsub', at, reason: 'N/A (No reason given)' });
  if (planted.hadLeft) member.activities.push({ type: 'unsub', at: at - DAY_MS, reason: 'N/A (No reason given)' });
  if (status === 'forgotten') forgetMember(world, list, member, cause);
  store.consentHistory.splice(0);
  return member;
}

/** The audience `onoffice`, made when it is not there. */
export function audienceOf(sim: MailchimpSimulator): Audience {
  return (
    sim.store.listsOf(sim.account).find(({ name }) => name === 'onoffice') ?? sim.addAudience({ name: 'onoffice' })
  );
}
