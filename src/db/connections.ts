import { sql } from 'kysely';
import type { Connection, ConnectionSettings, ConnectionToAdd, CrmFacts } from '../core/connection.ts';
import type { FieldMapping } from '../core/mailing-provider.ts';
import type { GoingBackCause, TwinCause } from '../core/standing.ts';
import type { ProviderTag } from '../core/tag.ts';
import type { Queryable } from './database.ts';
import { goBack } from './going-back.ts';
import { jsonb } from './json-rows.ts';
import type { ConnectionScope } from './scope.ts';
import { stopTwins } from './twins.ts';

export const CONNECTION_COLUMNS = sql`
  id, tenant_id as "tenantId", provider, state, state_before_attention as "stateBeforeAttention", account_id as "accountId",
  account_name as "accountName", account_plan as "accountPlan", is_paid_plan as "isPaidPlan", audience_id as "audienceId",
  audience_name as "audienceName", settings, mapping, crm_facts as "crmFacts",
  to_char(paused_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "pausedAt",
  twin, case when went_back_at is not null then json_build_object('cause', went_back_cause, 'isCaughtUp', not is_catching_up,
    'at', to_char(went_back_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) end as "wentBack",
  to_char(created_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "createdAt"`;

/** A connection's work is done in two lanes: the urgent one only lowers consent (R12). */
export type Lane = 'main' | 'urgent';

const FENCE = { main: sql.ref('fence'), urgent: sql.ref('urgent_fence') } as const;

/** A worker that lost its lane tried to commit (F9): somebody else goes on with the work. */
export class LaneLostError extends Error {
  override readonly name = 'LaneLostError';
}

/** `marks`: that our hook may carry, newest first. `accepted`: who else may have one. `checkedAt`: ISO 8601. */
export type HooksKnown = { marks: string[]; accepted: string[]; checkedAt: string };

/** All connections, for what is not about one of them. */
export function connections(db: Queryable) {
  return {
    /** @param tenantId whose; all by default */
    async list(tenantId?: string): Promise<Connection[]> {
      const { rows } = await sql<Connection>`
        select ${CONNECTION_COLUMNS} from connections where ${tenantId === undefined ? sql`true` : sql`tenant_id = ${tenantId}`}
        order by created_at, id`.execute(db);
      return rows;
    },

    /** Connections of a tenant that use these keys of the CRM. */
    async ofCrmAccount(tenantId: string, crmAccountHash: string): Promise<Connection[]> {
      const { rows } = await sql<Connection>`
        select ${CONNECTION_COLUMNS} from connections where tenant_id = ${tenantId} and crm_account_hash = ${crmAccountHash}
        order by created_at, id`.execute(db);
      return rows;
    },

    async get(connectionId: string): Promise<Connection | undefined> {
      const { rows } =
        await sql<Connection>`select ${CONNECTION_COLUMNS} from connections where id = ${connectionId}`.execute(db);
      return rows[0];
    },

    /** Takes a lane, as `connectionRow.takeLane`, with the row as it stands then; undefined: there is no such connection. */
    async takeLane(connectionId: string, lane: Lane): Promise<{ connection: Connection; fence: number } | undefined> {
      const column = FENCE[lane];
      const { rows } = await sql<Connection & { takenFence: number }>`
        update connections set ${column} = ${column} + 1 where id = ${connectionId}
        returning ${CONNECTION_COLUMNS}, ${column} as "takenFence"`.execute(db);
      if (!rows[0]) return undefined;
      const { takenFence, ...connection } = rows[0];
      return { connection, fence: takenFence };
    },

    async byHookSecretHash(hash: string): Promise<Connection | undefined> {
      const { rows } = await sql<Connection>`
        select ${CONNECTION_COLUMNS} from connections where hook_secret_hash = ${hash}`.execute(db);
      return rows[0];
    },

    /** Whether an account is connected already, with the audience it writes. */
    async ofAccount(provider: string, accountId: string): Promise<Connection[]> {
      const { rows } = await sql<Connection>`
        select ${CONNECTION_COLUMNS} from connections
        where provider = ${provider} and account_id = ${accountId} and state <> 'disconnected'`.execute(db);
      return rows;
    },

    /** The hooks of all audiences are looked at soon, as after a start (F9). */
    async checkHooksSoon(): Promise<void> {
      await sql`update connections set hooks_checked_at = 'epoch'`.execute(db);
    },

    async tenantOfCrmAccount(crmAccountHash: string): Promise<string | undefined> {
      const { rows } = await sql<{ tenant_id: string }>`
        select tenant_id from connections where crm_account_hash = ${crmAccountHash} limit 1`.execute(db);
      return rows[0]?.tenant_id;
    },

    async addTenant(id: string, name: string, now: number): Promise<void> {
      await sql`insert into tenants (id, name, created_at) values (${id}, ${name}, ${new Date(now).toISOString()})`.execute(
        db,
      );
    },

    async add(
      connection: ConnectionToAdd,
      hashes: { crmAccount: string; hookSecret: string },
      now: number,
    ): Promise<void> {
      await sql`
        insert into connections (id, tenant_id, provider, state, account_id, account_name, account_plan, is_paid_plan,
          crm_account_hash, audience_id, audience_name, settings, mapping, crm_facts, hook_secret_hash, created_at)
        values (${connection.id}, ${connection.tenantId}, ${connection.provider}, ${connection.state},
          ${connection.accountId}, ${connection.accountName}, ${connection.accountPlan}, ${connection.isPaidPlan},
          ${hashes.crmAccount}, ${connection.audienceId}, ${connection.audienceName},
          ${jsonb(connection.settings)}, ${jsonb(connection.mapping)},
          ${jsonb(connection.crmFacts)}, ${hashes.hookSecret}, ${new Date(now).toISOString()})`.execute(db);
    },
  };
}

/** One connection's own row. */
export function connectionRow(db: Queryable, scope: ConnectionScope) {
  const { connectionId } = scope;
  return {
    async saveSetUp(setUp: {
      audienceId: string;
      audienceName: string;
      settings: ConnectionSettings;
      mapping: FieldMapping;
      hookMark: string | undefined;
      acceptedHooks: readonly string[];
    }): Promise<void> {
      await sql`update connections set audience_id = ${setUp.audienceId}, audience_name = ${setUp.audienceName},
          settings = ${jsonb(setUp.settings)}, mapping = ${jsonb(setUp.mapping)},
          hook_marks = ${setUp.hookMark === undefined ? sql`hook_marks` : jsonb([setUp.hookMark])}, accepted_hooks = ${jsonb(setUp.acceptedHooks)},
          state = case when state = 'draft' then 'ready' else state end
        where id = ${connectionId}`.execute(db);
    },

    /** New keys of the same customer or account: what they are known by and what they were found to open. */
    async saveCrmAccount(crmAccountHash: string): Promise<void> {
      await sql`update connections set crm_account_hash = ${crmAccountHash} where id = ${connectionId}`.execute(db);
    },

    async saveAccount(account: { name: string; plan: string; isPaidPlan: boolean }): Promise<void> {
      await sql`update connections set account_name = ${account.name}, account_plan = ${account.plan},
          is_paid_plan = ${account.isPaidPlan} where id = ${connectionId}`.execute(db);
    },

    async saveSettings(settings: ConnectionSettings): Promise<void> {
      await sql`update connections set settings = ${jsonb(settings)} where id = ${connectionId}`.execute(db);
    },

    async crmFacts(): Promise<CrmFacts> {
      const { rows } = await sql<{ facts: CrmFacts }>`
        select crm_facts as facts from connections where id = ${connectionId}`.execute(db);
      const facts = rows[0]?.facts;
      if (!facts) throw new LaneLostError('The connection is gone');
      return facts;
    },

    async saveCrmFacts(facts: CrmFacts): Promise<void> {
      await sql`update connections set crm_facts = ${jsonb(facts)} where id = ${connectionId}`.execute(db);
    },

    /** When both sides' tags were last compared, as ISO 8601; null: to be compared now. */
    async tagsAlignedAt(): Promise<string | null> {
      const { rows } = await sql<{ at: string | null }>`
        select to_char(tags_aligned_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at
        from connections where id = ${connectionId}`.execute(db);
      return rows[0]?.at ?? null;
    },

    /** The provider's tags when they were last compared. */
    async providerTags(): Promise<ProviderTag[]> {
      const { rows } = await sql<{ tags: ProviderTag[] }>`
        select provider_tags as tags from connections where id = ${connectionId}`.execute(db);
      return rows[0]?.tags ?? [];
    },

    async saveProviderTags(tags: readonly ProviderTag[]): Promise<void> {
      await sql`update connections set provider_tags = ${jsonb(tags)} where id = ${connectionId}`.execute(db);
    },

    async setTagsAligned(at: number | undefined): Promise<void> {
      await sql`update connections set tags_aligned_at = ${at === undefined ? null : new Date(at).toISOString()}
        where id = ${connectionId}`.execute(db);
    },

    /** Order of learning up to which the data went back (F9); 0: they never did. */
    async wentBackOrder(): Promise<number> {
      const { rows } = await sql<{ position: number }>`
        select went_back_order as position from connections where id = ${connectionId}`.execute(db);
      return rows[0]?.position ?? 0;
    },

    /** Whether the data went back and no full sync has asked and ended since (F9). */
    async isCatchingUp(): Promise<boolean> {
      const { rows } = await sql<{ is: boolean }>`
        select is_catching_up as is from connections where id = ${connectionId}`.execute(db);
      return rows[0]?.is ?? false;
    },

    async caughtUp(): Promise<void> {
      await sql`update connections set is_catching_up = false where id = ${connectionId}`.execute(db);
    },

    async setState(state: 'ready' | 'active'): Promise<void> {
      await sql`update connections set state = ${state} where id = ${connectionId}`.execute(db);
    },

    /** Stops the connection until somebody acts (F6). */
    async needAttention(): Promise<void> {
      await sql`update connections set state_before_attention = state, state = 'attention'
        where id = ${connectionId} and state <> 'attention'`.execute(db);
    },

    async attentionIsOver(): Promise<void> {
      await sql`update connections set state = coalesce(state_before_attention, 'ready'), state_before_attention = null
        where id = ${connectionId} and state = 'attention' and twin is null`.execute(db);
    },

    /** Stops it because somebody else may be working on its audience (F9). */
    stopAsTwin: (cause: TwinCause, now: number) => stopTwins(db, connectionId, cause, now),

    /** A person said that this one goes on (F9). @param accepted who else has a hook at the audience, with his knowledge */
    async takeOver(accepted: readonly string[]): Promise<void> {
      await sql`update connections set twin = null, accepted_hooks = ${jsonb(accepted)},
          state = coalesce(state_before_attention, 'ready'), state_before_attention = null
        where id = ${connectionId} and twin is not null`.execute(db);
    },

    /** Takes note that the data went back in time (F9). */
    goBack: (cause: GoingBackCause, now: number) => goBack(db, connectionId, cause, now),

    /** What is known of the hooks at the audience (F9). */
    async hooks(): Promise<HooksKnown> {
      const { rows } = await sql<HooksKnown>`
        select hook_marks as marks, accepted_hooks as accepted,
          to_char(hooks_checked_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "checkedAt"
        from connections where id = ${connectionId}`.execute(db);
      if (!rows[0]) throw new LaneLostError('The connection is gone');
      return rows[0];
    },

    async saveHookMarks(marks: readonly string[]): Promise<void> {
      await sql`update connections set hook_marks = ${jsonb(marks)} where id = ${connectionId}`.execute(db);
    },

    async hooksChecked(now: number): Promise<void> {
      await sql`update connections set hooks_checked_at = ${new Date(now).toISOString()} where id = ${connectionId}`.execute(
        db,
      );
    },

    async remove(): Promise<void> {
      await sql`delete from connections where id = ${connectionId}`.execute(db);
    },

    /** Takes a lane: every worker that took it before is stopped at its next commit or outside write. */
    async takeLane(lane: Lane = 'main'): Promise<number> {
      const column = FENCE[lane];
      const { rows } = await sql<{ fence: number }>`
        update connections set ${column} = ${column} + 1 where id = ${connectionId} returning ${column} as fence`.execute(
        db,
      );
      const fence = rows[0]?.fence;
      if (fence === undefined) throw new LaneLostError('The connection is gone');
      return fence;
    },

    /** @throws LaneLostError when another worker has taken the lane */
    async assertLane(fence: number, lane: Lane = 'main'): Promise<void> {
      // Not "for update": a webhook that is stored meanwhile would have to wait for us (F1).
      const { rows } = await sql<{ fence: number }>`
        select ${FENCE[lane]} as fence from connections where id = ${connectionId} for no key update`.execute(db);
      if (rows[0]?.fence !== fence) throw new LaneLostError('Another worker has taken the lane');
    },

    /** Pauses or resumes the background work (U7); opt-outs go on. */
    async setPaused(pausedAt: number | undefined): Promise<void> {
      await sql`update connections set paused_at = ${pausedAt === undefined ? null : new Date(pausedAt).toISOString()}
        where id = ${connectionId}`.execute(db);
    },
  };
}
