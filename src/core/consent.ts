/**
 * What the CRM's Newsletter field says (section 4, "States"). `unknown` is a value that the customer's list has and we do
 * not know.
 */
export const CRM_CONSENTS = ['yes', 'no', 'none', 'pending', 'undeliverable', 'unknown'] as const;
export type CrmConsent = (typeof CRM_CONSENTS)[number];

/**
 * What the provider holds for an address in our audience (section 4, "States"). `known`: the provider has the address but
 * it was never subscribed; `absent`: unknown or not on the list; `forgotten`: permanently deleted, cannot be added.
 */
export const MEMBER_STATUSES = [
  'subscribed',
  'unsubscribed',
  'cleaned',
  'pending',
  'archived',
  'known',
  'absent',
  'forgotten',
] as const;
export type MemberStatus = (typeof MEMBER_STATUSES)[number];
