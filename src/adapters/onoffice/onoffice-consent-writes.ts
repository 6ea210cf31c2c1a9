import type { CrmConsentWrites, NewContact } from '../../core/crm.ts';
import type { OnOfficeCustomer } from './customer.ts';
import { type AddressFields, consentValue, FIELD, salutationKey } from './field-map.ts';
import {
  dropFieldsIfContradicted,
  modifyAddress,
  type RowToWrite,
  VALUE_NOT_PERMITTED,
  writeRows,
} from './write-rows.ts';

/** The key that onOffice delivers for contacts that came by the newsletter. */
const ORIGIN_NEWSLETTER = 'Newsletter';

/** Makes the writes of consent of one customer. An object of its own, so that only the consent gate can be handed it (R2). */
export function createOnOfficeConsentWrites(customer: OnOfficeCustomer): CrmConsentWrites {
  return {
    async writeConsent(rows, optOutValue) {
      const fields = await customer.fields.forWriting();
      const toWrite = rows.map(({ contactId, consent }): RowToWrite => {
        const value = consentValue(consent, optOutValue, fields);
        if (value === undefined) return VALUE_NOT_PERMITTED;
        return { id: contactId, action: modifyAddress(contactId, { [FIELD.consent]: value }) };
      });
      return dropFieldsIfContradicted(customer, () => writeRows(toWrite, customer.writes, { isRepeatable: true }));
    },

    async createContacts(rows) {
      const fields = await customer.fields.forWriting();
      const value = consentValue('yes', 'cancellation', fields);
      const toWrite = rows.map((row): RowToWrite => {
        if (value === undefined) return VALUE_NOT_PERMITTED;
        return {
          id: '',
          action: { verb: 'create', resourceType: 'address', parameters: newAddress(row, value, fields) },
        };
      });
      return dropFieldsIfContradicted(customer, () => writeRows(toWrite, customer.writes, { isRepeatable: false }));
    },
  };
}

function newAddress(contact: NewContact, consent: string, fields: AddressFields): Readonly<Record<string, unknown>> {
  const { email, tagKeys } = contact;
  const { firstName, lastName } = contact.fields;
  const salutation = salutationKey(contact.fields.salutation, fields);
  const hasOrigin = fields.get(FIELD.origin)?.some((value) => value.key === ORIGIN_NEWSLETTER) ?? false;
  return {
    email,
    default_email: email,
    [FIELD.consent]: consent,
    ...(salutation === undefined ? {} : { [FIELD.salutation]: salutation }),
    ...(firstName === '' || !fields.has(FIELD.firstName) ? {} : { [FIELD.firstName]: firstName }),
    ...(lastName === '' || !fields.has(FIELD.lastName) ? {} : { [FIELD.lastName]: lastName }),
    ...(tagKeys.length === 0 || !fields.has(FIELD.tags) ? {} : { [FIELD.tags]: tagKeys }),
    ...(hasOrigin ? { [FIELD.origin]: [ORIGIN_NEWSLETTER] } : {}),
    // The search by all addresses comes before (R9). onOffice's own test would overwrite the contact that it finds, and
    // with `noOverrideByDuplicate` it answers the old record's number, which cannot be told from a new one.
    checkDuplicate: false,
  };
}
