import { sql } from 'kysely';
import type { ActivityKind } from '../core/activity.ts';
import type { ActivityToWrite } from '../core/activity-groups.ts';
import type { EmailAddress } from '../core/email-address.ts';
import type { Queryable } from './database.ts';
import { jsonRows, textArray } from './json-rows.ts';
import type { ConnectionScope } from './scope.ts';

/** A happening that is to become an activity. `happenedAt`: see `ActivityToWrite`. */
export type NotedActivity = {
  kind: ActivityKind;
  campaignId: string;
  emailKey: EmailAddress;
  /** undefined: looked up when it is written (R8) */
  contactId: string | undefined;
  happenedAt: string;
  detail: string;
};

/** One that waits, with whom it belongs to now; null: nobody who may get it. `dueAt` of the row has come. */
export type DueActivity = Omit<ActivityToWrite, 'contactId'> & {
  contactId: string | null;
  attempts: number;
  isChecked: boolean;
  campaignName: string;
  /** whether its campaign went to our audience; null: not known, or no campaign */
  isOurs: boolean | null;
  /** the contact has this entry of this campaign already, by another address */
  isDouble: boolean;
};

export type ActivityEnd = { id: number; state: 'written' | 'left-out' | 'refused'; reason: string };

/** How many activities of a campaign and kind are in which state. */
export type ActivityCount = { campaignId: string; kind: ActivityKind; state: string; count: number };

/** What became of a person's mails, newest first. */
export type PersonActivity = {
  kind: ActivityKind;
  campaignId: string;
  campaignName: string;
  sentAt: string | null;
  happenedAt: string;
  detail: string;
  state: 'noted' | 'sent' | 'written' | 'left-out' | 'refused';
  reason: string;
};

const instant = (column: string) =>
  sql`to_char(${sql.ref(column)} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** What becomes of newsletters: happenings, from their noting until they stand in the CRM (M25, M26). */
export function activities(db: Queryable, scope: ConnectionScope) {
  const { tenantId, connectionId } = scope;
  return {
    /**
     * Notes happenings; what was noted of a mail before is not noted again.
     *
     * @param dueAt when they are written, in ms
     * @returns how many were new
     */
    async note(noted: readonly NotedActivity[], dueAt: number): Promise<number> {
      if (noted.length === 0) return 0;
      const rows = noted.map((one) => ({
        kind: one.kind,
        campaign_id: one.campaignId,
        email_key: one.emailKey,
        contact_id: one.contactId ?? null,
        happened_at: one.happenedAt,
        detail: one.detail,
      }));
      const { rows: made } = await sql`
        insert into activities (tenant_id, connection_id, kind, campaign_id, email_key, contact_id, happened_at, detail, due_at)
        select ${tenantId}, ${connectionId}, kind, campaign_id, email_key, contact_id, happened_at, detail,
          ${new Date(dueAt).toISOString()}
        from json_to_recordset(${jsonRows(rows)}) as page (kind text, campaign_id text, email_key text, contact_id text,
          happened_at timestamptz, detail text)
        on conflict do nothing returning 1`.execute(db);
      return made.length;
    },

    /** When the turns of contacts happened that were noted before, to the second, ISO 8601 in UTC, by contact and kind. */
    async toldTurns(contactIds: readonly string[]): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
      if (contactIds.length === 0) return new Map();
      const { rows } = await sql<{ turn: string; times: string[] }>`
        select contact_id || ' ' || kind as turn, json_agg(${instant('happened_at')}) as times from activities
        where connection_id = ${connectionId} and contact_id = any(${textArray(contactIds)})
          and kind in ('subscribed', 'unsubscribed')
        group by 1`.execute(db);
      return new Map(rows.map(({ turn, times }) => [turn, new Set(times)]));
    },

    /**
     * The next ones whose time has come: sign-ups and opt-outs first, then what can be written together. The contact is the
     * representative of the address (R8), or the one that holds it as a further address; private and archived contacts and
     * such that are gone get none.
     */
    async due(now: number, limit: number): Promise<DueActivity[]> {
      const { rows } = await sql<DueActivity>`
        with next as (
          select activity.* from activities as activity
          where connection_id = ${connectionId} and state = 'noted' and due_at <= ${new Date(now).toISOString()}
          order by kind not in ('subscribed', 'unsubscribed'), campaign_id, kind, happened_at, detail, id limit ${limit}),
        resolved as (
          select next.*, coalesce(own.contact_id, stands.contact_id, joined.contact_id) as for_contact
          from next
          left join contacts as own on own.connection_id = ${connectionId} and own.contact_id = next.contact_id
            and own.is_readable and not own.is_private and not own.is_archived
          left join lateral (select contact_id from contacts
            where contacts.connection_id = ${connectionId} and contacts.email_key = next.email_key
              and is_readable and not is_private and not is_archived
            order by consent <> 'yes', sort_key limit 1) as stands on next.contact_id is null
          left join lateral (select members.joined ->> 'contactId' as contact_id from members
            where members.connection_id = ${connectionId} and members.email_key = next.email_key
              and members.joined ->> 'reason' = 'second_address') as joined on next.contact_id is null)
        select resolved.id, resolved.kind, resolved.campaign_id as "campaignId", resolved.for_contact as "contactId",
          ${instant('resolved.happened_at')} as "happenedAt", resolved.detail, resolved.group_limit as "groupLimit",
          resolved.attempts, resolved.is_checked as "isChecked", coalesce(campaign.name, '') as "campaignName",
          campaign.is_ours as "isOurs",
          resolved.kind not in ('subscribed', 'unsubscribed') and exists (select from activities as other
            where other.connection_id = ${connectionId} and other.contact_id = resolved.for_contact
              and other.campaign_id = resolved.campaign_id and other.kind = resolved.kind and other.id <> resolved.id
              and other.state in ('sent', 'written')) as "isDouble"
        from resolved left join campaigns as campaign
          on campaign.connection_id = ${connectionId} and campaign.campaign_id = resolved.campaign_id
        order by resolved.kind not in ('subscribed', 'unsubscribed'), resolved.campaign_id, resolved.kind,
          resolved.happened_at, resolved.detail, resolved.id`.execute(db);
      return rows;
    },

    /** Intent: they are part of a call that is made next (F5). */
    async send(batchId: number, rows: readonly { id: number; contactId: string }[]): Promise<void> {
      await sql`update activities set state = 'sent', batch_id = ${batchId}, contact_id = page."contactId"
        from json_to_recordset(${jsonRows(rows)}) as page (id bigint, "contactId" text)
        where connection_id = ${connectionId} and activities.id = page.id and state = 'noted'`.execute(db);
    },

    /** Contacts of a call whose answer is not stored, with the rows. */
    async ofBatch(batchId: number): Promise<{ id: number; contactId: string }[]> {
      const { rows } = await sql<{ id: number; contactId: string }>`
        select id, contact_id as "contactId" from activities
        where connection_id = ${connectionId} and batch_id = ${batchId} and state = 'sent' order by id`.execute(db);
      return rows;
    },

    async end(ends: readonly ActivityEnd[], now: number): Promise<void> {
      if (ends.length === 0) return;
      await sql`update activities set state = page.state, reason = page.reason, batch_id = null,
          ended_at = ${new Date(now).toISOString()}
        from json_to_recordset(${jsonRows(ends)}) as page (id bigint, state text, reason text)
        where connection_id = ${connectionId} and activities.id = page.id`.execute(db);
    },

    /**
     * They were not written and are to be, at `dueAt`.
     *
     * @param more.isChecked the CRM was asked and has them not
     * @param more.groupLimit they are written with fewer others from now on
     */
    async again(
      ids: readonly number[],
      dueAt: number,
      more: { isChecked?: boolean; groupLimit?: number; isFailure?: boolean } = {},
    ): Promise<void> {
      if (ids.length === 0) return;
      await sql`update activities set state = 'noted', batch_id = null, due_at = ${new Date(dueAt).toISOString()},
          is_checked = is_checked or ${more.isChecked ?? false},
          group_limit = least(group_limit, ${more.groupLimit ?? 1000}),
          attempts = attempts + ${more.isFailure ? 1 : 0}
        where connection_id = ${connectionId}
          and id in (select value::bigint from json_array_elements_text(${JSON.stringify(ids)}::json))`.execute(db);
    },

    /** A mail that was taken for delivered has come back before anything was written (M26). */
    async dropDelivered(campaignId: string, emailKeys: readonly EmailAddress[]): Promise<void> {
      if (emailKeys.length === 0) return;
      await sql`delete from activities where connection_id = ${connectionId} and campaign_id = ${campaignId}
        and kind = 'delivered' and state = 'noted' and email_key = any(${textArray(emailKeys)})`.execute(db);
    },

    /** How far the activities of campaigns are; '' stands for sign-ups and opt-outs. */
    async countOfCampaigns(campaignIds: readonly string[]): Promise<ActivityCount[]> {
      if (campaignIds.length === 0) return [];
      const { rows } = await sql<ActivityCount>`
        select campaign_id as "campaignId", kind, state, count(*)::int as count from activities
        where connection_id = ${connectionId} and kind not in ('subscribed', 'unsubscribed')
          and campaign_id = any(${textArray(campaignIds)})
        group by campaign_id, kind, state`.execute(db);
      return rows;
    },

    /** Why activities were left out or refused, with their numbers. */
    async countReasons(
      campaignIds: readonly string[],
    ): Promise<{ campaignId: string; reason: string; count: number }[]> {
      if (campaignIds.length === 0) return [];
      const { rows } = await sql<{ campaignId: string; reason: string; count: number }>`
        select campaign_id as "campaignId", reason, count(*)::int as count from activities
        where connection_id = ${connectionId} and kind not in ('subscribed', 'unsubscribed') and reason <> ''
          and campaign_id = any(${textArray(campaignIds)})
        group by campaign_id, reason order by campaign_id, reason`.execute(db);
      return rows;
    },

    /** What became of mails to an address and to these contacts, newest first. */
    async ofPerson(
      person: { emails: readonly string[]; contactIds: readonly string[] },
      limit: number,
    ): Promise<PersonActivity[]> {
      const { rows } = await sql<PersonActivity>`
        select activity.kind, activity.campaign_id as "campaignId", coalesce(campaign.name, '') as "campaignName",
          ${instant('campaign.sent_at')} as "sentAt", ${instant('activity.happened_at')} as "happenedAt",
          activity.detail, activity.state, activity.reason
        from activities as activity left join campaigns as campaign
          on campaign.connection_id = activity.connection_id and campaign.campaign_id = activity.campaign_id
        where activity.connection_id = ${connectionId}
          and (activity.email_key = any(${textArray(person.emails)})
            or activity.contact_id = any(${textArray(person.contactIds)}))
        order by activity.happened_at desc, activity.id desc limit ${limit}`.execute(db);
      return rows;
    },
  };
}
