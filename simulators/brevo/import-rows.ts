import { invalid } from './api-error.ts';

/** One row of an import; attributes by name as they were sent. */
export type ImportRow = { email: string; attributes: Record<string, unknown> };

/** Reads rows of a CSV: the header decides the delimiter (`;`, `,` or tab) and names the column `EMAIL`. */
export function readCsvRows(text: string): ImportRow[] {
  const [header = '', ...lines] = splitLines(text.replace(/^\uFEFF/, ''));
  const delimiter = [';', '\t', ','].find((candidate) => header.includes(candidate)) ?? ';';
  const names = splitCells(header, delimiter).map((name) => name.trim().toUpperCase());
  const emailAt = names.indexOf('EMAIL');
  return lines
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const cells = splitCells(line, delimiter);
      const attributes: Record<string, unknown> = {};
      for (const [position, name] of names.entries())
        if (position !== emailAt && name !== '') attributes[name] = cells[position] ?? '';
      return { email: (emailAt === -1 ? '' : (cells[emailAt] ?? '')).trim(), attributes };
    });
}

/** Reads a fetched file by its content: JSON in the form of `jsonBody`, else CSV. Throws ApiError 400. */
export function readFileRows(text: string): ImportRow[] {
  if (!text.trimStart().startsWith('[')) return readCsvRows(text);
  try {
    const rows: unknown = JSON.parse(text);
    return Array.isArray(rows) ? rows.map(readJsonRow) : [];
  } catch {
    throw invalid('could not read the file');
  }
}

function readJsonRow(row: unknown): ImportRow {
  const { email, attributes }: Record<string, unknown> = typeof row === 'object' && row !== null ? { ...row } : {};
  return {
    email: typeof email === 'string' ? email.trim() : '',
    attributes: typeof attributes === 'object' && attributes !== null ? { ...attributes } : {},
  };
}

// Cells in quotes may hold line ends.
function splitLines(text: string): string[] {
  if (!text.includes('"')) return text.split(/\r?\n/);
  const lines: string[] = [];
  let line = '';
  for (const part of text.split(/\r?\n/)) {
    line = line === '' ? part : `${line}\n${part}`;
    if ((line.split('"').length - 1) % 2 !== 0) continue;
    lines.push(line);
    line = '';
  }
  if (line !== '') lines.push(line);
  return lines;
}

function splitCells(line: string, delimiter: string): string[] {
  if (!line.includes('"')) return line.split(delimiter);
  const cells: string[] = [];
  let cell = '';
  let isQuoted = false;
  for (let at = 0; at < line.length; at += 1) {
    const character = line.charAt(at);
    if (character === '"' && isQuoted && line.charAt(at + 1) === '"') {
      cell += '"';
      at += 1;
    } else if (character === '"') isQuoted = !isQuoted;
    else if (character === delimiter && !isQuoted) {
      cells.push(cell);
      cell = '';
    } else cell += character;
  }
  return [...cells, cell];
}
