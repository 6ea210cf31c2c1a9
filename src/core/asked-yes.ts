import type { PersonCase, PlanRules, SeenContact } from './person-case.ts';
import { newestOptOut } from './person-consent.ts';
import type { PersonPlan } from './person-plan.ts';

type PlanEligible = (person: PersonCase, eligible: readonly SeenContact[], rules: PlanRules) => PersonPlan;

/**
 * Plans an address where an operator entered an opt-in and asked to set a contact's field to Yes (R1 c): the Yes, and what
 * follows from it. Reasons stay those of what both sides say now.
 *
 * @returns undefined where nobody asked, the member's status changed since other than to subscribed (an opt-out may not be
 *   booked yet), his address is dead (R6), the CRM does not take the value (R10), an opt-out is newer, or the Yes would be
 *   taken back at once
 */
export function planAskedYes(
  person: PersonCase,
  eligible: readonly SeenContact[],
  rules: PlanRules,
  planEligible: PlanEligible,
): PersonPlan | undefined {
  const status = person.member?.status ?? 'absent';
  const isAsked = ({ asksYes, consent }: SeenContact) =>
    consent !== 'yes' && asksYes !== undefined && (asksYes === status || status === 'subscribed');
  const asked = eligible.filter(isAsked);
  // With the wish the base state was stored: a first meeting knows nothing of an opt-out that came after it.
  const hasMet = eligible.some(({ base }) => base);
  // His own entry, not what the member may have done at the provider since. One from before the data went back may have been
  // carried out already, and answered by an opt-out (F9).
  const isNewest = (person.ledger.optIn?.order ?? 0) > Math.max(newestOptOut(person), person.wentBackOrder);
  const isPermitted = isNewest && rules.writableConsents.has('yes');
  if (asked.length === 0 || !hasMet || status === 'cleaned' || !isPermitted) return undefined;
  const saidYes = (contact: SeenContact): SeenContact => (isAsked(contact) ? { ...contact, consent: 'yes' } : contact);
  const then = planEligible({ ...person, contacts: person.contacts.map(saidYes) }, eligible.map(saidYes), rules);
  if (then.operations.some((next) => next.kind === 'write-consent')) return undefined;
  const now = planEligible(person, eligible, rules);
  const isExplained = eligible.some(({ consent }) => consent === 'yes');
  const arriving = status === 'subscribed' ? 'arriving' : undefined;
  return {
    operations: [
      ...asked.map(
        ({ id, consent }) =>
          ({ kind: 'write-consent', email: person.email, contactId: id, from: consent, to: 'yes' }) as const,
      ),
      ...then.operations,
    ],
    reasons: now.reasons,
    memberReason: isExplained ? now.memberReason : arriving,
    agreed: undefined,
  };
}
