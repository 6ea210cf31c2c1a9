import { randomBytes } from 'node:crypto';
import type { MailingProvider, ProviderCapabilities, ProviderConsentWrites } from '../../core/mailing-provider.ts';
import type { FieldLanguage } from './attribute-names.ts';
import { createFields, recogniseFields } from './attributes.ts';
import { createBlockCauses } from './block-causes.ts';
import { type BrevoClientOptions, createBrevoClient } from './brevo-client.ts';
import { createBrevoConsentWrites, type UnsubscribeBy } from './brevo-consent-writes.ts';
import { listCampaigns, readMailHistory } from './campaigns.ts';
import { addressOf, type ContactParts, readLeaveHistory, readMember, updateMember } from './contacts.ts';
import { readProcess } from './imports.ts';
import { BREVO_LIMITS } from './limits.ts';
import { checkAccount, createAudience, createListWatch } from './lists.ts';
import { parseEvents } from './parse-events.ts';
import { readMembers } from './read-members.ts';
import { ensureWebhook, inspectWebhook, listWebhookUrls, moveWebhook, removeWebhook } from './webhooks.ts';

export type BrevoProviderOptions = BrevoClientOptions & {
  /** of the attributes that are created at Brevo */
  language: FieldLanguage;
  /** how an opt-out is written; the block by default (section 4) */
  unsubscribeBy?: UnsubscribeBy;
  /** makes the bearer token of a new webhook; 32 random bytes by default */
  newToken?: () => string;
};

/** What Brevo can do, whatever the account. */
export const BREVO_CAPABILITIES: ProviderCapabilities = {
  tags: false,
  asyncImport: true,
  maxAddsPerCall: BREVO_LIMITS.addsPerCall,
  maxTagChangesPerCall: 0,
  membersPerPage: BREVO_LIMITS.contactsPerPage,
  audienceRowsPerCall: BREVO_LIMITS.listContactsPerPage,
  filtersByStatus: false,
  optOutWords: ['unsub', 'spam', 'bounce', 'delet', 'blacklist'],
  addressChangeLiftsOptOut: true,
  maxFieldBytes: BREVO_LIMITS.textFieldBytes,
  maxTagLength: 0,
  sharesWebhooks: true,
  maxConcurrentCalls: BREVO_LIMITS.contactConnections,
};

/**
 * Makes the two halves of the Brevo adapter. `consentWrites` goes to the consent gate and nowhere else (R2).
 *
 * @throws ProviderError code `brevo.key_missing` or `brevo.key_invalid`, before any call
 */
export function createBrevoProvider(options: BrevoProviderOptions): {
  reads: MailingProvider;
  consentWrites: ProviderConsentWrites;
} {
  const client = createBrevoClient(options);
  const { language, unsubscribeBy = 'block' } = options;
  const { newToken = () => randomBytes(32).toString('hex') } = options;
  const parts: ContactParts = {
    client,
    assertListThere: createListWatch(client),
    blockCauses: createBlockCauses(client),
  };
  const reads: MailingProvider = {
    name: 'brevo',
    capabilities: BREVO_CAPABILITIES,
    checkAccount: () => checkAccount(client),
    createAudience: (name) => createAudience(client, name),
    recogniseFields: () => recogniseFields(client),
    createFields: (_audienceId, fields) => createFields(client, fields, language),
    ensureWebhook: (_audienceId, url, ownPrefix, activities = []) =>
      ensureWebhook(client, { url, ownPrefix, activities }, newToken),
    inspectWebhook: (_audienceId, url, ownPrefix, activities = []) =>
      inspectWebhook(client, { url, ownPrefix, activities }),
    moveWebhook: (_audienceId, url, ownPrefix) => moveWebhook(client, url, ownPrefix),
    removeWebhook: (_audienceId, ownPrefix) => removeWebhook(client, ownPrefix),
    listWebhookUrls: () => listWebhookUrls(client),
    parseEvents,
    readMembers: (query) => readMembers(parts, query),
    readMember: (audienceId, email, mapping) => readMember(parts, audienceId, email, mapping),
    addressOf: (_audienceId, stableId) => addressOf(parts, stableId),
    readLeaveHistory: (audienceId, email) => readLeaveHistory(parts, audienceId, email),
    // A complaint is a cause of the block, and no hard bounce alone.
    readComplaint: async () => undefined,
    updateMember: (audienceId, email, fields, mapping) => updateMember(parts, audienceId, email, fields, mapping),
    listTags: async () => [],
    changeTag: withoutTags,
    renameTag: withoutTags,
    deleteTag: withoutTags,
    listCampaigns: (query) => listCampaigns(client, query),
    readMailHistory: (email, since) => readMailHistory(client, email, since),
    readProcess: (processId) => readProcess(client, processId),
    memberUrl: ({ ids }) => (ids.id ? `https://app.brevo.com/contact/index/${encodeURIComponent(ids.id)}` : undefined),
  };
  return { reads, consentWrites: createBrevoConsentWrites(parts, unsubscribeBy) };
}

/** Nobody may call these: `capabilities.tags` says so. */
function withoutTags(): Promise<never> {
  return Promise.reject(new Error('Brevo has no tags'));
}
