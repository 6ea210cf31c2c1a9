import { UserError } from '../../core/errors.ts';
import { connections } from '../../db/connections.ts';
import { consentHistory } from '../../db/consent-history.ts';
import { PERSONAL_TABLES, personalData } from '../../db/personal-data.ts';
import { tenantData } from '../../db/tenant-data.ts';
import { laneName } from '../../jobs/lane-name.ts';
import { consentHash } from '../../jobs/lane-worker.ts';
import { erasePerson } from '../../sync/erasure/erase-person.ts';
import { removeHook } from '../../sync/leave/end-connection.ts';
import { personDataView } from '../../sync/views/person-data-view.ts';
import type { privacyRoutes } from '../api/privacy.ts';
import type { Handlers } from '../api-handlers.ts';
import type { AppParts } from '../app-parts.ts';
import { tenantOf } from '../auth.ts';
import { erasableConnections, erasableTenant } from '../erasable-tenant.ts';
import { openConnection, openWithKeys, readSecret } from '../open-connection.ts';
import { findTenants } from './consent-record.ts';
import { whoIsAsked } from './people.ts';

/** Access, erasure and the end of a tenant (R14, U7). */
export function privacyHandlers(parts: AppParts): Handlers<keyof typeof privacyRoutes> {
  const { database, box, clock, queue, runEvents, log } = parts;
  const ofTenant = (tenantId: string) => connections(database.db).list(tenantId);
  return {
    'GET /api/connections/:connectionId/people/:person/data': async ({ params, reply }) => {
      const { scope } = await openConnection(parts, params.connectionId);
      const hashOf = consentHash(box, scope.tenantId);
      const data = personalData(database.db, scope.tenantId, hashOf);
      const view = await personDataView(
        {
          tables: Object.keys(PERSONAL_TABLES),
          rows: data.rows,
          ofPerson: consentHistory(database.db, scope.tenantId, hashOf).ofPerson,
          connections: await ofTenant(scope.tenantId),
          now: clock.now(),
        },
        await data.keysOf(whoIsAsked(params.person)),
      );
      // whoever asked for it reads it, not a program
      void reply
        .header('content-disposition', 'attachment; filename="personal-data.json"')
        .type('application/json; charset=utf-8')
        .serializer((held: unknown) => JSON.stringify(held, null, 2));
      return view;
    },

    'POST /api/connections/:connectionId/people/:person/erasure': async ({ params, body }) => {
      const { connectionId, person } = params;
      const { scope } = await openConnection(parts, connectionId);
      const asked = { person: whoIsAsked(person), connectionId, how: body.atProvider };
      const open = await erasableConnections(parts, scope.tenantId);
      const tenant = erasableTenant(parts, scope.tenantId);
      const outcomes = await erasePerson({ tenant, connections: open, clock }, asked);
      const byId = new Map((await ofTenant(scope.tenantId)).map((connection) => [connection.id, connection]));
      for (const id of byId.keys()) {
        // Their workers were stopped and go on with what is stored now.
        for (const lane of ['main', 'urgent'] as const) await queue.wake(laneName({ connectionId: id, lane }));
        runEvents.emit({ connectionId: id, what: 'overview' });
      }
      return {
        outcomes: outcomes.flatMap(({ connectionId: id, outcome }) => {
          const connection = byId.get(id);
          if (!connection || outcome === 'refused') return [];
          return [{ connectionId: id, provider: connection.provider, accountName: connection.accountName, outcome }];
        }),
      };
    },

    'GET /api/tenants': async ({ caller }) => {
      const all = await connections(database.db).list();
      const tenants = await findTenants(parts, undefined, tenantOf(caller));
      return {
        tenants: tenants.map(({ id, name }) => ({
          id,
          name,
          connections: all
            .filter(({ tenantId }) => tenantId === id)
            .map(({ id: connectionId, provider, accountName }) => ({ id: connectionId, provider, accountName })),
        })),
      };
    },

    'DELETE /api/tenants/:tenantId': async ({ params: { tenantId }, body, caller }) => {
      const [tenant] = await findTenants(parts, tenantId, tenantOf(caller));
      if (body.name.trim() !== tenant?.name) {
        throw new UserError({ code: 'tenant.name_differs', field: 'name', params: { name: tenant?.name ?? '' } });
      }
      let hooksLeft = 0;
      for (const connection of await ofTenant(tenantId)) {
        if (!(await takeHookOff(parts, connection.id))) hooksLeft += 1;
      }
      await database.transact((trx) => tenantData(trx, tenantId).remove());
      log.info({ tenantId, hooksLeft }, 'All data of a tenant deleted');
      return { hooksLeft };
    },
  };
}

/** @returns false when our hook may still be at the provider */
async function takeHookOff(parts: AppParts, connectionId: string): Promise<boolean> {
  const { connection } = await openConnection(parts, connectionId);
  if (connection.state === 'disconnected' || connection.audienceId === null) return true;
  const { scope, credentials } = await openWithKeys(parts, connectionId);
  const place = { publicUrl: parts.publicUrl, installationId: parts.installationId };
  const provider = parts.systems.provider(connection.provider, credentials.providerKey).reads;
  return removeHook({ connection, provider, hook: { place, secret: await readSecret(parts, scope, 'hook-secret') } });
}
