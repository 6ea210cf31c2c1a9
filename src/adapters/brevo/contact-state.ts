import { parseEmailAddress } from '../../core/email-address.ts';
import type { FieldMapping, RaisedMember } from '../../core/mailing-provider.ts';
import type { LeaveHistory, Member } from '../../core/member.ts';
import { fromAttributes } from './attribute-map.ts';
import type { ContactAnswer, Statistics } from './schema.ts';

/** Why a contact is blocked, as far as its statistics tell. Unknown counts as an opt-out (section 4). */
export type BlockCause = 'hard-bounce' | 'opt-out';

/** A hard bounce must be the only cause on record; a complaint is an opt-out too. */
export function blockCause(statistics: Statistics): BlockCause {
  return statistics.hardBounces.length > 0 && leavings(statistics) === 0 ? 'hard-bounce' : 'opt-out';
}

/** How often a contact is on record as having left, by his own doing or an administrator's. */
export function leavings({ complaints, unsubscriptions }: Statistics): number {
  const { userUnsubscription, adminUnsubscription } = unsubscriptions;
  return complaints.length + userUnsubscription.length + adminUnsubscription.length;
}

/**
 * The state of a contact in our list (section 4): blocked, then left this list, then on it. Blocked ones are members whether
 * they are on the list or not.
 *
 * @returns undefined when the contact is absent
 */
export function memberStatus(
  contact: Pick<ContactAnswer, 'emailBlacklisted' | 'listIds' | 'listUnsubscribed'>,
  listId: number,
  cause: BlockCause,
): Member['status'] | undefined {
  if (contact.emailBlacklisted) return cause === 'hard-bounce' ? 'cleaned' : 'unsubscribed';
  if (contact.listUnsubscribed.includes(listId)) return 'unsubscribed';
  return contact.listIds.includes(listId) ? 'subscribed' : undefined;
}

/** Translates a contact; undefined when it is absent from our list or its address is none by our stricter reading. */
export function toMember(
  contact: ContactAnswer,
  listId: number,
  cause: BlockCause,
  mapping: FieldMapping,
): Member | undefined {
  const email = parseEmailAddress(contact.email);
  const status = memberStatus(contact, listId, cause);
  if (email === undefined || status === undefined) return undefined;
  return {
    email,
    status,
    fields: fromAttributes(contact.attributes, mapping),
    tags: [],
    hasMoreTags: false,
    ids: { id: String(contact.id) },
    stableId: String(contact.id),
    changedAt: toInstant(contact.modifiedAt),
    // Brevo keeps neither; a flag such as DOUBLE_OPT-IN names no time and is no evidence (R1 a).
    optInAt: '',
    optInIp: '',
  };
}

/** When and through whom a contact last left; a block without a known cause counts as the person's own. */
export function leaveHistory(contact: ContactAnswer & { statistics: Statistics }, listId: number): LeaveHistory {
  const { complaints, unsubscriptions } = contact.statistics;
  const by = (who: (LeaveHistory & { state: 'left' })['by'], list: readonly { eventTime: string }[]) =>
    list.map(({ eventTime }) => ({ state: 'left', by: who, at: toInstant(eventTime) }) as const);
  const leaves = [
    ...by('person', unsubscriptions.userUnsubscription),
    ...by('administrator', unsubscriptions.adminUnsubscription),
    ...by('complaint', complaints),
  ].sort((one, other) => (one.at < other.at ? 1 : -1));
  const last = leaves[0];
  if (last) return last;
  return memberStatus(contact, listId, blockCause(contact.statistics)) === 'unsubscribed'
    ? { state: 'left', by: 'person', at: '' }
    : { state: 'not-left' };
}

/**
 * Whether a raise may lift the block (R1): never that of a dead address; any other after an opt-in of (a) or (c). Else only one
 * that others than the person are known to have set, and not of a contact on other lists, whose mails he would get again too.
 * The statistics reach 90 days back: a block without a cause may be older and his own, unless it is known to be ours.
 */
export function mayLiftBlock(
  contact: ContactAnswer & { statistics: Statistics },
  listId: number,
  { mayLiftOwnBlock, isBlockOurs }: Pick<RaisedMember, 'mayLiftOwnBlock' | 'isBlockOurs'>,
): boolean {
  const { complaints, unsubscriptions } = contact.statistics;
  if (blockCause(contact.statistics) === 'hard-bounce') return false;
  if (mayLiftOwnBlock) return true;
  return (
    unsubscriptions.userUnsubscription.length === 0 &&
    complaints.length === 0 &&
    (isBlockOurs || unsubscriptions.adminUnsubscription.length > 0) &&
    contact.listIds.every((id) => id === listId)
  );
}

/** ISO 8601 in UTC with milliseconds; Brevo sends the account's offset and up to six fractional digits. Empty: no time. */
export function toInstant(time: string): string {
  const ms = Date.parse(time);
  return Number.isNaN(ms) ? '' : new Date(ms).toISOString();
}
