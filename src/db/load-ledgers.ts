import { sql } from 'kysely';
import type { ConsentLedger } from '../core/consent-ledger.ts';
import type { EmailAddress } from '../core/email-address.ts';
import type { ConsentHash } from './consent-hash.ts';
import type { Queryable } from './database.ts';
import { jsonRows } from './json-rows.ts';
import type { ConnectionScope } from './scope.ts';

/** An address, the contacts that hold it, and the addresses that they or its member had before. */
export type LedgerQuestion = { email: EmailAddress; contactIds: readonly string[]; formers: readonly EmailAddress[] };

/** `leftAt`: when the newest opt-out happened of which this connection's provider told the time, in ms; 0: none. */
export type LoadedLedger = { ledger: ConsentLedger; leftAt: number };

/**
 * The newest opt-out and opt-in on record for each address. An opt-out is booked for the address and for every contact that
 * holds it (R1), and what was booked for an address of before goes along (R7).
 *
 * @returns addresses about which nothing is on record are left out
 */
export async function loadLedgers(
  db: Queryable,
  { tenantId, connectionId }: ConnectionScope,
  hashOf: ConsentHash,
  questions: readonly LedgerQuestion[],
): Promise<ReadonlyMap<EmailAddress, LoadedLedger>> {
  // Looking up thousands of hashes to find nothing is most of a first sync's planning.
  const any = await sql`
    select from consent_records where tenant_id = ${tenantId} and effect <> 'neutral' limit 1`.execute(db);
  if (any.rows.length === 0) return new Map();
  const asked = questions.flatMap(({ email, contactIds, formers }) => [
    ...[email, ...formers].map((held) => ({ email_key: email, email_hash: hashOf('email', held), contact_hash: null })),
    ...contactIds.map((id) => ({ email_key: email, email_hash: null, contact_hash: hashOf('contact', id) })),
  ]);
  const { rows } = await sql<{
    email_key: EmailAddress;
    effect: 'opt-out' | 'opt-in';
    newest: number;
    told_at: number | null;
  }>`
    with asked as (select * from json_to_recordset(${jsonRows(asked)}) as a (email_key text, email_hash text, contact_hash text))
    select email_key, effect, max(learned_order) as newest,
      (extract(epoch from max(happened_at) filter (where connection_id = ${connectionId})) * 1000)::float8 as told_at from (
      select asked.email_key, record.effect, record.learned_order, record.happened_at, record.connection_id
      from asked join consent_records as record
        on record.tenant_id = ${tenantId} and record.email_hash = asked.email_hash and record.effect <> 'neutral'
      union all
      select asked.email_key, record.effect, record.learned_order, record.happened_at, record.connection_id
      from asked join consent_records as record
        on record.tenant_id = ${tenantId} and record.contact_hash = asked.contact_hash and record.effect <> 'neutral') as found
    group by email_key, effect`.execute(db);
  const ledgers = new Map<EmailAddress, LoadedLedger>();
  for (const { email_key, effect, newest, told_at } of rows) {
    const { ledger, leftAt } = ledgers.get(email_key) ?? { ledger: { optOut: undefined, optIn: undefined }, leftAt: 0 };
    ledgers.set(
      email_key,
      effect === 'opt-out'
        ? { ledger: { ...ledger, optOut: { order: newest } }, leftAt: told_at ?? 0 }
        : { ledger: { ...ledger, optIn: { order: newest } }, leftAt },
    );
  }
  return ledgers;
}
