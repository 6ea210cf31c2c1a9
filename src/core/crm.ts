import type { ActivityCatalog, CrmActivityType } from './activity.ts';
import type { CrmConsent } from './consent.ts';
import type { Contact, PersonFields } from './contact.ts';
import type { EmailAddress } from './email-address.ts';
import type { CrmTag } from './tag.ts';

/** What a check of the CRM's credentials found. Every field that the rules need was delivered. */
export type CrmAccess = {
  /** consents that the customer's Newsletter field can take (R10: nothing else is written) */
  writableConsents: readonly CrmConsent[];
  /** whether "cancellation" is permitted; else an opt-out writes "No" (R10) */
  permitsCancellation: boolean;
  /** which of the optional fields the customer has */
  has: { tags: boolean; letterSalutation: boolean; privateFlag: boolean; archiveFlag: boolean };
  tags: readonly CrmTag[];
  /** contacts that the API user may read */
  contactCount: number;
  /** whether the API user may write; undefined where the CRM does not tell before the first write */
  mayWrite: boolean | undefined;
};

/**
 * One page of contacts. `total`: how many match, by the CRM's count; `contactCount`: how many there are in all, where it was
 * asked for.
 */
export type ContactPage = {
  contacts: readonly Contact[];
  total: number;
  nextOffset: number | undefined;
  contactCount?: number;
};

/** A contact found by an address, private and archived ones included (R9). */
export type FoundContact = { contact: Contact; foundBy: 'main-address' | 'further-address' };

/** What became of one write: done, refused for this record, or not known because the answer was lost. */
export type WriteResult =
  | { outcome: 'done'; id: string }
  | { outcome: 'refused'; code: string; words: string; isPermanent: boolean }
  | { outcome: 'unknown' };

/** A contact to be created for a member that the CRM does not know (R9). */
export type NewContact = { email: EmailAddress; fields: PersonFields; tagKeys: readonly string[] };

/** An entry for the activity logs of contacts; all of them get the same text and time. */
export type NewActivity = {
  contactIds: readonly string[];
  type: CrmActivityType;
  /** ISO 8601 in UTC */
  at: string;
  note: string;
};

/** `type-unknown`: the customer does not have the kind or type any more. */
export type ActivityWriteResult = WriteResult | { outcome: 'type-unknown'; code: string };

/**
 * The CRM as the rules see it: everything but consent. All functions throw `ProviderError` when the whole call fails;
 * a single refused record is a `WriteResult`.
 */
export type Crm = {
  /** Checks credentials, rights, fields and permitted values in as few calls as possible (M28, F4). */
  checkAccess(): Promise<CrmAccess>;
  /**
   * Reads one page, all contacts by default.
   *
   * @param query.offset 0-based
   * @param query.changedSince a `modifiedAt` of the CRM's own clock, inclusive
   * @param query.withCount counts all contacts in the same request (F4)
   */
  readContacts(query: { offset: number; changedSince?: string; withCount?: boolean }): Promise<ContactPage>;
  /**
   * Record numbers of contacts that the CRM's log says were deleted (F4).
   *
   * @param since stamp of the CRM's own clock, inclusive
   * @returns undefined where the API user may not read the log
   */
  readDeletedIds(since: string): Promise<readonly string[] | undefined>;
  /** Reads contacts by record number; those that are gone or unreadable are missing in the answer. */
  readContactsById(ids: readonly string[]): Promise<readonly Contact[]>;
  /**
   * Address of a contact in the CRM's own application, to be opened by somebody who is logged in there (U4). Not to be kept: it
   * may become another one. Undefined where the CRM tells none.
   */
  readContactUrl(contactId: string): Promise<string | undefined>;
  /** Finds contacts by any of their e-mail addresses; one list per address asked for, in order. */
  findContactsByEmail(emails: readonly EmailAddress[]): Promise<readonly (readonly FoundContact[])[]>;
  /** Newsletter tags that may be set. */
  listTags(): Promise<readonly CrmTag[]>;
  /** Adds a permitted tag. Throws `ProviderError` kind `forbidden` where the API user may not. */
  createTag(label: string): Promise<CrmTag>;
  /** Gives a permitted tag another label; its key stays (R11). Repeatable. Throws as `createTag` does. */
  renameTag(key: string, label: string): Promise<void>;
  /** Deletes a permitted tag, also from the contacts, because a person said so (R11). Throws as `createTag` does. */
  deleteTag(key: string): Promise<void>;
  /** Replaces the tags of contacts; one result per row, in order. */
  writeTags(rows: readonly { contactId: string; tagKeys: readonly string[] }[]): Promise<readonly WriteResult[]>;
  /**
   * Gives contacts another main e-mail address; the one before stays as a further address (R7). An address that the contact
   * has already is only made the main one. Repeatable; one result per row, in order.
   */
  writeMainEmail(rows: readonly { contactId: string; email: EmailAddress }[]): Promise<readonly WriteResult[]>;
  /** What the customer can call an activity, and what fits our kinds (M26). */
  readActivityCatalog(): Promise<ActivityCatalog>;
  /**
   * Writes entries into activity logs, one for each contact of a row; one result per row, in order. Not idempotent: after a
   * lost answer wait for `unansweredWritesMayArriveForMs`, and look with `findActivities` first (F5). A refused row may be about one contact of it only.
   */
  writeActivities(rows: readonly NewActivity[]): Promise<readonly ActivityWriteResult[]>;
  /**
   * Notes of the entries of these contacts (≤ `maxContactsPerActivity`) that are dated within a day of an instant.
   *
   * @param at ISO 8601 in UTC
   */
  findActivities(
    contactIds: readonly string[],
    at: string,
  ): Promise<readonly { contactIds: readonly string[]; note: string }[]>;
  /** most contacts of one row of `writeActivities` */
  readonly maxContactsPerActivity: number;
  /**
   * How long after its call an unanswered write may still be carried out, in ms. What is not there before has not failed: what
   * is not idempotent is not repeated earlier (F5).
   */
  readonly unansweredWritesMayArriveForMs: number;
  /**
   * most rows that one call of `writeTags`, `writeMainEmail`, `writeActivities`, `writeConsent` or `createContacts` takes
   */
  readonly maxWritesPerCall: number;
};

/** The CRM's writes of consent; only the consent gate is handed them (R2). */
export type CrmConsentWrites = {
  /** Sets the Newsletter field; one result per row, in order. The value was checked against the permitted ones. */
  writeConsent(
    rows: readonly { contactId: string; consent: Exclude<CrmConsent, 'unknown' | 'pending'> }[],
    optOutValue: 'cancellation' | 'no',
  ): Promise<readonly WriteResult[]>;
  /** Creates contacts with Newsletter = Yes and the origin "Newsletter"; not idempotent: search first, as for activities (F5). */
  createContacts(rows: readonly NewContact[]): Promise<readonly WriteResult[]>;
};
