import { planAskedYes } from './asked-yes.ts';
import { lastSaid } from './base-state.ts';
import type { MemberStatus } from './consent.ts';
import type { EmailAddress } from './email-address.ts';
import { decideFromFormer, withFormerAddresses } from './former-address.ts';
import { decideLaterMeeting, FIRST_MEETING, type MeetingDecision } from './meeting.ts';
import type { Operation } from './operation.ts';
import type { PersonCase, PlanRules, SeenContact } from './person-case.ts';
import {
  hasNewerOptIn,
  hasOptInSinceGoingBack,
  isEligible,
  isLeavingAnswered,
  ledgerOf,
  leftSinceSubscribed,
  newestOptOut,
  personMayBeRaised,
  personMayStay,
} from './person-consent.ts';
import type { ContactReason, PersonPlan } from './person-plan.ts';
import { planDecision, planOptOut, reason, unsubscribe } from './plan-decision.ts';
import { planWithoutContact } from './plan-without-contact.ts';
import type { Reason } from './reason.ts';
import { exclusionReason } from './standing-reasons.ts';

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
  const isCarriedOn = noIsAnswered && isAnsweredElsewhere(lead, status);
  const decision = isCarriedOn ? 'crm-yes' : decide(person, lead, status, raiseAllowed);
  // What became of the person at the provider counts for all who share the address (R8): he has left, but for whom we took out over
  // flags ourselves, or his mail came back, which may turn out to be a complaint.
  const isToldToAll = decision === 'crm-no' ? !person.isOutOverFlags : isWrittenAsDead(decision, rules);
  if (lead.consent === 'yes' && saysNo && !noIsAnswered && !isToldToAll) {
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
  const plan = planDecision(decision, person, lead, withYes, status, rules);
  return { ...plan, reasons: [...plan.reasons, ...duplicates] };
}

/**
 * Whether the contact's No was set by nobody: another connection wrote it for an opt-out that has been answered by the time at which this
 * one reads it (R15).
 */
function isAnsweredElsewhere({ consent, base, history, noSince }: SeenContact, status: MemberStatus): boolean {
  return consent === 'no' && base?.consent === 'yes' && status === 'subscribed' && history.lastSetToNo < noSince;
}

function isWrittenAsDead(decision: MeetingDecision, rules: PlanRules): boolean {
  return decision === 'crm-undeliverable' && rules.writableConsents.has('undeliverable');
}

function decide(person: PersonCase, lead: SeenContact, status: MemberStatus, raiseAllowed: boolean): MeetingDecision {
  const optOutOrder = newestOptOut(person);
  const hasProviderOptIn = status === 'subscribed' && hasNewerOptIn(person) && isNewerThanNo(person, lead);
  // Another contact may have stood for the address until now: when the representative changes, the link moves (R8).
  const base = lead.base ?? person.contacts.filter(isEligible).find((contact) => contact.base)?.base;
  const decision =
    base && !base.isTakenOut
      ? decideLaterMeeting(lead.consent, status, base, { hasProviderOptIn })
      : firstMeeting(person, lead, status, hasProviderOptIn);
  // He has left, here or elsewhere: as if he were read as unsubscribed. Where the field is left alone then, he goes without it (R1, R15).
  if (lead.consent !== 'yes' && leftSinceSubscribed(person) !== undefined) {
    return FIRST_MEETING[lead.consent].unsubscribed === 'crm-no' ? 'crm-no' : 'unsubscribe';
  }
  // Mail of another connection's provider came back: whom we wrote that for himself stays here (R6).
  if (decision === 'remove' && lead.consent === 'undeliverable' && lead.isUndeliverableElsewhere) return 'nothing';
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
  const isNew = !lead.base && !isLeavingAnswered(person);
  const isUnanswered = optOutOrder === 0 || isNew || !hasOptInSinceGoingBack(person);
  if (decision === 'subscribe' && status === 'unsubscribed' && isUnanswered) return 'crm-no';
  if (decision === 'subscribe') return decideFromFormer(person, lead) ?? decision;
  const isMoot =
    decision === 'nothing' || decision === 'resubscribed-elsewhere' || (decision === 'crm-yes' && !hasProviderOptIn);
  // He was in the audience for a contact that does not count any more; whoever is left does not say Yes (M18).
  if (isMoot && status === 'subscribed' && wasPutThereForAnother(person, lead)) return 'remove';
  return decision;
}

/** Whether the opt-in on record was learned after the contact's No was read, which need not have been set to count here (R1, R8). */
function isNewerThanNo(person: PersonCase, { consent, noSince }: SeenContact): boolean {
  return consent !== 'no' || (ledgerOf(person).optIn?.order ?? 0) > noSince;
}

/** R5, and R1 (a): whoever signs up beside a field that was read before as anything but Yes has said Yes since (M19). */
function firstMeeting(
  person: PersonCase,
  { consent, history, former, noSince }: SeenContact,
  status: MemberStatus,
  hasProviderOptIn: boolean,
): MeetingDecision {
  // A No of the address's own has been there since it was first read as No; one that comes along from another address is news (R7, R8).
  const saidAt = consent === 'no' && !former ? noSince : history.lastNotYes;
  const isAnswered = hasProviderOptIn && consent !== 'unknown' && (ledgerOf(person).optIn?.order ?? 0) > saidAt;
  if (isAnswered && consent !== 'yes') return 'crm-yes';
  // An opt-out that was booked before the opt-in is found where the other connection has not raised him yet (R15).
  if (isLeavingAnswered(person)) return consent === 'yes' ? 'subscribe' : 'nothing';
  return FIRST_MEETING[consent][status];
}

function wasPutThereForAnother(person: PersonCase, lead: SeenContact): boolean {
  const hasWithdrawn = ({ base, consent }: SeenContact) => base && lastSaid(base) === 'yes' && consent !== 'yes';
  const isGone = (contact: SeenContact) =>
    contact !== lead && contact.base?.status === 'subscribed' && (!isEligible(contact) || hasWithdrawn(contact));
  return lead.consent !== 'yes' && (person.leavers.length > 0 || person.contacts.some(isGone));
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

function reasonsOf(contacts: readonly SeenContact[], lead: SeenContact, why: Reason): ContactReason[] {
  return contacts.map((contact) => reason(contact, contact === lead ? why : 'duplicate_email'));
}
