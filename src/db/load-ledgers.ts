import { sql } from 'kysely';
import type { EmailAddress } from '../core/email-address.ts';
import { type NewestStatements, newestStatements, type Statement } from '../core/newest-statements.ts';
import type { ConsentHash } from './consent-hash.ts';
import type { Queryable } from './database.ts';
import { jsonRows } from './json-rows.ts';
import type { ConnectionScope } from './scope.ts';

/** An address, the contacts that hold it, and the addresses that they or its member had before. */
export type LedgerQuestion = { email: EmailAddress; contactIds: readonly string[]; formers: readonly EmailAddress[] };

/**
 * The newest opt-out and opt-in on record for each address. An opt-out is booked for the address and for every contact that
 * holds it (R1), and what was booked for an address of before goes along (R7).
 *
 * @returns addresses about which nothing is on record are left out
 */
export async function loadLedgers(
  db: Queryable,
  { tenantId }: ConnectionScope,
  hashOf: ConsentHash,
  questions: readonly LedgerQuestion[],
): Promise<ReadonlyMap<EmailAddress, NewestStatements>> {
  // Looking up thousands of hashes to find nothing is most of a first sync's planning.
  const any = await sql`
    select from consent_records where tenant_id = ${tenantId} and effect <> 'neutral' limit 1`.execute(db);
  if (any.rows.length === 0) return new Map();
  const asked = questions.flatMap(({ email, contactIds, formers }) => [
    ...[email, ...formers].map((held) => ({ email_key: email, email_hash: hashOf('email', held), contact_hash: null })),
    ...contactIds.map((id) => ({ email_key: email, email_hash: null, contact_hash: hashOf('contact', id) })),
  ]);
  const record = sql`record.effect, record.learned_order as "order",
    record.source in ('person', 'provider-administrator', 'provider') as "isOfProvider",
    (extract(epoch from record.happened_at) * 1000)::float8 as "happenedAt",
    (extract(epoch from record.learned_at) * 1000)::float8 as "learnedAt"`;
  const { rows } = await sql<Statement & { email_key: EmailAddress }>`
    with asked as (select * from json_to_recordset(${jsonRows(asked)}) as a (email_key text, email_hash text, contact_hash text))
    select asked.email_key, ${record} from asked join consent_records as record
      on record.tenant_id = ${tenantId} and record.email_hash = asked.email_hash and record.effect <> 'neutral'
    union all
    select asked.email_key, ${record} from asked join consent_records as record
      on record.tenant_id = ${tenantId} and record.contact_hash = asked.contact_hash and record.effect <> 'neutral'`.execute(
    db,
  );
  const statements = Map.groupBy(rows, (row) => row.email_key);
  return new Map([...statements].map(([email, said]) => [email, newestStatements(said)]));
}
