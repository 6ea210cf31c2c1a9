import { sql } from 'kysely';
import type { EmailAddress } from '../core/email-address.ts';
import type { ConsentHash } from './consent-hash.ts';
import type { Queryable } from './database.ts';
import { jsonRows } from './json-rows.ts';

/**
 * At which connections each address was unsubscribed because flags of its contacts differed, and nobody's word is on record since
 * (R8). Asked for the few that several contacts share, or that one of them had before, and that are unsubscribed somewhere.
 */
export async function loadOutOverFlags(
  db: Queryable,
  tenantId: string,
  hashOf: ConsentHash,
  emailKeys: readonly EmailAddress[],
): Promise<ReadonlyMap<EmailAddress, ReadonlySet<string>>> {
  if (emailKeys.length === 0) return new Map();
  const asked = emailKeys.map((email) => ({ email_key: email, email_hash: hashOf('email', email) }));
  const { rows } = await sql<{ email_key: EmailAddress; connection_id: string }>`
    with asked as (select distinct * from json_to_recordset(${jsonRows(asked)}) as a (email_key text, email_hash text))
    select asked.email_key, record.connection_id from asked join consent_records as record
      on record.tenant_id = ${tenantId} and record.email_hash = asked.email_hash
    where record.effect = 'neutral' and record.verdict = 'allowed' and record.source = 'crm-user'
      and record.wrote = 'unsubscribe-member' and record.number > (select coalesce(max(number), 0) from consent_records as said
        where said.tenant_id = ${tenantId} and said.email_hash = asked.email_hash and (said.effect <> 'neutral'
          -- Once he is in again it is somebody else who takes him out. Whom the provider refused is not in.
          or (said.connection_id = record.connection_id and said.verdict = 'allowed'
            and said.wrote in ('add-member', 'raise-member', 'move-member')
            and not exists (select from refusals where refusals.connection_id = record.connection_id
              and refusals.email_key = asked.email_key and refusals.learned_order > said.learned_order))))
      -- Who has come back by himself since, and is out again, has left (R1 a).
      and not exists (select from members where members.connection_id = record.connection_id
        and members.email_key = asked.email_key and members.opt_in_order > record.learned_order)`.execute(db);
  const found = new Map<EmailAddress, Set<string>>();
  for (const { email_key, connection_id } of rows)
    found.set(email_key, (found.get(email_key) ?? new Set()).add(connection_id));
  return found;
}
