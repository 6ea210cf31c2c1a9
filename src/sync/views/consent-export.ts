import type { ConsentRecord } from '../../db/consent-history.ts';
import { BYTE_ORDER_MARK, csvLine } from './csv.ts';

/** One tenant's consent record, to be read in pages. */
export type ConsentSourceOfExport = {
  tenantId: string;
  page(after: number, limit: number): Promise<readonly ConsentRecord[]>;
};

/** Rows that are in memory at a time. */
const PAGE = 500;

const COLUMNS = [
  'tenantId',
  'number',
  'learnedAt',
  'happenedAt',
  'connectionId',
  'contactId',
  'email',
  'effect',
  'from',
  'to',
  'source',
  'verdict',
  'evidence',
  'clearEvidence',
  'wrote',
  'learnedOrder',
  'contactHash',
  'emailHash',
  'previousHash',
  'hash',
] as const;

/** The records as one JSON array, with everything that their hashes are made of (R14). */
export async function* consentJson(chains: readonly ConsentSourceOfExport[]): AsyncGenerator<string> {
  let isFirst = true;
  for await (const row of rowsOf(chains)) {
    yield `${isFirst ? '[\n' : ',\n'}${JSON.stringify(row)}`;
    isFirst = false;
  }
  yield isFirst ? '[]\n' : '\n]\n';
}

/** The same as a table; evidence stands in it as JSON. */
export async function* consentCsv(chains: readonly ConsentSourceOfExport[]): AsyncGenerator<string> {
  yield BYTE_ORDER_MARK + csvLine(COLUMNS);
  for await (const row of rowsOf(chains)) {
    yield csvLine(
      COLUMNS.map((column) => {
        const value = row[column];
        return value !== null && typeof value === 'object' ? JSON.stringify(value) : value;
      }),
    );
  }
}

async function* rowsOf(chains: readonly ConsentSourceOfExport[]) {
  for (const { tenantId, page } of chains) {
    for (let after = 0; ; ) {
      const records = await page(after, PAGE);
      for (const record of records) yield exported(tenantId, record);
      const last = records.at(-1);
      if (!last || records.length < PAGE) break;
      after = last.number;
    }
  }
}

/** A record with its columns in one order and null for what is absent. */
function exported(tenantId: string, record: ConsentRecord) {
  return {
    tenantId,
    number: record.number,
    learnedAt: record.learnedAt,
    happenedAt: record.happenedAt ?? null,
    connectionId: record.connectionId,
    contactId: record.contactId ?? null,
    email: record.email ?? null,
    effect: record.effect,
    from: record.from,
    to: record.to,
    source: record.source,
    verdict: record.verdict,
    evidence: record.evidence,
    clearEvidence: record.clearEvidence ?? null,
    wrote: record.wrote,
    learnedOrder: record.learnedOrder,
    contactHash: record.contactHash ?? null,
    emailHash: record.emailHash,
    previousHash: record.previousHash,
    hash: record.hash,
  };
}
