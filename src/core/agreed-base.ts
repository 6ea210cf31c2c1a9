import type { BaseState } from './base-state.ts';
import type { MemberStatus } from './consent.ts';
import type { PersonFields } from './contact.ts';
import type { Member } from './member.ts';
import { mergeTags, type TagMerge } from './merge-tags.ts';
import type { PersonCase, PlanRules, SeenContact } from './person-case.ts';

/** The labels of a contact's newsletter tags, as the provider would keep them. */
export function labelsOf(contact: SeenContact, rules: PlanRules): string[] {
  return contact.tagKeys.map((key) => rules.tagLabels.get(key)).filter((label) => label !== undefined);
}

/** The three-way merge of a person's tags under the rules of a plan (R11). */
export function tagMergeOf(lead: SeenContact, member: Member, rules: PlanRules): TagMerge {
  const isManaged = (folded: string) => rules.crmHasTags && !rules.refusedTags.has(folded);
  return mergeTags(labelsOf(lead, rules), member.tags, lead.base?.tags, isManaged);
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
  const { consent } = lead;
  if (hasOpenWrites && member) {
    return { consent, status, fields: fieldsSeen(lead), tags: lead.base?.tags ?? [] };
  }
  const tags = rules.tags && member ? tagMergeOf(lead, member, rules).merged : [];
  return { consent, status, fields: lead.fields, tags };
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
