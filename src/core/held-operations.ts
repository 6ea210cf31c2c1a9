import type { MemberStatus } from './consent.ts';
import type { Operation } from './operation.ts';
import type { PersonCase } from './person-case.ts';
import { isEligible } from './person-consent.ts';
import type { PersonPlan } from './person-plan.ts';
import { exclusionMemberReason } from './standing-reasons.ts';

/**
 * asked: waits for an answer; approved: to be carried out although nothing would plan it any more; dropped: not wanted, until
 * the operation would be another one.
 */
export type HeldState = 'asked' | 'approved' | 'dropped';

/** An operation that waits for a person's answer, or that was answered and is not settled yet (R12). */
export type HeldOperation = { operation: Operation; state: HeldState };

/** Whoever stands so at the provider needs no unsubscribing. */
const OUT_FOR_GOOD: ReadonlySet<MemberStatus> = new Set(['unsubscribed', 'cleaned', 'forgotten']);

/**
 * Takes out of a plan what waits for an answer, and what was refused by a person as long as it would be the same. Adds the
 * unsubscribing of who was taken out instead, once a person has approved it and as long as the contact says No. Pure; R12.
 *
 * @returns the plan after that, whether something was taken out of it, and the held ones whose reason is gone
 */
export function withoutHeld<Held extends HeldOperation>(
  plan: PersonPlan,
  held: readonly Held[],
  person: Pick<PersonCase, 'email' | 'contacts' | 'member'>,
): { plan: PersonPlan; isHeld: boolean; obsolete: readonly Held[] } {
  if (held.length === 0) return { plan, isHeld: false, obsolete: [] };
  const isHeld = (operation: Operation) =>
    held.some(
      (one) =>
        one.operation.kind === operation.kind &&
        (one.state === 'asked' || (one.state === 'dropped' && sameOperation(one.operation, operation))),
    );
  const kinds = new Set(plan.operations.map(({ kind }) => kind));
  const kept = plan.operations.filter((operation) => !isHeld(operation));
  const approved = kinds.has('unsubscribe-member') ? undefined : approvedUnsubscribe(held, person);
  const isRaiseHeld = plan.operations.some(
    (operation) => (operation.kind === 'add-member' || operation.kind === 'raise-member') && isHeld(operation),
  );
  return {
    plan: {
      ...plan,
      operations: approved ? [...kept, approved] : kept,
      reasons: isRaiseHeld
        ? plan.reasons.map((reason) => (reason.reason === 'waiting' ? { ...reason, reason: 'held_by_brake' } : reason))
        : plan.reasons,
      memberReason: isLeavingDropped(plan, held, kept) ? stayingReason(person) : plan.memberReason,
    },
    isHeld: kept.length < plan.operations.length,
    // An unsubscribe is held beside a member who was taken out instead: nothing else is planned for him any more.
    obsolete: held.filter(({ operation: { kind }, state }) => {
      if (kinds.has(kind)) return false;
      return kind !== 'unsubscribe-member' || (state === 'approved' && !approved) || state === 'dropped';
    }),
  };
}

function approvedUnsubscribe(
  held: readonly HeldOperation[],
  { email, contacts, member }: Pick<PersonCase, 'email' | 'contacts' | 'member'>,
): Operation | undefined {
  const status = member?.status ?? 'absent';
  if (OUT_FOR_GOOD.has(status)) return undefined;
  for (const { operation, state } of held) {
    if (state !== 'approved' || operation.kind !== 'unsubscribe-member') continue;
    const contact = contacts.find(({ id }) => id === operation.contactId);
    if (contact?.consent === 'no') return { kind: 'unsubscribe-member', email, contactId: contact.id, from: status };
  }
  return undefined;
}

/** A person decided that the member stays: he is not about to leave. */
function isLeavingDropped(plan: PersonPlan, held: readonly HeldOperation[], kept: readonly Operation[]): boolean {
  const leaves = ({ kind }: Operation) => kind === 'remove-member' || kind === 'unsubscribe-member';
  return (
    plan.memberReason === 'leaving' &&
    !kept.some(leaves) &&
    held.some(({ state, operation }) => state === 'dropped' && leaves(operation))
  );
}

/** How a member counts who stays although nothing explains him (section 7). */
function stayingReason({ contacts }: Pick<PersonCase, 'contacts'>): PersonPlan['memberReason'] {
  const excluded = contacts.find((contact) => !isEligible(contact));
  return excluded ? exclusionMemberReason(excluded) : 'unknown_member';
}

/** Whether two operations are the same but for the order of their keys: jsonb does not keep the order in which they came. */
export function sameOperation(one: Operation, other: Operation): boolean {
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
}

/** A value with the keys of all its objects in one order, those without a value left out. */
export function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, entry]) => entry !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, entry]) => [key, sorted(entry)]),
  );
}
