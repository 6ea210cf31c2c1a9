import { ACTIVITY_KINDS } from '../../core/activity.ts';
import { UserError } from '../../core/errors.ts';
import { campaignsView } from '../../sync/views/campaigns-view.ts';
import type { campaignRoutes } from '../api/campaigns.ts';
import type { Handlers } from '../api-handlers.ts';
import type { AppParts } from '../app-parts.ts';
import { openConnection, openWithKeys } from '../open-connection.ts';

/** Campaigns and what became of them in the CRM. */
export function campaignHandlers(parts: AppParts): Handlers<keyof typeof campaignRoutes> {
  const { clock, queue, systems } = parts;
  return {
    'GET /api/connections/:connectionId/campaigns': async ({ params: { connectionId }, query }) => {
      const { store } = await openConnection(parts, connectionId);
      return campaignsView(store.tables, query.before);
    },

    'POST /api/connections/:connectionId/campaigns/:campaignId/history': async ({ params }) => {
      const { store } = await openConnection(parts, params.connectionId);
      const isThere = await store.transact(async ({ campaigns, activityWork }) => {
        const found = await campaigns.askForHistory(params.campaignId, clock.now());
        if (found) await activityWork.planLooking();
        return found;
      });
      if (!isThere) throw new UserError({ code: 'campaign.not_found', status: 404 });
      await queue.wake(params.connectionId);
      return {};
    },

    'GET /api/connections/:connectionId/activity-types': async ({ params: { connectionId } }) => {
      const { store, credentials, connection } = await openWithKeys(parts, connectionId);
      const { reads } = systems.crm(credentials.crm, undefined, connection.crmFacts.has);
      const catalog = await reads.readActivityCatalog();
      await store.tables.activityWork.saveCatalog(catalog, clock.now());
      return {
        kinds: catalog.kinds.map(({ key, label, types }) => ({ key, label, types: [...types] })),
        defaults: ACTIVITY_KINDS.map((of) => ({ of, ...catalog.defaults[of] })),
      };
    },
  };
}
