import type { BaseState } from './base-state.ts';
import type { Operation } from './operation.ts';
import type { MemberReason, Reason } from './reason.ts';

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
