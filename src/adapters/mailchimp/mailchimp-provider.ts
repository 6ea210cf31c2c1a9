import type { MailingProvider, ProviderCapabilities, ProviderConsentWrites } from '../../core/mailing-provider.ts';
import { type AudienceDefaults, checkAccount, createAudience } from './audiences.ts';
import { listCampaigns, readCampaignFigures, readCampaignReport } from './campaigns.ts';
import type { FieldLanguage } from './field-names.ts';
import { readComplaint, readLeaveHistory } from './leave-history.ts';
import { MAILCHIMP_LIMITS } from './limits.ts';
import { createMailchimpClient, type MailchimpClientOptions } from './mailchimp-client.ts';
import { createMailchimpConsentWrites } from './mailchimp-consent-writes.ts';
import { addressOf, readMember, readMembers, updateMember } from './members.ts';
import { createFields, recogniseFields } from './merge-fields.ts';
import { parseEvents } from './parse-events.ts';
import { changeTag, deleteTag, listTags, renameTag } from './tags.ts';
import { ensureWebhook, inspectWebhook, listWebhookUrls, moveWebhook, removeWebhook } from './webhooks.ts';

export type MailchimpProviderOptions = MailchimpClientOptions & {
  /** of what is created at Mailchimp: field names, permission reminder */
  language: FieldLanguage;
  /** for a new audience, where the account itself does not say */
  audienceDefaults?: Partial<AudienceDefaults>;
};

/** What Mailchimp can do, whatever the account. */
export const MAILCHIMP_CAPABILITIES: ProviderCapabilities = {
  tags: true,
  asyncImport: false,
  maxAddsPerCall: MAILCHIMP_LIMITS.addsPerCall,
  maxTagChangesPerCall: MAILCHIMP_LIMITS.tagChangesPerCall,
  membersPerPage: MAILCHIMP_LIMITS.rowsPerPage,
  audienceRowsPerCall: MAILCHIMP_LIMITS.rowsPerPage,
  filtersByStatus: true,
  optOutWords: ['unsubscribe', 'cleaned'],
  addressChangeLiftsOptOut: false,
  maxFieldBytes: MAILCHIMP_LIMITS.textFieldBytes,
  maxTagLength: MAILCHIMP_LIMITS.tagNameLength,
  sharesWebhooks: false,
  maxConcurrentCalls: MAILCHIMP_LIMITS.ourConnections,
};

/**
 * Makes the two halves of the Mailchimp adapter. `consentWrites` goes to the consent gate and nowhere else (R2).
 *
 * @throws ProviderError code `mailchimp.key_malformed`, before any call
 */
export function createMailchimpProvider(options: MailchimpProviderOptions): {
  reads: MailingProvider;
  consentWrites: ProviderConsentWrites;
} {
  const client = createMailchimpClient(options);
  const { language, audienceDefaults = {} } = options;
  const reads: MailingProvider = {
    name: 'mailchimp',
    capabilities: MAILCHIMP_CAPABILITIES,
    checkAccount: () => checkAccount(client),
    createAudience: (name) => createAudience(client, name, language, audienceDefaults),
    recogniseFields: (audienceId) => recogniseFields(client, audienceId),
    createFields: (audienceId, fields) => createFields(client, audienceId, fields, language),
    ensureWebhook: (audienceId, url, ownPrefix) => ensureWebhook(client, audienceId, url, ownPrefix),
    moveWebhook: (audienceId, url, ownPrefix) => moveWebhook(client, audienceId, url, ownPrefix),
    removeWebhook: (audienceId, ownPrefix) => removeWebhook(client, audienceId, ownPrefix),
    inspectWebhook: (audienceId, url, ownPrefix) => inspectWebhook(client, audienceId, url, ownPrefix),
    listWebhookUrls: (audienceId) => listWebhookUrls(client, audienceId),
    parseEvents,
    readMembers: (query) => readMembers(client, query),
    readMember: (audienceId, email, mapping) => readMember(client, audienceId, email, mapping),
    addressOf: (audienceId, stableId) => addressOf(client, audienceId, stableId),
    readLeaveHistory: (audienceId, email) => readLeaveHistory(client, audienceId, email),
    readComplaint: (audienceId, email) => readComplaint(client, audienceId, email),
    updateMember: (audienceId, email, fields, mapping) => updateMember(client, audienceId, email, fields, mapping),
    listTags: (audienceId) => listTags(client, audienceId),
    changeTag: (audienceId, tag, change) => changeTag(client, audienceId, tag, change),
    renameTag: (audienceId, id, name) => renameTag(client, audienceId, id, name),
    deleteTag: (audienceId, id) => deleteTag(client, audienceId, id),
    listCampaigns: (query) => listCampaigns(client, query),
    readCampaignFigures: (campaignId) => readCampaignFigures(client, campaignId),
    readCampaignReport: (query) => readCampaignReport(client, query),
    memberUrl: ({ ids }) =>
      ids.web_id
        ? `https://${client.dataCenter}.admin.mailchimp.com/lists/members/view?id=${encodeURIComponent(ids.web_id)}`
        : undefined,
  };
  return { reads, consentWrites: createMailchimpConsentWrites(client) };
}
