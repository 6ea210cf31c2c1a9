import type { ActivityWriteResult, NewActivity } from '../../core/crm.ts';
import { demandDone, type OnOfficeCustomer } from './customer.ts';
import type { OnOfficeErrorCode } from './errors.ts';
import { localDay, localTime } from './local-time.ts';
import { cleanText, parseElements } from './schema.ts';
import { writeRows } from './write-rows.ts';

const TYPE_UNKNOWN: OnOfficeErrorCode = 'onoffice.activity_kind_unknown';
const DAY_MS = 86_400_000;

/** Writes entries of the agents' log. onOffice makes one for each address; there is no key by which it would know a repetition. */
export async function writeActivities(
  customer: OnOfficeCustomer,
  rows: readonly NewActivity[],
): Promise<readonly ActivityWriteResult[]> {
  const results = await writeRows(
    rows.map(({ contactIds, type, at, note }) => ({
      id: '',
      action: {
        verb: 'create',
        resourceType: 'agentslog',
        parameters: {
          addressids: contactIds.map(Number),
          ...(type.kind === '' ? {} : { actionkind: type.kind }),
          ...(type.type === '' ? {} : { actiontype: type.type }),
          datetime: localTime(at),
          note,
        },
      },
    })),
    customer.writes,
    { isRepeatable: false },
  );
  return results.map((result) =>
    result.outcome === 'refused' && result.code === TYPE_UNKNOWN
      ? { outcome: 'type-unknown', code: result.code }
      : result,
  );
}

/** Reads the entries of these addresses from the day before an instant to the day after it, in as many pages as there are. */
export async function findActivities(
  customer: OnOfficeCustomer,
  contactIds: readonly string[],
  at: string,
): Promise<readonly { contactIds: readonly string[]; note: string }[]> {
  const instant = Date.parse(at);
  // Whole days: whatever zone an entry is in, it is among them.
  const filter = {
    Datum: [
      { op: '>=', val: `${localDay(instant - DAY_MS)} 00:00:00` },
      { op: '<=', val: `${localDay(instant + DAY_MS)} 23:59:59` },
    ],
  };
  const { pageSize } = customer.limits;
  const found: { contactIds: readonly string[]; note: string }[] = [];
  for (let offset = 0; ; offset += pageSize) {
    const page = demandDone(
      (
        await customer.readEach([
          {
            verb: 'read',
            resourceType: 'agentslog',
            parameters: {
              addressid: contactIds.map(Number),
              data: ['Nr', 'Adress_nr', 'Bemerkung'],
              filter,
              listlimit: pageSize,
              listoffset: offset,
            },
          },
        ])
      )[0],
    );
    for (const { elements } of page.records) {
      const fields = parseElements(elements);
      found.push({ contactIds: idsOf(fields.Adress_nr), note: cleanText(fields.Bemerkung) });
    }
    if (page.records.length < pageSize) return found;
  }
}

/** One number or several, as numbers, texts or text between pipes. */
function idsOf(value: unknown): readonly string[] {
  return (Array.isArray(value) ? value : cleanText(value).split(/[|,]/)).map(cleanText).filter((id) => id !== '');
}
