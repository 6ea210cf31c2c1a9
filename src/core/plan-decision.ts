import { baseOf, tagMergeOf, travellingTagsOf } from './agreed-base.ts';
import type { MemberStatus } from './consent.ts';
import { NO_FIELDS } from './contact.ts';
import { fieldChanges } from './field-changes.ts';
import type { MeetingDecision } from './meeting.ts';
import type { Operation } from './operation.ts';
import type { PersonCase, PlanRules, SeenContact } from './person-case.ts';
import type { ContactReason, PersonPlan } from './person-plan.ts';
import type { Reason } from './reason.ts';
import { passiveMemberReason, passiveReason } from './standing-reasons.ts';
import { MARKER_TAG } from './tag.ts';

/**
 * What has to be done for a decision about an address with a contact that counts, and how everybody stands then. Pure; R3, R5, R6,
 * R10, R13, M9, M10.
 *
 * @param lead the representative (R8)
 * @param withYes all contacts of the address that say Yes
 */
export function planDecision(
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

/** No for contacts that are concerned by an opt-out, and the member out of the audience (R1, R10). */
export function planOptOut(
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
  // Both sides do not agree on "undeliverable": that is another connection's, and the Yes before it still counts here (R6).
  const agreed = lead.isUndeliverableElsewhere
    ? undefined
    : { contactId: lead.id, base: baseOf(lead, status, person, rules, true) };
  if (lead.consent === 'yes') {
    return { operations: [], reasons: [reason(lead, passiveReason(status))], memberReason: undefined, agreed };
  }
  if (status !== 'subscribed') return { operations: [], reasons: [], memberReason: undefined, agreed };
  return { operations: [], reasons: [], memberReason: passiveMemberReason(lead), agreed };
}

/** A plan that takes a member out. */
export function leaving(operations: readonly Operation[], status: MemberStatus): PersonPlan {
  return { operations, reasons: [], memberReason: status === 'subscribed' ? 'leaving' : undefined, agreed: undefined };
}

/** @param from what the member is now */
export function unsubscribe(person: PersonCase, contact: SeenContact | undefined, from: MemberStatus): Operation {
  return { kind: 'unsubscribe-member', email: person.email, contactId: contact?.id, from };
}

/** A reason in the connector's own words. */
export function reason(contact: SeenContact, why: Reason): ContactReason {
  return { contactId: contact.id, reason: why, words: '' };
}
