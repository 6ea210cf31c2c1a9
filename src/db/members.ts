import { sql } from 'kysely';
import type { AddressMove } from '../core/address-move.ts';
import type { MemberStatus } from '../core/consent.ts';
import type { PersonFields } from '../core/contact.ts';
import type { EmailAddress } from '../core/email-address.ts';
import type { Member } from '../core/member.ts';
import type { MemberReason } from '../core/reason.ts';
import type { ProviderTag } from '../core/tag.ts';
import type { Queryable } from './database.ts';
import { jsonb, jsonRows, textArray } from './json-rows.ts';
import type { ConnectionScope } from './scope.ts';

/** Names of a member's tags: their ids are not told by every answer, and their order says nothing. */
function tagNames(column: string) {
  return sql`(select coalesce(array_agg(tag ->> 'name' order by tag ->> 'name'), '{}'::text[])
    from jsonb_array_elements(${sql.ref(column)}) as tag)`;
}

/** The provider's members of our audience as last read. */
export function members(db: Queryable, scope: ConnectionScope) {
  const { tenantId, connectionId } = scope;
  return {
    /**
     * Stores members as read or as a write answered them. An opt-in time with an IP address that is newer than the one
     * before is the provider's own evidence of an opt-in (R1 a), or, of somebody who was not there, than what had been read by then.
     */
    async observe(runId: string, observed: readonly Member[]): Promise<void> {
      if (observed.length === 0) return;
      const newest = new Map(observed.map((member) => [member.email, member]));
      const rows = [...newest.values()].map((member) => ({
        email_key: member.email,
        status: member.status,
        fields: member.fields,
        tags: member.tags,
        has_more_tags: member.hasMoreTags,
        ids: member.ids,
        stable_id: member.stableId,
        changed_at: member.changedAt,
        opt_in_at: member.optInAt,
        opt_in_ip: member.optInIp,
      }));
      await sql`
        with learned as (select nextval('learning_order') as position)
        insert into members as seen (tenant_id, connection_id, email_key, status, fields, tags, has_more_tags, ids,
          stable_id, changed_at, opt_in_at, opt_in_ip, opt_in_order,
          status_order, seen_run)
        select ${tenantId}, ${connectionId}, email_key, status, fields, tags, has_more_tags, ids, stable_id, changed_at,
          opt_in_at, opt_in_ip, case when status = 'subscribed' and opt_in_ip <> '' and exists (select from sync_cursors
            where connection_id = ${connectionId} and provider_as_of <> '' and provider_as_of < opt_in_at) then position end,
          position, ${runId}
        from learned, json_to_recordset(${jsonRows(rows)}) as page (email_key text, status text, fields jsonb, tags jsonb,
          has_more_tags boolean, ids jsonb, stable_id text, changed_at text, opt_in_at text, opt_in_ip text)
        on conflict (connection_id, email_key) do update set
          status = excluded.status, fields = excluded.fields, tags = excluded.tags,
          has_more_tags = excluded.has_more_tags, ids = excluded.ids,
          -- Some answers do not tell it.
          stable_id = case when excluded.stable_id = '' then seen.stable_id else excluded.stable_id end,
          changed_at = excluded.changed_at,
          left_by = case when excluded.status = 'subscribed' then seen.left_by end,
          opt_in_at = excluded.opt_in_at, opt_in_ip = excluded.opt_in_ip,
          -- A first sight is no news: evidence counts only against what was known before.
          opt_in_order = case when excluded.status = 'subscribed' and excluded.opt_in_ip <> ''
              and excluded.opt_in_at > seen.opt_in_at and seen.seen_run <> '' then currval('learning_order') else seen.opt_in_order end,
          -- Of whoever has left, any change may be that he left anew.
          status_order = case when seen.status <> excluded.status
              or (excluded.status = 'unsubscribed' and seen.changed_at <> excluded.changed_at)
            then excluded.status_order else seen.status_order end,
          seen_run = excluded.seen_run`.execute(db);
    },

    /** Those of the members that are stored otherwise or not at all: what a poll or an event has found (F2). */
    async changedAmong(observed: readonly Member[]): Promise<EmailAddress[]> {
      if (observed.length === 0) return [];
      const rows = observed.map((member) => ({
        email_key: member.email,
        status: member.status,
        fields: member.fields,
        tags: member.tags,
        has_more_tags: member.hasMoreTags,
        stable_id: member.stableId,
      }));
      const { rows: changed } = await sql<{ email_key: EmailAddress }>`
        select page.email_key from json_to_recordset(${jsonRows(rows)}) as page (email_key text, status text, fields jsonb,
          tags jsonb, has_more_tags boolean, stable_id text)
        left join members as before on before.connection_id = ${connectionId} and before.email_key = page.email_key
        where before.email_key is null
          or (before.status, before.fields) is distinct from (page.status, page.fields)
          -- Somebody else has the address by now.
          or (page.stable_id <> '' and before.stable_id not in ('', page.stable_id))
          or (${tagNames('before.tags')} is distinct from ${tagNames('page.tags')} and not page.has_more_tags)
          -- Where a listing cuts the tags, what it does not show may be there.
          or not (${tagNames('before.tags')} @> ${tagNames('page.tags')})`.execute(db);
      return changed.map((row) => row.email_key);
    },

    /** Which of these members are stored under another address: the provider gave them a new one (R7). */
    async movedAmong(observed: readonly Pick<Member, 'email' | 'stableId'>[]): Promise<AddressMove[]> {
      const told = observed.filter(({ stableId }) => stableId !== '');
      if (told.length === 0) return [];
      const page = told.map(({ email, stableId }) => ({ email, stable_id: stableId }));
      const { rows } = await sql<AddressMove>`
        select stored.email_key as "from", page.email as "to"
        from json_to_recordset(${jsonRows(page)}) as page (email text, stable_id text)
        join members as stored on stored.connection_id = ${connectionId} and stored.stable_id = page.stable_id
          and stored.stable_id <> '' and stored.email_key <> page.email`.execute(db);
      return rows;
    },

    /**
     * Gives members another address, whatever is stored there; two may change places.
     *
     * @param by `provider`: contacts have to follow, but for a member that is joined to a further address (M24)
     */
    async move(rows: readonly AddressMove[], by: 'provider' | 'us'): Promise<void> {
      if (rows.length === 0) return;
      // Set aside first: a key may not be taken twice, not even for a moment.
      await sql`
        update members set email_key = ' ' || page."to",
          moved_from = case when ${by} = 'us' or joined is not null or moved_from = page."to" then null
            else coalesce(moved_from, page."from") end
        from json_to_recordset(${jsonRows(rows)}) as page ("from" text, "to" text)
        where members.connection_id = ${connectionId} and members.email_key = page."from"`.execute(db);
      const arrived = sql`select email_key from members as arrived
        where arrived.connection_id = ${connectionId} and arrived.email_key = ' ' || members.email_key`;
      await sql`delete from members where connection_id = ${connectionId}
        and email_key = any(${textArray(rows.map(({ to }) => to))}) and exists (${arrived})`.execute(db);
      await sql`update members set email_key = substr(email_key, 2) where connection_id = ${connectionId}
        and email_key = any(${textArray(rows.map(({ to }) => ` ${to}`))})`.execute(db);
    },

    /** Contacts have followed, or nobody is left who could: what the member's address was before counts no more. */
    async forgetMoves(emailKeys: readonly string[]): Promise<void> {
      if (emailKeys.length === 0) return;
      await sql`update members set moved_from = null
        where connection_id = ${connectionId} and email_key = any(${textArray(emailKeys)}) and moved_from is not null
          and not exists (select from contacts where contacts.connection_id = members.connection_id
            and contacts.email_key = members.moved_from and consent = 'yes'
            and is_readable and not is_private and not is_archived)`.execute(db);
    },

    /** Stored statuses of these addresses; those that are not stored are missing. */
    async statuses(emailKeys: readonly EmailAddress[]): Promise<ReadonlyMap<EmailAddress, Member['status']>> {
      if (emailKeys.length === 0) return new Map();
      const { rows } = await sql<{ email_key: EmailAddress; status: Member['status'] }>`
        select email_key, status from members
        where connection_id = ${connectionId} and email_key = any(${textArray(emailKeys)})`.execute(db);
      return new Map(rows.map((row) => [row.email_key, row.status]));
    },

    /** When those of the members that are stored as unsubscribed were last changed, by the provider's clock. */
    async leftAmong(emailKeys: readonly EmailAddress[]): Promise<ReadonlyMap<EmailAddress, string>> {
      if (emailKeys.length === 0) return new Map();
      const { rows } = await sql<{ email_key: EmailAddress; changed_at: string }>`
        select email_key, changed_at from members where connection_id = ${connectionId} and status = 'unsubscribed'
          and email_key = any(${textArray(emailKeys)})`.execute(db);
      return new Map(rows.map((row) => [row.email_key, row.changed_at]));
    },

    /** When those of the members that are stored, and not as unsubscribed, were last changed, by the provider's clock. */
    async notLeftAmong(emailKeys: readonly EmailAddress[]): Promise<ReadonlyMap<EmailAddress, string>> {
      if (emailKeys.length === 0) return new Map();
      const { rows } = await sql<{ email_key: EmailAddress; changed_at: string }>`
        select email_key, changed_at from members where connection_id = ${connectionId} and status <> 'unsubscribed'
          and email_key = any(${textArray(emailKeys)})`.execute(db);
      return new Map(rows.map((row) => [row.email_key, row.changed_at]));
    },

    /** When those of the members that are stored as subscribed were last changed, by the provider's clock. */
    async subscribedSince(emailKeys: readonly EmailAddress[]): Promise<ReadonlyMap<EmailAddress, string>> {
      if (emailKeys.length === 0) return new Map();
      const { rows } = await sql<{ email_key: EmailAddress; changed_at: string }>`
        select email_key, changed_at from members where connection_id = ${connectionId} and status = 'subscribed'
          and email_key = any(${textArray(emailKeys)})`.execute(db);
      return new Map(rows.map((row) => [row.email_key, row.changed_at]));
    },

    /** Keeps ids that the answer to an add did not tell; who is otherwise as he was is no change. */
    async learnIds(observed: readonly Member[]): Promise<void> {
      const told = observed.filter(({ stableId }) => stableId !== '');
      if (told.length === 0) return;
      const rows = told.map(({ email, ids, stableId }) => ({ email_key: email, ids, stable_id: stableId }));
      await sql`update members set ids = page.ids, stable_id = page.stable_id
        from json_to_recordset(${jsonRows(rows)}) as page (email_key text, ids jsonb, stable_id text)
        where members.connection_id = ${connectionId} and members.email_key = page.email_key
          and members.stable_id = ''`.execute(db);
    },

    /**
     * Who is stored at these addresses while nobody is there now, or somebody else: he has another address, or is gone (R7).
     *
     * @param answers by address what is there now
     */
    async awayAmong(
      answers: ReadonlyMap<EmailAddress, Pick<Member, 'stableId'> | undefined>,
    ): Promise<{ from: EmailAddress; stableId: string }[]> {
      if (answers.size === 0) return [];
      const page = [...answers].map(([email, member]) => ({ email, stable_id: member?.stableId ?? null }));
      const { rows } = await sql<{ from: EmailAddress; stableId: string }>`
        select stored.email_key as "from", stored.stable_id as "stableId"
        from json_to_recordset(${jsonRows(page)}) as page (email text, stable_id text)
        join members as stored on stored.connection_id = ${connectionId} and stored.email_key = page.email
          and stored.stable_id not in ('', coalesce(page.stable_id, ''))
        -- Some answers do not tell it.
        where page.stable_id is distinct from ''`.execute(db);
      return rows;
    },

    /** Greatest change instant of the provider's clock that was seen; '' for an empty audience. */
    async newestChange(): Promise<string> {
      const { rows } = await sql<{ newest: string | null }>`
        select max(changed_at collate "C") as newest from members where connection_id = ${connectionId}`.execute(db);
      return rows[0]?.newest ?? '';
    },

    /** Members whose listing cut their tags. */
    async withMoreTags(limit: number): Promise<EmailAddress[]> {
      const { rows } = await sql<{ email_key: EmailAddress }>`
        select email_key from members where connection_id = ${connectionId} and has_more_tags
        order by email_key limit ${limit}`.execute(db);
      return rows.map((row) => row.email_key);
    },

    /** Those of these members whose tags were cut by the listing or the answer that told of them last. */
    async withMoreTagsAmong(emailKeys: readonly EmailAddress[]): Promise<EmailAddress[]> {
      if (emailKeys.length === 0) return [];
      const { rows } = await sql<{ email_key: EmailAddress }>`
        select email_key from members where connection_id = ${connectionId} and has_more_tags
          and email_key = any(${textArray(emailKeys)})`.execute(db);
      return rows.map((row) => row.email_key);
    },

    /** Members that no listing of this run delivered and that are linked or were active: to be read singly (R4). */
    async unseen(runId: string, limit: number): Promise<EmailAddress[]> {
      const { rows } = await sql<{ email_key: EmailAddress }>`
        select email_key from members where connection_id = ${connectionId} and seen_run <> ${runId}
        order by email_key limit ${limit}`.execute(db);
      return rows.map((row) => row.email_key);
    },

    /** Addresses whose member was read as left in this run while a contact says something else than that. */
    async leftUnheard(runId: string): Promise<EmailAddress[]> {
      const { rows } = await sql<{ email_key: EmailAddress }>`
        select email_key from members
        where connection_id = ${connectionId} and seen_run = ${runId} and status in ('unsubscribed', 'cleaned')
          and exists (select from contacts where contacts.connection_id = ${connectionId} and is_readable
            and contacts.email_key = members.email_key and consent <> 'no'
            and not (consent = 'undeliverable' and status = 'cleaned'))
        order by email_key`.execute(db);
      return rows.map((row) => row.email_key);
    },

    async remove(emailKeys: readonly string[]): Promise<void> {
      if (emailKeys.length === 0) return;
      await sql`delete from members where connection_id = ${connectionId} and email_key = any(${textArray(emailKeys)})`.execute(
        db,
      );
    },

    /** The member belongs to a contact that does not carry its address as the main one (R9): counted, never created again. */
    async join(emailKey: string, contactId: string, reason: MemberReason): Promise<void> {
      await sql`update members set joined = ${jsonb({ contactId, reason })}
        where connection_id = ${connectionId} and email_key = ${emailKey}`.execute(db);
    },

    async setStatus(emailKeys: readonly string[], status: MemberStatus): Promise<void> {
      if (emailKeys.length === 0) return;
      await sql`update members set status = ${status}, left_by = case when ${status} = 'subscribed' then left_by end
        where connection_id = ${connectionId} and email_key = any(${textArray(emailKeys)})`.execute(db);
    },

    /** The provider has the address, but not in the audience. */
    async setOutside(runId: string, emailKeys: readonly string[]): Promise<void> {
      if (emailKeys.length === 0) return;
      await sql`update members set status = 'known', left_by = null, seen_run = ${runId}
        where connection_id = ${connectionId} and email_key = any(${textArray(emailKeys)})`.execute(db);
    },

    async setFields(emailKey: string, fields: Partial<PersonFields>): Promise<void> {
      await sql`update members set fields = fields || ${jsonb(fields)}
        where connection_id = ${connectionId} and email_key = ${emailKey}`.execute(db);
    },

    /** Applies tag changes that went through; what is taken off is known by id or name. */
    async changeTags(
      rows: readonly { emailKey: string; add: readonly ProviderTag[]; remove: readonly ProviderTag[] }[],
    ): Promise<void> {
      if (rows.length === 0) return;
      const changes = rows.map((row) => ({ email_key: row.emailKey, add: row.add, remove: row.remove }));
      await sql`
        update members set tags = (
          select coalesce(jsonb_agg(tag order by tag ->> 'name'), '[]'::jsonb) from (
            select tag from jsonb_array_elements(members.tags) as tag
            where not exists (select from jsonb_array_elements(change.remove || change.add) as gone
              where gone ->> 'name' = tag ->> 'name' or (gone ->> 'id' = tag ->> 'id' and gone ->> 'id' <> ''))
            union select tag from jsonb_array_elements(change.add) as tag) as kept)
        from json_to_recordset(${jsonRows(changes)}) as change (email_key text, add jsonb, remove jsonb)
        where members.connection_id = ${connectionId} and members.email_key = change.email_key`.execute(db);
    },

    async counts(): Promise<{ total: number; active: number }> {
      const { rows } = await sql<{ total: number; active: number }>`
        select count(*)::int as total, (count(*) filter (where status = 'subscribed'))::int as active
        from members where connection_id = ${connectionId}`.execute(db);
      return rows[0] ?? { total: 0, active: 0 };
    },

    /** The next addresses of members, whatever their status, and of those who were some, in their order. */
    async addressesAfter(after: string, limit: number): Promise<EmailAddress[]> {
      const next = (table: string) => sql`(select distinct email_key from ${sql.table(table)}
        where connection_id = ${connectionId} and email_key > ${after} order by email_key limit ${limit})`;
      const { rows } = await sql<{ email_key: EmailAddress }>`
        ${next('members')} union ${next('member_aliases')} order by email_key limit ${limit}`.execute(db);
      return rows.map((row) => row.email_key);
    },

    /** One page of the audience as it was read, for the backup file (U3). */
    async page(after: string, limit: number): Promise<Pick<Member, 'email' | 'status' | 'fields' | 'tags'>[]> {
      const { rows } = await sql<{
        email: EmailAddress;
        status: Member['status'];
        fields: PersonFields;
        tags: ProviderTag[];
      }>`
        select email_key as email, status, fields, tags from members
        where connection_id = ${connectionId} and email_key > ${after} order by email_key limit ${limit}`.execute(db);
      return rows;
    },
  };
}
