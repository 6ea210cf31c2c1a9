import type { CrmAccess } from '../../core/crm.ts';
import { demandDone, type OnOfficeCustomer } from './customer.ts';
import { demandRequiredFields, fieldsAction, fieldsOf, tagsOf } from './field-catalog.ts';
import { FIELD, optionalFields, REQUIRED_FIELDS, writableConsents } from './field-map.ts';
import type { Action, ActionResult } from './onoffice-client.ts';
import { parseIdList } from './schema.ts';

/** Asks for one contact; the time of the last change with it, because polling lives on that field. */
const ONE_CONTACT: Action = {
  verb: 'read',
  resourceType: 'address',
  parameters: { data: [...REQUIRED_FIELDS, FIELD.changed], listlimit: 1 },
};

/** Two are enough to see whether the API user sees himself alone. Only numbers are asked for. */
const USERS: Action = { verb: 'read', resourceType: 'user', parameters: { data: ['Nr'], listlimit: 2 } };

/** Checks what the API user has and may, in one request, or two where the CRM tells about writing (M28). */
export async function checkAccess(customer: OnOfficeCustomer): Promise<CrmAccess> {
  const [fieldList, contacts, users] = await customer.readEach([fieldsAction(customer.language), ONE_CONTACT, USERS]);
  const fields = fieldsOf(demandDone(fieldList));
  // Before the contact, which fails by a number alone where the list can name the field.
  demandRequiredFields(fields);
  const contact = demandDone(contacts);
  customer.fields.keep(fields);
  return {
    writableConsents: writableConsents(fields),
    permitsCancellation: fields.get(FIELD.consent)?.some((value) => value.key === '2') ?? false,
    has: optionalFields(fields),
    tags: tagsOf(fields),
    contactCount: contact.total ?? contact.records.length,
    mayWrite: await readWriteRight(customer, contact.records[0]?.id, users),
  };
}

/**
 * Asks whether the API user may change the contact. onOffice answers this for a user's number only and tells nobody his
 * own; where exactly one user can be read it is taken for that.
 */
async function readWriteRight(
  customer: OnOfficeCustomer,
  contactId: string | undefined,
  users: ActionResult | undefined,
): Promise<boolean | undefined> {
  if (contactId === undefined || users?.outcome !== 'done') return undefined;
  const [user, another] = users.records;
  if (!user || another || !/^\d+$/.test(user.id)) return undefined;
  const [answer] = await customer.readEach([
    {
      verb: 'get',
      resourceType: 'checkuserrecordsright',
      parameters: { action: 'modify', module: 'address', userid: Number(user.id), recordIds: [contactId] },
    },
  ]);
  if (answer?.outcome !== 'done') return undefined;
  return answer.records.some((record) => parseIdList(record.elements).includes(contactId));
}
