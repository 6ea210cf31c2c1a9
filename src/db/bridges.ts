import { sql } from 'kysely';
import { addsUp, type Bridge } from '../core/bridge.ts';
import type { MemberReason, Reason } from '../core/reason.ts';
import type { Queryable } from './database.ts';
import { jsonb } from './json-rows.ts';
import type { ConnectionScope } from './scope.ts';

export type StoredBridge = { bridge: Bridge; addsUp: boolean; asOf: string };

/** Count bridges (section 7): counted from the stored snapshot, each number by itself. */
export function bridges(db: Queryable, scope: ConnectionScope) {
  const { tenantId, connectionId } = scope;
  return {
    async count(): Promise<Bridge> {
      const numbers = await sql<{ contactsWithYes: number; activeMembers: number; explainedMembers: number }>`
        select
          (select count(*)::int from contacts where connection_id = ${connectionId} and consent = 'yes') as "contactsWithYes",
          (select count(*)::int from members where connection_id = ${connectionId} and status = 'subscribed') as "activeMembers",
          (select count(*)::int from contact_links as link
            join contacts on contacts.connection_id = link.connection_id and contacts.contact_id = link.contact_id
              and contacts.email_key = link.email_key
            join members on members.connection_id = link.connection_id and members.email_key = link.email_key
            where link.connection_id = ${connectionId} and contacts.consent = 'yes' and contacts.reason is null
              and members.status = 'subscribed') as "explainedMembers"`.execute(db);
      const reasons = await sql<{ reason: Reason; count: number }>`
        select reason, count(*)::int as count from contacts
        where connection_id = ${connectionId} and consent = 'yes' and reason is not null
        group by reason order by count(*) desc, reason`.execute(db);
      const memberReasons = await sql<{ reason: MemberReason; count: number }>`
        select reason, count(*)::int as count from members
        where connection_id = ${connectionId} and status = 'subscribed' and reason is not null
        group by reason order by count(*) desc, reason`.execute(db);
      const counted = numbers.rows[0];
      if (!counted) throw new Error('an aggregate has a row');
      return { ...counted, reasons: reasons.rows, memberReasons: memberReasons.rows };
    },

    async save(runId: string, bridge: Bridge, now: number): Promise<void> {
      await sql`
        insert into bridges (tenant_id, connection_id, run_id, as_of, bridge, adds_up)
        values (${tenantId}, ${connectionId}, ${runId}, ${new Date(now).toISOString()}, ${jsonb(bridge)}, ${addsUp(bridge)})
        on conflict (connection_id, run_id) do update set as_of = excluded.as_of, bridge = excluded.bridge,
          adds_up = excluded.adds_up`.execute(db);
    },

    async newest(): Promise<StoredBridge | undefined> {
      const { rows } = await sql<StoredBridge>`
        select bridge, adds_up as "addsUp", to_char(as_of at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "asOf"
        from bridges where connection_id = ${connectionId} order by as_of desc limit 1`.execute(db);
      return rows[0];
    },
  };
}
