import type { Clock } from '../core/clock.ts';
import type { OutsideSystems } from '../core/outside-systems.ts';
import type { LetterLanguage } from '../core/salutation.ts';
import type { Secret } from '../core/secret.ts';
import { connectionRow, connections, LaneLostError } from '../db/connections.ts';
import type { Database } from '../db/database.ts';
import type { ConsentHash } from '../db/people.ts';
import type { SecretBox } from '../db/secret-box.ts';
import { type SecretName, secrets } from '../db/secrets.ts';
import { createStore } from '../db/store.ts';
import type { SyncRun } from '../db/sync-runs.ts';
import { runLane } from '../sync/run-lane.ts';

export type LaneWorkerParts = {
  database: Database;
  box: SecretBox;
  systems: OutsideSystems;
  clock: Clock;
  language: LetterLanguage;
  onProgress: (connectionId: string, run: SyncRun) => void;
  onBug: (error: unknown, connectionId: string) => void;
};

/** Keyed hash of the consent record: one key per tenant, so that hashes of two tenants cannot be compared (R14). */
export function consentHash(box: SecretBox, tenantId: string): ConsentHash {
  return (kind, value) => box.hash(`consent/${tenantId}/${kind}`, value);
}

/**
 * Makes the handler of a lane (a connection's id): takes the lane, opens what it needs and works for one turn.
 *
 * @returns whether work is left
 */
export function createLaneWorker(parts: LaneWorkerParts): (connectionId: string) => Promise<'done' | 'more'> {
  const { database, box, systems, clock, language } = parts;
  return async (connectionId) => {
    const onBug = (error: unknown) => {
      // Somebody else works on it now: that is the fence doing its duty, not a failure.
      if (!(error instanceof LaneLostError)) parts.onBug(error, connectionId);
    };
    try {
      const connection = await connections(database.db).get(connectionId);
      if (!connection) return 'done';
      const scope = { tenantId: connection.tenantId, connectionId };
      const fence = await connectionRow(database.db, scope).takeLane();
      const vault = secrets(database.db, scope, box);
      const open = async (name: SecretName): Promise<Secret> => {
        const secret = await vault.get(name);
        if (!secret) throw new Error(`The connection has no ${name}`);
        return secret;
      };
      return await runLane({
        connection,
        store: createStore(database, scope, consentHash(box, connection.tenantId), fence),
        credentials: {
          crmToken: await open('crm-token'),
          crmSecret: await open('crm-secret'),
          providerKey: await open('provider-key'),
        },
        systems,
        clock,
        language,
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
