import { sql } from 'kysely';
import { connectionRow } from './connections.ts';
import type { ConsentHash } from './consent-hash.ts';
import type { Queryable } from './database.ts';
import { textArray } from './json-rows.ts';
import { isOfOpenRun } from './open-plans.ts';

/** What a run had begun that has ended may still arrive, out of a provider's queue at the latest, in ms. */
const MAY_ARRIVE_MS = 3_600_000;

/** Whom a request is about: every address and contact that is known to be the person. */
export type PersonKeys = { emails: readonly string[]; contactIds: readonly string[] };

/** Where personal data lie besides the consent record, and by which columns a person is found there. */
export const PERSONAL_TABLES: Readonly<Record<string, readonly ('email_key' | 'contact_id')[]>> = {
  contacts: ['email_key', 'contact_id'],
  members: ['email_key'],
  contact_links: ['email_key', 'contact_id'],
  member_aliases: ['email_key'],
  refusals: ['email_key'],
  due_addresses: ['email_key'],
  held_changes: ['email_key', 'contact_id'],
  plan_rows: ['email_key', 'contact_id'],
  activities: ['email_key', 'contact_id'],
};

/** What is held on one person in all connections of a tenant, to be handed out or erased (R14, section 13). */
export function personalData(db: Queryable, tenantId: string, hashOf: ConsentHash) {
  const isPerson = (columns: readonly string[], { emails, contactIds }: PersonKeys) =>
    sql.join(
      columns.map(
        (column) => sql`${sql.ref(column)} = any(${textArray(column === 'email_key' ? emails : contactIds)})`,
      ),
      sql` or `,
    );
  return {
    /**
     * Everybody an address or a contact stands for: contacts that have the address, addresses under which they or their
     * member were known before.
     */
    async keysOf(who: { email: string } | { contactId: string }): Promise<PersonKeys> {
      const start =
        'email' in who
          ? sql`select ${who.email}::text as email_key`
          : sql`
        select email_key from contacts where tenant_id = ${tenantId} and contact_id = ${who.contactId} and email_key <> ''`;
      const ids =
        'email' in who
          ? sql`select null::text as contact_id where false`
          : sql`select ${who.contactId}::text as contact_id`;
      const { rows } = await sql<PersonKeys>`
        with start as (${start}), named as (${ids}),
        ids as (
          select contact_id from named
          union select contact_id from contacts where tenant_id = ${tenantId} and email_key in (select email_key from start)
          union select contact_id from contacts where tenant_id = ${tenantId} and held_before <> ''
            and held_before in (select email_key from start)),
        known as (
          select email_key from start
          union select value from member_aliases where tenant_id = ${tenantId} and kind = 'email'
            and email_key in (select email_key from start)
          union select email_key from contact_links where tenant_id = ${tenantId}
            and contact_id in (select contact_id from ids)
          union select held_before from contacts where tenant_id = ${tenantId} and held_before <> ''
            and contact_id in (select contact_id from ids))
        select coalesce((select json_agg(email_key order by email_key) from known), '[]'::json) as emails,
          coalesce((select json_agg(contact_id order by contact_id) from ids), '[]'::json) as "contactIds"`.execute(db);
      return rows[0] ?? { emails: [], contactIds: [] };
    },

    /** The rows of a table that are about the person, as they are stored. */
    async rows(table: string, connectionId: string, keys: PersonKeys): Promise<Record<string, unknown>[]> {
      const { rows } = await sql<{ row: Record<string, unknown> }>`
        select to_jsonb(held) - 'tenant_id' - 'connection_id' as row from ${sql.table(table)} as held
        where tenant_id = ${tenantId} and connection_id = ${connectionId}
          and (${isPerson(PERSONAL_TABLES[table] ?? [], keys)})`.execute(db);
      return rows.map(({ row }) => row);
    },

    /** Whether a raise of the person was sent and not answered, or waits in a provider's queue (R4). `now`: ms. */
    async isRaiseOnItsWay({ emails }: PersonKeys, now: number): Promise<boolean> {
      const { rows } = await sql`
        select from plan_rows where tenant_id = ${tenantId} and state in ('sent', 'queued')
          and (${isOfOpenRun} or sent_at > ${new Date(now - MAY_ARRIVE_MS).toISOString()})
          and kind in ('add-member', 'raise-member', 'move-member') and email_key = any(${textArray(emails)}) limit 1`.execute(
        db,
      );
      return rows.length > 0;
    },

    /** Workers that may hold somebody in memory lose their lanes: they begin anew with what is stored then. */
    async stopWorkers(): Promise<void> {
      const { rows: connections } = await sql<{ id: string }>`
        select id from connections where tenant_id = ${tenantId} order by id`.execute(db);
      for (const { id } of connections) {
        const row = connectionRow(db, { tenantId, connectionId: id });
        await row.takeLane('main');
        await row.takeLane('urgent');
      }
    },

    /**
     * Takes the person out of everything but the hashes of the consent record, whose chain stays whole. Must run inside a
     * transaction.
     */
    async erase(keys: PersonKeys, now: number): Promise<void> {
      const { emails, contactIds } = keys;
      for (const [table, columns] of Object.entries(PERSONAL_TABLES)) {
        await sql`delete from ${sql.table(table)} where tenant_id = ${tenantId} and (${isPerson(columns, keys)})`.execute(
          db,
        );
      }
      await sql`update members set moved_from = null where tenant_id = ${tenantId}
        and moved_from = any(${textArray(emails)})`.execute(db);
      await sql`update contacts set went_from = '', went_read_at = null where tenant_id = ${tenantId}
        and went_from <> '' and went_from = any(${textArray(emails)})`.execute(db);
      await sql`update members set left_by = null where tenant_id = ${tenantId}
        and left_by = any(${textArray(contactIds)})`.execute(db);
      await sql`update members set joined = null where tenant_id = ${tenantId}
        and joined ->> 'contactId' = any(${textArray(contactIds)})`.execute(db);
      // Where a run that is over came to last.
      await sql`update sync_runs set cursor = '{}' where tenant_id = ${tenantId} and finished_at is not null
        and cursor ->> 'after' = any(${textArray(emails)})`.execute(db);
      const emailHashes = emails.map((email) => hashOf('email', email));
      await sql`
        update consent_records set email = null, contact_id = null, clear_evidence = null
        where tenant_id = ${tenantId} and (email_hash = any(${textArray(emailHashes)})
          or contact_hash = any(${textArray(contactIds.map((id) => hashOf('contact', id)))}))
          and (email is not null or contact_id is not null or clear_evidence is not null)`.execute(db);
      await sql`
        insert into erasures (tenant_id, email_hash, erased_at)
        select ${tenantId}, hash, ${new Date(now).toISOString()}::timestamptz from unnest(${textArray(emailHashes)}) as hash
        on conflict (tenant_id, email_hash) do update set erased_at = excluded.erased_at`.execute(db);
    },
  };
}
