import { sql } from 'kysely';
import type { Connection, ConnectionToAdd } from '../core/connection.ts';
import { CONNECTION_COLUMNS } from './connections.ts';
import type { Queryable } from './database.ts';
import { jsonb } from './json-rows.ts';

/** A connection that was ended, with what its customer's CRM was known by. */
export type FormerConnection = { connection: Connection; crmAccountHash: string };

/** Connections that were ended and may be made again (U7). */
export function formerConnections(db: Queryable) {
  return {
    /** Those that wrote to an audience, the newest first; several customers may have, one after the other. */
    async ofAudience(provider: string, accountId: string, audienceId: string): Promise<FormerConnection[]> {
      const { rows } = await sql<Connection & { crmAccountHash: string }>`
        select ${CONNECTION_COLUMNS}, crm_account_hash as "crmAccountHash" from connections
        where provider = ${provider} and account_id = ${accountId} and audience_id = ${audienceId}
          and state = 'disconnected' order by created_at desc, id`.execute(db);
      return rows.map(({ crmAccountHash, ...connection }) => ({ connection, crmAccountHash }));
    },

    /**
     * Begins the set-up of one anew: what was learned and set stays.
     *
     * @returns false when somebody else was faster
     */
    async revive(
      id: string,
      found: Omit<ConnectionToAdd, 'id' | 'tenantId'>,
      hashes: { crmAccount: string; hookSecret: string },
    ): Promise<boolean> {
      const { rows } = await sql`
        update connections set state = 'draft', account_name = ${found.accountName}, account_plan = ${found.accountPlan},
          is_paid_plan = ${found.isPaidPlan}, audience_name = ${found.audienceName}, crm_facts = ${jsonb(found.crmFacts)},
          settings = settings || ${jsonb({ audience: found.settings.audience })},
          crm_account_hash = ${hashes.crmAccount}, hook_secret_hash = ${hashes.hookSecret}
        where id = ${id} and state = 'disconnected' returning id`.execute(db);
      return rows.length > 0;
    },
  };
}
