import { baseOf, tagMergeOf, travellingTagsOf } from './agreed-base.ts';
import { planAskedYes } from './asked-yes.ts';
import type { MemberStatus } from './consent.ts';
import type { PersonFields } from './contact.ts';
import type { EmailAddress } from './email-address.ts';
import { fieldChanges } from './field-changes.ts';
import { decideFromFormer, leaveOperation, withFormerAddresses } from './former-address.ts';
import { decideLaterMeeting, FIRST_MEETING, type MeetingDecision } from './meeting.ts';
import type { Operation } from './operation.ts';
import type { PersonCase, PlanRules, SeenContact } from './person-case.ts';
import {
  hasNewerOptIn,
  hasOptInSinceGoingBack,
  isEligible,
  ledgerOf,
  newestOptOut,
  personMayBeRaised,
  personMayStay,
  yesMayBeWritten,
} from './person-consent.ts';
import type { ContactReason, PersonPlan } from './person-plan.ts';
import type { Reason } from './reason.ts';
import { exclusionMemberReason, exclusionReason, passiveMemberReason, passiveReason } from './standing-reasons.ts';
import { MARKER_TAG } from './tag.ts';

const NO_FIELDS: PersonFields = { salutation: '', letterSalutation: '', firstName: '', lastName: '' };

/**
 * Plans one address as if no member moved to it or from it; `planWithMoves` is what full sync, preview, single change and
 * explanation call. Pure; R1, R3–R6, R8–R11, M9, M10, M17, M18, M20.
 */
export function planPerson(person: PersonCase, rules: PlanRules): PersonPlan {
  const eligible = person.contacts.filter(isEligible);
  const excluded = person.contacts.filter((contact) => !isEligible(contact));
  const reasons: ContactReason[] = excluded
    .filter((contact) => contact.consent === 'yes')
    .map((contact) => ({ contactId: contact.id, reason: exclusionReason(contact), words: '' }));
  const plan =
    planAskedYes(person, eligible, rules, planEligible) ??
    (eligible.length > 0 ? planEligible(person, eligible, rules) : planWithoutContact(person, excluded, rules));
  return withFormerAddresses(person, { ...plan, reasons: [...reasons, ...plan.reasons] });
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
  const ledger = ledgerOf(person);
  const raiseAllowed = personMayBeRaised(person);
  const status: MemberStatus = person.member?.status ?? 'absent';
  const saysNo = eligible.some((contact) => contact.consent === 'no');
  // A No older than the opt-in no longer counts (R8).
  const newestNo = Math.max(0, ...eligible.map((contact) => (contact.consent === 'no' ? contact.noSince : 0)));
  const answeredUpTo = raiseAllowed ? (ledger.optIn?.order ?? 0) : 0;
  const noIsAnswered = answeredUpTo > Math.max(ledger.optOut?.order ?? 0, newestNo);

  const stays = status === 'subscribed' && !saysNo && personMayStay(person);
  if (lead.consent === 'yes' && !raiseAllowed && !stays) {
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
  if (lead.consent === 'yes' && status === 'absent' && person.memberMovedTo?.status === 'subscribed') {
    const plan = planFollow(person, lead, withYes, person.memberMovedTo.email);
    return { ...plan, reasons: [...plan.reasons, ...duplicates] };
  }
  const decision = decide(person, lead, status, raiseAllowed);
  const plan = carryOut(decision, person, lead, withYes, status, rules);
  return { ...plan, reasons: [...plan.reasons, ...duplicates] };
}

function decide(person: PersonCase, lead: SeenContact, status: MemberStatus, raiseAllowed: boolean): MeetingDecision {
  const optOutOrder = newestOptOut(person);
  const hasProviderOptIn = status === 'subscribed' && hasNewerOptIn(person);
  // Another contact may have stood for the address until now: when the representative changes, the link moves (R8).
  const base = lead.base ?? person.contacts.filter(isEligible).find((contact) => contact.base)?.base;
  const decision =
    base && !base.isTakenOut
      ? decideLaterMeeting(lead.consent, status, base, { hasProviderOptIn })
      : firstMeeting(person, lead, status, hasProviderOptIn);
  // A raise of ours is on its way, and the person has said No since: it is answered before it arrives (R4).
  if (lead.consent === 'no' && status === 'absent' && person.isRaiseOnItsWay) return 'unsubscribe';
  if (decision === 'crm-yes' && !raiseAllowed) {
    // A booked opt-out that the CRM never got: "not specified" must not turn into Yes because of an old membership.
    return base ? 'resubscribed-elsewhere' : 'crm-no';
  }
  // We took him out because flags differed, and nobody has left: now that they agree there is nothing to carry over (R8).
  if (status === 'unsubscribed' && person.isOutOverFlags && optOutOrder === 0) {
    return lead.consent === 'yes' ? 'subscribe' : 'nothing';
  }
  // Found at the provider and booked by nobody, or first met by this contact: no opt-in on record is newer (R1, R5). After
  // the data went back nobody knows whether he left before or after the Yes: he has (F9).
  const isUnanswered = optOutOrder === 0 || !lead.base || !hasOptInSinceGoingBack(person);
  if (decision === 'subscribe' && status === 'unsubscribed' && isUnanswered) return 'crm-no';
  if (decision === 'subscribe') return decideFromFormer(person, lead) ?? decision;
  const isMoot = decision === 'nothing' || (decision === 'crm-yes' && !hasProviderOptIn);
  // He was in the audience for a contact that does not count any more; whoever is left does not say Yes (M18).
  if (isMoot && status === 'subscribed' && wasPutThereForAnother(person, lead)) return 'remove';
  return decision;
}

/** R5, and R1 (a): whoever signs up beside a field that was read before as anything but Yes has said Yes since (M19). */
function firstMeeting(
  person: PersonCase,
  { consent, history }: SeenContact,
  status: MemberStatus,
  hasProviderOptIn: boolean,
): MeetingDecision {
  const isAnswered =
    hasProviderOptIn && consent !== 'unknown' && (ledgerOf(person).optIn?.order ?? 0) > history.lastNotYes;
  if (isAnswered && consent !== 'yes') return 'crm-yes';
  return FIRST_MEETING[consent][status];
}

function wasPutThereForAnother(person: PersonCase, lead: SeenContact): boolean {
  const hasWithdrawn = ({ base, consent }: SeenContact) => base?.consent === 'yes' && consent !== 'yes';
  const isGone = (contact: SeenContact) =>
    contact !== lead && contact.base?.status === 'subscribed' && (!isEligible(contact) || hasWithdrawn(contact));
  return lead.consent !== 'yes' && (person.leavers.length > 0 || person.contacts.some(isGone));
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
      return planArrival(person, lead, rules);
    case 'crm-no': {
      const concerned = withYes.length > 0 ? withYes : [lead];
      const plan = planOptOut(person, concerned, status, rules);
      return { ...plan, reasons: withYes.length > 0 ? [reason(lead, 'opted_out')] : [] };
    }
    case 'crm-none':
    case 'crm-undeliverable': {
      const to = decision === 'crm-none' ? 'none' : 'undeliverable';
      const why = reason(lead, decision === 'crm-none' ? 'removed_at_provider' : 'bounced');
      // Another connection's member rests on the same Yes (R15).
      const isNeeded = to === 'none' && person.isActiveElsewhere;
      const isWritten = rules.writableConsents.has(to) && !isNeeded;
      return {
        operations: isWritten
          ? withYes.map((contact) => ({ kind: 'write-consent', email, contactId: contact.id, from: 'yes', to }))
          : [],
        reasons: [why],
        memberReason: undefined,
        agreed: isWritten ? undefined : { contactId: lead.id, base: baseOf(lead, status, person, rules, true) },
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
    agreed: { contactId, base: baseOf(lead, 'subscribed', person, rules, operations.length > 0) },
  };
}

/** Sets Yes and brings fields and tags in step at once: a second run finds nothing left to write (R13). */
function planArrival(person: PersonCase, lead: SeenContact, rules: PlanRules): PersonPlan {
  const toYes: Operation = {
    kind: 'write-consent',
    email: person.email,
    contactId: lead.id,
    from: lead.consent,
    to: 'yes',
  };
  const operations = rules.writableConsents.has('yes') ? [toYes, ...planActive(person, lead, rules).operations] : [];
  return { operations, reasons: [], memberReason: 'arriving', agreed: undefined };
}

function planSubscribe(person: PersonCase, lead: SeenContact, status: MemberStatus, rules: PlanRules): PersonPlan {
  const { email, refusal, member } = person;
  const optInOrder = Math.max(person.ledger.optIn?.order ?? 0, person.providerOptInOrder ?? 0);
  if (person.isRaiseOnItsWay) {
    return { operations: [], reasons: [reason(lead, 'waiting')], memberReason: undefined, agreed: undefined };
  }
  // A remembered refusal is repeated only after an opt-in of (a) or (c) (R6) or once it was forgotten: when the contact changes
  // (F7), a passing one at the beginning of each run.
  if (refusal && refusal.order >= optInOrder) {
    const why = { contactId: lead.id, reason: refusal.reason, words: refusal.words };
    return { operations: [], reasons: [why], memberReason: undefined, agreed: undefined };
  }
  const held = member?.fields ?? NO_FIELDS;
  const change = fieldChanges(lead.fields, held, lead.base?.fields, rules.mappedFields, rules.maxFieldBytes);
  const fields = { ...held, ...change?.after };
  const tags = rules.tags ? [MARKER_TAG, ...new Set(travellingTagsOf(lead, rules).map(({ name }) => name))] : [];
  const operation: Operation =
    status === 'absent'
      ? lead.former?.status === 'archived'
        ? {
            kind: 'raise-member',
            email,
            contactId: lead.id,
            from: status,
            readHistory: true,
            historyOf: lead.former.email,
            fields,
            tags,
          }
        : { kind: 'add-member', email, contactId: lead.id, fields, tags }
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

/** The provider gave the member another address: it becomes the main one of all who share it with Yes (M24). */
function planFollow(
  { email }: PersonCase,
  lead: SeenContact,
  withYes: readonly SeenContact[],
  to: EmailAddress,
): PersonPlan {
  const operations = withYes.map(({ id }): Operation => ({ kind: 'change-contact-address', email, to, contactId: id }));
  return { operations, reasons: [reason(lead, 'waiting')], memberReason: undefined, agreed: undefined };
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
  const agreed = { contactId: lead.id, base: baseOf(lead, status, person, rules, true) };
  if (lead.consent === 'yes') {
    return { operations: [], reasons: [reason(lead, passiveReason(status))], memberReason: undefined, agreed };
  }
  if (status !== 'subscribed') return { operations: [], reasons: [], memberReason: undefined, agreed };
  return { operations: [], reasons: [], memberReason: passiveMemberReason(lead), agreed };
}

function planWithoutContact(person: PersonCase, excluded: readonly SeenContact[], rules: PlanRules): PersonPlan {
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
