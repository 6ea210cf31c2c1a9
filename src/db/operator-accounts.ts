import { sql } from 'kysely';
import type { Queryable } from './database.ts';
import type { OperatorRole } from './operators.ts';

/** An account as administrators see it; `expiresAt`: when the last open session ends; null for none. */
export type OperatorAccount = {
  id: string;
  name: string;
  role: OperatorRole;
  createdAt: string;
  expiresAt: string | null;
};

/** Accounts of people who log in with a password (U7): who they are, and what becomes of them. */
export function operatorAccounts(db: Queryable) {
  return {
    async list(): Promise<OperatorAccount[]> {
      const { rows } = await sql<OperatorAccount>`
        select operators.id, name, role,
          to_char(operators.created_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "createdAt",
          to_char(max(sessions.expires_at) at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "expiresAt"
        from operators left join sessions on sessions.operator_id = operators.id
        where crm_user_id is null group by operators.id order by operators.name_key`.execute(db);
      return rows;
    },

    /** Names by id, also of those who come in another way. */
    async names(): Promise<ReadonlyMap<string, string>> {
      const { rows } = await sql<{ id: string; name: string }>`select id, name from operators`.execute(db);
      return new Map(rows.map(({ id, name }) => [id, name]));
    },

    /** Whether somebody else than this one administers; asked under a lock, so that two cannot go at once. */
    async hasOtherAdministrator(id: string): Promise<boolean> {
      const { rows } = await sql<{ id: string }>`
        select id from operators where role = 'administrator' and crm_user_id is null order by id for update`.execute(
        db,
      );
      return rows.some((row) => row.id !== id);
    },

    async setRole(id: string, role: OperatorRole): Promise<void> {
      await sql`update operators set role = ${role} where id = ${id}`.execute(db);
    },

    async setPassword(id: string, passwordHash: string): Promise<void> {
      await sql`update operators set password_hash = ${passwordHash} where id = ${id}`.execute(db);
    },

    /** Ends all sessions of an account. @param but one that goes on */
    async closeSessions(id: string, but = ''): Promise<void> {
      await sql`delete from sessions where operator_id = ${id} and token_hash <> ${but}`.execute(db);
    },

    async remove(id: string): Promise<void> {
      await sql`delete from operators where id = ${id}`.execute(db);
    },
  };
}
