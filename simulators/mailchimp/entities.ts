import type { Activity, Actor, Member, MemberStatus } from './member.ts';
import type { MemberIndex } from './member-index.ts';

export {
  type Activity,
  type Actor,
  type AddressValue,
  MEMBER_STATUSES,
  type Member,
  type MemberStatus,
  type MergeValue,
} from './member.ts';

/** What stands behind one change: who, when (ms since 1970) and through what. */
export type Cause = {
  by: Actor;
  at: number;
  /** key of the call, so that a test can tell the product's calls from a foreign program's */
  apiKey?: string;
  campaignId?: string;
  /** a spam complaint */
  abuse?: boolean;
  /** address of the browser or program that did it */
  ip?: string;
  /** true: no webhooks, used by seeds and by bulk actions in Mailchimp's app */
  silent?: boolean;
};

export const MERGE_TYPES = [
  'text',
  'number',
  'address',
  'phone',
  'date',
  'url',
  'imageurl',
  'radio',
  'dropdown',
  'birthday',
  'zip',
] as const;
export type MergeType = (typeof MERGE_TYPES)[number];

export type MergeField = {
  mergeId: number;
  tag: string;
  name: string;
  type: MergeType;
  required: boolean;
  defaultValue: string;
  public: boolean;
  displayOrder: number;
  choices: string[];
  size: number;
  helpText: string;
};

/** A tag is a static segment (fact sheet 5). */
export type Tag = { id: number; name: string; createdAt: number; updatedAt: number; members: Set<Member> };

export const WEBHOOK_EVENTS = ['subscribe', 'unsubscribe', 'profile', 'cleaned', 'upemail', 'campaign'] as const;
export type WebhookEvent = (typeof WEBHOOK_EVENTS)[number];
export const WEBHOOK_SOURCES = ['user', 'admin', 'api'] as const;
export type WebhookSource = (typeof WEBHOOK_SOURCES)[number];

export type Webhook = {
  id: string;
  url: string;
  events: Record<WebhookEvent, boolean>;
  sources: Record<WebhookSource, boolean>;
  /** undefined: deliveries are not signed */
  signingSecret: string | undefined;
  /** the receiver answered 410 */
  disabled: boolean;
};

/** One event on its way to one webhook. */
export type Delivery = {
  number: number;
  webhookId: string;
  listId: string;
  type: WebhookEvent;
  url: string;
  /** form-encoded body */
  body: string;
  firedAt: number;
  state: 'waiting' | 'delivered' | 'lost' | 'dropped';
  /** one entry a try: HTTP status, or 0 when nobody answered */
  answers: number[];
  /** when the next try is due, ms; undefined: none */
  dueAt: number | undefined;
};

export type ListContact = {
  company: string;
  address1: string;
  address2: string;
  city: string;
  state: string;
  zip: string;
  country: string;
  phone: string;
};
export type CampaignDefaults = { from_name: string; from_email: string; subject: string; language: string };

/** An audience. */
export type Audience = {
  id: string;
  webId: number;
  accountId: string;
  name: string;
  contact: ListContact;
  permissionReminder: string;
  campaignDefaults: CampaignDefaults;
  emailTypeOption: boolean;
  doubleOptin: boolean;
  marketingPermissions: boolean;
  useArchiveBar: boolean;
  notifyOnSubscribe: string;
  notifyOnUnsubscribe: string;
  visibility: 'pub' | 'prv';
  createdAt: number;
  lastSubscribedAt: number | undefined;
  lastUnsubscribedAt: number | undefined;
  mergeFields: MergeField[];
  nextMergeId: number;
  members: MemberIndex;
  tags: Map<number, Tag>;
  /** lower-cased name → tag: names are unique whatever their case */
  tagsByName: Map<string, Tag>;
  webhooks: Map<string, Webhook>;
  /** lower-cased addresses that were permanently deleted */
  forgotten: Set<string>;
};

export type Recipient = {
  member: Member;
  /** the address it was sent to, and its hash */
  emailAddress: string;
  hash: string;
  status: 'sent' | 'hard' | 'soft';
  /** opens, clicks and bounces, oldest first */
  activities: Activity[];
};

export type Campaign = {
  id: string;
  webId: number;
  accountId: string;
  listId: string;
  type: 'regular' | 'plaintext' | 'absplit' | 'rss' | 'variate';
  status: 'save' | 'sending' | 'sent' | 'canceled';
  subject: string;
  title: string;
  createdAt: number;
  sentAt: number | undefined;
  /** by the member's web id */
  recipients: Map<number, Recipient>;
  unsubscribes: { recipient: Recipient; at: number; reason: string }[];
  abuseReports: number;
};

export type BatchOperation = { method: string; path: string; operationId: string; params: string; body: string };
export type BatchStatus = 'pending' | 'preprocessing' | 'started' | 'finalizing' | 'finished';
export type Batch = {
  id: string;
  accountId: string;
  status: BatchStatus;
  operations: BatchOperation[];
  results: { status_code: number; operation_id: string; response: string }[];
  finished: number;
  errored: number;
  submittedAt: number;
  completedAt: number | undefined;
};

export type KeyState = 'active' | 'revoked' | 'disabled';
export type Account = {
  id: string;
  name: string;
  email: string;
  /** API key → whether it works; `disabled`: its user was deactivated */
  apiKeys: Map<string, KeyState>;
  pricingPlanType: 'monthly' | 'pay_as_you_go' | 'forever_free';
  /** audiences the plan allows; -1: any number */
  maxInstances: number;
  /** contacts the plan allows; undefined: any number */
  contactLimit: number | undefined;
  language: 'de' | 'en';
  createdAt: number;
  contact: ListContact;
  /** requests being answered now */
  inFlight: number;
  batchBusyUntil: number;
};

/** A double opt-in mail that Mailchimp sent. */
export type ConfirmationMail = { listId: string; email: string; at: number };

/**
 * One change of consent, written by the simulator for tests: it lets an invariant be checked without the product's code.
 * `absent`: not on the list. A change of address repeats the status and names the previous address.
 */
export type ConsentChange = {
  listId: string;
  email: string;
  previousEmail?: string;
  contactId: string;
  by: Actor;
  apiKey?: string;
  campaignId?: string;
  from: MemberStatus | 'absent';
  to: MemberStatus | 'absent';
  at: number;
};
