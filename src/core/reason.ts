/**
 * Why a contact with Newsletter = Yes is not an active member; exactly one, the first that holds in this order (section 7).
 */
export const REASONS = [
  'not_readable',
  'archived_contact',
  'private',
  'no_email',
  'invalid_email',
  'duplicate_email',
  'conflicting_flags',
  'compliance',
  'opted_out',
  'bounced',
  'permanently_deleted',
  'awaiting_confirmation',
  'plan_limit',
  'rejected_by_provider',
  'held_by_brake',
  'waiting',
  'removed_at_provider',
] as const;
export type Reason = (typeof REASONS)[number];

/**
 * Reasons that a person may have tried again although nothing has changed at the contact (U5, F7): what the provider refused for
 * good until the person himself comes back (R6) is none of them.
 */
export const TRYABLE_REASONS = [
  'plan_limit',
  'rejected_by_provider',
  'removed_at_provider',
] as const satisfies readonly Reason[];
export type TryableReason = (typeof TRYABLE_REASONS)[number];

/** Why an active member is not explained by a contact with Newsletter = Yes; exactly one (section 7). */
export const MEMBER_REASONS = [
  'member_of_private_contact',
  'member_of_archived_contact',
  'member_of_unreadable_contact',
  'member_of_pending_contact',
  'member_of_undeliverable_contact',
  'second_address',
  'leaving',
  'arriving',
  'resubscribed_elsewhere',
  'unknown_member',
] as const;
export type MemberReason = (typeof MEMBER_REASONS)[number];
