import { BackupHeader, createChecksum, EndLine, KeyLine, SequencesLine, TableLine } from './backup-format.ts';
import type { BackupPart } from './restore-backup.ts';

/** A file is no backup, or not a whole one; the message says so in a sentence. */
export class BackupError extends Error {
  override readonly name = 'BackupError';
}

/** Rows that are handed on at once, and most characters of them: rows may be long. */
const ROWS_AT_ONCE = 500;
const CHARACTERS_AT_ONCE = 1_000_000;

/** What a whole backup says of itself. */
export type CheckedBackup = { header: BackupHeader; masterKey: string | undefined; rows: number };

/**
 * Reads a backup from its first line to its last without doing anything with it.
 *
 * @throws BackupError when it is no backup, was made by a newer program, is cut off or was changed
 */
export async function checkBackup(lines: AsyncIterable<string>): Promise<CheckedBackup> {
  const checksum = createChecksum();
  let header: BackupHeader | undefined;
  let masterKey: string | undefined;
  let isInTable = false;
  let rows = 0;
  let isWhole = false;
  for await (const line of lines) {
    if (isWhole) {
      masterKey = parsed(line, KeyLine)?.masterKey ?? masterKey;
      continue;
    }
    const end = line.startsWith('{"end":') ? parsed(line, EndLine)?.end : undefined;
    if (!header) header = headerFrom(line);
    else if (end) {
      if (end.rows !== rows || end.sha256 !== checksum.sum()) {
        throw new BackupError('The backup was changed after it was made: its checksum does not fit. Use another one.');
      }
      isWhole = true;
      continue;
    } else if (parsed(line, TableLine)) isInTable = true;
    else if (parsed(line, SequencesLine)) isInTable = false;
    else if (isInTable) rows += 1;
    else throw new BackupError('The backup holds a line that belongs to no table: use another one.');
    checksum.add(line);
  }
  if (!header) throw new BackupError('The file is empty: it is no backup of the Newsletter Connector.');
  if (!isWhole) throw new BackupError('The backup is cut off: its end is missing. Use another one.');
  return { header, masterKey, rows };
}

/** Hands out what a backup holds that was found to be whole. */
export async function* partsOfBackup(lines: AsyncIterable<string>): AsyncGenerator<BackupPart> {
  let table: string | undefined;
  let isFirst = true;
  let rows: string[] = [];
  let characters = 0;
  const rowsSoFar = (): BackupPart[] => {
    const part = table !== undefined && rows.length > 0 ? [{ kind: 'rows' as const, table, rows }] : [];
    rows = [];
    characters = 0;
    return part;
  };
  for await (const line of lines) {
    const named = parsed(line, TableLine);
    const sequences = parsed(line, SequencesLine);
    if (isFirst) isFirst = false;
    else if (named) {
      yield* rowsSoFar();
      table = named.table;
    } else if (sequences) {
      yield* rowsSoFar();
      yield { kind: 'sequences', values: sequences.sequences };
      return;
    } else {
      rows.push(line);
      characters += line.length;
      if (rows.length >= ROWS_AT_ONCE || characters >= CHARACTERS_AT_ONCE) yield* rowsSoFar();
    }
  }
}

function headerFrom(line: string): BackupHeader {
  const json = jsonOf(line);
  const header = BackupHeader.safeParse(json);
  if (header.success) return header.data;
  const isOurs = typeof json === 'object' && json !== null && 'format' in json && 'version' in json;
  throw new BackupError(
    isOurs && json.version !== 1
      ? 'The backup was made by a newer version of the program: restore it with that version.'
      : 'The file is no backup of the Newsletter Connector.',
  );
}

/** What a line says if it is one of ours; rows have other names, and are long: only short lines are looked at. */
function parsed<T>(
  line: string,
  schema: { safeParse(value: unknown): { success: true; data: T } | { success: false } },
): T | undefined {
  if (!/^\{"(table|sequences|end|masterKey)":/.test(line)) return undefined;
  const result = schema.safeParse(jsonOf(line));
  return result.success ? result.data : undefined;
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
