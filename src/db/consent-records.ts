import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Queryable } from './database.ts';
import { jsonRows, storable } from './json-rows.ts';
import type { ConsentHash } from './people.ts';

/** One entry of the consent record before it is chained (R14). */
export type ConsentEntry = {
  connectionId: string;
  contactId: string | undefined;
  email: string;
  effect: 'opt-out' | 'opt-in' | 'neutral';
  /** order of learning where it was learned before it is booked; undefined: now */
  learnedOrder: number | undefined;
  from: string;
  to: string;
  /** who or what brought it about */
  source: 'person' | 'crm-user' | 'provider-administrator' | 'provider' | 'rule';
  verdict: 'allowed' | 'refused';
  happenedAt: string | undefined;
  evidence: Readonly<Record<string, string>>;
  /** what we wrote because of it */
  wrote: string;
};

/** The hash in front of a tenant's first record. */
const CHAIN_START = '0'.repeat(64);

type StoredRecord = {
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

type ChainedRecord = StoredRecord & {
  previous_hash: string;
  hash: string;
  contact_id: string | null;
  email: string | null;
};

/**
 * The append-only consent record of a tenant, chained by hash. Clear text is outside the chain, so that an erasure leaves it
 * intact. Must run inside a transaction: the chain's end is locked until it ends.
 */
export function consentRecords(trx: Queryable, tenantId: string, hashOf: ConsentHash) {
  return {
    /** @param now instant in ms at which we learned of all entries */
    async append(entries: readonly ConsentEntry[], now: number): Promise<void> {
      if (entries.length === 0) return;
      // Not "for update": that would wait for everybody who stores a row of this tenant, and they for us.
      await sql`select id from tenants where id = ${tenantId} for no key update`.execute(trx);
      const end = await sql<{ number: number; hash: string; position: number }>`
        select coalesce(max(number), 0)::int as number, nextval('learning_order') as position,
          coalesce((select hash from consent_records where tenant_id = ${tenantId} order by number desc limit 1), '') as hash
        from consent_records where tenant_id = ${tenantId}`.execute(trx);
      const last = end.rows[0];
      if (!last) throw new Error('an aggregate has a row');
      let previous = last.hash || CHAIN_START;
      const learnedAt = new Date(now).toISOString();
      const rows = entries.map((entry, index) => {
        const record: StoredRecord = {
          number: last.number + index + 1,
          learned_order: entry.learnedOrder ?? last.position,
          connection_id: entry.connectionId,
          contact_hash: entry.contactId === undefined ? null : hashOf('contact', entry.contactId),
          email_hash: hashOf('email', entry.email),
          effect: entry.effect,
          consent_from: entry.from,
          consent_to: entry.to,
          source: entry.source,
          verdict: entry.verdict,
          happened_at: entry.happenedAt === undefined ? null : new Date(entry.happenedAt).toISOString(),
          learned_at: learnedAt,
          evidence: Object.fromEntries(Object.entries(entry.evidence).map(([name, text]) => [name, storable(text)])),
          wrote: storable(entry.wrote),
        };
        const hash = chainHash(previous, record);
        const row = {
          ...record,
          contact_id: entry.contactId ?? null,
          email: entry.email,
          previous_hash: previous,
          hash,
        };
        previous = hash;
        return row;
      });
      await sql`
        insert into consent_records (tenant_id, number, learned_order, connection_id, contact_hash, email_hash, contact_id,
          email, effect, consent_from, consent_to, source, verdict, happened_at, learned_at, evidence, wrote,
          previous_hash, hash)
        select ${tenantId}, number, learned_order, connection_id, contact_hash, email_hash, contact_id, email, effect,
          consent_from, consent_to, source, verdict, happened_at, learned_at, evidence, wrote, previous_hash, hash
        from json_to_recordset(${jsonRows(rows)}) as page (number bigint, learned_order bigint, connection_id text,
          contact_hash text, email_hash text, contact_id text, email text, effect text, consent_from text,
          consent_to text, source text, verdict text, happened_at timestamptz, learned_at timestamptz, evidence jsonb,
          wrote text, previous_hash text, hash text)`.execute(trx);
    },

    /**
     * Whether it was our own unsubscribe, for the CRM's No, that took the address out at this connection: since the newest
     * opt-in nobody else's opt-out is on record.
     */
    async lastLeavingIsOurs(connectionId: string, email: string): Promise<boolean> {
      const { rows } = await sql<{ ours: boolean | null }>`
        with known as (select number, effect, connection_id, source, wrote from consent_records
          where tenant_id = ${tenantId} and email_hash = ${hashOf('email', email)} and effect <> 'neutral')
        select bool_and(source = 'crm-user' and wrote = 'unsubscribe-member' and connection_id = ${connectionId}) as ours
        from known where effect = 'opt-out'
          and number > (select coalesce(max(number), 0) from known where effect = 'opt-in')`.execute(trx);
      return rows[0]?.ours ?? false;
    },

    /**
     * Checks the whole chain in pages.
     *
     * @returns the number of the first record that does not fit, or undefined with the count of records and the head
     */
    async verify(): Promise<{ brokenAt: number | undefined; count: number; head: string }> {
      let previous = CHAIN_START;
      let count = 0;
      for (;;) {
        const { rows } = await sql<ChainedRecord>`
          select number, learned_order, connection_id, contact_hash, email_hash, effect, consent_from, consent_to, source,
            verdict, evidence, wrote, previous_hash, hash, contact_id, email,
            to_char(happened_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as happened_at,
            to_char(learned_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as learned_at
          from consent_records where tenant_id = ${tenantId} and number > ${count} order by number limit 500`.execute(
          trx,
        );
        if (rows.length === 0) return { brokenAt: undefined, count, head: previous };
        for (const record of rows) {
          if (record.number !== count + 1 || !fits(record, previous, hashOf)) {
            return { brokenAt: count + 1, count, head: previous };
          }
          previous = record.hash;
          count += 1;
        }
      }
    },
  };
}

/** Whether a record continues the chain, and its clear text, where it was not erased, is what was hashed. */
function fits(record: ChainedRecord, previous: string, hashOf: ConsentHash): boolean {
  const asBooked = {
    ...record,
    happened_at: record.happened_at && inMilliseconds(record.happened_at),
    learned_at: inMilliseconds(record.learned_at),
  };
  return (
    record.previous_hash === previous &&
    record.hash === chainHash(previous, asBooked) &&
    (record.email === null || record.email_hash === hashOf('email', record.email)) &&
    (record.contact_id === null || record.contact_hash === hashOf('contact', record.contact_id))
  );
}

/** An instant as it was booked; one with microseconds, which nobody books, stays as it is and fits no hash. */
function inMilliseconds(instant: string): string {
  return instant.replace(/000Z$/, 'Z');
}

/** SHA-256 over the previous hash and the record's fields in a fixed order, as JSON. */
function chainHash(previous: string, record: StoredRecord): string {
  const evidence = Object.entries(record.evidence).sort(([a], [b]) => (a < b ? -1 : 1));
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
    evidence,
    record.wrote,
  ];
  return createHash('sha256').update(JSON.stringify(fields)).digest('hex');
}
