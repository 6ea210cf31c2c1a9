import type { MemberReason, Reason } from './reason.ts';

/** The count bridge (section 7): every number is counted by itself from one stored snapshot, never derived from the others. */
export type Bridge = {
  contactsWithYes: number;
  reasons: readonly { reason: Reason; count: number }[];
  /** active members that a contact with Yes explains */
  explainedMembers: number;
  memberReasons: readonly { reason: MemberReason; count: number }[];
  activeMembers: number;
};

/** Contacts with Yes minus the reasons, and active members minus theirs, must both be the explained members. */
export function addsUp(bridge: Bridge): boolean {
  const left = bridge.reasons.reduce((sum, entry) => sum + entry.count, 0);
  const unexplained = bridge.memberReasons.reduce((sum, entry) => sum + entry.count, 0);
  return (
    bridge.contactsWithYes - left === bridge.explainedMembers &&
    bridge.activeMembers - unexplained === bridge.explainedMembers
  );
}
