import { randomUUID } from 'node:crypto';
import { UserError } from '../core/errors.ts';
import { Secret } from '../core/secret.ts';
import { connectionRow, connections } from '../db/connections.ts';
import type { Queryable } from '../db/database.ts';
import { formerConnections } from '../db/former-connections.ts';
import { health } from '../db/health.ts';
import { journal } from '../db/journal.ts';
import type { ConnectionScope } from '../db/scope.ts';
import type { SecretBox } from '../db/secret-box.ts';
import { secrets } from '../db/secrets.ts';
import { createStore } from '../db/store.ts';
import { consentHash } from '../jobs/lane-worker.ts';
import { crmAccountHash } from '../jobs/read-crm-credentials.ts';
import { crmFacts } from '../sync/set-up/check-crm.ts';
import type { ConnectionRegistry, NewConnection } from '../sync/set-up/connection-registry.ts';
import type { MadeWebhook } from '../sync/set-up/make-webhook.ts';
import type { RenewedKeys } from '../sync/set-up/renew-keys.ts';
import type { SavedSetUp } from '../sync/set-up/save-settings.ts';
import type { TakenOver } from '../sync/set-up/take-over.ts';
import type { AppParts } from './app-parts.ts';

/** `by`: id of the operator who asks for it, for the journal. */
type StoreParts = Pick<AppParts, 'database' | 'box' | 'clock' | 'randomBytes'> & { by?: string | undefined };

const HOOK_SECRET_BYTES = 32;

/** PostgreSQL's code for a second row where only one may be. */
const UNIQUE_VIOLATION = '23505';

const AUDIENCE_IN_USE = { code: 'connection.audience_in_use', status: 409, field: 'audience' } as const;

/** The registry of connections on the database. */
export function connectionRegistry(parts: StoreParts): ConnectionRegistry {
  const { database, box, clock, randomBytes } = parts;
  const newHookSecret = () => new Secret(randomBytes(HOOK_SECRET_BYTES).toString('base64url'));
  const crmAccountOf = ({ crm }: NewConnection) => crmAccountHash(box, crm.token.reveal());
  return {
    ofAccount: (provider, accountId) => connections(database.db).ofAccount(provider, accountId),
    formersOf: async (provider, accountId, audienceId) => {
      const formers = await formerConnections(database.db).ofAudience(provider, accountId, audienceId);
      return formers.map(({ connection, crmAccountHash: known }) => ({
        connection,
        store: createStore(
          database,
          { tenantId: connection.tenantId, connectionId: connection.id },
          consentHash(box, connection.tenantId),
        ),
        hasCrmToken: (token) => crmAccountHash(box, token.reveal()) === known,
      }));
    },
    revive: async (id, made) => {
      const hookSecret = newHookSecret();
      const hashes = { crmAccount: crmAccountOf(made), hookSecret: box.hash('hook', hookSecret.reveal()) };
      const now = clock.now();
      const reviving = database.transact(async (trx) => {
        const isFirst = await formerConnections(trx).revive(id, made.connection, hashes);
        const revived = await connections(trx).get(id);
        if (!isFirst || !revived) throw new UserError(AUDIENCE_IN_USE);
        const scope = { tenantId: revived.tenantId, connectionId: id };
        await putSecrets(trx, scope, box, made, hookSecret);
        await keysAreGood(trx, scope, now, ['crm', 'provider']);
        await journal(trx, scope, parts.by).write('journal.connected_again', {}, now);
        return revived;
      });
      return reviving.catch(asAudienceInUse);
    },
    add: async (made) => {
      const { connection } = made;
      const id = randomUUID();
      const hookSecret = newHookSecret();
      const crmAccount = crmAccountOf(made);
      const now = clock.now();
      return database.transact(async (trx) => {
        const book = connections(trx);
        const tenantId =
          made.tenantId ??
          (await book.tenantOfCrmAccount(crmAccount)) ??
          (await addTenant(trx, connection.accountName, now));
        await book.add(
          { ...connection, id, tenantId },
          { crmAccount, hookSecret: box.hash('hook', hookSecret.reveal()) },
          now,
        );
        const scope = { tenantId, connectionId: id };
        await putSecrets(trx, scope, box, made, hookSecret);
        await keysAreGood(trx, scope, now, ['crm', 'provider']);
        await journal(trx, scope, parts.by).write('journal.connection_created', {}, now);
        const added = await book.get(id);
        if (!added) throw new Error('what was just added is there');
        return added;
      });
    },
  };
}

async function putSecrets(
  trx: Queryable,
  scope: ConnectionScope,
  box: SecretBox,
  { crm, providerKey }: NewConnection,
  hookSecret: Secret,
): Promise<void> {
  const safe = secrets(trx, scope, box);
  await safe.put('crm-token', crm.token);
  await safe.put('crm-secret', crm.secret);
  await safe.put('provider-key', providerKey);
  await safe.put('hook-secret', hookSecret);
}

async function addTenant(trx: Queryable, name: string, now: number): Promise<string> {
  const id = randomUUID();
  await connections(trx).addTenant(id, name, now);
  return id;
}

async function keysAreGood(
  trx: Queryable,
  scope: ConnectionScope,
  now: number,
  systems: readonly ('crm' | 'provider')[],
): Promise<void> {
  for (const system of systems) await health(trx, scope).set(system, 'ok', now);
}

/** Stores step 2 whole. */
export async function storeSetUp(parts: StoreParts, scope: ConnectionScope, saved: SavedSetUp): Promise<void> {
  const { audience, settings, mapping, webhook, hookMark, acceptedHooks, changed } = saved;
  const now = parts.clock.now();
  const storing = parts.database.transact(async (trx) => {
    const notes = journal(trx, scope, parts.by);
    await connectionRow(trx, scope).saveSetUp({
      audienceId: audience.id,
      audienceName: audience.name,
      settings,
      mapping,
      hookMark,
      acceptedHooks,
    });
    await notes.write('journal.settings_saved', changed.length > 0 ? { settings: changed.join(',') } : {}, now);
    await keysAreGood(trx, scope, now, ['provider']);
    await keepWebhook(parts, trx, scope, webhook);
    if (webhook.state === 'ok' && webhook.change === 'repaired') await notes.write('journal.webhook_repaired', {}, now);
  });
  await storing.catch(asAudienceInUse);
}

/** Another connection was faster with the same audience. */
function asAudienceInUse(error: unknown): never {
  if (error instanceof Error && 'code' in error && error.code === UNIQUE_VIOLATION) {
    throw new UserError({ ...AUDIENCE_IN_USE, cause: error });
  }
  throw error;
}

async function keepWebhook(
  parts: StoreParts,
  trx: Queryable,
  scope: ConnectionScope,
  webhook: MadeWebhook,
): Promise<void> {
  const now = parts.clock.now();
  if (webhook.state === 'failing') {
    await health(trx, scope).set('webhook', 'failing', now, webhook.notice);
    return;
  }
  await health(trx, scope).set('webhook', 'ok', now);
  if (webhook.signingSecret) await secrets(trx, scope, parts.box).put('hook-signing-secret', webhook.signingSecret);
  if (webhook.change === 'created') await journal(trx, scope, parts.by).write('journal.webhook_created', {}, now);
}

/** Stores that a person let this copy go on (F9); one whose data may be of an earlier time goes back. */
export async function storeTakeOver(parts: StoreParts, scope: ConnectionScope, taken: TakenOver): Promise<void> {
  const now = parts.clock.now();
  await parts.database.transact(async (trx) => {
    const row = connectionRow(trx, scope);
    await row.takeOver(taken.acceptedHooks);
    await keepWebhook(parts, trx, scope, taken.webhook);
    await journal(trx, scope, parts.by).write('journal.taken_over', {}, now);
    if (taken.mayBeOld) await row.goBack('taken_over', now);
  });
}

/** Stores new keys; the connection goes on where it was stopped. */
export async function storeKeys(parts: StoreParts, scope: ConnectionScope, keys: RenewedKeys): Promise<void> {
  const now = parts.clock.now();
  await parts.database.transact(async (trx) => {
    const safe = secrets(trx, scope, parts.box);
    const row = connectionRow(trx, scope);
    if (keys.crm) {
      await safe.put('crm-token', keys.crm.token);
      await safe.put('crm-secret', keys.crm.secret);
      await row.saveCrmAccount(crmAccountHash(parts.box, keys.crm.token.reveal()));
      await keysAreGood(trx, scope, now, ['crm']);
    }
    if (keys.access) await row.saveCrmFacts(crmFacts(keys.access));
    if (keys.apiKey) {
      await safe.put('provider-key', keys.apiKey);
      await keysAreGood(trx, scope, now, ['provider']);
    }
    if (keys.account) await row.saveAccount(keys.account);
    await row.attentionIsOver();
    await journal(trx, scope, parts.by).write('journal.keys_renewed', {}, now);
  });
}
