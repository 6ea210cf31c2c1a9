/**
 * What the public material leaves open, and what a test wants to turn. Every value may change while the simulator runs.
 * Defaults are the assumptions of the fact sheet (section 13), the less comfortable one where it names none.
 */
export type BrevoSwitches = {
  /** answer 429 when a meter is used up; the headers are there in any case */
  limits: boolean;
  /** meter of the bare collections `GET` and `POST /contacts` */
  bareContacts: 'fast' | 'slow';
  /** which of the fast row's two windows the headers describe */
  fastHeaders: 'hour' | 'second';
  /** answer to a restricted key without the right: 401 without `code`, or 403 `permission_denied` */
  missingPermission: 'bare-401' | 'permission-denied';
  /** `code` of a duplicate identifier: the older one, or the one seen since May 2026 */
  duplicateCode: 'duplicate_parameter' | 'invalid_parameter';
  /** ms after a write of a contact during which another write answers 425; 0: never */
  tooEarlyMs: number;
  /** writes of contacts answer 400 `account_in_process` while an import runs */
  importBlocksWrites: boolean;
  /** `GET /account` carries `dateTimePreferences` */
  accountShowsTimezone: boolean;
  /** time stamps as seen live, with the account's offset and odd fractions, or as documented */
  timestamps: 'local' | 'utc';
  /** `listUnsubscribed` of a contact that left no single list */
  listUnsubscribedWhenNone: 'null' | 'missing' | 'empty';
  /** somebody who leaves a single list: still named in `listIds` or not */
  listUnsubscription: 'stays-on-list' | 'leaves-list';
  /** totals of lists and folders in collections: retired to 0, or real */
  collectionTotals: 'zero' | 'real';
  /** an unknown attribute in create and update; an import always ignores it */
  unknownAttributes: 'refused' | 'ignored';
  /** `listIds` of a POST with `updateEnabled` for a known contact */
  postListIds: 'adds' | 'replaces';
  /** a new address for a blocked contact */
  addressChange: 'lifts-block' | 'keeps-block';
  /** a new address and `emailBlacklisted: true` in one call */
  addressChangeWithBlock: 'unblocked' | 'blocked';
  /** how addresses are kept */
  storedAddresses: 'lower-case' | 'as-written';
  /** whether an unsubscription, a complaint or a hard bounce moves `modifiedAt` */
  modifiedAtOnUnsubscribe: boolean;
  /** whether taking a contact off a list moves `modifiedAt` */
  modifiedAtOnListRemoval: boolean;
  /** whether a block set by a program counts as `adminUnsubscription` */
  apiBlockStatistics: 'admin' | 'none';
  /** ms an import or other job waits before it starts, and ms it then takes, plus ms for each 1,000 rows */
  processQueueMs: number;
  processMs: number;
  processMsPerThousand: number;
  /** the word for a running process */
  runningWord: 'in_process' | 'processing';
  processOutcome: 'completed' | 'failed' | 'cancelled';
  /** whether an import of a blocked contact unblocks it */
  importLiftsBlock: boolean;
  /** webhooks of an import: none, `list_addition` for each new member, or `contact_updated` for the others too */
  importEvents: 'none' | 'list_addition' | 'all';
  /** answer of an import: as usual, or Cloudflare's time-out with the import accepted or not */
  importAnswer: 'normal' | '524-accepted' | '524-refused';
  /** what a finished import says about rows left out: addresses of files, or numbers */
  importInfo: 'urls' | 'counts';
  /** names in payloads: of the samples, of the tables, or as registered */
  eventSpelling: 'samples' | 'tables' | 'registered';
  /** `contact_updated` of an unsubscription, a complaint or a hard bounce, seen from that event */
  blockEvents: 'none' | 'after' | 'before';
  /** event of a known contact that is put on a list */
  existingListAddition: 'list_addition' | 'contact_updated' | 'both';
  /** where `contact_updated` names the address */
  updatedAddress: 'both' | 'content-only' | 'top-level-only';
  /** `date` of contact events */
  contactEventDate: 'plain' | 'iso';
  /** whether `contact_updated` and `list_addition` carry `api_key_name` */
  apiKeyNames: boolean;
  /** ms from a change to the first try of its event, and a random part on top, which mixes up the order */
  webhookDelayMs: number;
  webhookJitterMs: number;
  /** how many webhooks are on their way at the same time */
  webhooksAtOnce: number;
  /** every event is delivered twice */
  duplicateEvents: boolean;
  /** ms a campaign stays `in_process` */
  sendingMs: number;
};

/** The switches of a fresh simulator. */
export const DEFAULT_SWITCHES: BrevoSwitches = {
  limits: true,
  bareContacts: 'fast',
  fastHeaders: 'hour',
  missingPermission: 'bare-401',
  duplicateCode: 'invalid_parameter',
  tooEarlyMs: 0,
  importBlocksWrites: false,
  accountShowsTimezone: true,
  timestamps: 'local',
  listUnsubscribedWhenNone: 'null',
  listUnsubscription: 'stays-on-list',
  collectionTotals: 'zero',
  unknownAttributes: 'refused',
  postListIds: 'adds',
  addressChange: 'lifts-block',
  addressChangeWithBlock: 'unblocked',
  storedAddresses: 'lower-case',
  modifiedAtOnUnsubscribe: true,
  modifiedAtOnListRemoval: true,
  apiBlockStatistics: 'admin',
  processQueueMs: 1000,
  processMs: 4000,
  processMsPerThousand: 0,
  runningWord: 'in_process',
  processOutcome: 'completed',
  importLiftsBlock: false,
  importEvents: 'none',
  importAnswer: 'normal',
  importInfo: 'urls',
  eventSpelling: 'samples',
  blockEvents: 'after',
  existingListAddition: 'both',
  updatedAddress: 'both',
  contactEventDate: 'plain',
  apiKeyNames: true,
  webhookDelayMs: 0,
  webhookJitterMs: 0,
  webhooksAtOnce: 1,
  duplicateEvents: false,
  sendingMs: 60_000,
};
