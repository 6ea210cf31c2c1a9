import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { ConsentHash } from './consent-hash.ts';

/** The hash in front of a tenant's first record. */
export const CHAIN_START = '0'.repeat(64);

/** Name under which the evidence carries the keyed hash of what was said in clear beside it. */
export const CLEAR_EVIDENCE = 'clear';

/** What the chain is made of; columns by their names. */
export type LinkedFields = {
  number: number;
  learned_order: number;
  connection_id: string;
  contact_hash: string | null;
  email_hash: string;
  effect: string;
  consent_from: string;
  consent_to: string;
  source: string;
  verdict: string;
  happened_at: string | null;
  learned_at: string;
  evidence: Readonly<Record<string, string>>;
  wrote: string;
};

/** A record as it is stored, with the clear text beside its hashes; instants in microseconds. */
export type StoredRecord = LinkedFields & {
  previous_hash: string;
  hash: string;
  contact_id: string | null;
  email: string | null;
  clear_evidence: Readonly<Record<string, string>> | null;
};

/** The columns of `StoredRecord`. */
export const RECORD_COLUMNS = sql`number, learned_order, connection_id, contact_hash, email_hash, effect, consent_from,
  consent_to, source, verdict, evidence, wrote, previous_hash, hash, contact_id, email, clear_evidence,
  to_char(happened_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as happened_at,
  to_char(learned_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as learned_at`;

/** SHA-256 over the previous hash and the record's fields in a fixed order, as JSON. */
export function chainHash(previous: string, record: LinkedFields): string {
  const fields = [
    previous,
    record.number,
    record.learned_order,
    record.connection_id,
    record.contact_hash,
    record.email_hash,
    record.effect,
    record.consent_from,
    record.consent_to,
    record.source,
    record.verdict,
    record.happened_at,
    record.learned_at,
    sorted(record.evidence),
    record.wrote,
  ];
  return createHash('sha256').update(JSON.stringify(fields)).digest('hex');
}

/** Keyed hash of evidence that is kept in clear beside the chain. */
export function clearEvidenceHash(hashOf: ConsentHash, evidence: Readonly<Record<string, string>>): string {
  return hashOf('evidence', JSON.stringify(sorted(evidence)));
}

/** Whether a record continues the chain, and its clear text, where it was not erased, is what was hashed. */
export function continuesChain(record: StoredRecord, previous: string, hashOf: ConsentHash): boolean {
  const asBooked = {
    ...record,
    happened_at: record.happened_at && inMilliseconds(record.happened_at),
    learned_at: inMilliseconds(record.learned_at),
  };
  return (
    record.previous_hash === previous &&
    record.hash === chainHash(previous, asBooked) &&
    (record.email === null || record.email_hash === hashOf('email', record.email)) &&
    (record.contact_id === null || record.contact_hash === hashOf('contact', record.contact_id)) &&
    (record.clear_evidence === null ||
      record.evidence[CLEAR_EVIDENCE] === clearEvidenceHash(hashOf, record.clear_evidence))
  );
}

/** An instant as it was booked; one with microseconds, which nobody books, stays as it is and fits no hash. */
export function inMilliseconds(instant: string): string {
  return instant.replace(/000Z$/, 'Z');
}

function sorted(texts: Readonly<Record<string, string>>): [string, string][] {
  return Object.entries(texts).sort(([a], [b]) => (a < b ? -1 : 1));
}
