import { sql } from 'kysely';
import type { CampaignFigures } from '../core/campaign.ts';
import type { Queryable } from './database.ts';
import { jsonb, jsonRows, textArray } from './json-rows.ts';
import type { ConnectionScope } from './scope.ts';

/** A campaign as it becomes known. `isOurs` undefined: not told. Instants are ISO 8601 in UTC. */
export type SeenCampaign = {
  id: string;
  name: string;
  sentAt: string;
  isOurs?: boolean | undefined;
  figures?: CampaignFigures | undefined;
};

/** Where a look at a campaign's report is: which part of it, how many rows of it are read, and when it began. */
export type CampaignLook = { part: 'recipients' | 'actions'; offset: number; beganAt: string };

export type Campaign = {
  id: string;
  name: string;
  sentAt: string;
  isOurs: boolean | null;
  figures: Partial<CampaignFigures>;
  nextLookAt: string | null;
  look: CampaignLook | null;
  lookedAt: string | null;
  wantsHistory: boolean;
};

const instant = (column: string) =>
  sql`to_char(${sql.ref(column)} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

const COLUMNS = sql`campaign_id as id, name, ${instant('sent_at')} as "sentAt", is_ours as "isOurs", figures,
  ${instant('next_look_at')} as "nextLookAt", look, ${instant('looked_at')} as "lookedAt",
  wants_history as "wantsHistory"`;

/** The provider's campaigns whose mails contacts may have got (M26). */
export function campaigns(db: Queryable, scope: ConnectionScope) {
  const { tenantId, connectionId } = scope;
  return {
    /**
     * Takes note of campaigns; of one that is known only what is told anew changes.
     *
     * @param firstLookAt when the report of a new one is looked at, in ms; undefined: never
     */
    async see(
      seen: readonly SeenCampaign[],
      firstLookAt: (campaign: SeenCampaign) => number | undefined,
    ): Promise<void> {
      if (seen.length === 0) return;
      const newest = new Map(seen.map((campaign) => [campaign.id, campaign]));
      const rows = [...newest.values()].map((campaign) => {
        const at = firstLookAt(campaign);
        return {
          campaign_id: campaign.id,
          name: campaign.name,
          sent_at: campaign.sentAt,
          is_ours: campaign.isOurs ?? null,
          figures: campaign.figures ?? null,
          next_look_at: at === undefined ? null : new Date(at).toISOString(),
        };
      });
      await sql`
        insert into campaigns as known (tenant_id, connection_id, campaign_id, name, sent_at, is_ours, figures, next_look_at)
        select ${tenantId}, ${connectionId}, campaign_id, name, sent_at, is_ours, coalesce(figures, '{}'), next_look_at
        from json_to_recordset(${jsonRows(rows)}) as page (campaign_id text, name text, sent_at timestamptz,
          is_ours boolean, figures jsonb, next_look_at timestamptz)
        on conflict (connection_id, campaign_id) do update set
          name = case when excluded.name = '' then known.name else excluded.name end,
          -- A listing knows when it was sent; an event only when it had been.
          sent_at = case when excluded.is_ours is null then known.sent_at else excluded.sent_at end,
          is_ours = coalesce(excluded.is_ours, known.is_ours),
          figures = known.figures || excluded.figures`.execute(db);
    },

    async sentAt(
      campaignIds: readonly string[],
    ): Promise<ReadonlyMap<string, { sentAt: string; wantsHistory: boolean }>> {
      if (campaignIds.length === 0) return new Map();
      const { rows } = await sql<{ id: string; sentAt: string; wantsHistory: boolean }>`
        select campaign_id as id, ${instant('sent_at')} as "sentAt", wants_history as "wantsHistory" from campaigns
        where connection_id = ${connectionId} and campaign_id = any(${textArray(campaignIds)})`.execute(db);
      return new Map(rows.map((row) => [row.id, row]));
    },

    /** The one whose report is looked at next. */
    async toLookAt(now: number): Promise<Campaign | undefined> {
      const { rows } = await sql<Campaign>`select ${COLUMNS} from campaigns
        where connection_id = ${connectionId} and next_look_at <= ${new Date(now).toISOString()}
        order by next_look_at, campaign_id limit 1`.execute(db);
      return rows[0];
    },

    /** Where a look is. */
    async look(campaignId: string, look: CampaignLook): Promise<void> {
      await sql`update campaigns set look = ${jsonb(look)}
        where connection_id = ${connectionId} and campaign_id = ${campaignId}`.execute(db);
    },

    /** The look ended; `nextAt` in ms, undefined: it was the last one. */
    async looked(campaignId: string, beganAt: string, nextAt: number | undefined): Promise<void> {
      await sql`update campaigns set look = null, looked_at = ${beganAt}, next_look_at = ${nextAt === undefined ? null : new Date(nextAt).toISOString()}
        where connection_id = ${connectionId} and campaign_id = ${campaignId}`.execute(db);
    },

    async saveFigures(campaignId: string, figures: CampaignFigures): Promise<void> {
      await sql`update campaigns set figures = ${jsonb(figures)}
        where connection_id = ${connectionId} and campaign_id = ${campaignId}`.execute(db);
    },

    /** A person asks for everything that became of it, whenever its kind was ticked. @returns false: no such campaign */
    async askForHistory(campaignId: string, now: number): Promise<boolean> {
      const { rows } = await sql`update campaigns set wants_history = true, looked_at = null, look = null,
          next_look_at = ${new Date(now).toISOString()}
        where connection_id = ${connectionId} and campaign_id = ${campaignId} returning 1`.execute(db);
      return rows.length > 0;
    },

    /** The newest ones; `before`: sent earlier than that, ISO 8601. */
    async page(before: string | undefined, limit: number): Promise<Campaign[]> {
      const { rows } = await sql<Campaign>`select ${COLUMNS} from campaigns
        where connection_id = ${connectionId} ${before === undefined ? sql`` : sql`and sent_at < ${before}`}
        order by sent_at desc, campaign_id limit ${limit}`.execute(db);
      return rows;
    },
  };
}
