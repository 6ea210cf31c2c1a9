import { sql } from 'kysely';
import type { BurstCounts, BurstKind } from '../core/burst.ts';
import type { EmailAddress } from '../core/email-address.ts';
import type { Queryable } from './database.ts';
import { jsonRows, textArray } from './json-rows.ts';
import type { ConnectionScope } from './scope.ts';

/** What made an address due. */
export type DueCause = 'crm' | 'provider-event' | 'provider-poll' | 'opt-in' | 'decision' | 'again';

/** An address to be marked. Instants are ms; `dueAt` is now where it is absent. */
export type DueMark = {
  emailKey: EmailAddress;
  cause: DueCause;
  /** consent may have to be lowered: the fast lane looks first */
  isUrgent?: boolean;
  /** work that may be part of a burst waits until the burst can be seen whole (R12) */
  dueAt?: number;
  happenedAt?: string | undefined;
  /** a person said that it may be carried out, whatever the brake says */
  isApproved?: boolean;
};

/** Which addresses: due at `now`, marked up to `upTo`, all or those whose consent may have to be lowered. */
export type DueQuery = { now: number; upTo: number; choice: 'all' | 'urgent' };

/** An address whose time has come. */
export type DueAddress = {
  emailKey: EmailAddress;
  cause: DueCause;
  isUrgent: boolean;
  isApproved: boolean;
  noticedAt: string;
  happenedAt: string | null;
  attempts: number;
  /** it waited until its burst could be seen whole */
  hasWaited: boolean;
};

const COLUMNS = sql`email_key as "emailKey", cause, is_urgent as "isUrgent", is_approved as "isApproved", attempts,
  waits is not null as "hasWaited", to_char(noticed_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "noticedAt",
  to_char(happened_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "happenedAt"`;

/** Addresses whose two sides have to be looked at between full syncs: the rows are the work. */
export function dueAddresses(db: Queryable, scope: ConnectionScope) {
  const { tenantId, connectionId } = scope;
  return {
    /**
     * Marks addresses; of two marks of one address the more urgent and earlier one stands. What becomes known at an address goes
     * with the contacts that had it and have met their member nowhere else yet, and with the member whom nobody has followed yet
     * (R7): they are looked at where they are now.
     */
    async mark(marks: readonly DueMark[], now: number): Promise<void> {
      if (marks.length === 0) return;
      const merged = new Map<EmailAddress, DueMark>();
      for (const mark of marks) {
        const known = merged.get(mark.emailKey);
        merged.set(mark.emailKey, known ? both(known, mark, now) : mark);
      }
      const rows = [...merged.values()].map((mark) => ({
        email_key: mark.emailKey,
        is_urgent: mark.isUrgent ?? false,
        due_at: new Date(mark.dueAt ?? now).toISOString(),
        cause: mark.cause,
        happened_at: mark.happenedAt ?? null,
        is_approved: mark.isApproved ?? false,
      }));
      await sql`
        with learned as (select nextval('learning_order') as position),
        page as (select * from json_to_recordset(${jsonRows(rows)}) as page (email_key text, is_urgent boolean,
          due_at timestamptz, cause text, happened_at timestamptz, is_approved boolean)),
        gone as (
          select held_before as was_at, email_key as now_at from contacts
          where connection_id = ${connectionId} and held_before <> '' and held_before in (select email_key from page)
          union select link.email_key, contacts.email_key from contact_links as link
            join contacts on contacts.connection_id = link.connection_id and contacts.contact_id = link.contact_id
          where link.connection_id = ${connectionId} and link.email_key in (select email_key from page)
          union select moved_from, email_key from members
          where connection_id = ${connectionId} and moved_from in (select email_key from page)),
        following as (
          select distinct on (now_at) now_at as email_key, is_urgent, due_at, cause, happened_at, false as is_approved
          from gone join page on page.email_key = gone.was_at
          where now_at <> '' and not exists (select from page where page.email_key = gone.now_at)
          order by now_at, is_urgent desc, due_at)
        insert into due_addresses as due (tenant_id, connection_id, email_key, is_urgent, due_at, cause, noticed_at,
          happened_at, is_approved, version)
        select ${tenantId}, ${connectionId}, email_key, is_urgent, due_at, cause, ${new Date(now).toISOString()}, happened_at,
          is_approved, learned.position
        from learned, (select * from page union all select * from following) as marks
        on conflict (connection_id, email_key) do update set
          is_urgent = due.is_urgent or excluded.is_urgent, due_at = least(due.due_at, excluded.due_at),
          cause = case when excluded.is_urgent and not due.is_urgent then excluded.cause else due.cause end,
          noticed_at = least(due.noticed_at, excluded.noticed_at),
          happened_at = least(due.happened_at, excluded.happened_at),
          is_approved = due.is_approved or excluded.is_approved, attempts = 0, version = excluded.version`.execute(db);
    },

    /**
     * Marks addresses at the tenant's other connections that work, where somebody is subscribed under them: he has left here, and
     * the CRM does not tell it there (R15).
     */
    async markElsewhere(emailKeys: readonly EmailAddress[], now: number): Promise<void> {
      if (emailKeys.length === 0) return;
      const at = new Date(now).toISOString();
      await sql`
        with learned as (select nextval('learning_order') as position)
        insert into due_addresses as due (tenant_id, connection_id, email_key, is_urgent, due_at, cause, noticed_at, version)
        select ${tenantId}, members.connection_id, email_key, true, ${at}, 'again', ${at}, learned.position
        from learned, members join connections on connections.id = members.connection_id
        where connections.tenant_id = ${tenantId} and connections.id <> ${connectionId}
          and connections.state in ('active', 'attention') and members.status = 'subscribed'
          and email_key = any(${textArray(emailKeys)})
        order by members.connection_id, email_key
        on conflict (connection_id, email_key) do update set is_urgent = true, due_at = least(due.due_at, excluded.due_at),
          attempts = 0, version = excluded.version`.execute(db);
    },

    /** Number that every mark from now on exceeds: a round takes what was marked up to it. */
    async mostRecentMark(): Promise<number> {
      const { rows } = await sql<{ position: number }>`select nextval('learning_order') as position`.execute(db);
      return rows[0]?.position ?? 0;
    },

    /** Whether there is an address whose time has come. */
    async isAny(now: number, choice: DueQuery['choice']): Promise<boolean> {
      const { rows } = await sql`
        select from due_addresses where connection_id = ${connectionId} and due_at <= ${new Date(now).toISOString()}
          ${choice === 'urgent' ? sql`and is_urgent` : sql``} limit 1`.execute(db);
      return rows.length > 0;
    },

    /** One page of the addresses whose time has come, by address. */
    async page(query: DueQuery & { after: string; limit: number }): Promise<DueAddress[]> {
      const { rows } = await sql<DueAddress>`
        select ${COLUMNS} from due_addresses
        where connection_id = ${connectionId} and due_at <= ${new Date(query.now).toISOString()} and version <= ${query.upTo}
          ${query.choice === 'urgent' ? sql`and is_urgent` : sql``} and email_key > ${query.after}
        order by email_key limit ${query.limit}`.execute(db);
      return rows;
    },

    /** One page of all that are marked, by address, also those whose time has not come. */
    async all(after: string, limit: number): Promise<EmailAddress[]> {
      const { rows } = await sql<{ emailKey: EmailAddress }>`
        select email_key as "emailKey" from due_addresses
        where connection_id = ${connectionId} and email_key > ${after} order by email_key limit ${limit}`.execute(db);
      return rows.map(({ emailKey }) => emailKey);
    },

    async ofAddresses(emailKeys: readonly EmailAddress[]): Promise<DueAddress[]> {
      const { rows } = await sql<DueAddress>`
        select ${COLUMNS} from due_addresses
        where connection_id = ${connectionId} and email_key = any(${textArray(emailKeys)})`.execute(db);
      return rows;
    },

    /** Both sides agree now, or wait for somebody: marks that came after `upTo` stay. */
    async settle(emailKeys: readonly EmailAddress[], upTo: number): Promise<void> {
      if (emailKeys.length === 0) return;
      await sql`delete from due_addresses where connection_id = ${connectionId} and version <= ${upTo}
        and email_key = any(${textArray(emailKeys)})`.execute(db);
    },

    /** Nothing is to be lowered any more: what is left is the main lane's. */
    async calm(emailKeys: readonly EmailAddress[], upTo: number): Promise<void> {
      if (emailKeys.length === 0) return;
      await sql`update due_addresses set is_urgent = false
        where connection_id = ${connectionId} and version <= ${upTo} and email_key = any(${textArray(emailKeys)})`.execute(
        db,
      );
    },

    /** To be looked at again later. */
    async postpone(emailKeys: readonly EmailAddress[], until: number): Promise<void> {
      if (emailKeys.length === 0) return;
      await sql`update due_addresses set due_at = ${new Date(until).toISOString()}, attempts = attempts + 1
        where connection_id = ${connectionId} and email_key = any(${textArray(emailKeys)})`.execute(db);
    },

    /** Everything that is due failed together. */
    async postponeAll(now: number, until: number): Promise<void> {
      await sql`update due_addresses set due_at = ${new Date(until).toISOString()}, attempts = attempts + 1
        where connection_id = ${connectionId} and due_at <= ${new Date(now).toISOString()}`.execute(db);
    },

    /** Nothing has failed: their burst may go on (R12). `until` in ms. */
    async letWait(rows: readonly { emailKey: EmailAddress; until: number; waits: BurstCounts }[]): Promise<void> {
      if (rows.length === 0) return;
      const page = rows.map((row) => ({
        email_key: row.emailKey,
        due_at: new Date(row.until).toISOString(),
        waits: row.waits,
      }));
      await sql`update due_addresses as due set due_at = page.due_at, waits = page.waits
        from json_to_recordset(${jsonRows(page)}) as page (email_key text, due_at timestamptz, waits jsonb)
        where connection_id = ${connectionId} and due.email_key = page.email_key`.execute(db);
    },

    /** Their wait is over: they are part of a plan now. */
    async waitNoMore(emailKeys: readonly EmailAddress[]): Promise<void> {
      if (emailKeys.length === 0) return;
      await sql`update due_addresses set waits = null
        where connection_id = ${connectionId} and email_key = any(${textArray(emailKeys)})`.execute(db);
    },

    /** What waits for the end of its burst. */
    async waiting(): Promise<BurstCounts> {
      const { rows } = await sql<{ kind: BurstKind; count: number }>`
        select key as kind, sum(value::int)::int as count from due_addresses, jsonb_each_text(waits)
        where connection_id = ${connectionId} and waits is not null group by key`.execute(db);
      return Object.fromEntries(rows.map(({ kind, count }) => [kind, count]));
    },

    async count(): Promise<{ waiting: number; urgent: number }> {
      const { rows } = await sql<{ waiting: number; urgent: number }>`
        select count(*)::int as waiting, (count(*) filter (where is_urgent))::int as urgent
        from due_addresses where connection_id = ${connectionId}`.execute(db);
      return rows[0] ?? { waiting: 0, urgent: 0 };
    },
  };
}

function both(one: DueMark, other: DueMark, now: number): DueMark {
  const urgent = other.isUrgent ? other : one;
  const happened = [one.happenedAt, other.happenedAt].filter((at) => at !== undefined).sort()[0];
  return {
    ...urgent,
    isUrgent: (one.isUrgent ?? false) || (other.isUrgent ?? false),
    dueAt: Math.min(one.dueAt ?? now, other.dueAt ?? now),
    happenedAt: happened,
    isApproved: (one.isApproved ?? false) || (other.isApproved ?? false),
  };
}
