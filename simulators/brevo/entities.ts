import type { Actor, AttributeValue, Contact } from './contact.ts';
import type { ContactIndex } from './contact-index.ts';

export type { Activity, Actor, AttributeValue, Contact } from './contact.ts';

/** What stands behind one change: who, when (ms since 1970) and through what. */
export type Cause = {
  by: Actor;
  at: number;
  /** key of the call and the name it has in Brevo's pages, so that a test can tell the product from a foreign program */
  apiKey?: string;
  apiKeyName?: string;
  campaignId?: number;
  /** the import or list job that did it */
  processId?: number;
  /** why somebody was blocked, or left a list, without an administrator or a program */
  reason?: 'unsubscribed' | 'complained' | 'bounced';
  /** address of the browser or program that did it */
  ip?: string;
  /** true: no webhooks, used by seeds and by imports */
  silent?: boolean;
};

export const LANGUAGES = ['en', 'de', 'fr', 'es', 'it', 'pt'] as const;
/** The language an account was opened in: decides what its name attributes are called (fact sheet 3). */
export type Language = (typeof LANGUAGES)[number];

export const ATTRIBUTE_CATEGORIES = ['normal', 'category', 'transactional', 'calculated', 'global'] as const;
export type AttributeCategory = (typeof ATTRIBUTE_CATEGORIES)[number];
export const ATTRIBUTE_TYPES = [
  'text',
  'date',
  'float',
  'boolean',
  'id',
  'category',
  'multiple-choice',
  'user',
] as const;
export type AttributeType = (typeof ATTRIBUTE_TYPES)[number];

export type Attribute = {
  name: string;
  category: AttributeCategory;
  /** absent for calculated and global ones */
  type: AttributeType | undefined;
  enumeration: { value: number; label: string }[] | undefined;
  multiCategoryOptions: string[] | undefined;
  calculatedValue: string | undefined;
};

export type Folder = { id: number; name: string };
export type List = { id: number; name: string; folderId: number; createdAt: number };

/** Events a marketing webhook can be registered for (fact sheet 5.1). */
export const MARKETING_EVENTS = [
  'spam',
  'opened',
  'click',
  'hardBounce',
  'softBounce',
  'unsubscribed',
  'listAddition',
  'delivered',
  'contactUpdated',
  'contactDeleted',
] as const;
export type MarketingEvent = (typeof MARKETING_EVENTS)[number];
export const TRANSACTIONAL_EVENTS = [
  'sent',
  'request',
  'delivered',
  'hardBounce',
  'softBounce',
  'blocked',
  'spam',
  'invalid',
  'deferred',
  'click',
  'opened',
  'uniqueOpened',
  'unsubscribed',
] as const;
export const WEBHOOK_TYPES = ['marketing', 'transactional', 'inbound'] as const;
export type WebhookType = (typeof WEBHOOK_TYPES)[number];

export type Webhook = {
  id: number;
  type: WebhookType;
  url: string;
  description: string;
  events: string[];
  auth: { type: string; token: string } | undefined;
  headers: { key: string; value: string }[];
  batched: boolean;
  createdAt: number;
  modifiedAt: number;
  /** nobody answered: deliveries wait until then, ms */
  pausedUntil: number;
  /** events of the window that is being collected; batched webhooks only */
  collecting: Record<string, unknown>[];
};

/** One request on its way to one webhook. */
export type Delivery = {
  number: number;
  accountId: string;
  webhookId: number;
  /** as registered; `batch` for a collected window */
  event: MarketingEvent | 'batch';
  /** JSON */
  body: string;
  firedAt: number;
  state: 'waiting' | 'delivered' | 'lost' | 'dropped';
  /** one entry a try: HTTP status, or 0 when nobody answered */
  answers: number[];
  /** when the next try is due, ms; undefined: none */
  dueAt: number | undefined;
};

export type ProcessStatus = 'queued' | 'running' | 'completed' | 'failed' | 'cancelled';
/** Rows of an import that were left out, by what was wrong with them. */
export type ImportTrouble = { invalidEmails: string[]; duplicateEmails: string[]; duplicateExtIds: string[] };

/** A job of the account's queue: an import, an export, or emptying a list. */
export type Process = {
  id: number;
  name: string;
  status: ProcessStatus;
  createdAt: number;
  completedAt: number | undefined;
  error: string | undefined;
  /** rows left out; undefined: no import */
  trouble: ImportTrouble | undefined;
  /** starts the names of its files */
  fileKey: string;
  /** name of the exported file */
  exportFile: string | undefined;
};

/** Somebody who got a campaign, under the address it was sent to. */
export type Recipient = {
  contact: Contact;
  email: string;
  bounce: 'hard' | 'soft' | undefined;
  opens: number;
  clicks: number;
  unsubscribed: boolean;
  complained: boolean;
};

export type Campaign = {
  id: number;
  name: string;
  subject: string;
  tag: string;
  listIds: number[];
  status: 'queued' | 'in_process' | 'sent';
  createdAt: number;
  sentAt: number | undefined;
  /** by contact id */
  recipients: Map<number, Recipient>;
};

export const KEY_RESOURCES = ['account', 'contacts', 'webhooks', 'processes', 'emailCampaigns'] as const;
export type KeyResource = (typeof KEY_RESOURCES)[number];
export const KEY_RIGHTS = ['none', 'read', 'read-write', 'all'] as const;
export type KeyRight = (typeof KEY_RIGHTS)[number];

export type ApiKey = {
  key: string;
  /** the name in Brevo's pages, told in `api_key_name` */
  name: string;
  /** `expired`, by its date or after 90 idle days, and `deactivated` look the same to the caller */
  state: 'active' | 'expired' | 'deactivated';
  /** what a restricted key may do; resources that are not named: all */
  permissions: Partial<Record<KeyResource, KeyRight>>;
};

/** One window of a rate meter. */
export type MeterWindow = { startedAt: number; count: number };

export type Account = {
  id: string;
  companyName: string;
  email: string;
  firstName: string;
  lastName: string;
  language: Language;
  /** IANA name, e.g. `Europe/Berlin` */
  timezone: string;
  plan: 'general' | 'advanced' | 'extended';
  /** people can leave single lists instead of being blocked (enabled by Brevo's support) */
  unsubscribesPerList: boolean;
  /** true: calls come from an address that Brevo does not know (fact sheet 1.4) */
  blocksCaller: boolean;
  createdAt: number;
  apiKeys: Map<string, ApiKey>;
  folders: Map<number, Folder>;
  lists: Map<number, List>;
  attributes: Map<string, Attribute>;
  contacts: ContactIndex;
  webhooks: Map<number, Webhook>;
  campaigns: Map<number, Campaign>;
  processes: Map<number, Process>;
  /** when the queue has worked off what is in it, ms */
  queueBusyUntil: number;
  /** highest number given out, by kind */
  numbers: Map<string, number>;
  meters: Map<string, MeterWindow>;
};

/** A mail that Brevo sent to the account's owner or, for a double opt-in, to a contact. */
export type SystemMail = {
  accountId: string;
  to: string;
  kind: 'import-report' | 'export-report' | 'opt-in';
  at: number;
};

/** A double opt-in that waits for its click. */
export type PendingOptIn = {
  accountId: string;
  email: string;
  attributes: Record<string, AttributeValue>;
  includeListIds: number[];
  excludeListIds: number[];
};

/** What a contact has agreed to. */
export type Consent = { blocked: boolean; listIds: number[]; listUnsubscribed: number[] };

/**
 * One change of consent or address, written by the simulator for tests: it lets an invariant be checked without the
 * product's code. `absent`: the account does not know the contact.
 */
export type ConsentChange = {
  accountId: string;
  contactId: number;
  email: string;
  previousEmail?: string;
  by: Actor;
  apiKey?: string;
  campaignId?: number;
  processId?: number;
  reason?: Cause['reason'];
  from: Consent | 'absent';
  to: Consent | 'absent';
  at: number;
};
