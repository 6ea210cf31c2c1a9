import type { Crm, CrmConsentWrites } from '../../core/crm.ts';
import { findActivities, writeActivities } from './activities.ts';
import { readActivityCatalog } from './activity-types.ts';
import { checkAccess } from './check-access.ts';
import { createOnOfficeCustomer, type OnOfficeCrmOptions } from './customer.ts';
import { tagsOf } from './field-catalog.ts';
import { FIELD } from './field-map.ts';
import { createNewsletterTag, deleteNewsletterTag, renameNewsletterTag } from './newsletter-tags.ts';
import { createOnOfficeConsentWrites } from './onoffice-consent-writes.ts';
import { readContactUrl } from './read-contact-url.ts';
import { createContactReads } from './read-contacts.ts';
import { readDeletedIds } from './read-deleted-ids.ts';
import { writeMainEmail } from './write-main-email.ts';
import { dropFieldsIfContradicted, modifyAddress, writeRows } from './write-rows.ts';

/**
 * Makes the CRM port for one customer of onOffice enterprise. Limits, rights and quirks: `docs/providers/onoffice.md`.
 *
 * @param options.limiter one per customer, shared by all of the tenant's connections
 * @returns the reads and the writes of consent apart, because only the consent gate is handed the latter (R2)
 */
export function createOnOfficeCrm(options: OnOfficeCrmOptions): { reads: Crm; consentWrites: CrmConsentWrites } {
  const customer = createOnOfficeCustomer(options);
  const reads: Crm = {
    checkAccess: () => checkAccess(customer),
    ...createContactReads(customer),
    readContactUrl: (contactId) => readContactUrl(customer, contactId),
    readDeletedIds: (since) => readDeletedIds(customer, since),
    listTags: async () => tagsOf(await customer.fields.refresh()),
    createTag: (label) => createNewsletterTag(customer, label),
    renameTag: (key, label) => renameNewsletterTag(customer, key, label),
    deleteTag: (key) => deleteNewsletterTag(customer, key),
    writeTags: (rows) =>
      dropFieldsIfContradicted(customer, () =>
        writeRows(
          // The list replaces the old one, also when it is empty; keys are written without the pipes they are read with.
          rows.map(({ contactId, tagKeys }) => ({
            id: contactId,
            action: modifyAddress(contactId, { [FIELD.tags]: tagKeys }),
          })),
          customer.writes,
          { isRepeatable: true },
        ),
      ),
    writeMainEmail: (rows) => writeMainEmail(customer, rows),
    readActivityCatalog: () => readActivityCatalog(customer),
    writeActivities: (rows) => writeActivities(customer, rows),
    findActivities: (contactIds, at) => findActivities(customer, contactIds, at),
    maxContactsPerActivity: customer.limits.maxAddressesPerActivity,
    unansweredWritesMayArriveForMs: customer.limits.signatureHoldsMs,
    maxWritesPerCall: customer.limits.maxActionsPerRequest,
  };
  return { reads, consentWrites: createOnOfficeConsentWrites(customer) };
}
