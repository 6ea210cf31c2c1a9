import { sql } from 'kysely';
import type { Queryable } from './database.ts';
import { jsonRows } from './json-rows.ts';
import type { ConnectionScope } from './scope.ts';

/** A stored webhook that waits to be applied. */
export type StoredEvent = { id: number; receivedAt: string; contentType: string; body: string };

/** A webhook as it came. `receivedAt` in ms since 1970. */
export type ReceivedEvent = { contentType: string; body: string; receivedAt: number };

/** The inbox: webhooks as they came, stored before they are answered (F1). The stored row is the work. */
export function providerEvents(db: Queryable, scope: ConnectionScope) {
  const { connectionId } = scope;
  return {
    /** Stores all of them, in their order, or none. */
    async save(events: readonly ReceivedEvent[]): Promise<void> {
      if (events.length === 0) return;
      const rows = events.map(({ contentType, body, receivedAt }, index) => ({
        place: index,
        received_at: new Date(receivedAt).toISOString(),
        content_type: contentType,
        body,
      }));
      await sql`insert into provider_events (tenant_id, connection_id, received_at, content_type, body)
        select ${scope.tenantId}, ${connectionId}, received_at, content_type, body
        from json_to_recordset(${jsonRows(rows)})
          as given(place integer, received_at timestamptz, content_type text, body text)
        order by place`.execute(db);
    },

    /** The oldest ones whose time has come. */
    async waiting(now: number, limit: number): Promise<StoredEvent[]> {
      const { rows } = await sql<StoredEvent>`
        select id, to_char(received_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "receivedAt",
          content_type as "contentType", body
        from provider_events where connection_id = ${connectionId} and applied_at is null
          and (not_before is null or not_before <= ${new Date(now).toISOString()})
        order by id limit ${limit}`.execute(db);
      return rows;
    },

    /**
     * The oldest ones after one of them whose time has come and that hold one of some words.
     *
     * @param words letters only, in any case
     */
    async waitingWith(words: readonly string[], now: number, after: number, limit: number): Promise<StoredEvent[]> {
      const { rows } = await sql<StoredEvent>`
        select id, to_char(received_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "receivedAt",
          content_type as "contentType", body
        from provider_events where connection_id = ${connectionId} and applied_at is null and id > ${after}
          and (not_before is null or not_before <= ${new Date(now).toISOString()}) and body ~* ${words.join('|')}
        order by id limit ${limit}`.execute(db);
      return rows;
    },

    /** When the oldest webhook came that is not applied yet, in ms; undefined: all are. */
    async unreadSince(): Promise<number | undefined> {
      const { rows } = await sql<{ since: string }>`
        select to_char(received_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as since
        from provider_events where connection_id = ${connectionId} and applied_at is null order by id limit 1`.execute(
        db,
      );
      return rows[0] && Date.parse(rows[0].since);
    },

    /** Applied: what they said is stored elsewhere, and the raw bodies are dropped. */
    async applied(ids: readonly number[], now: number): Promise<void> {
      if (ids.length === 0) return;
      await sql`update provider_events set applied_at = ${new Date(now).toISOString()}, body = ''
        where connection_id = ${connectionId}
          and id in (select value::bigint from json_array_elements_text(${JSON.stringify(ids)}::json))`.execute(db);
    },

    /** An outside system lets us wait (F6): the events stay and come again later. */
    async postpone(ids: readonly number[], until: number): Promise<void> {
      if (ids.length === 0) return;
      await sql`update provider_events set not_before = ${new Date(until).toISOString()}, attempts = attempts + 1
        where connection_id = ${connectionId}
          and id in (select value::bigint from json_array_elements_text(${JSON.stringify(ids)}::json))`.execute(db);
    },

    /** How often the oldest waiting event was postponed. */
    async attempts(): Promise<number> {
      const { rows } = await sql<{ attempts: number }>`
        select attempts from provider_events where connection_id = ${connectionId} and applied_at is null
        order by id limit 1`.execute(db);
      return rows[0]?.attempts ?? 0;
    },

    /** Events that a finished full sync has answered by reading everything after they had come. */
    async answeredByFullSync(startedAt: string, now: number): Promise<void> {
      await sql`update provider_events set applied_at = ${new Date(now).toISOString()}, body = ''
        where connection_id = ${connectionId} and applied_at is null and received_at < ${startedAt}`.execute(db);
    },

    /** Nobody asks for old ones: their bodies are gone, and their keys are kept apart. */
    async forgetBefore(instant: number): Promise<void> {
      await sql`delete from provider_events where connection_id = ${connectionId}
        and applied_at < ${new Date(instant).toISOString()}`.execute(db);
    },

    async counts(): Promise<{ waiting: number; lastReceivedAt: string | null }> {
      const { rows } = await sql<{ waiting: number; lastReceivedAt: string | null }>`
        select (count(*) filter (where applied_at is null))::int as waiting,
          to_char(max(received_at) at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "lastReceivedAt"
        from provider_events where connection_id = ${connectionId}`.execute(db);
      return rows[0] ?? { waiting: 0, lastReceivedAt: null };
    },
  };
}
