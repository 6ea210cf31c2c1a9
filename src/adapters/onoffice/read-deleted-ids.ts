import { demandDone, type OnOfficeCustomer } from './customer.ts';
import { errorMeaning } from './errors.ts';
import { cleanText, parseElements } from './schema.ts';

/**
 * Reads from onOffice's log which addresses were deleted (fact sheet 4.2). The log is for users with the right "Admin" alone;
 * where it is refused, whatever the number, deletions are found otherwise.
 *
 * @param since `Aenderung`-like local time, inclusive; '' from the beginning
 * @returns record numbers; undefined where the API user may not read the log
 */
export async function readDeletedIds(
  { readEach, limits }: OnOfficeCustomer,
  since: string,
): Promise<readonly string[] | undefined> {
  const ids: string[] = [];
  for (let offset = 0; ; offset += limits.pageSize) {
    const [result] = await readEach([
      {
        verb: 'read',
        resourceType: 'log',
        parameters: {
          module: 'address',
          action: 'delete',
          listlimit: limits.pageSize,
          listoffset: offset,
          ...(since === '' ? {} : { filter: { dateTime: [{ op: '>=', val: since }] } }),
        },
      },
    ]);
    if (result?.outcome === 'failed' && errorMeaning(result.number).kind !== 'unavailable') return undefined;
    const { records } = demandDone(result);
    for (const { elements } of records) {
      const id = cleanText(parseElements(elements).resourceId);
      if (id !== '') ids.push(id);
    }
    if (records.length < limits.pageSize) return ids;
  }
}
