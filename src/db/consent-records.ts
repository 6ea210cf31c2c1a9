import { type RawBuilder, sql } from 'kysely';
import type { EmailAddress } from '../core/email-address.ts';
import type { ProviderRecord } from '../core/event-booking.ts';
import {
  CHAIN_START,
  CLEAR_EVIDENCE,
  chainHash,
  clearEvidenceHash,
  continuesChain,
  type LinkedFields,
  RECORD_COLUMNS,
  type StoredRecord,
} from './consent-chain.ts';
import type { ConsentHash } from './consent-hash.ts';
import type { LoggedHead } from './consent-heads.ts';
import type { Queryable } from './database.ts';
import { jsonRows, storable, textArray } from './json-rows.ts';

/** Who or what brings a change of consent about; an operator enters it on the contact's page (R1 c). */
export type ConsentSource = 'person' | 'crm-user' | 'provider-administrator' | 'provider' | 'rule' | 'operator';

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
  source: ConsentSource;
  verdict: 'allowed' | 'refused';
  happenedAt: string | undefined;
  evidence: Readonly<Record<string, string>>;
  /** evidence that may name people: an erasure removes it, the chain keeps its keyed hash */
  clearEvidence?: Readonly<Record<string, string>>;
  /** what we wrote because of it */
  wrote: string;
};

/**
 * What a check of a whole chain found. `brokenAt`: number of the first record that does not fit, by `how`: its content is not
 * what was hashed; it is not there; the end was cut off; it is not the one whose hash was logged.
 */
export type ChainCheck = { count: number; head: string } & (
  | { brokenAt: undefined }
  | { brokenAt: number; how: 'altered' | 'missing' | 'cut' | 'replaced' }
);

/** Records that are read at a time. */
const PAGE = 500;

/**
 * The append-only consent record of a tenant, chained by hash. Clear text is outside the chain, so that an erasure leaves it
 * intact. Must run inside a transaction: the chain's end is locked until it ends.
 */
export function consentRecords(trx: Queryable, tenantId: string, hashOf: ConsentHash) {
  /** Hashes of the addresses that were erased; whoever comes back with an opt-in is none of them any more (R14). */
  const erasedAmong = async (entries: readonly ConsentEntry[]): Promise<ReadonlySet<string>> => {
    const hashes = (of: readonly ConsentEntry[]) =>
      textArray([...new Set(of.map(({ email }) => hashOf('email', email)))]);
    const optIns = entries.filter(({ effect }) => effect === 'opt-in');
    if (optIns.length > 0) {
      await sql`delete from erasures where tenant_id = ${tenantId} and email_hash = any(${hashes(optIns)})`.execute(
        trx,
      );
    }
    const { rows } = await sql<{ hash: string }>`
      select email_hash as hash from erasures
      where tenant_id = ${tenantId} and email_hash = any(${hashes(entries)})`.execute(trx);
    return new Set(rows.map(({ hash }) => hash));
  };
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
      const erased = await erasedAmong(entries);
      let previous = last.hash || CHAIN_START;
      const learnedAt = new Date(now).toISOString();
      const rows = entries.map((entry, index) => {
        const clearEvidence = entry.clearEvidence && storableTexts(entry.clearEvidence);
        const record: LinkedFields = {
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
          evidence: {
            ...storableTexts(entry.evidence),
            ...(clearEvidence ? { [CLEAR_EVIDENCE]: clearEvidenceHash(hashOf, clearEvidence) } : {}),
          },
          wrote: storable(entry.wrote),
        };
        const hash = chainHash(previous, record);
        const isErased = erased.has(record.email_hash);
        const row = {
          ...record,
          contact_id: isErased ? null : (entry.contactId ?? null),
          email: isErased ? null : entry.email,
          clear_evidence: isErased ? null : (clearEvidence ?? null),
          previous_hash: previous,
          hash,
        };
        previous = hash;
        return row;
      });
      await sql`
        insert into consent_records (tenant_id, number, learned_order, connection_id, contact_hash, email_hash, contact_id,
          email, clear_evidence, effect, consent_from, consent_to, source, verdict, happened_at, learned_at, evidence,
          wrote, previous_hash, hash)
        select ${tenantId}, number, learned_order, connection_id, contact_hash, email_hash, contact_id, email,
          clear_evidence, effect, consent_from, consent_to, source, verdict, happened_at, learned_at, evidence, wrote,
          previous_hash, hash
        from json_to_recordset(${jsonRows(rows)}) as page (number bigint, learned_order bigint, connection_id text,
          contact_hash text, email_hash text, contact_id text, email text, clear_evidence jsonb, effect text,
          consent_from text, consent_to text, source text, verdict text, happened_at timestamptz, learned_at timestamptz,
          evidence jsonb, wrote text, previous_hash text, hash text)`.execute(trx);
    },

    /**
     * Whether it was our own unsubscribe, for the CRM's No or for flags that differed (R8), that took the address out at this
     * connection: since the newest opt-in nobody else's opt-out is on record.
     */
    async lastLeavingIsOurs(connectionId: string, email: string): Promise<boolean> {
      const { rows } = await sql<{ ours: boolean | null }>`
        with known as (select number, effect, source, connection_id, wrote,
            source = 'crm-user' and wrote = 'unsubscribe-member' and verdict = 'allowed' as is_own from consent_records
          where tenant_id = ${tenantId} and email_hash = ${hashOf('email', email)})
        select bool_and(is_own and connection_id = ${connectionId}) as ours
        from known where (effect = 'opt-out' or (is_own and connection_id = ${connectionId}))
          and number > (select coalesce(max(number), 0) from known where effect = 'opt-in')`.execute(trx);
      return rows[0]?.ours ?? false;
    },

    /**
     * When somebody last left at this connection's provider, as far as that is on record.
     *
     * @returns an ISO instant; undefined: nobody has told of it, or we have unsubscribed him ourselves since
     */
    async lastLeftAt(connectionId: string, email: string): Promise<string | undefined> {
      const { rows } = await sql<{ at: string }>`
        with known as (select *, wrote = 'unsubscribe-member' and verdict = 'allowed' as is_own,
            effect = 'opt-out' and source in ('person', 'provider-administrator', 'provider') as is_told from consent_records
          where tenant_id = ${tenantId} and email_hash = ${hashOf('email', email)} and connection_id = ${connectionId})
        select ${instantText(sql`max(coalesce(happened_at, learned_at)) filter (where is_told)`)} as at
        from known having max(number) filter (where is_told) > coalesce(max(number) filter (where is_own), 0)`.execute(
        trx,
      );
      return rows[0]?.at;
    },

    /**
     * To which of the contacts another connection has written No since this one began to read the Yes that it knew last (R15).
     *
     * @returns the order of what it booked, by contact
     */
    async setToNoElsewhere(connectionId: string, contactIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
      if (contactIds.length === 0) return new Map();
      const asked = contactIds.map((id) => ({ id, hash: hashOf('contact', id) }));
      const { rows } = await sql<{ id: string; position: number }>`
        select asked.id, max(record.learned_order) as position from json_to_recordset(${jsonRows(asked)}) as asked (id text, hash text)
          join contacts on contacts.connection_id = ${connectionId} and contacts.contact_id = asked.id
          join consent_records as record on record.tenant_id = ${tenantId} and record.contact_hash = asked.hash
            and record.connection_id <> ${connectionId} and record.wrote = 'write-consent' and record.consent_to = 'no'
            and record.verdict = 'allowed' and record.learned_order > contacts.yes_read_from
        group by asked.id`.execute(trx);
      return new Map(rows.map(({ id, position }) => [id, position]));
    },

    /** The newest statements about addresses that this connection's provider is the source of, by address. */
    async newestOfProvider(
      connectionId: string,
      emails: readonly EmailAddress[],
    ): Promise<ReadonlyMap<EmailAddress, ProviderRecord>> {
      const asked = emails.map((email) => ({ email, hash: hashOf('email', email) }));
      const { rows } = await sql<ProviderRecord & { email: EmailAddress }>`
        with asked as (select * from json_to_recordset(${jsonRows(asked)}) as a (email text, hash text))
        select asked.email,
          ${instantText(sql`max(coalesce(happened_at, learned_at)) filter (where effect = 'opt-out')`)} as "optOutAt",
          ${instantText(sql`max(learned_at) filter (where effect = 'opt-out')`)} as "optOutLearnedAt",
          ${instantText(sql`max(coalesce(happened_at, learned_at)) filter (where effect = 'opt-in')`)} as "optInAt"
        from asked join consent_records as record on record.tenant_id = ${tenantId} and record.email_hash = asked.hash
        where record.effect <> 'neutral' and record.connection_id = ${connectionId}
          and record.source in ('person', 'provider-administrator', 'provider')
        group by asked.email`.execute(trx);
      return new Map(rows.map(({ email, ...record }) => [email, record]));
    },

    /**
     * Checks the whole chain in pages.
     *
     * @param heads logged ends of this chain, shortest first, read before; where the record is not the one that was
     *   logged, the first doubtful one is the first after the last head that still fits
     */
    async verify(heads: readonly LoggedHead[] = []): Promise<ChainCheck> {
      const open = heads.filter((head) => head.count > 0);
      let previous = CHAIN_START;
      let count = 0;
      let proven = 0;
      for (;;) {
        const { rows } = await sql<StoredRecord>`
          select ${RECORD_COLUMNS} from consent_records
          where tenant_id = ${tenantId} and number > ${count} order by number limit ${PAGE}`.execute(trx);
        for (const record of rows) {
          const found = { count, head: previous };
          if (record.number !== count + 1) return { ...found, brokenAt: count + 1, how: 'missing' };
          if (!continuesChain(record, previous, hashOf)) return { ...found, brokenAt: count + 1, how: 'altered' };
          previous = record.hash;
          count += 1;
          while (open[0]?.count === count) {
            if (open.shift()?.hash !== previous) return { ...found, brokenAt: proven + 1, how: 'replaced' };
            proven = count;
          }
        }
        if (rows.length < PAGE) break;
      }
      if (open.length > 0) return { count, head: previous, brokenAt: count + 1, how: 'cut' };
      return { count, head: previous, brokenAt: undefined };
    },
  };
}

/** An instant as ISO 8601 in UTC; '' where there is none. */
function instantText(instant: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`coalesce(to_char(${instant} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), '')`;
}

function storableTexts(texts: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, storable(text)]));
}
