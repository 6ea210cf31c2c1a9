import type { OnOfficeCustomer } from './customer.ts';
import { cleanText, parseElements } from './schema.ts';

/**
 * Asks for the address of a contact's page (apidoc "Get link"). It holds the record in a cipher of onOffice's and may change with
 * a release, so none can be made here.
 *
 * @returns undefined where onOffice has none for this contact
 */
export async function readContactUrl(customer: OnOfficeCustomer, contactId: string): Promise<string | undefined> {
  if (!/^\d+$/.test(contactId)) return undefined;
  const [answer] = await customer.readEach([
    { verb: 'get', resourceType: 'getlink', resourceId: 'address', parameters: { recordId: Number(contactId) } },
  ]);
  if (answer?.outcome !== 'done') return undefined;
  return webAddress(cleanText(parseElements(answer.records[0]?.elements).url));
}

/** The page makes a link of it: anything but an address of the web would be a way in. */
function webAddress(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const { protocol } = new URL(text);
  return protocol === 'https:' || protocol === 'http:' ? text : undefined;
}
