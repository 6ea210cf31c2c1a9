import type { MemberReason, Reason } from '../../core/reason.ts';
import type { LetterLanguage } from '../../core/salutation.ts';
import type { Tables } from '../../db/store.ts';
import type { CsvColumn } from './csv-columns.ts';
import { CSV_WORDS } from './csv-words.ts';
import type { Wording } from './describe-operation.ts';
import { describeChanges } from './preview-view.ts';
import { STATE_WORDS } from './state-words.ts';

/** Rows that are in memory at a time. */
const PAGE = 500;

/** Tells spreadsheets that the file is UTF-8. */
export const BYTE_ORDER_MARK = '\uFEFF';

/**
 * One line of a CSV file (RFC 4180), ended by CRLF. A cell that a spreadsheet would take for a formula gets an apostrophe
 * in front: names and tags come from people we do not know.
 *
 * @param separator between two cells
 */
export function csvLine(cells: readonly (string | number | null)[], separator: ',' | ';' = ','): string {
  return `${cells.map((cell) => csvCell(String(cell ?? ''))).join(separator)}\r\n`;
}

function csvCell(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",;\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** Who reads a file: people, in their language, or a program (`undefined`), which gets names that never change. */
export type CsvReader = LetterLanguage | undefined;

/** Where the comma divides decimals, spreadsheets expect semicolons between cells. */
function lineFor(reader: CsvReader, cells: readonly (string | number | null)[]): string {
  return csvLine(cells, reader === undefined || reader === 'en' ? ',' : ';');
}

function heading(columns: readonly CsvColumn[], reader: CsvReader): string {
  const names = columns.map((column) => (reader ? CSV_WORDS[reader].column[column] : column));
  return BYTE_ORDER_MARK + lineFor(reader, names);
}

/** Contacts with a reason, in pages (U5). */
export async function* undeliveredCsv(
  tables: Tables,
  query: { reason: Reason | undefined; search: string | undefined },
  reader: CsvReader,
): AsyncGenerator<string> {
  yield heading(['contactId', 'email', 'name', 'reason', 'words'], reader);
  const reasonText = (reason: Reason) => (reader ? CSV_WORDS[reader].reason[reason] : reason);
  for (let after = ''; ; ) {
    const rows = await tables.contactReasons.undelivered({
      ...query,
      search: query.search?.trim() || undefined,
      after,
      limit: PAGE,
    });
    yield rows
      .map((row) => lineFor(reader, [row.contactId, row.email, row.name, reasonText(row.reason), row.words]))
      .join('');
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return;
    after = last.sortKey;
  }
}

/** Active members that no contact with Yes explains, in pages (section 7). */
export async function* unexplainedCsv(
  tables: Tables,
  query: { reason: MemberReason | undefined; search: string | undefined },
  reader: CsvReader,
): AsyncGenerator<string> {
  yield heading(['email', 'name', 'contactId', 'reason'], reader);
  const reasonText = (reason: MemberReason) => (reader ? CSV_WORDS[reader].memberReason[reason] : reason);
  const search = query.search?.trim() || undefined;
  for (let after = ''; ; ) {
    const rows = await tables.memberReasons.page({ ...query, search, after, limit: PAGE });
    yield rows.map((row) => lineFor(reader, [row.email, row.name, row.contactId, reasonText(row.reason)])).join('');
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return;
    after = last.email;
  }
}

/** The whole plan of a run, in pages (U3). */
export async function* previewCsv(
  tables: Tables,
  runId: string,
  wording: Wording,
  reader: CsvReader,
): AsyncGenerator<string> {
  yield heading(['kind', 'email', 'name', 'contactId', 'before', 'after', 'state', 'words'], reader);
  const words = reader && CSV_WORDS[reader];
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
        if (!row) return '';
        const { email, name, contactId, before, after: wanted } = change;
        const kind = words ? words.kind[row.operation.kind] : row.operation.kind;
        const state = words ? words.state[row.state] : row.state;
        return lineFor(reader, [kind, email, name, contactId, before, wanted, state, row.words]);
      })
      .join('');
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return;
    after = last.id;
  }
}

/** The audience as it was read, as a backup before the first write (U3). */
export async function* audienceCsv(tables: Tables, reader: CsvReader): AsyncGenerator<string> {
  yield heading(['email', 'status', 'salutation', 'letterSalutation', 'firstName', 'lastName', 'tags'], reader);
  for (let after = ''; ; ) {
    const rows = await tables.members.page(after, PAGE);
    yield rows
      .map(({ email, status, fields, tags }) =>
        lineFor(reader, [
          email,
          reader ? STATE_WORDS[reader].status[status] : status,
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
