import { randomUUID } from 'node:crypto';
import { UserError } from '../../core/errors.ts';
import { Secret } from '../../core/secret.ts';
import { DEFAULT_POLLS } from '../../core/work-settings.ts';
import { connections } from '../../db/connections.ts';
import { operatorAccounts } from '../../db/operator-accounts.ts';
import type { Store } from '../../db/store.ts';
import { hookSigning } from '../../jobs/hook-signing.ts';
import { disconnect } from '../../sync/leave/disconnect.ts';
import { checkCrm } from '../../sync/set-up/check-crm.ts';
import { checkProvider } from '../../sync/set-up/check-provider.ts';
import { createConnection } from '../../sync/set-up/create-connection.ts';
import { fieldsOfConnection } from '../../sync/set-up/fields-of-connection.ts';
import { pauseConnection, unpauseConnection } from '../../sync/set-up/pause-connection.ts';
import { renewKeys } from '../../sync/set-up/renew-keys.ts';
import { resumeConnection } from '../../sync/set-up/resume-connection.ts';
import { saveSettings } from '../../sync/set-up/save-settings.ts';
import { assertTakenOver, takeOver } from '../../sync/set-up/take-over.ts';
import { checkWebhook } from '../../sync/upkeep/check-webhook.ts';
import { healthView } from '../../sync/views/health-view.ts';
import { connectionView, overviewView } from '../../sync/views/overview-view.ts';
import type { connectionRoutes } from '../api/connections.ts';
import type { Handlers } from '../api-handlers.ts';
import type { AppParts } from '../app-parts.ts';
import { callerId, tenantOf } from '../auth.ts';
import { assertOwnKeys, crmKeysOf, typedCrmKeys } from '../crm-keys.ts';
import { createOneAtATime } from '../one-at-a-time.ts';
import { openConnection, openWithKeys, readSecret } from '../open-connection.ts';
import { connectionRegistry, storeKeys, storeSetUp, storeTakeOver } from '../store-connection.ts';

const HOOK_MARK_BYTES = 4;

/** Set-up, overview and settings of connections. */
export function connectionHandlers(parts: AppParts): Handlers<keyof typeof connectionRoutes> {
  const { database, systems, clock, queue, runEvents } = parts;
  const registry = connectionRegistry(parts);
  const oneAtATime = createOneAtATime();
  const place = {
    publicUrl: parts.publicUrl,
    installationId: parts.installationId,
    isPractice: parts.practice !== undefined || parts.isProviderLocal === true,
  };
  const newMark = () => parts.randomBytes(HOOK_MARK_BYTES).toString('hex');
  const summary = async (connectionId: string) =>
    connectionView((await openConnection(parts, connectionId)).connection);

  return {
    'POST /api/checks/crm': async ({ body, caller }) => {
      const access = await checkCrm(systems, await crmKeysOf(parts, caller, body));
      return {
        contactCount: access.contactCount,
        mayWrite: access.mayWrite ?? null,
        has: access.has,
        permits: {
          cancellation: access.permitsCancellation,
          notSpecified: access.writableConsents.includes('none'),
          undeliverable: access.writableConsents.includes('undeliverable'),
        },
      };
    },

    'POST /api/checks/provider': async ({ body }) => {
      const { account, onofficeAudience } = await checkProvider(systems, body.provider, new Secret(body.apiKey));
      const { name, plan, isPaidPlan, audiences } = account;
      return { accountName: name, plan, isPaidPlan, audiences: [...audiences], onofficeAudience };
    },

    'GET /api/connections': async ({ caller }) => ({
      connections: (await connections(database.db).list(tenantOf(caller))).map(connectionView),
    }),

    'POST /api/connections': async ({ body, caller }) => {
      const crm = await crmKeysOf(parts, caller, body.crm ?? {}, 'crm');
      const added = await oneAtATime('connections', () =>
        createConnection(
          { systems, registry: connectionRegistry({ ...parts, by: callerId(caller) }) },
          {
            tenantId: tenantOf(caller),
            crm,
            provider: body.provider,
            apiKey: new Secret(body.apiKey),
            audience: body.audience,
          },
        ),
      );
      return connectionView(added);
    },

    'GET /api/connections/:connectionId/audience-end': async ({ params: { connectionId } }) => {
      const { store } = await openConnection(parts, connectionId);
      const { active } = await store.tables.members.counts();
      return { activeMembers: active, putByUs: await store.tables.put.count() };
    },

    'POST /api/connections/:connectionId/disconnect': ({ caller, params: { connectionId }, body }) =>
      oneAtATime(connectionId, async () => {
        const { connection, scope, store, credentials } = await openWithKeys(parts, connectionId, caller);
        const state = await disconnect(
          {
            connection,
            store,
            provider: systems.provider(connection.provider, credentials.providerKey).reads,
            hook: { place, secret: await readSecret(parts, scope, 'hook-secret') },
            clock,
          },
          body.audience,
          randomUUID(),
        );
        if (state === 'leaving') await queue.wake(connectionId);
        if (state !== 'removed') runEvents.emit({ connectionId, what: 'overview' });
        return { state };
      }),

    'PUT /api/connections/:connectionId/keys': async ({ params: { connectionId }, body, caller }) => {
      if (body.crm) assertOwnKeys(caller);
      if (!body.crm && !body.apiKey) {
        throw new UserError({ code: 'input.invalid', field: 'apiKey', params: { field: 'apiKey' } });
      }
      const opened = await openWithKeys(parts, connectionId, caller);
      const keys = {
        crm: body.crm && typedCrmKeys(body.crm),
        provider: body.provider,
        apiKey: body.apiKey === undefined ? undefined : new Secret(body.apiKey),
      };
      await storeKeys({ ...parts, by: callerId(caller) }, opened.scope, await renewKeys(systems, opened, keys));
      await queue.wake(connectionId);
      runEvents.emit({ connectionId, what: 'overview' });
      return summary(connectionId);
    },

    'POST /api/connections/:connectionId/resume': async ({ caller, params: { connectionId } }) => {
      await resumeConnection(parts, await openWithKeys(parts, connectionId, caller));
      await queue.wake(connectionId);
      runEvents.emit({ connectionId, what: 'overview' });
      return summary(connectionId);
    },

    'POST /api/connections/:connectionId/pause': async ({ caller, params: { connectionId } }) => {
      await pauseConnection({ ...(await openConnection(parts, connectionId, caller)), clock });
      runEvents.emit({ connectionId, what: 'overview' });
      return summary(connectionId);
    },

    'POST /api/connections/:connectionId/unpause': async ({ caller, params: { connectionId } }) => {
      await unpauseConnection({ ...(await openConnection(parts, connectionId, caller)), clock });
      await queue.wake(connectionId);
      runEvents.emit({ connectionId, what: 'overview' });
      return summary(connectionId);
    },

    'POST /api/connections/:connectionId/take-over': ({ caller, params: { connectionId } }) =>
      oneAtATime(connectionId, async () => {
        const opened = await openWithKeys(parts, connectionId, caller);
        const hookSecret = await readSecret(parts, opened.scope, 'hook-secret');
        const taken = await takeOver({ systems, place, hookSecret, hookMark: newMark() }, opened);
        await storeTakeOver({ ...parts, by: callerId(caller) }, opened.scope, taken);
        await queue.wake(connectionId);
        runEvents.emit({ connectionId, what: 'overview' });
        return summary(connectionId);
      }),

    'GET /api/connections/:connectionId/fields': async ({ params: { connectionId } }) => {
      const fields = await fieldsOfConnection(systems, await openWithKeys(parts, connectionId));
      return {
        providerFields: [...fields.providerFields],
        mapping: fields.mapping,
        willBeCreated: [...fields.willBeCreated],
        missingInCrm: [...fields.missingInCrm],
        samples: [...fields.samples],
      };
    },

    'GET /api/connections/:connectionId/settings': async ({ params: { connectionId } }) => {
      const { connection } = await openConnection(parts, connectionId);
      const { activities, activityTypes = {}, otherLists = true, webhookRepair = 'opt-outs' } = connection.settings;
      const {
        polls = DEFAULT_POLLS,
        brake = { minimum: 20, percent: 5 },
        unsubscribeBy = 'block',
      } = connection.settings;
      const work = { polls, brake, unsubscribeBy };
      return { ...connection.settings, activities: [...activities], activityTypes, otherLists, webhookRepair, ...work };
    },

    'PUT /api/connections/:connectionId/settings': ({ caller, params: { connectionId }, body }) =>
      oneAtATime(connectionId, async () => {
        const opened = await openWithKeys(parts, connectionId, caller);
        const { scope, store } = opened;
        const { takesOver = false, ...settings } = body;
        const hookSecret = await readSecret(parts, scope, 'hook-secret');
        const { marks } = await store.tables.connection.hooks();
        await saveSettings(
          {
            systems,
            registry,
            place,
            hookSecret,
            hookMark: marks[0] ?? newMark(),
            takesOver,
            now: clock.now(),
            signing: hookSigning(database.db, scope, parts.box),
            save: (saved) => storeSetUp({ ...parts, by: callerId(caller) }, scope, saved),
          },
          opened,
          settings,
        );
        runEvents.emit({ connectionId, what: 'overview' });
        return { connection: await summary(connectionId), webhook: await webhookHealth(store) };
      }),

    'POST /api/connections/:connectionId/webhook-check': ({ caller, params: { connectionId }, body }) =>
      oneAtATime(connectionId, async () => {
        const { connection, scope, store, credentials } = await openWithKeys(parts, connectionId, caller);
        const { audienceId } = connection;
        assertTakenOver(connection);
        if (audienceId === null) throw new UserError({ code: 'connection.not_ready', status: 409 });
        const { findings, isRepaired } = await checkWebhook(
          {
            connection: { ...connection, audienceId },
            store,
            provider: systems.provider(connection.provider, credentials.providerKey).reads,
            place,
            hookSecret: await readSecret(parts, scope, 'hook-secret'),
            signing: hookSigning(database.db, scope, parts.box),
            clock,
          },
          body.repair ? 'everything' : undefined,
        );
        runEvents.emit({ connectionId, what: 'overview' });
        return { findings: [...findings], isRepaired, webhook: await webhookHealth(store) };
      }),

    'GET /api/connections/:connectionId/overview': async ({ params: { connectionId } }) => {
      const { connection, store } = await openConnection(parts, connectionId);
      return overviewView(store.tables, connection, clock.now());
    },

    'GET /api/connections/:connectionId/journal': async ({ params: { connectionId }, query: { before, kind } }) => {
      if (before !== undefined && !/^\d{1,15}$/.test(before)) {
        throw new UserError({ code: 'input.invalid', field: 'before', params: { field: 'before' } });
      }
      const { store } = await openConnection(parts, connectionId);
      const entries = await store.tables.journal.page(before === undefined ? undefined : Number(before), kind);
      const names = await operatorAccounts(database.db).names();
      return {
        entries: entries.map(({ id, at, code, params: { by, ...params }, isAlarm }) => ({
          id: String(id),
          at,
          code,
          params,
          isAlarm,
          by: by === undefined ? null : { name: names.get(String(by)) ?? null, isCommandLine: by === 'command-line' },
        })),
      };
    },
  };
}

async function webhookHealth({ tables }: Store) {
  return healthView(
    (await tables.health.all()).find(({ system }) => system === 'webhook'),
    undefined,
  );
}
