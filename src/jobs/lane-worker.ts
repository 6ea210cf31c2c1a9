import type { Clock } from '../core/clock.ts';
import type { OutsideSystems } from '../core/outside-systems.ts';
import type { LetterLanguage } from '../core/salutation.ts';
import { connections, LaneLostError } from '../db/connections.ts';
import type { ConsentHash } from '../db/consent-hash.ts';
import type { Database } from '../db/database.ts';
import type { SecretBox } from '../db/secret-box.ts';
import { secrets } from '../db/secrets.ts';
import { createStore } from '../db/store.ts';
import type { SyncRun } from '../db/sync-runs.ts';
import { runMainLane } from '../sync/lanes/run-main-lane.ts';
import { runUrgentLane } from '../sync/lanes/run-urgent-lane.ts';
import type { HookPlace } from '../sync/set-up/webhook-address.ts';
import { checkWebhook } from '../sync/upkeep/check-webhook.ts';
import { hookSigning } from './hook-signing.ts';
import { parseLaneName } from './lane-name.ts';
import { CRM_SECRETS, readCrmCredentials, secretOf } from './read-crm-credentials.ts';

export type LaneWorkerParts = {
  database: Database;
  box: SecretBox;
  systems: OutsideSystems;
  clock: Clock;
  language: LetterLanguage;
  newId: () => string;
  /** where providers find this server; undefined: webhooks are not checked by this worker */
  place?: HookPlace | undefined;
  onProgress: (connectionId: string, run?: SyncRun) => void;
  onBug: (error: unknown, connectionId: string) => void;
};

/** What a lane opens at the beginning of each of its turns. */
const LANE_SECRETS = [...CRM_SECRETS, 'provider-key', 'hook-secret'] as const;

/** Signs of a mark behind our hook's address. */
const HOOK_MARK_LENGTH = 8;

/** Keyed hash of the consent record: one key per tenant, so that hashes of two tenants cannot be compared (R14). */
export function consentHash(box: SecretBox, tenantId: string): ConsentHash {
  return (kind, value) => box.hash(`consent/${tenantId}/${kind}`, value);
}

/**
 * Makes the handler of a lane, by its name in the queue: takes the lane, opens what it needs and works for one turn.
 *
 * @returns whether work is left
 */
export function createLaneWorker(parts: LaneWorkerParts): (name: string) => Promise<'done' | 'more'> {
  const { database, box, systems, clock, language, newId, place } = parts;
  return async (name) => {
    const { connectionId, lane } = parseLaneName(name);
    const onBug = (error: unknown) => {
      // Somebody else works on it now: that is the fence doing its duty, not a failure.
      if (!(error instanceof LaneLostError)) parts.onBug(error, connectionId);
    };
    try {
      const taken = await connections(database.db).takeLane(connectionId, lane);
      if (!taken || taken.connection.state === 'disconnected') return 'done';
      const { connection, fence } = taken;
      const scope = { tenantId: connection.tenantId, connectionId };
      const known = await secrets(database.db, scope, box).several(LANE_SECRETS);
      const hookSecret = known.get('hook-secret');
      const run = lane === 'urgent' ? runUrgentLane : runMainLane;
      return await run({
        connection,
        store: createStore(database, scope, consentHash(box, connection.tenantId), fence, lane),
        credentials: {
          crm: await readCrmCredentials(database.db, scope, box, known),
          providerKey: secretOf(known, 'provider-key'),
        },
        systems,
        clock,
        language,
        newId,
        checkHook:
          place &&
          (async (sync) =>
            checkWebhook({
              ...sync,
              place,
              hookSecret: secretOf(known, 'hook-secret'),
              signing: hookSigning(database.db, scope, box),
            })),
        hook: place && hookSecret && { place, secret: hookSecret, newMark: () => newId().slice(0, HOOK_MARK_LENGTH) },
        onProgress: (run) => parts.onProgress(connectionId, run),
        onBug,
      });
    } catch (error) {
      if (error instanceof LaneLostError) return 'done';
      onBug(error);
      throw error;
    }
  };
}
