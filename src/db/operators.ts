import { sql } from 'kysely';
import type { Queryable } from './database.ts';

export type OperatorRole = 'administrator' | 'editor' | 'reader';
export type Operator = {
  id: string;
  name: string;
  /** empty where nobody logs in with a password */
  passwordHash: string;
  role: OperatorRole;
  /** chosen on the page, else the one that he has in the CRM; null: that of his browser */
  language: string | null;
  /** the only tenant whose data he sees; null: all of them */
  tenantId: string | null;
  /** his number in the CRM, through whose Marketplace he comes (M27); null: he logs in */
  crmUserId: string | null;
};
type OwnOperator = Omit<Operator, 'tenantId' | 'crmUserId' | 'language'>;

const COLUMNS = sql`
  operators.id, name, password_hash as "passwordHash", role, language, tenant_id as "tenantId", crm_user_id as "crmUserId"`;

/** People who may use the page, their sessions and the one-time link of the first start. Tokens are kept as hashes. */
export function operators(db: Queryable) {
  return {
    /** Whether somebody has an account of his own. */
    async any(): Promise<boolean> {
      const { rows } = await sql`select id from operators where crm_user_id is null limit 1`.execute(db);
      return rows.length > 0;
    },

    async add(operator: OwnOperator, now: number): Promise<void> {
      await sql`insert into operators (id, name, name_key, password_hash, role, created_at)
        values (${operator.id}, ${operator.name}, ${operator.name.toLowerCase()}, ${operator.passwordHash}, ${operator.role},
          ${new Date(now).toISOString()})`.execute(db);
    },

    /** Somebody with an account of his own. */
    async byName(name: string): Promise<Operator | undefined> {
      const { rows } = await sql<Operator>`
        select ${COLUMNS} from operators where name_key = ${name.toLowerCase()} and crm_user_id is null`.execute(db);
      return rows[0];
    },

    async crmUser(tenantId: string, crmUserId: string): Promise<Operator | undefined> {
      const { rows } = await sql<Operator>`
        select ${COLUMNS} from operators where tenant_id = ${tenantId} and crm_user_id = ${crmUserId}`.execute(db);
      return rows[0];
    },

    /** Takes note of a user of the CRM as he comes now; his language is that of the CRM unless he chose another one here. */
    async saveCrmUser(
      user: Omit<Operator, 'passwordHash'> & { tenantId: string; crmUserId: string },
      now: number,
    ): Promise<void> {
      const { id, name, role, language, tenantId, crmUserId } = user;
      await sql`
        insert into operators (id, name, name_key, password_hash, role, language, created_at, tenant_id, crm_user_id)
        values (${id}, ${name}, ${`${tenantId}/${crmUserId}`}, '', ${role}, ${language}, ${new Date(now).toISOString()},
          ${tenantId}, ${crmUserId})
        on conflict (tenant_id, crm_user_id) do update set name = excluded.name, role = excluded.role,
          language = case when operators.language_is_chosen then operators.language
            else coalesce(excluded.language, operators.language) end`.execute(db);
    },

    /** What he chose on the page, whichever browser he comes with (U7). */
    async chooseLanguage(id: string, language: string): Promise<void> {
      await sql`update operators set language = ${language}, language_is_chosen = true where id = ${id}`.execute(db);
    },

    /** @param openedAfter a session that was opened earlier has ended, however much it is used */
    async bySession(tokenHash: string, now: number, openedAfter: number): Promise<Operator | undefined> {
      const { rows } = await sql<Operator>`
        select ${COLUMNS} from sessions join operators on operators.id = sessions.operator_id
        where token_hash = ${tokenHash} and expires_at > ${new Date(now).toISOString()}
          and sessions.created_at > ${new Date(openedAfter).toISOString()}`.execute(db);
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
