import { sql } from 'kysely';
import type { BaseState } from '../core/base-state.ts';
import type { MemberStatus } from '../core/consent.ts';
import type { EmailAddress } from '../core/email-address.ts';
import type { Queryable } from './database.ts';
import { jsonb, jsonRows, textArray } from './json-rows.ts';
import type { ConnectionScope } from './scope.ts';

type LinkToStore = { contactId: string; emailKey: string; base: BaseState };

function linkRows(links: readonly LinkToStore[]) {
  return jsonRows(links.map((link) => ({ contact_id: link.contactId, email_key: link.emailKey, base: link.base })));
}

/** Which contact and member belong together, with the base state. */
export function contactLinks(db: Queryable, scope: ConnectionScope) {
  const { tenantId, connectionId } = scope;
  // Named `before`: links that were with addresses from which their contacts have gone away.
  const isLeftAlone = sql`members.connection_id = ${connectionId} and members.email_key = before.email_key
    and members.status = 'subscribed' and not exists (select from contact_links as other
      where other.connection_id = members.connection_id and other.email_key = members.email_key
        and other.contact_id <> before.contact_id)`;
  return {
    /**
     * @returns `changed`: contacts whose link is another one by this: of two lanes that agree on the same, one; `left`: addresses of
     *   members whose contact has gone away from them by it
     */
    async save(rows: readonly LinkToStore[]): Promise<{ changed: ReadonlySet<string>; left: EmailAddress[] }> {
      if (rows.length === 0) return { changed: new Set(), left: [] };
      const newest = new Map(rows.map((row) => [row.contactId, row]));
      const { rows: found } = await sql<{ id: string; left: null } | { id: null; left: EmailAddress }>`
        with page as (select * from json_to_recordset(${linkRows([...newest.values()])}) as p (contact_id text, email_key text, base jsonb)),
        before as (select link.contact_id, link.email_key from contact_links as link join page using (contact_id)
          where link.connection_id = ${connectionId} and link.email_key <> page.email_key),
        left_behind as (update members set left_by = before.contact_id from before where ${isLeftAlone}
          and not exists (select from page where page.email_key = members.email_key) returning members.email_key),
        met as (update members set left_by = null from page where members.connection_id = ${connectionId}
          and members.email_key = page.email_key and members.left_by is not null),
        saved as (
          insert into contact_links as link (tenant_id, connection_id, contact_id, email_key, base)
          select ${tenantId}, ${connectionId}, contact_id, email_key, base from page
          on conflict (connection_id, contact_id) do update set email_key = excluded.email_key, base = excluded.base
          where (link.email_key, link.base) is distinct from (excluded.email_key, excluded.base)
          returning contact_id)
        select contact_id as id, null as "left" from saved union all select null, email_key from left_behind`.execute(
        db,
      );
      return {
        changed: new Set(found.flatMap(({ id }) => (id === null ? [] : [id]))),
        left: found.flatMap(({ left }) => (left === null ? [] : [left])),
      };
    },

    /** Contacts that have met nobody yet belong to the members of these addresses. @returns those of them that had no link */
    async begin(rows: readonly LinkToStore[]): Promise<ReadonlySet<string>> {
      if (rows.length === 0) return new Set();
      const { rows: begun } = await sql<{ id: string }>`
        insert into contact_links (tenant_id, connection_id, contact_id, email_key, base)
        select ${tenantId}, ${connectionId}, contact_id, email_key, base
        from json_to_recordset(${linkRows(rows)}) as page (contact_id text, email_key text, base jsonb)
        on conflict (connection_id, contact_id) do nothing returning contact_id as id`.execute(db);
      return new Set(begun.map(({ id }) => id));
    },

    /**
     * We subscribed these members for the Yes of contacts: on that both sides agree (M18, R1); fields and tags stay as they last
     * agreed. A contact whose link is with another address has to leave there first.
     *
     * @returns contacts whose link is another one by this
     */
    async metInside(rows: readonly LinkToStore[]): Promise<ReadonlySet<string>> {
      if (rows.length === 0) return new Set();
      const { rows: met } = await sql<{ id: string }>`
        insert into contact_links as link (tenant_id, connection_id, contact_id, email_key, base)
        select ${tenantId}, ${connectionId}, contact_id, email_key, base
        from json_to_recordset(${linkRows(rows)}) as page (contact_id text, email_key text, base jsonb)
        on conflict (connection_id, contact_id) do update set base = excluded.base
        where link.email_key = excluded.email_key and link.base is distinct from excluded.base
        returning contact_id as id`.execute(db);
      return new Set(met.map(({ id }) => id));
    },

    /**
     * Ends links at these addresses that say nothing any more: another contact stands for the address now (R8), or the
     * contact is gone, private or archived and the member has left (M18).
     *
     * @param kept the links that were just agreed
     */
    async endOthers(emailKeys: readonly string[], kept: readonly { contactId: string }[]): Promise<void> {
      if (emailKeys.length === 0) return;
      await sql`delete from contact_links as link
        where link.connection_id = ${connectionId} and link.email_key = any(${textArray(emailKeys)})
          and not link.contact_id = any(${textArray(kept.map(({ contactId }) => contactId))})
          and not exists (select from members where members.connection_id = link.connection_id
            and members.email_key = link.email_key and members.status = 'subscribed'
            and not exists (select from contact_links as other where other.connection_id = link.connection_id
              and other.email_key = link.email_key and other.contact_id <> link.contact_id))
          -- What it says goes with the contact to its new address (R7), and ends there.
          and not exists (select from contacts where contacts.connection_id = link.connection_id
            and contacts.contact_id = link.contact_id and contacts.email_key not in ('', link.email_key)
            and is_readable and not is_private and not is_archived)`.execute(db);
    },

    /**
     * Ends links with former addresses of contacts that are at these addresses now; another contact stands for them.
     *
     * @param kept see `endOthers`
     * @returns addresses of members whose contact has gone away from them by it
     */
    async endFormer(emailKeys: readonly string[], kept: readonly { contactId: string }[]): Promise<EmailAddress[]> {
      if (emailKeys.length === 0) return [];
      const { rows } = await sql<{ email_key: EmailAddress }>`
        with before as (delete from contact_links as link using contacts
          where link.connection_id = ${connectionId} and contacts.connection_id = ${connectionId}
            and contacts.contact_id = link.contact_id and contacts.email_key = any(${textArray(emailKeys)})
            and link.email_key <> contacts.email_key
            and not link.contact_id = any(${textArray(kept.map(({ contactId }) => contactId))})
            -- Whoever was archived may have left before (R5): his history counts until somebody says Yes.
            and not exists (select from members where members.connection_id = link.connection_id
              and members.email_key = link.email_key and members.status = 'archived')
          returning link.contact_id, link.email_key)
        update members set left_by = before.contact_id from before where ${isLeftAlone}
        returning members.email_key`.execute(db);
      return rows.map((row) => row.email_key);
    },

    /** We took these members out: whoever was linked with them and is elsewhere now begins anew there (R7). */
    async endLeavers(emailKeys: readonly string[]): Promise<void> {
      if (emailKeys.length === 0) return;
      await sql`delete from contact_links as link
        where link.connection_id = ${connectionId} and link.email_key = any(${textArray(emailKeys)})
          and not exists (select from contacts where contacts.connection_id = link.connection_id
            and contacts.contact_id = link.contact_id and contacts.email_key = link.email_key)`.execute(db);
    },

    /**
     * We unsubscribed these members for the No of contacts that are elsewhere now. Where somebody else is a member there, they
     * begin anew with him (R7); where nobody is, he gets a record with the same opt-out first.
     */
    async endLeaversMet(emailKeys: readonly string[]): Promise<void> {
      if (emailKeys.length === 0) return;
      const isMember = (address: string) => sql`exists (select from members as other
        where other.connection_id = ${connectionId} and other.email_key = ${sql.ref(address)})`;
      await sql`delete from contact_links as link
        where link.connection_id = ${connectionId} and link.email_key = any(${textArray(emailKeys)})
          and exists (select from contacts where contacts.connection_id = link.connection_id
            and contacts.contact_id = link.contact_id and contacts.email_key <> link.email_key
            and ${isMember('contacts.email_key')})`.execute(db);
      await sql`update members set moved_from = null where connection_id = ${connectionId}
          and email_key = any(${textArray(emailKeys)}) and ${isMember('members.moved_from')}`.execute(db);
    },

    /** The members of these addresses have others now: the links go along, but for those of contacts not named. */
    async move(rows: readonly { from: string; to: string; contactId?: string }[]): Promise<void> {
      if (rows.length === 0) return;
      await sql`update contact_links set email_key = page."to"
        from json_to_recordset(${jsonRows(rows)}) as page ("from" text, "to" text, "contactId" text)
        where contact_links.connection_id = ${connectionId} and contact_links.email_key = page."from"
          and contact_links.contact_id = coalesce(page."contactId", contact_links.contact_id)`.execute(db);
    },

    /** Both sides at these addresses meet anew: what they once agreed on does not count any more (M21, R5). */
    async forget(emailKeys: readonly string[]): Promise<void> {
      if (emailKeys.length === 0) return;
      await sql`delete from contact_links
        where connection_id = ${connectionId} and email_key = any(${textArray(emailKeys)})`.execute(db);
    },

    /** We wrote into the CRM that these members are out, or that their mail comes back: on that both sides agree (M20, R10). */
    async metOutside(
      rows: readonly { contactId: string; email: string }[],
      agreed: Pick<BaseState, 'consent' | 'status'>,
    ): Promise<void> {
      if (rows.length === 0) return;
      const page = rows.map(({ contactId, email }) => ({ contact_id: contactId, email_key: email }));
      await sql`update contact_links as link set base = base || ${jsonb(agreed)}
        from json_to_recordset(${jsonRows(page)}) as page (contact_id text, email_key text)
        where link.connection_id = ${connectionId} and link.contact_id = page.contact_id
          and link.email_key = page.email_key`.execute(db);
    },

    /** We took these members out because the connection ends: both sides meet anew when it is made again (U7). */
    async takenOut(rows: readonly { emailKey: string; status: MemberStatus }[]): Promise<void> {
      if (rows.length === 0) return;
      await sql`update contact_links
        set base = base || jsonb_build_object('status', page.status, 'isTakenOut', true)
        from json_to_recordset(${jsonRows(rows)}) as page ("emailKey" text, status text)
        where contact_links.connection_id = ${connectionId} and contact_links.email_key = page."emailKey"`.execute(db);
    },

    async countManaged(): Promise<number> {
      const { rows } = await sql<{ count: number }>`
        select count(*)::int as count from contact_links as link join members on members.connection_id = link.connection_id
          and members.email_key = link.email_key
        where link.connection_id = ${connectionId} and members.status = 'subscribed'`.execute(db);
      return rows[0]?.count ?? 0;
    },
  };
}
