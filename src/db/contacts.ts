import { type RawBuilder, sql } from 'kysely';
import type { CrmConsent, MemberStatus } from '../core/consent.ts';
import type { Contact } from '../core/contact.ts';
import type { EmailAddress } from '../core/email-address.ts';
import type { Reason } from '../core/reason.ts';
import type { Queryable } from './database.ts';
import { jsonRows, textArray } from './json-rows.ts';
import type { ConnectionScope } from './scope.ts';

/** A contact with the comparable form of its address; undefined: no address that can be used. */
export type ObservedContact = { contact: Contact; emailKey: EmailAddress | undefined };

/** A contact that a poll found otherwise than it was stored; addresses are '' where there is none that can be used. */
export type ChangedContact = {
  contactId: string;
  emailKeyBefore: EmailAddress | '';
  emailKey: EmailAddress | '';
  /** with which it is linked */
  linkedTo: EmailAddress | '';
  /** null: it was not known */
  consentBefore: CrmConsent | null;
  consent: CrmConsent;
};

/**
 * A contact that goes away from an address without saying Yes, and that was seen to be set to No, there or together with its new
 * address: its No counts for the address that it leaves behind (R1, R8).
 */
export type LeftBehindNo = { contactId: string; emailKey: EmailAddress /** of the No */; order: number };

/** A contact as last read, with the reason why it is no active member. */
export type ReadContact = Omit<Contact, 'tagKeys'> & { isReadable: boolean; reason: Reason | null };

/** In place of a run's id: what polls have seen. */
const POLL = 'poll';

/** Longest record number that sorts as a number. */
const SORT_WIDTH = 20;

export function contactSortKey(contactId: string): string {
  return contactId.padStart(SORT_WIDTH, '0');
}

/** Whether a run has put somebody there for the contact, or is about to, under the address that it had before. */
export function wasAddedFor(connectionId: string): RawBuilder<boolean> {
  return sql`exists (select from plan_rows where plan_rows.connection_id = ${connectionId}
    and plan_rows.email_key = contacts.held_before and plan_rows.kind in ('add-member', 'raise-member')
    and plan_rows.state in ('sent', 'queued', 'done') and plan_rows.operation ->> 'contactId' = contacts.contact_id)`;
}

/** The CRM's contacts as last read. */
export function contacts(db: Queryable, scope: ConnectionScope) {
  const { tenantId, connectionId } = scope;
  const isOutside = (runId: string) => sql`connection_id = ${connectionId} and consent = 'yes' and email_key <> ''
    and is_readable and not is_private and not is_archived
    and not exists (select from members where members.connection_id = ${connectionId}
      and members.email_key = contacts.email_key and members.seen_run = ${runId})`;
  return {
    /**
     * Stores one page as read. What the Newsletter field said before is kept in our order of learning, so that an opt-in of
     * R1 (b) and a No that was seen to be set (R8) can be told.
     *
     * @param read `at`: when, in ms; `from`: `learnedSoFar` before the reading began, 0: not known
     * @returns what has to be booked for addresses that contacts had until now, and who was seen to be set to No
     */
    async observe(
      runId: string,
      observed: readonly ObservedContact[],
      read: { at: number; from: number },
    ): Promise<{ left: LeftBehindNo[]; setToNo: string[] }> {
      if (observed.length === 0) return { left: [], setToNo: [] };
      // One statement cannot write a row twice; of two readings the later one stands.
      const newest = new Map(observed.map((seen) => [seen.contact.id, seen]));
      const rows = [...newest.values()].map(({ contact, emailKey }) => ({
        contact_id: contact.id,
        sort_key: contactSortKey(contact.id),
        email: contact.email,
        email_key: emailKey ?? '',
        consent: contact.consent,
        fields: contact.fields,
        tag_keys: contact.tagKeys,
        is_private: contact.isPrivate,
        is_archived: contact.isArchived,
        modified_at: contact.modifiedAt,
      }));
      // A permanent refusal is not repeated until the contact changes (F7); one of the person's own making only after an
      // opt-in of his (R6).
      await sql`delete from refusals using json_to_recordset(${jsonRows(rows)}) as page (contact_id text, email_key text, fields jsonb),
          contacts as before
        where refusals.connection_id = ${connectionId} and refusals.email_key = page.email_key
          and before.connection_id = ${connectionId} and before.contact_id = page.contact_id
          and before.fields is distinct from page.fields
          and refusals.reason not in ('compliance', 'permanently_deleted')`.execute(db);
      const { rows: seen } = await sql<
        Omit<LeftBehindNo, 'emailKey'> & { emailKey: EmailAddress | null; isSet: boolean }
      >`
        with learned as (select nextval('learning_order') as position),
        page as (select * from json_to_recordset(${jsonRows(rows)}) as page (contact_id text, sort_key text, email text,
          email_key text, consent text, fields jsonb, tag_keys jsonb, is_private boolean, is_archived boolean,
          modified_at text)),
        before as (select contacts.contact_id, contacts.email_key from contacts join page using (contact_id)
          where contacts.connection_id = ${connectionId} and contacts.email_key not in ('', page.email_key)
            and page.consent <> 'yes'),
        stored as (
        insert into contacts as seen (tenant_id, connection_id, contact_id, sort_key, email, email_key, consent, fields,
          tag_keys, is_private, is_archived, is_readable, modified_at, last_not_yes, last_set_to_no, no_since, yes_read_from,
          seen_run, is_new)
        select ${tenantId}, ${connectionId}, contact_id, sort_key, email, email_key, consent, fields, tag_keys, is_private,
          is_archived, true, modified_at, case when consent = 'yes' then 0 else learned.position end, 0,
          case when consent = 'no' then learned.position else 0 end,
          case when consent = 'yes' then ${read.from}::bigint else 0 end, ${runId}, ${runId === POLL}
        from learned, page
        on conflict (connection_id, contact_id) do update set
          email = excluded.email, email_key = excluded.email_key, consent = excluded.consent, fields = excluded.fields,
          tag_keys = excluded.tag_keys, is_private = excluded.is_private, is_archived = excluded.is_archived,
          is_readable = true, modified_at = excluded.modified_at,
          last_not_yes = case when excluded.consent = 'yes' then seen.last_not_yes else excluded.last_not_yes end,
          last_set_to_no = case when seen.consent = 'yes' and excluded.consent = 'no' then excluded.last_not_yes
            else seen.last_set_to_no end,
          no_read_at = case when seen.consent <> 'no' and excluded.consent = 'no'
            then ${new Date(read.at).toISOString()}::timestamptz else seen.no_read_at end,
          no_since = case when excluded.consent = 'no' and seen.consent = 'no' then seen.no_since else excluded.no_since end,
          yes_read_from = greatest(seen.yes_read_from, excluded.yes_read_from),
          asks_yes = case when excluded.consent = seen.consent then seen.asks_yes end, seen_run = excluded.seen_run,
          held_before = case when seen.email_key not in ('', excluded.email_key) then seen.email_key
            else seen.held_before end
        returning contact_id, last_set_to_no)
        select contact_id as "contactId", before.email_key as "emailKey", stored.last_set_to_no as "order",
          stored.last_set_to_no = learned.position as "isSet"
        from learned, stored left join before using (contact_id)
        where stored.last_set_to_no > 0
          and (before.contact_id is not null or stored.last_set_to_no = learned.position)`.execute(db);
      return {
        left: seen.flatMap(({ contactId, emailKey, order }) =>
          emailKey === null ? [] : [{ contactId, emailKey, order }],
        ),
        setToNo: seen.flatMap(({ contactId, isSet }) => (isSet ? [contactId] : [])),
      };
    },

    /**
     * Nobody was seen to set these contacts to No: another connection of the tenant wrote it, and has booked why (R15).
     *
     * @param orders of what it booked, by contact
     */
    async unsetNo(orders: ReadonlyMap<string, number>): Promise<void> {
      const rows = [...orders].map(([contact_id, no_since]) => ({ contact_id, no_since }));
      await sql`update contacts set last_set_to_no = 0, no_read_at = null, no_since = written.no_since
        from json_to_recordset(${jsonRows(rows)}) as written (contact_id text, no_since bigint)
        where connection_id = ${connectionId} and contacts.contact_id = written.contact_id`.execute(db);
    },

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

    /**
     * When a No of a contact at these addresses was last read that had been set since the reading before, ISO 8601 in UTC; addresses
     * without one are left out.
     */
    async noReadAt(emailKeys: readonly EmailAddress[]): Promise<ReadonlyMap<EmailAddress, string>> {
      const { rows } = await sql<{ email_key: EmailAddress; read_at: number }>`
        select email_key, (extract(epoch from max(no_read_at)) * 1000)::float8 as read_at from contacts
        where connection_id = ${connectionId} and no_read_at is not null and email_key = any(${textArray(emailKeys)})
        group by email_key`.execute(db);
      return new Map(rows.map((row) => [row.email_key, new Date(row.read_at).toISOString()]));
    },

    /** Our order of learning as it stands: whatever is learned later has a greater one. */
    async learnedSoFar(): Promise<number> {
      const { rows } = await sql<{ position: number }>`
        select case when is_called then last_value else 0 end as position from learning_order`.execute(db);
      return rows[0]?.position ?? 0;
    },

    /** Those of the contacts that are stored otherwise or not at all: what a poll has found (F4). */
    async changedAmong(observed: readonly ObservedContact[]): Promise<ChangedContact[]> {
      if (observed.length === 0) return [];
      const rows = observed.map(({ contact, emailKey }) => ({
        contact_id: contact.id,
        email: contact.email,
        email_key: emailKey ?? '',
        consent: contact.consent,
        fields: contact.fields,
        tag_keys: contact.tagKeys,
        is_private: contact.isPrivate,
        is_archived: contact.isArchived,
      }));
      const { rows: changed } = await sql<ChangedContact>`
        select page.contact_id as "contactId", coalesce(before.email_key, '') as "emailKeyBefore",
          page.email_key as "emailKey", coalesce(link.email_key, '') as "linkedTo", before.consent as "consentBefore",
          page.consent
        from json_to_recordset(${jsonRows(rows)}) as page (contact_id text, email text, email_key text, consent text,
          fields jsonb, tag_keys jsonb, is_private boolean, is_archived boolean)
        left join contacts as before on before.connection_id = ${connectionId} and before.contact_id = page.contact_id
        left join contact_links as link on link.connection_id = ${connectionId} and link.contact_id = page.contact_id
        where before.contact_id is null or not before.is_readable
          or (before.email, before.email_key, before.consent, before.fields, before.tag_keys, before.is_private,
            before.is_archived)
          is distinct from (page.email, page.email_key, page.consent, page.fields, page.tag_keys, page.is_private,
            page.is_archived)`.execute(db);
      return changed;
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
