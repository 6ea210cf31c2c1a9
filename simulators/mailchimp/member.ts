/** Statuses of a list member, as the API spells them (fact sheet 3.2). */
export const MEMBER_STATUSES = [
  'subscribed',
  'unsubscribed',
  'cleaned',
  'pending',
  'transactional',
  'archived',
] as const;
export type MemberStatus = (typeof MEMBER_STATUSES)[number];

export type AddressValue = {
  addr1: string;
  addr2: string;
  city: string;
  state: string;
  zip: string;
  country: string;
};

export type MergeValue = string | number | AddressValue;

/** Who caused a change; `provider` is Mailchimp itself (bounces). */
export type Actor = 'person' | 'admin' | 'api' | 'provider';

/** One entry of a member's history; kept while he is archived. */
export type Activity = {
  type: 'sent' | 'open' | 'click' | 'bounce' | 'unsub' | 'abuse' | 'signup';
  at: number;
  campaignId?: string;
  url?: string;
  bounceType?: 'hard' | 'soft';
  reason?: string;
  byAdmin?: boolean;
};

export type Member = {
  /** MD5 of the lower-cased address; changes with it */
  hash: string;
  emailAddress: string;
  /** id of the address over all of Mailchimp; changes with it; what webhooks call `data[id]` */
  uniqueEmailId: string;
  contactId: string;
  webId: number;
  emailType: 'html' | 'text';
  status: MemberStatus;
  /** why the API may not subscribe him ("compliance state"); ends when he subscribes himself or is archived and put back */
  refusal: 'left' | 'complained' | 'bounced' | undefined;
  unsubscribedBy: Actor | undefined;
  unsubscribeReason: string;
  /** by `merge_id`; absent: empty */
  mergeFields: Record<number, MergeValue>;
  /** tag id → when it was added, ms */
  tags: Map<number, number>;
  ipSignup: string;
  timestampSignup: number | undefined;
  ipOpt: string;
  timestampOpt: number | undefined;
  lastChanged: number;
  language: string;
  vip: boolean;
  source: string;
  activities: Activity[];
  /** place in the list's change log, kept by the index */
  logPosition: number;
};
