import { type EmailAddress, parseEmailAddress } from '../../core/email-address.ts';
import type { AddResult, FieldMapping, NewMember, ProcessState } from '../../core/mailing-provider.ts';
import { redact } from '../http/redact.ts';
import { toAttributes } from './attribute-map.ts';
import type { BrevoClient } from './brevo-client.ts';
import { isNotFound, refusalFromError } from './errors.ts';
import { BREVO_LIMITS, TIMEOUT_MS } from './limits.ts';
import { ImportAnswer, ProcessAnswer } from './schema.ts';

type ImportRow = { email: EmailAddress; attributes: Record<string, string> };

/**
 * Adds members by import, which Brevo works off in its own time. No block rides along: the import sends no `emailBlacklist`,
 * and without it keeps the block of whoever has one. Existing contacts are updated, because only then does Brevo say that
 * they come onto the list. Not repeated when the answer is lost.
 *
 * @returns the process of each row, in order
 */
export async function importMembers(
  client: BrevoClient,
  listId: number,
  rows: readonly NewMember[],
  mapping: FieldMapping,
): Promise<readonly AddResult[]> {
  const results: AddResult[] = [];
  const bodies = splitBySize(
    rows.map((row) => toRow(row, mapping)),
    BREVO_LIMITS.importBytes,
  );
  for (const jsonBody of bodies) {
    const result = await importBody(client, listId, jsonBody);
    results.push(...jsonBody.map(() => result));
  }
  return results;
}

async function importBody(client: BrevoClient, listId: number, jsonBody: readonly ImportRow[]): Promise<AddResult> {
  const body = {
    jsonBody,
    listIds: [listId],
    updateExistingContacts: true,
    emptyContactsAttributes: false,
    disableNotification: true,
  };
  try {
    const { processId } = await client.ask(
      { method: 'POST', route: '/contacts/import', body, timeoutMs: TIMEOUT_MS.bulk },
      ImportAnswer,
    );
    return { outcome: 'queued', processId: String(processId) };
  } catch (error) {
    // Not a single row was usable.
    const refusal = refusalFromError(error);
    if (refusal?.reason !== 'invalid_email') throw error;
    return { outcome: 'refused', reason: refusal.reason, words: '', isPermanent: refusal.isPermanent };
  }
}

function toRow({ email, fields }: NewMember, mapping: FieldMapping): ImportRow {
  return { email, attributes: toAttributes(fields, mapping, 'leave-out') };
}

/** Cuts rows into as few parts as fit into `maxBytes` of JSON each, in order. */
export function splitBySize<T>(rows: readonly T[], maxBytes: number): T[][] {
  const parts: T[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const row of rows) {
    const size = Buffer.byteLength(JSON.stringify(row)) + 1;
    if (bytes + size > maxBytes) {
      parts.push([]);
      bytes = 0;
    }
    parts.at(-1)?.push(row);
    bytes += size;
  }
  return parts;
}

/** Words of Brevo for a process that does nothing any more; a word that we do not know is still running. */
const ENDED = new Set(['completed', 'failed', 'cancelled', 'error', 'aborted']);

/**
 * Asks how far an import is. An ended one says nothing about who arrived: the list has to be read. One that Brevo no longer
 * knows has ended too.
 */
export async function readProcess(client: BrevoClient, processId: string): Promise<ProcessState> {
  try {
    const { status, info } = await client.ask(
      { method: 'GET', route: '/processes/{processId}', path: { processId } },
      ProcessAnswer,
    );
    if (!ENDED.has(status)) return { state: status === 'queued' ? 'waiting' : 'running' };
    const url = info?.import?.invalid_emails;
    const file = url ? await client.download(url) : undefined;
    return { state: 'ended', invalid: file === undefined ? [] : readInvalidRows(file) };
  } catch (error) {
    if (isNotFound(error)) return { state: 'ended', invalid: [] };
    throw error;
  }
}

/**
 * Reads the file of refused addresses: separated by semicolons, its columns are not documented. The first cell that is an
 * address names the row, the others are Brevo's words.
 */
export function readInvalidRows(file: string): { email: EmailAddress; words: string }[] {
  return file.split(/\r?\n/).flatMap((line) => {
    const cells = line.split(/[;,\t]/).map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'));
    const email = cells.map(parseEmailAddress).find((found) => found !== undefined);
    if (email === undefined) return [];
    const words = cells.filter((cell) => cell !== '' && parseEmailAddress(cell) !== email).join(' ');
    return [{ email, words: redact(words) }];
  });
}
