/** Who changes things: the person himself, the agency in Brevo's pages, a program, or Brevo. */
export type Actor = 'person' | 'admin' | 'api' | 'provider';

export type AttributeValue = string | number | boolean | string[];

/** Something that happened between a contact and a campaign, or a block set by hand; instants in ms. */
export type Activity = {
  type:
    | 'sent'
    | 'delivered'
    | 'opened'
    | 'clicked'
    | 'hardBounce'
    | 'softBounce'
    | 'complaint'
    | 'userUnsubscription'
    | 'adminUnsubscription';
  at: number;
  campaignId?: number;
  url?: string;
  ip?: string;
};

/** One contact of an account; lists are marks on it (fact sheet 4.1). */
export type Contact = {
  id: number;
  /** undefined: known by phone or external id only */
  email: string | undefined;
  extId: string | undefined;
  /** by name in capitals; without EMAIL and EXT_ID */
  attributes: Record<string, AttributeValue>;
  emailBlacklisted: boolean;
  smsBlacklisted: boolean;
  listIds: number[];
  /** lists left one by one, where the account allows that */
  listUnsubscribed: number[];
  createdAt: number;
  modifiedAt: number;
  /** oldest first */
  activities: Activity[];
  /** when a program last wrote it, ms: decides about 425 */
  writtenAt: number;
  /** cannot be deleted (405) */
  isProtected: boolean;
};
