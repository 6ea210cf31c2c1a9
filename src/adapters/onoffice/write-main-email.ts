import type { WriteResult } from '../../core/crm.ts';
import { type EmailAddress, parseEmailAddress } from '../../core/email-address.ts';
import { demandDone, type OnOfficeCustomer } from './customer.ts';
import { errorMeaning } from './errors.ts';
import { emailSpelling, FIELD } from './field-map.ts';
import type { ActionResult } from './onoffice-client.ts';
import { cleanText, type OnOfficeRecord, parseElements } from './schema.ts';
import { modifyAddress, type RowToWrite, writeRows } from './write-rows.ts';

/**
 * Makes an address the main one of each contact. An entry of that address is named by what it says now, because an entry
 * that is added again would stand there twice; that also lets the call be repeated.
 */
export async function writeMainEmail(
  customer: OnOfficeCustomer,
  rows: readonly { contactId: string; email: EmailAddress }[],
): Promise<readonly WriteResult[]> {
  const read = await customer.readEach(
    rows.map(({ contactId }) => ({
      verb: 'read',
      resourceType: 'address',
      parameters: { data: [FIELD.email, 'email'], recordids: [contactId], listlimit: 1 },
    })),
  );
  const toWrite = rows.map((row, index): RowToWrite => changeOf(row, recordOf(read[index], row.contactId)));
  return writeRows(toWrite, customer.writes, { isRepeatable: false });
}

/** The record as it is now; undefined when it is gone or may not be read. */
function recordOf(result: ActionResult | undefined, contactId: string): OnOfficeRecord | undefined {
  if (result?.outcome === 'failed' && errorMeaning(result.number).code === 'onoffice.record_missing') return undefined;
  return demandDone(result).records.find(({ id }) => id === contactId);
}

function changeOf(
  { contactId, email }: { contactId: string; email: EmailAddress },
  record: OnOfficeRecord | undefined,
): RowToWrite {
  if (!record) return { outcome: 'refused', code: 'onoffice.record_missing', words: '', isPermanent: true };
  if (parseEmailAddress(cleanText(parseElements(record.elements)[FIELD.email])) === email)
    return { outcome: 'done', id: contactId };
  const held = emailSpelling(record, email);
  const change =
    held === undefined
      ? { action: 'add', newvalue: email, default: true }
      : { action: 'modify', oldvalue: held, newvalue: email, default: true };
  return { id: contactId, action: modifyAddress(contactId, { email: change }) };
}
