import { sql } from 'kysely';
import type { Queryable } from './database.ts';

export type OperatorRole = 'administrator' | 'editor' | 'reader';
export type Operator = { id: string; name: string; passwordHash: string; role: OperatorRole; language: string };

/** People who may use the page, their sessions and the one-time link of the first start. Tokens are kept as hashes. */
export function operators(db: Queryable) {
  return {
    async any(): Promise<boolean> {
      const { rows } = await sql`select id from operators limit 1`.execute(db);
      return rows.length > 0;
    },

    async add(operator: Operator, now: number): Promise<void> {
      await sql`insert into operators (id, name, name_key, password_hash, role, language, created_at)
        values (${operator.id}, ${operator.name}, ${operator.name.toLowerCase()}, ${operator.passwordHash}, ${operator.role},
          ${operator.language}, ${new Date(now).toISOString()})`.execute(db);
    },

    async byName(name: string): Promise<Operator | undefined> {
      const { rows } = await sql<Operator>`
        select id, name, password_hash as "passwordHash", role, language from operators
        where name_key = ${name.toLowerCase()}`.execute(db);
      return rows[0];
    },

    async bySession(tokenHash: string, now: number): Promise<Operator | undefined> {
      const { rows } = await sql<Operator>`
        select operators.id, name, password_hash as "passwordHash", role, language
        from sessions join operators on operators.id = sessions.operator_id
        where token_hash = ${tokenHash} and expires_at > ${new Date(now).toISOString()}`.execute(db);
      return rows[0];
    },

    async openSession(tokenHash: string, operatorId: string, now: number, expiresAt: number): Promise<void> {
      await sql`delete from sessions where expires_at <= ${new Date(now).toISOString()}`.execute(db);
      await sql`insert into sessions (token_hash, operator_id, created_at, expires_at)
        values (${tokenHash}, ${operatorId}, ${new Date(now).toISOString()}, ${new Date(expiresAt).toISOString()})`.execute(
        db,
      );
    },

    /** A session that is used lives on; written only when it moves by more than a minute. */
    async extendSession(tokenHash: string, expiresAt: number): Promise<void> {
      await sql`update sessions set expires_at = ${new Date(expiresAt).toISOString()}
        where token_hash = ${tokenHash} and expires_at < ${new Date(expiresAt - 60_000).toISOString()}`.execute(db);
    },

    async closeSession(tokenHash: string): Promise<void> {
      await sql`delete from sessions where token_hash = ${tokenHash}`.execute(db);
    },

    async addSetupLink(tokenHash: string, now: number): Promise<void> {
      await sql`delete from setup_links`.execute(db);
      await sql`insert into setup_links (token_hash, created_at) values (${tokenHash}, ${new Date(now).toISOString()})`.execute(
        db,
      );
    },

    /** Uses up a one-time link. @returns false when it is not (or no longer) valid */
    async useSetupLink(tokenHash: string): Promise<boolean> {
      const { rows } = await sql`delete from setup_links where token_hash = ${tokenHash} returning token_hash`.execute(
        db,
      );
      return rows.length > 0;
    },
  };
}
