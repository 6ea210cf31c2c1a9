import { type ConsentTurn, consentTurnOf } from '../core/consent-turn.ts';
import type { EmailAddress } from '../core/email-address.ts';
import { withoutHeld } from '../core/held-operations.ts';
import type { Operation } from '../core/operation.ts';
import type { PlanRules } from '../core/person-case.ts';
import { isLeavingUntold } from '../core/person-consent.ts';
import type { ContactReason, PersonPlan } from '../core/person-plan.ts';
import { planWithMoves } from '../core/plan-with-moves.ts';
import type { MemberReason } from '../core/reason.ts';
import type { Tables } from '../db/store.ts';

/** Plans of some addresses, flattened for storing. */
export type ChunkPlan = {
  operations: Operation[];
  reasons: ContactReason[];
  memberReasons: { emailKey: EmailAddress; reason: MemberReason }[];
  /**
   * `isHeld`: something of the plan waits for a person or is not wanted by him; `turn`: the sign-up or opt-out that is seen
   * when what the plan says is agreed is stored; `isLeavingUntold`: see there
   */
  plans: {
    email: EmailAddress;
    plan: PersonPlan;
    isHeld: boolean;
    turn: ConsentTurn | undefined;
    isLeavingUntold: boolean;
  }[];
  unchanged: number;
  /** numbers of held rows that nobody needs to answer any more */
  obsoleteHeld: number[];
};

/** Loads and plans a chunk of addresses; pure but for the loading. */
export async function planChunk(
  tables: Tables,
  emails: readonly EmailAddress[],
  rules: PlanRules,
  options: { isPage: boolean },
): Promise<ChunkPlan> {
  const people = await tables.people.load(emails, { isPage: options.isPage });
  const chunk: ChunkPlan = {
    operations: [],
    reasons: [],
    memberReasons: [],
    plans: [],
    unchanged: 0,
    obsoleteHeld: [],
  };
  const heldRows = Map.groupBy(await tables.held.ofAddresses(emails), ({ emailKey }) => emailKey);
  for (const person of people) {
    const whole = planWithMoves(person, rules);
    const { plan, isHeld, obsolete } = withoutHeld(whole, heldRows.get(person.email) ?? [], person);
    chunk.obsoleteHeld.push(...obsolete.map(({ id }) => id));
    chunk.plans.push({
      email: person.email,
      plan,
      isHeld,
      turn: consentTurnOf(person, plan.agreed),
      isLeavingUntold: isLeavingUntold(person),
    });
    chunk.operations.push(...plan.operations);
    chunk.reasons.push(...plan.reasons);
    if (plan.memberReason) chunk.memberReasons.push({ emailKey: person.email, reason: plan.memberReason });
    if (plan.operations.length === 0 && plan.agreed && plan.reasons.length === 0) chunk.unchanged += 1;
  }
  return chunk;
}

/** Stores why contacts are no active members and why members are not explained (section 7). */
export async function saveReasons(
  tables: Tables,
  emails: readonly EmailAddress[],
  planned: Pick<ChunkPlan, 'reasons' | 'memberReasons'>,
): Promise<void> {
  await tables.contactReasons.set(emails, planned.reasons);
  await tables.memberReasons.set(emails, planned.memberReasons);
}
