import { leaveOperation } from './former-address.ts';
import type { PersonCase, PlanRules, SeenContact } from './person-case.ts';
import { yesMayBeWritten } from './person-consent.ts';
import type { PersonPlan } from './person-plan.ts';
import { leaving } from './plan-decision.ts';
import { exclusionMemberReason } from './standing-reasons.ts';

/**
 * Plans an address without a contact that counts: a new contact (R9), or the member leaves whom we put there (M18), or he is
 * counted as what he is (section 7). Pure.
 *
 * @param excluded contacts of the address that the rules leave out
 */
export function planWithoutContact(person: PersonCase, excluded: readonly SeenContact[], rules: PlanRules): PersonPlan {
  const { email, member } = person;
  const none: PersonPlan = { operations: [], reasons: [], memberReason: undefined, agreed: undefined };
  if (member?.status !== 'subscribed') return none;
  const isLinked = excluded.some((contact) => contact.base?.status === 'subscribed') || person.leavers.length > 0;
  const hasMarker = member.tags.some((tag) => rules.tagBook.isMarker(tag));
  const first = excluded[0];
  if (first) {
    if (isLinked || hasMarker) return leaving([leaveOperation(person, first.id)], 'subscribed');
    return { ...none, memberReason: exclusionMemberReason(first) };
  }
  if (isLinked) return leaving([leaveOperation(person, undefined)], 'subscribed');
  if (person.joined) return { ...none, memberReason: person.joined.reason };
  // Our mark without a contact: not created again but listed and asked (R9).
  if (hasMarker || !rules.createContacts || !rules.writableConsents.has('yes') || !yesMayBeWritten(person)) {
    return { ...none, memberReason: 'unknown_member' };
  }
  const travelling = rules.tags && rules.takesOverTags ? member.tags.map((tag) => rules.tagBook.ofMember(tag)) : [];
  const tags = travelling.filter((tag) => tag !== undefined).map(({ name }) => name);
  return {
    ...none,
    operations: [{ kind: 'create-contact', email, fields: member.fields, tags }],
    memberReason: 'arriving',
  };
}
