import { formerAddress, heirOf } from './neighbours.ts';
import type { Operation, OperationKind } from './operation.ts';
import type { PersonCase, PlanRules } from './person-case.ts';
import type { PersonPlan } from './person-plan.ts';
import { planPerson } from './plan-person.ts';

/** What may follow on a move: the member is only brought in step. */
const IN_STEP: ReadonlySet<OperationKind> = new Set(['update-member', 'tag-member', 'tag-contact']);

/**
 * Plans one address together with those between which members move: the one function behind full sync, preview, single change
 * and explanation. Where an address loses its member and the one of his contact would get a new one, he moves (R7); where he
 * has moved at the provider, his contacts follow (M24). Both addresses come to the same, whichever is planned.
 */
export function planWithMoves(person: PersonCase, rules: PlanRules): PersonPlan {
  const plan = planPerson(person, rules);
  const { cameFrom, goesTo } = person;
  if (cameFrom) return moveOf(cameFrom, person, plan, rules) ?? plan;
  if (!goesTo) return plan;
  // A move whose answer is not known yet: nobody is taken out before it is.
  if (goesTo.isRaiseOnItsWay && isOnly(plan, 'remove-member')) return { ...plan, operations: [] };
  const next = planPerson({ ...goesTo, cameFrom: person }, rules);
  if (moveOf(person, goesTo, next, rules)) return { ...plan, operations: [] };
  return followedBy(person, goesTo, plan, next) ?? plan;
}

/**
 * @param plan the plan of the new address without the move
 * @returns the plan of the new address, or undefined when the member does not move
 */
function moveOf(from: PersonCase, to: PersonCase, plan: PersonPlan, rules: PlanRules): PersonPlan | undefined {
  const heir = heirOf(from);
  const { member } = from;
  if (!heir || !member || formerAddress(to) !== from.email || !to.contacts.some(({ id }) => id === heir.contactId))
    return undefined;
  if (!isOnly(plan, 'add-member') || !isOnly(planPerson(from, rules), 'remove-member')) return undefined;
  const arrived = planPerson(
    {
      ...to,
      cameFrom: undefined,
      member: { ...member, email: to.email },
      providerOptInOrder: from.providerOptInOrder,
      // The base state goes along.
      contacts: to.contacts.map((contact) =>
        contact.id === heir.contactId ? { ...contact, base: contact.former?.base, former: undefined } : contact,
      ),
    },
    rules,
  );
  if (!arrived.operations.every(({ kind }) => IN_STEP.has(kind))) return undefined;
  const move: Operation = { kind: 'move-member', email: to.email, from: from.email, contactId: heir.contactId };
  return { ...plan, operations: [move, ...arrived.operations] };
}

/** The plan of an address whose contacts still have the one that the member had before; undefined when nobody follows. */
function followedBy(
  person: PersonCase,
  before: PersonCase,
  plan: PersonPlan,
  next: PersonPlan,
): PersonPlan | undefined {
  const follows = next.operations.some(
    (operation) => operation.kind === 'change-contact-address' && operation.to === person.email,
  );
  const waits: PersonPlan = { ...plan, operations: [], memberReason: 'arriving' };
  if (follows) return isOnly(plan, 'remove-member') || isOnly(plan, 'create-contact') ? waits : undefined;
  // Nobody with Yes is there to follow, but somebody to be met: a second contact for the same person would be wrong (R9).
  return isOnly(plan, 'create-contact') && before.contacts.length > 0
    ? { ...plan, operations: [], memberReason: 'unknown_member' }
    : undefined;
}

function isOnly({ operations }: PersonPlan, kind: OperationKind): boolean {
  return operations.length === 1 && operations[0]?.kind === kind;
}
