import type { ActivityKind, MemberReason, PersonField, ProviderKey, Reason, Run, TryableReason } from './api-types.ts';
import { en } from './i18n/en.ts';

/** In this order the page shows what the API names. */
export const PERSON_FIELD_ORDER: readonly PersonField[] = ['salutation', 'letterSalutation', 'firstName', 'lastName'];
export const ACTIVITY_ORDER: readonly ActivityKind[] = [
  'subscribed',
  'unsubscribed',
  'delivered',
  'opened',
  'clicked',
  'hard-bounce',
  'soft-bounce',
  'complaint',
];
/** What each provider tells of (M4). */
export const ACTIVITIES_OF: Readonly<Record<ProviderKey, readonly ActivityKind[]>> = {
  mailchimp: ACTIVITY_ORDER.filter((kind) => kind !== 'soft-bounce' && kind !== 'complaint'),
  brevo: ACTIVITY_ORDER,
};
/** Always recorded (M4). */
export const LOCKED_ACTIVITIES: readonly ActivityKind[] = ['subscribed', 'unsubscribed'];
/** Providers that can be connected. */
export const OFFERED_PROVIDERS: readonly ProviderKey[] = ['mailchimp', 'brevo'];
/** The stretches of a full sync, in order (M11). */
export const PHASE_ORDER: readonly Run['phase'][] = [
  'reading-contacts',
  'reading-members',
  'planning',
  'awaiting-approval',
  'refreshing',
  'executing',
  'importing',
  'checking',
  'counting',
];

/** Whether a text, for example from the address line, is a reason that the page has words for. */
export function isReason(value: string | null): value is Reason {
  return value !== null && Object.hasOwn(en.reasons, value);
}

/** Reasons that a person may have tried again (U5). */
export const TRYABLE_REASON_ORDER: readonly TryableReason[] = [
  'plan_limit',
  'rejected_by_provider',
  'removed_at_provider',
];

/** Whether contacts with this reason may be tried again. */
export function isTryable(reason: Reason): reason is TryableReason {
  return TRYABLE_REASON_ORDER.some((one) => one === reason);
}

/** Whether a text is a reason of a member that the page has words for. */
export function isMemberReason(value: string | null): value is MemberReason {
  return value !== null && Object.hasOwn(en.memberReasons, value);
}
