/**
 * What the public material leaves open, and what a test wants to turn. Every value may change while the simulator runs.
 * Defaults are the assumptions of the fact sheet (section 13).
 */
export type MailchimpSwitches = {
  /** 429 for an eleventh simultaneous request of an account */
  connectionLimit: boolean;
  /** answer to a key whose suffix is another data centre: 401 "API Key Invalid" or 403 "Forbidden" */
  wrongDataCenter: 'invalid-key' | 'forbidden';
  /** bulk call that subscribes somebody who left by himself: status silently unchanged, or an error entry */
  batchCompliance: 'silent' | 'error';
  /** members in answers of the bulk calls: without contact id and web id as the specification has them, or in full */
  bulkAnswers: 'as-specified' | 'full';
  /** subscribing somebody whom the API or an administrator unsubscribed */
  raiseAfterApiUnsubscribe: 'allowed' | 'refused' | 'silent';
  /** bulk add with `update_existing:false` of an archived member */
  bulkAddArchived: 'refused' | 'unarchived';
  /** PATCH or PUT of a new address for an unsubscribed or cleaned member */
  changeAddressOfInactive: 'refused' | 'moved';
  /** activity feed of an archived member: as usual, or 404 */
  archivedFeed: 'readable' | 'missing';
  /** a click on an old mail's unsubscribe link by an archived member */
  unsubscribeOfArchived: 'kept-in-feed' | 'ignored';
  /** `sync_tags:true` without `tags` */
  syncTagsWithoutTags: 'kept' | 'cleared';
  /** whether role addresses are refused by the bulk call as they are by imports in the app */
  roleAddressesInBatch: 'accepted' | 'refused';
  /** whether new webhooks get a signing secret */
  signWebhooks: boolean;
  /** what an archived contact's event carries: `delete`, no action at all, or there is no event */
  archiveEvent: 'delete' | 'without-action' | 'none';
  /** whether `unsubscribe` events carry `data[action]` */
  unsubscribeAction: 'sent' | 'missing';
  /** whether archiving all contacts of an audience fires one event each */
  archiveAllEvents: boolean;
  /** events of a spam complaint; `cleaned` also sets that status */
  complaint: 'unsubscribe' | 'cleaned' | 'both';
  /** order of the two events of a changed address */
  changedAddressEvents: 'upemail-first' | 'profile-first' | 'upemail-only';
  /** ms from a change to the first try of its event */
  webhookDelayMs: number;
  /** every event is delivered twice */
  duplicateEvents: boolean;
  /** ms a campaign stays in `sending` */
  sendingMs: number;
  /** operations a second of `/batches` */
  batchOperationsPerSecond: number;
  /** ms after `finished` during which the result answers 400 */
  batchResultDelayMs: number;
};

/** The switches of a fresh simulator. */
export const DEFAULT_SWITCHES: MailchimpSwitches = {
  connectionLimit: true,
  wrongDataCenter: 'invalid-key',
  batchCompliance: 'silent',
  bulkAnswers: 'as-specified',
  raiseAfterApiUnsubscribe: 'allowed',
  bulkAddArchived: 'refused',
  changeAddressOfInactive: 'refused',
  archivedFeed: 'readable',
  unsubscribeOfArchived: 'kept-in-feed',
  syncTagsWithoutTags: 'kept',
  roleAddressesInBatch: 'accepted',
  signWebhooks: true,
  archiveEvent: 'delete',
  unsubscribeAction: 'sent',
  archiveAllEvents: false,
  complaint: 'unsubscribe',
  changedAddressEvents: 'upemail-first',
  webhookDelayMs: 0,
  duplicateEvents: false,
  sendingMs: 60_000,
  batchOperationsPerSecond: 16,
  batchResultDelayMs: 0,
};
