import { sql } from 'kysely';
import type { CrmConsent } from '../core/consent.ts';
import type { Contact } from '../core/contact.ts';
import type { EmailAddress } from '../core/email-address.ts';
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

/** In place of a run's id: what polls have seen. */
const POLL = 'poll';

/** Longest record number that sorts as a number. */
const SORT_WIDTH = 20;

export function contactSortKey(contactId: string): string {
  return contactId.padStart(SORT_WIDTH, '0');
}

/** What readings of the CRM's contacts show, and what had been read before (R1, R8). */
export function contactReadings(db: Queryable, { tenantId, connectionId }: ConnectionScope) {
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
          tag_keys, is_private, is_archived, is_readable, modified_at, last_not_yes, last_set_to_no, no_since, no_read_at,
          yes_read_from, seen_run, is_new)
        select ${tenantId}, ${connectionId}, contact_id, sort_key, email, email_key, consent, fields, tag_keys, is_private,
          is_archived, true, modified_at, case when consent = 'yes' then 0 else learned.position end, 0,
          case when consent = 'no' then learned.position else 0 end,
          case when consent = 'no' then ${new Date(read.at).toISOString()}::timestamptz end,
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
            else seen.held_before end,
          went_from = case when seen.email_key not in ('', excluded.email_key) then seen.email_key else seen.went_from end,
          went_read_at = case when seen.email_key not in ('', excluded.email_key)
            then ${new Date(read.at).toISOString()}::timestamptz else seen.went_read_at end
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
  };
}
