import { type BaseState, consentAgreed } from './base-state.ts';
import type { MemberStatus } from './consent.ts';
import type { PersonFields } from './contact.ts';
import type { Member } from './member.ts';
import { mergeTags, type TagMerge } from './merge-tags.ts';
import type { PersonCase, PlanRules, SeenContact } from './person-case.ts';
import type { TravellingTag } from './tag-book.ts';

/** The contact's tags that travel (R11). */
export function travellingTagsOf(contact: SeenContact, { tagBook }: PlanRules): TravellingTag[] {
  return contact.tagKeys.map((key) => tagBook.ofContact(key)).filter((tag) => tag !== undefined);
}

/** The three-way merge of a person's tags under the rules of a plan (R11, M16, M22). */
export function tagMergeOf(lead: SeenContact, member: Member, rules: PlanRules): TagMerge {
  const { tagBook, takesOverTags } = rules;
  const tags = {
    crm: travellingTagsOf(lead, rules),
    provider: member.tags.map((tag) => tagBook.ofMember(tag)).filter((tag) => tag !== undefined),
    hasMarker: member.tags.some((tag) => tagBook.isMarker(tag)),
    base: lead.base?.tags,
  };
  return mergeTags(tags, takesOverTags);
}

/**
 * The base state to keep. While writes are still open, fields and tags stay as they last agreed: a base that claims more
 * would read a missing tag as one that was taken off.
 */
export function baseOf(
  lead: SeenContact,
  status: MemberStatus,
  person: PersonCase,
  rules: PlanRules,
  hasOpenWrites: boolean,
): BaseState {
  const { member } = person;
  const consent = consentAgreed(lead.consent, status, lead.base);
  if (hasOpenWrites && member) {
    return { ...consent, status, fields: fieldsSeen(lead), tags: lead.base?.tags ?? [] };
  }
  const tags = rules.tags && member ? tagMergeOf(lead, member, rules).merged : [];
  return { ...consent, status, fields: lead.fields, tags };
}

/** The contact's fields, and where one is empty now what it was before: a field seen to become empty is not forgotten (M9). */
function fieldsSeen({ fields, base }: SeenContact): PersonFields {
  return {
    salutation: fields.salutation || (base?.fields.salutation ?? ''),
    letterSalutation: fields.letterSalutation || (base?.fields.letterSalutation ?? ''),
    firstName: fields.firstName || (base?.fields.firstName ?? ''),
    lastName: fields.lastName || (base?.fields.lastName ?? ''),
  };
}
