import { type RawBuilder, sql } from 'kysely';
import type { CrmConsent, MemberStatus } from '../core/consent.ts';
import type { Contact } from '../core/contact.ts';
import type { EmailAddress } from '../core/email-address.ts';
import type { Reason } from '../core/reason.ts';
import { contactReadings } from './contact-readings.ts';
import type { Queryable } from './database.ts';
import { jsonRows, textArray } from './json-rows.ts';
import type { ConnectionScope } from './scope.ts';

/** A contact as last read, with the reason why it is no active member. */
export type ReadContact = Omit<Contact, 'tagKeys'> & { isReadable: boolean; reason: Reason | null };

/** Whether a run has put somebody there for the contact, or is about to, under the address that it had before. */
export function wasAddedFor(connectionId: string): RawBuilder<boolean> {
  return sql`exists (select from plan_rows where plan_rows.connection_id = ${connectionId}
    and plan_rows.email_key = contacts.held_before and plan_rows.kind in ('add-member', 'raise-member')
    and plan_rows.state in ('sent', 'queued', 'done') and plan_rows.operation ->> 'contactId' = contacts.contact_id)`;
}

/** The CRM's contacts as last read. */
export function contacts(db: Queryable, scope: ConnectionScope) {
  const { connectionId } = scope;
  const isOutside = (runId: string) => sql`connection_id = ${connectionId} and consent = 'yes' and email_key <> ''
    and is_readable and not is_private and not is_archived
    and not exists (select from members where members.connection_id = ${connectionId}
      and members.email_key = contacts.email_key and members.seen_run = ${runId})`;
  return {
    ...contactReadings(db, scope),

    /**
     * Both sides have met at these addresses: what contacts there had before counts no longer (R7). Members whom a run put
     * there for them in the meantime have to leave.
     *
     * @returns addresses of those members
     */
    async forgetHeldBefore(emailKeys: readonly string[]): Promise<EmailAddress[]> {
      if (emailKeys.length === 0) return [];
      const { rows: left } = await sql<{ email_key: EmailAddress }>`
        update members set left_by = contacts.contact_id from contacts
        where members.connection_id = ${connectionId} and members.status = 'subscribed'
          and contacts.connection_id = ${connectionId} and contacts.held_before = members.email_key
          and contacts.held_before <> '' and contacts.email_key = any(${textArray(emailKeys)})
          and not exists (select from contact_links as link where link.connection_id = ${connectionId}
            and link.email_key = members.email_key)
          and ${wasAddedFor(connectionId)} returning members.email_key`.execute(db);
      await sql`update contacts set held_before = ''
        where connection_id = ${connectionId} and held_before <> '' and email_key = any(${textArray(emailKeys)})
          -- Whoever was archived may have left before (R5): his history counts until somebody says Yes.
          and not exists (select from members where members.connection_id = ${connectionId}
            and members.email_key = held_before and members.status = 'archived')`.execute(db);
      return left.map((row) => row.email_key);
    },

    /** We made these contacts for people who have just signed up. */
    async markNew(contactIds: readonly string[]): Promise<void> {
      if (contactIds.length === 0) return;
      await sql`update contacts set is_new = true
        where connection_id = ${connectionId} and contact_id = any(${textArray(contactIds)})`.execute(db);
    },

    /** Both sides agree about these contacts. @returns those of them that were new until now */
    async endNewness(contactIds: readonly string[]): Promise<ReadonlySet<string>> {
      if (contactIds.length === 0) return new Set();
      const { rows } = await sql<{ contact_id: string }>`update contacts set is_new = false
        where connection_id = ${connectionId} and is_new and contact_id = any(${textArray(contactIds)})
        returning contact_id`.execute(db);
      return new Set(rows.map((row) => row.contact_id));
    },

    /** Those of the record numbers that are stored as readable. */
    async readableAmong(contactIds: readonly string[]): Promise<string[]> {
      const { rows } = await sql<{ contact_id: string }>`select contact_id from contacts
        where connection_id = ${connectionId} and is_readable and contact_id = any(${textArray(contactIds)})`.execute(
        db,
      );
      return rows.map((row) => row.contact_id);
    },

    /** Notes that a listing delivered these record numbers. */
    async markSeen(runId: string, contactIds: readonly string[]): Promise<void> {
      await sql`update contacts set seen_run = ${runId}
        where connection_id = ${connectionId} and contact_id = any(${textArray(contactIds)})`.execute(db);
    },

    /** Record numbers that a listing did not deliver. */
    async unseen(runId: string): Promise<string[]> {
      const { rows } = await sql<{ contact_id: string }>`
        select contact_id from contacts where connection_id = ${connectionId} and seen_run <> ${runId} and is_readable
        order by sort_key`.execute(db);
      return rows.map((row) => row.contact_id);
    },

    /** Contacts that are gone or may no longer be read (F4). */
    async markUnreadable(contactIds: readonly string[]): Promise<void> {
      if (contactIds.length === 0) return;
      await sql`update contacts set is_readable = false
        where connection_id = ${connectionId} and contact_id = any(${textArray(contactIds)})`.execute(db);
    },

    /** Addresses of contacts that say Yes, may be raised as far as they tell, and are no member this run has read. */
    async outsideAudience(runId: string, after: string, limit: number): Promise<EmailAddress[]> {
      const { rows } = await sql<{ email_key: EmailAddress }>`
        select distinct email_key from contacts where ${isOutside(runId)} and email_key > ${after}
        order by email_key limit ${limit}`.execute(db);
      return rows.map((row) => row.email_key);
    },

    async countOutsideAudience(runId: string): Promise<number> {
      const { rows } = await sql<{ count: number }>`
        select count(distinct email_key)::int as count from contacts where ${isOutside(runId)}`.execute(db);
      return rows[0]?.count ?? 0;
    },

    async count(): Promise<number> {
      const { rows } = await sql<{ count: number }>`
        select count(*)::int as count from contacts where connection_id = ${connectionId} and is_readable`.execute(db);
      return rows[0]?.count ?? 0;
    },

    /** Greatest time stamp of the CRM's own clock that was seen; '' before the first reading. */
    async newestModification(): Promise<string> {
      const { rows } = await sql<{ newest: string | null }>`
        select max(modified_at collate "C") as newest from contacts where connection_id = ${connectionId}`.execute(db);
      return rows[0]?.newest ?? '';
    },

    /** Our own write came through: the field says what we wrote; no turn to No by a person is concluded from it. */
    async setConsent(contactIds: readonly string[], consent: CrmConsent): Promise<void> {
      if (contactIds.length === 0) return;
      await sql`update contacts set consent = ${consent}, asks_yes = null
        where connection_id = ${connectionId} and contact_id = any(${textArray(contactIds)})`.execute(db);
    },

    /**
     * The field is to be set to Yes (R1 c), or no longer: the CRM has refused it, or R1 does not permit it.
     *
     * @param status of the member now; null takes the wish back
     */
    async askYes(contactIds: readonly string[], status: MemberStatus | null): Promise<void> {
      if (contactIds.length === 0) return;
      await sql`update contacts set asks_yes = case when consent <> 'yes' then ${status}::text end
        where connection_id = ${connectionId} and contact_id = any(${textArray(contactIds)})`.execute(db);
    },

    async setTagKeys(rows: readonly { contactId: string; tagKeys: readonly string[] }[]): Promise<void> {
      if (rows.length === 0) return;
      const changes = rows.map((row) => ({ contact_id: row.contactId, tag_keys: row.tagKeys }));
      await sql`update contacts set tag_keys = change.tag_keys
        from json_to_recordset(${jsonRows(changes)}) as change (contact_id text, tag_keys jsonb)
        where contacts.connection_id = ${connectionId} and contacts.contact_id = change.contact_id`.execute(db);
    },

    /** The comparable address of one contact, '' where it has none; undefined: no such contact. */
    async addressOf(contactId: string): Promise<string | undefined> {
      const { rows } = await sql<{ email_key: string }>`
        select email_key from contacts where connection_id = ${connectionId} and contact_id = ${contactId}`.execute(db);
      return rows[0]?.email_key;
    },

    /** One contact as last read, for those whom no plan is about because they have no usable address. */
    async asRead(contactId: string): Promise<ReadContact | undefined> {
      const { rows } = await sql<ReadContact>`
        select contact_id as id, email, consent, fields, is_private as "isPrivate", is_archived as "isArchived",
          modified_at as "modifiedAt", is_readable as "isReadable", reason
        from contacts where connection_id = ${connectionId} and contact_id = ${contactId}`.execute(db);
      return rows[0];
    },

    /** Comparable addresses under which these contacts are stored now. */
    async addresses(contactIds: readonly string[]): Promise<EmailAddress[]> {
      const { rows } = await sql<{ email_key: EmailAddress }>`
        select distinct email_key from contacts
        where connection_id = ${connectionId} and email_key <> '' and contact_id = any(${textArray(contactIds)})`.execute(
        db,
      );
      return rows.map((row) => row.email_key);
    },

    /** Keys of all tags that the contacts of these addresses carry. */
    async tagKeys(emailKeys: readonly EmailAddress[]): Promise<string[]> {
      const { rows } = await sql<{ key: string }>`
        select distinct key from contacts, jsonb_array_elements_text(tag_keys) as key
        where connection_id = ${connectionId} and email_key = any(${textArray(emailKeys)})`.execute(db);
      return rows.map((row) => row.key);
    },

    async byIds(contactIds: readonly string[]): Promise<Map<string, { tagKeys: string[]; modifiedAt: string }>> {
      const { rows } = await sql<{ contact_id: string; tag_keys: string[]; modified_at: string }>`
        select contact_id, tag_keys, modified_at from contacts
        where connection_id = ${connectionId} and contact_id = any(${textArray(contactIds)})`.execute(db);
      return new Map(rows.map((row) => [row.contact_id, { tagKeys: row.tag_keys, modifiedAt: row.modified_at }]));
    },

    /** First non-empty value of each person field, to be shown beside a mapping. */
    async samples(): Promise<Record<string, string>> {
      const { rows } = await sql<{ fields: Record<string, string> }>`
        select fields from contacts where connection_id = ${connectionId} order by sort_key limit 50`.execute(db);
      const samples: Record<string, string> = {};
      for (const { fields } of rows) {
        for (const [field, value] of Object.entries(fields)) if (value && !samples[field]) samples[field] = value;
      }
      return samples;
    },
  };
}

/** Readable contacts of the tenant's connection that holds most; 0 before the first reading. */
export async function countHeldContacts(db: Queryable, tenantId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from contacts where tenant_id = ${tenantId} and is_readable
    group by connection_id order by 1 desc limit 1`.execute(db);
  return rows[0]?.count ?? 0;
}
