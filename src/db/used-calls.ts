import { sql } from 'kysely';
import type { Queryable } from './database.ts';

/** Signed calls that have been used; each is good for once. */
export function usedCalls(db: Queryable) {
  return {
    /**
     * Uses a call up.
     *
     * @param expiresAt when nobody would take it any more anyway, in ms
     * @returns false when it was used before
     */
    async use(mark: string, now: number, expiresAt: number): Promise<boolean> {
      await sql`delete from used_calls where expires_at <= ${new Date(now).toISOString()}`.execute(db);
      const { rows } = await sql`
        insert into used_calls (mark, expires_at) values (${mark}, ${new Date(expiresAt).toISOString()})
        on conflict (mark) do nothing returning mark`.execute(db);
      return rows.length > 0;
    },
  };
}
