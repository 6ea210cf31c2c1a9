import { sql } from 'kysely';
import type { StoredStanding } from '../core/standing.ts';
import type { Queryable } from './database.ts';

/** What the installation was when it was last alive on this database (F9); one row. */
export function installation(db: Queryable) {
  return {
    /** Reads the row and keeps other starts waiting until the transaction ends; undefined before the first start. */
    async readAlone(): Promise<StoredStanding | undefined> {
      const { rows } = await sql<Omit<StoredStanding, 'lastAliveAt'> & { lastAliveAt: string }>`
        select installation_id as "installationId", place, restored_at is not null as "isRestored",
          to_char(last_alive_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "lastAliveAt"
        from installation for update`.execute(db);
      return rows[0] && { ...rows[0], lastAliveAt: Date.parse(rows[0].lastAliveAt) };
    },

    /** From now on the database is this installation's, in this place; a restore is settled. */
    async settle(now: { installationId: string; place: string; at: number }): Promise<void> {
      const at = new Date(now.at).toISOString();
      await sql`
        insert into installation (installation_id, place, last_alive_at) values (${now.installationId}, ${now.place}, ${at})
        on conflict (is_only) do update set installation_id = excluded.installation_id, place = excluded.place,
          last_alive_at = excluded.last_alive_at, restored_at = null`.execute(db);
    },

    /** A process of ours is alive. */
    async beat(now: number): Promise<void> {
      await sql`update installation set last_alive_at = greatest(last_alive_at, ${new Date(now).toISOString()})`.execute(
        db,
      );
    },
  };
}
