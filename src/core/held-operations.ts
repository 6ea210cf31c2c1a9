import type { Operation } from './operation.ts';
import type { PersonPlan } from './person-plan.ts';

/** An operation that waits for a person's answer, or that he does not want (R12). */
export type HeldOperation = { operation: Operation; state: 'asked' | 'dropped' };

/**
 * Takes out of a plan what waits for an answer, and what was refused by a person as long as it would be the same. Pure; R12.
 *
 * @returns the plan without those operations, and the held ones whose reason is gone: nothing of their kind is planned
 */
export function withoutHeld<Held extends HeldOperation>(
  plan: PersonPlan,
  held: readonly Held[],
): { plan: PersonPlan; obsolete: readonly Held[] } {
  if (held.length === 0) return { plan, obsolete: [] };
  const isHeld = (operation: Operation) =>
    held.some(
      (one) =>
        one.operation.kind === operation.kind && (one.state === 'asked' || sameOperation(one.operation, operation)),
    );
  const kinds = new Set(plan.operations.map(({ kind }) => kind));
  const operations = plan.operations.filter((operation) => !isHeld(operation));
  const isRaiseHeld = plan.operations.some(
    (operation) => (operation.kind === 'add-member' || operation.kind === 'raise-member') && isHeld(operation),
  );
  return {
    plan: {
      ...plan,
      operations,
      reasons: isRaiseHeld
        ? plan.reasons.map((reason) => (reason.reason === 'waiting' ? { ...reason, reason: 'held_by_brake' } : reason))
        : plan.reasons,
    },
    // An unsubscribe is held beside a member who was taken out instead: nothing else is planned for him any more.
    obsolete: held.filter(({ operation: { kind } }) => !kinds.has(kind) && kind !== 'unsubscribe-member'),
  };
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
