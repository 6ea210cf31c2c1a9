import type { BaseState } from './base-state.ts';
import type { MemberStatus } from './consent.ts';
import { hasOpenOptOut, mayRaise } from './consent-ledger.ts';
import { cutText } from './cut-text.ts';
import { fieldChanges } from './field-changes.ts';
import { decideLaterMeeting, FIRST_MEETING, type MeetingDecision } from './meeting.ts';
import type { Member } from './member.ts';
import { mergeTags, type TagMerge } from './merge-tags.ts';
import type { Operation } from './operation.ts';
import type { PersonCase, PlanRules, SeenContact } from './person-case.ts';
import type { MemberReason, Reason } from './reason.ts';
import { foldTag, MARKER_TAG } from './tag.ts';

/** Why one contact that says Yes is not an active member. */
export type ContactReason = { contactId: string; reason: Reason; words: string };

/** What a plan says about one address: what to do, and how the count bridge counts it. */
export type PersonPlan = {
  operations: readonly Operation[];
  /** one entry for each contact with Newsletter = Yes that is not an active member now */
  reasons: readonly ContactReason[];
  /** set when the member is active and no contact with Yes explains it */
  memberReason: MemberReason | undefined;
  /** both sides agree: the base state to keep for this contact */
  agreed: { contactId: string; base: BaseState } | undefined;
};

/**
 * Plans one address: the one function behind full sync, preview, single change and explanation. Pure; R1, R3–R6, R8–R11,
 * M9, M10, M17, M18, M20.
 */
export function planPerson(person: PersonCase, rules: PlanRules): PersonPlan {
  const eligible = person.contacts.filter((contact) => contact.isReadable && !contact.isPrivate && !contact.isArchived);
  const excluded = person.contacts.filter((contact) => !eligible.includes(contact));
  const reasons: ContactReason[] = excluded
    .filter((contact) => contact.consent === 'yes')
    .map((contact) => ({ contactId: contact.id, reason: exclusionReason(contact), words: '' }));
  const plan =
    eligible.length > 0 ? planEligible(person, eligible, rules) : planWithoutContact(person, excluded, rules);
  return { ...plan, reasons: [...reasons, ...plan.reasons] };
}

/** The reason of a contact that the rules leave out altogether (section 7, in its order; M17). */
export function exclusionReason(contact: Pick<SeenContact, 'isReadable' | 'isArchived'>): Reason {
  if (!contact.isReadable) return 'not_readable';
  return contact.isArchived ? 'archived_contact' : 'private';
}

/**
 * The contact that stands for all who share an address (R8): the one with Yes and the lowest record number. Where nobody
 * says Yes, a No speaks for the address before a contact that says nothing.
 */
export function representative(contacts: readonly SeenContact[]): SeenContact | undefined {
  return (
    contacts.find((contact) => contact.consent === 'yes') ??
    contacts.find((contact) => contact.consent === 'no') ??
    contacts[0]
  );
}

function planEligible(person: PersonCase, eligible: readonly SeenContact[], rules: PlanRules): PersonPlan {
  const lead = representative(eligible);
  if (!lead) throw new Error('an eligible group has a representative');
  const withYes = eligible.filter((contact) => contact.consent === 'yes');
  const duplicates: ContactReason[] = withYes
    .filter((contact) => contact !== lead)
    .map((contact) => ({ contactId: contact.id, reason: 'duplicate_email', words: '' }));
  const history = {
    lastNotYes: Math.max(...withYes.map((contact) => contact.history.lastNotYes), 0),
    lastSetToNo: Math.max(...eligible.map((contact) => contact.history.lastSetToNo)),
  };
  const raiseAllowed = mayRaise(person.ledger, history);
  const status: MemberStatus = person.member?.status ?? 'absent';
  const saysNo = eligible.some((contact) => contact.consent === 'no');
  const noIsAnswered =
    person.ledger.optIn !== undefined && person.ledger.optIn.order > (person.ledger.optOut?.order ?? 0) && raiseAllowed;

  if (lead.consent === 'yes' && !raiseAllowed) {
    return { ...planOptOut(person, withYes, status, rules), reasons: reasonsOf(withYes, lead, 'opted_out') };
  }
  if (lead.consent === 'yes' && saysNo && !noIsAnswered) {
    const isActive = status === 'subscribed' || status === 'pending';
    return {
      operations: isActive ? [unsubscribe(person, lead, status)] : [],
      reasons: [{ contactId: lead.id, reason: 'conflicting_flags', words: '' }, ...duplicates],
      memberReason: status === 'subscribed' ? 'leaving' : undefined,
      agreed: undefined,
    };
  }
  const decision = decide(person, lead, status);
  const plan = carryOut(decision, person, lead, withYes, status, rules);
  return { ...plan, reasons: [...plan.reasons, ...duplicates] };
}

function decide(person: PersonCase, lead: SeenContact, status: MemberStatus): MeetingDecision {
  if (!lead.base) {
    // A booked opt-out that the CRM never got: "not specified" must not turn into Yes because of an old membership.
    if (lead.consent === 'none' && status === 'subscribed' && hasOpenOptOut(person.ledger)) return 'unsubscribe';
    return FIRST_MEETING[lead.consent][status];
  }
  const optOutOrder = Math.max(person.ledger.optOut?.order ?? 0, lead.history.lastSetToNo);
  const hasProviderOptIn = (person.providerOptInOrder ?? 0) > optOutOrder;
  return decideLaterMeeting(lead.consent, status, lead.base, { hasProviderOptIn });
}

function carryOut(
  decision: MeetingDecision,
  person: PersonCase,
  lead: SeenContact,
  withYes: readonly SeenContact[],
  status: MemberStatus,
  rules: PlanRules,
): PersonPlan {
  const { email } = person;
  switch (decision) {
    case 'update':
      return planActive(person, lead, rules);
    case 'subscribe':
      return planSubscribe(person, lead, status, rules);
    case 'unsubscribe':
      return leaving([unsubscribe(person, lead, status)], status);
    case 'remove':
      return leaving([{ kind: 'remove-member', email, contactId: lead.id }], status);
    case 'crm-yes':
      return {
        operations: [{ kind: 'write-consent', email, contactId: lead.id, from: lead.consent, to: 'yes' }],
        reasons: [],
        memberReason: 'arriving',
        agreed: undefined,
      };
    case 'crm-no': {
      const concerned = withYes.length > 0 ? withYes : [lead];
      const plan = planOptOut(person, concerned, status, rules);
      return { ...plan, reasons: withYes.length > 0 ? [reason(lead, 'opted_out')] : [] };
    }
    case 'crm-none':
    case 'crm-undeliverable': {
      const to = decision === 'crm-none' ? 'none' : 'undeliverable';
      const why = reason(lead, decision === 'crm-none' ? 'removed_at_provider' : 'bounced');
      const isPermitted = rules.writableConsents.has(to);
      return {
        operations: isPermitted
          ? withYes.map((contact) => ({ kind: 'write-consent', email, contactId: contact.id, from: 'yes', to }))
          : [],
        reasons: [why],
        memberReason: undefined,
        agreed: isPermitted ? undefined : { contactId: lead.id, base: baseOf(lead, status, person, rules) },
      };
    }
    case 'resubscribed-elsewhere':
      return { operations: [], reasons: [], memberReason: 'resubscribed_elsewhere', agreed: undefined };
    case 'nothing':
      return planNothing(person, lead, status, rules);
  }
}

function planActive(person: PersonCase, lead: SeenContact, rules: PlanRules): PersonPlan {
  const { email, member } = person;
  if (!member) throw new Error('an active person has a member');
  const operations: Operation[] = [];
  const contactId = lead.id;
  const change = fieldChanges(lead.fields, member.fields, lead.base?.fields, rules.mappedFields, rules.maxFieldBytes);
  if (change) operations.push({ kind: 'update-member', email, contactId, ...change });
  if (rules.tags) {
    const tags = tagMergeOf(lead, member, rules);
    const { add, remove } = tags.provider;
    if (add.length + remove.length > 0) operations.push({ kind: 'tag-member', email, contactId, add, remove });
    if (tags.crm.add.length + tags.crm.remove.length > 0) {
      operations.push({ kind: 'tag-contact', email, contactId, add: tags.crm.add, remove: tags.crm.remove });
    }
  }
  return {
    operations,
    reasons: [],
    memberReason: undefined,
    agreed: { contactId, base: baseOf(lead, 'subscribed', person, rules) },
  };
}

function planSubscribe(person: PersonCase, lead: SeenContact, status: MemberStatus, rules: PlanRules): PersonPlan {
  const { email, refusal } = person;
  const optInOrder = Math.max(person.ledger.optIn?.order ?? 0, lead.history.lastNotYes);
  // A remembered refusal is repeated only after a newer opt-in (R6) or a change of the contact (F7, forgotten when it changes).
  if (refusal && (refusal.isPermanent || refusal.reason === 'plan_limit') && refusal.order >= optInOrder) {
    const why = { contactId: lead.id, reason: refusal.reason, words: refusal.words };
    return { operations: [], reasons: [why], memberReason: undefined, agreed: undefined };
  }
  const fields = {
    salutation: cutText(lead.fields.salutation, rules.maxFieldBytes),
    letterSalutation: cutText(lead.fields.letterSalutation, rules.maxFieldBytes),
    firstName: cutText(lead.fields.firstName, rules.maxFieldBytes),
    lastName: cutText(lead.fields.lastName, rules.maxFieldBytes),
  };
  const tags = rules.tags
    ? [MARKER_TAG, ...labelsOf(lead, rules).filter((label) => foldTag(label) !== MARKER_TAG)]
    : [];
  const operation: Operation =
    status === 'absent'
      ? { kind: 'add-member', email, contactId: lead.id, fields, tags }
      : {
          kind: 'raise-member',
          email,
          contactId: lead.id,
          from: status,
          readHistory: status === 'archived',
          fields,
          tags,
        };
  return { operations: [operation], reasons: [reason(lead, 'waiting')], memberReason: undefined, agreed: undefined };
}

function planOptOut(
  person: PersonCase,
  concerned: readonly SeenContact[],
  status: MemberStatus,
  rules: PlanRules,
): Pick<PersonPlan, 'operations' | 'memberReason' | 'agreed'> {
  const { email } = person;
  const operations: Operation[] = rules.writableConsents.has('no')
    ? concerned.map((contact) => ({
        kind: 'write-consent',
        email,
        contactId: contact.id,
        from: contact.consent,
        to: 'no',
      }))
    : [];
  const isActive = status === 'subscribed' || status === 'pending';
  if (isActive) operations.push(unsubscribe(person, concerned[0], status));
  return { operations, memberReason: status === 'subscribed' ? 'leaving' : undefined, agreed: undefined };
}

function planNothing(person: PersonCase, lead: SeenContact, status: MemberStatus, rules: PlanRules): PersonPlan {
  const agreed = { contactId: lead.id, base: baseOf(lead, status, person, rules) };
  if (lead.consent === 'yes') {
    return { operations: [], reasons: [reason(lead, passiveReason(status))], memberReason: undefined, agreed };
  }
  if (status !== 'subscribed') return { operations: [], reasons: [], memberReason: undefined, agreed };
  return { operations: [], reasons: [], memberReason: passiveMemberReason(lead), agreed };
}

function passiveReason(status: MemberStatus): Reason {
  switch (status) {
    case 'cleaned':
      return 'bounced';
    case 'pending':
      return 'awaiting_confirmation';
    case 'forgotten':
      return 'permanently_deleted';
    case 'unsubscribed':
      return 'opted_out';
    default:
      return 'removed_at_provider';
  }
}

function passiveMemberReason(lead: SeenContact): MemberReason {
  switch (lead.consent) {
    case 'pending':
      return 'member_of_pending_contact';
    case 'undeliverable':
      return 'member_of_undeliverable_contact';
    default:
      // A value that we cannot interpret is a field that we cannot read.
      return 'member_of_unreadable_contact';
  }
}

function planWithoutContact(person: PersonCase, excluded: readonly SeenContact[], rules: PlanRules): PersonPlan {
  const { email, member } = person;
  const none: PersonPlan = { operations: [], reasons: [], memberReason: undefined, agreed: undefined };
  if (member?.status !== 'subscribed') return none;
  const isLinked = excluded.some((contact) => contact.base?.status === 'subscribed') || person.hasOrphanedLink;
  const hasMarker = member.tags.some((tag) => foldTag(tag) === MARKER_TAG);
  const first = excluded[0];
  if (first) {
    if (isLinked || hasMarker) return leaving([{ kind: 'remove-member', email, contactId: first.id }], 'subscribed');
    return { ...none, memberReason: exclusionMemberReason(first) };
  }
  if (isLinked) return leaving([{ kind: 'remove-member', email, contactId: undefined }], 'subscribed');
  // Our mark without a contact: not created again but listed and asked (R9).
  if (hasMarker || !rules.createContacts || hasOpenOptOut(person.ledger)) {
    return { ...none, memberReason: 'unknown_member' };
  }
  const tags =
    rules.tags && rules.crmHasTags
      ? member.tags.filter((tag) => foldTag(tag) !== MARKER_TAG && !rules.refusedTags.has(foldTag(tag)))
      : [];
  return {
    ...none,
    operations: [{ kind: 'create-contact', email, fields: member.fields, tags }],
    memberReason: 'arriving',
  };
}

function exclusionMemberReason(contact: SeenContact): MemberReason {
  if (!contact.isReadable) return 'member_of_unreadable_contact';
  return contact.isArchived ? 'member_of_archived_contact' : 'member_of_private_contact';
}

function leaving(operations: readonly Operation[], status: MemberStatus): PersonPlan {
  return { operations, reasons: [], memberReason: status === 'subscribed' ? 'leaving' : undefined, agreed: undefined };
}

function unsubscribe(person: PersonCase, contact: SeenContact | undefined, from: MemberStatus): Operation {
  return { kind: 'unsubscribe-member', email: person.email, contactId: contact?.id, from };
}

function reason(contact: SeenContact, why: Reason): ContactReason {
  return { contactId: contact.id, reason: why, words: '' };
}

function reasonsOf(contacts: readonly SeenContact[], lead: SeenContact, why: Reason): ContactReason[] {
  return contacts.map((contact) => reason(contact, contact === lead ? why : 'duplicate_email'));
}

function labelsOf(contact: SeenContact, rules: PlanRules): string[] {
  return contact.tagKeys.map((key) => rules.tagLabels.get(key)).filter((label) => label !== undefined);
}

function tagMergeOf(lead: SeenContact, member: Member, rules: PlanRules): TagMerge {
  const isManaged = (folded: string) => rules.crmHasTags && !rules.refusedTags.has(folded);
  return mergeTags(labelsOf(lead, rules), member.tags, lead.base?.tags, isManaged);
}

function baseOf(lead: SeenContact, status: MemberStatus, person: PersonCase, rules: PlanRules): BaseState {
  const member: Member | undefined = person.member;
  const tags = rules.tags && member ? tagMergeOf(lead, member, rules).merged : [];
  return { consent: lead.consent, status, fields: lead.fields, tags };
}
