import { sql } from 'kysely';
import type { Queryable } from './database.ts';
import { storable } from './json-rows.ts';
import type { ConnectionScope } from './scope.ts';

/** The inbox: webhooks as they came, stored before they are answered (F1). */
export function providerEvents(db: Queryable, scope: ConnectionScope) {
  return {
    async save(event: { contentType: string; body: string }, now: number): Promise<void> {
      await sql`insert into provider_events (tenant_id, connection_id, received_at, content_type, body)
        values (${scope.tenantId}, ${scope.connectionId}, ${new Date(now).toISOString()}, ${event.contentType},
          ${storable(event.body)})`.execute(db);
    },

    /** Events that a finished full sync has answered by reading everything after they had come. */
    async answeredByFullSync(startedAt: string, now: number): Promise<void> {
      await sql`update provider_events set applied_at = ${new Date(now).toISOString()}, body = ''
        where connection_id = ${scope.connectionId} and applied_at is null and received_at < ${startedAt}`.execute(db);
    },
  };
}
