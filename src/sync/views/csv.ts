import type { Reason } from '../../core/reason.ts';
import type { Tables } from '../../db/store.ts';
import type { Wording } from './describe-operation.ts';
import { describeChanges } from './preview-view.ts';

/** Rows that are in memory at a time. */
const PAGE = 500;

/** Tells spreadsheets that the file is UTF-8. */
export const BYTE_ORDER_MARK = '\uFEFF';

/**
 * One line of a CSV file (RFC 4180), ended by CRLF. A cell that a spreadsheet would take for a formula gets an apostrophe
 * in front: names and tags come from people we do not know.
 */
export function csvLine(cells: readonly (string | number | null)[]): string {
  return `${cells.map((cell) => csvCell(String(cell ?? ''))).join(',')}\r\n`;
}

function csvCell(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** Contacts with a reason, in pages (U5). */
export async function* undeliveredCsv(
  tables: Tables,
  query: { reason: Reason | undefined; search: string | undefined },
): AsyncGenerator<string> {
  yield BYTE_ORDER_MARK + csvLine(['contactId', 'email', 'name', 'reason', 'words']);
  for (let after = ''; ; ) {
    const rows = await tables.contacts.undelivered({
      ...query,
      search: query.search?.trim() || undefined,
      after,
      limit: PAGE,
    });
    yield rows.map((row) => csvLine([row.contactId, row.email, row.name, row.reason, row.words])).join('');
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return;
    after = last.sortKey;
  }
}

/** The whole plan of a run, in pages (U3). */
export async function* previewCsv(tables: Tables, runId: string, wording: Wording): AsyncGenerator<string> {
  yield BYTE_ORDER_MARK + csvLine(['kind', 'email', 'name', 'contactId', 'before', 'after', 'state', 'words']);
  for (let after = 0; ; ) {
    const rows = await tables.plan(runId).page(after, PAGE);
    const changes = await describeChanges(
      tables,
      rows.map(({ operation }) => operation),
      wording,
    );
    yield changes
      .map((change, index) => {
        const row = rows[index];
        const { email, name, contactId, before, after: wanted } = change;
        return csvLine([
          row?.operation.kind ?? '',
          email,
          name,
          contactId,
          before,
          wanted,
          row?.state ?? '',
          row?.words ?? '',
        ]);
      })
      .join('');
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return;
    after = last.id;
  }
}

/** The audience as it was read, as a backup before the first write (U3). */
export async function* audienceCsv(tables: Tables): AsyncGenerator<string> {
  yield BYTE_ORDER_MARK +
    csvLine(['email', 'status', 'salutation', 'letterSalutation', 'firstName', 'lastName', 'tags']);
  for (let after = ''; ; ) {
    const rows = await tables.members.page(after, PAGE);
    yield rows
      .map(({ email, status, fields, tags }) =>
        csvLine([
          email,
          status,
          fields.salutation,
          fields.letterSalutation,
          fields.firstName,
          fields.lastName,
          tags.map(({ name }) => name).join('; '),
        ]),
      )
      .join('');
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return;
    after = last.email;
  }
}
