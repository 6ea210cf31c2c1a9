import { sql } from 'kysely';
import { inMilliseconds, RECORD_COLUMNS, type StoredRecord } from './consent-chain.ts';
import type { ConsentHash } from './consent-hash.ts';
import type { ConsentEntry, ConsentSource } from './consent-records.ts';
import type { Queryable } from './database.ts';
import { textArray } from './json-rows.ts';

/** One record as it is read (R14). `contactId`, `email` and `clearEvidence` are absent once they were erased. */
export type ConsentRecord = {
  number: number;
  learnedOrder: number;
  connectionId: string;
  contactId: string | undefined;
  email: string | undefined;
  contactHash: string | undefined;
  emailHash: string;
  effect: ConsentEntry['effect'];
  from: string;
  to: string;
  source: ConsentSource;
  verdict: ConsentEntry['verdict'];
  happenedAt: string | undefined;
  learnedAt: string;
  evidence: Readonly<Record<string, string>>;
  clearEvidence: Readonly<Record<string, string>> | undefined;
  wrote: string;
  previousHash: string;
  hash: string;
};

/** Reads a tenant's consent record. */
export function consentHistory(db: Queryable, tenantId: string, hashOf: ConsentHash) {
  return {
    /** One page of the whole record, in the order of the chain. */
    async page(after: number, limit: number): Promise<ConsentRecord[]> {
      const { rows } = await sql<StoredRecord>`
        select ${RECORD_COLUMNS} from consent_records where tenant_id = ${tenantId} and number > ${after}
        order by number limit ${limit}`.execute(db);
      return rows.map(toRecord);
    },

    /** When the newest opt-out of these contacts and addresses happened, or was learned where nobody told when. */
    async newestOptOutAt(person: {
      emails: readonly string[];
      contactIds: readonly string[];
    }): Promise<string | undefined> {
      const { rows } = await sql<{ at: string | null }>`
        select to_char(max(coalesce(happened_at, learned_at)) at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at
        from consent_records
        where tenant_id = ${tenantId} and effect = 'opt-out' and (
          email_hash = any(${textArray(person.emails.map((email) => hashOf('email', email)))})
          or contact_hash = any(${textArray(person.contactIds.map((id) => hashOf('contact', id)))}))`.execute(db);
      return rows[0]?.at ?? undefined;
    },

    /**
     * What is on record about a person, newest first: everything about these contacts and addresses, and about other addresses
     * under which the contacts are on record, unless it is about another contact.
     */
    async ofPerson(
      person: { emails: readonly string[]; contactIds: readonly string[] },
      limit: number,
    ): Promise<ConsentRecord[]> {
      const contacts = textArray(person.contactIds.map((id) => hashOf('contact', id)));
      const emails = textArray(person.emails.map((email) => hashOf('email', email)));
      const { rows } = await sql<StoredRecord>`
        with about as (
          select number, email_hash from consent_records where tenant_id = ${tenantId} and contact_hash = any(${contacts})),
        found as (
          select number from about
          union select number from consent_records where tenant_id = ${tenantId} and email_hash = any(${emails})
          union select number from consent_records where tenant_id = ${tenantId} and contact_hash is null
            and email_hash in (select email_hash from about))
        select ${RECORD_COLUMNS} from consent_records
        where tenant_id = ${tenantId} and number in (select number from found) order by number desc limit ${limit}`.execute(
        db,
      );
      return rows.map(toRecord);
    },
  };
}

function toRecord(row: StoredRecord): ConsentRecord {
  return {
    number: row.number,
    learnedOrder: row.learned_order,
    connectionId: row.connection_id,
    contactId: row.contact_id ?? undefined,
    email: row.email ?? undefined,
    contactHash: row.contact_hash ?? undefined,
    emailHash: row.email_hash,
    // Append writes nothing else, and the verification finds whatever was changed since.
    effect: row.effect as ConsentRecord['effect'],
    from: row.consent_from,
    to: row.consent_to,
    source: row.source as ConsentRecord['source'],
    verdict: row.verdict as ConsentRecord['verdict'],
    happenedAt: row.happened_at === null ? undefined : inMilliseconds(row.happened_at),
    learnedAt: inMilliseconds(row.learned_at),
    evidence: row.evidence,
    clearEvidence: row.clear_evidence ?? undefined,
    wrote: row.wrote,
    previousHash: row.previous_hash,
    hash: row.hash,
  };
}
