import type { Clock } from '../../core/clock.ts';
import type { Connection } from '../../core/connection.ts';
import type { CallLane, CrmCredentials, OnRequest, OutsideSystems } from '../../core/outside-systems.ts';
import type { LetterLanguage } from '../../core/salutation.ts';
import type { Secret } from '../../core/secret.ts';
import type { Store } from '../../db/store.ts';
import type { SyncRun } from '../../db/sync-runs.ts';
import { createConsentGate } from '../consent-gate.ts';
import type { HookPlace } from '../set-up/webhook-address.ts';
import type { SyncParts } from '../sync-parts.ts';
import type { CheckHook } from '../upkeep/check-webhook-daily.ts';

/** What a lane is handed: one connection with a store that carries the lane's fence. */
export type LaneParts = {
  connection: Connection;
  store: Store;
  credentials: { crm: CrmCredentials; providerKey: Secret };
  systems: OutsideSystems;
  clock: Clock;
  language: LetterLanguage;
  newId: () => string;
  /** checks our webhook at the provider and puts it right (F3); undefined where nobody knows our own address */
  checkHook: CheckHook | undefined;
  /** our hook at the provider; undefined: the connection has none */
  hook: { place: HookPlace; secret: Secret; newMark: () => string } | undefined;
  /** told when something has moved, so that pages see it live; `worked`: the full sync that did, as it stood before */
  onProgress: (worked?: SyncRun) => void;
  /** told of errors that are our own bugs */
  onBug: (error: unknown) => void;
};

/** How long a lane works before it lets others have a turn, in ms. */
export const TURN_MS = 5_000;

type OpeningParts = Pick<LaneParts, 'connection' | 'store' | 'credentials' | 'systems' | 'clock' | 'language'>;

/** Opens both sides and the gate for one turn of a lane, or for one request of a person. */
export function openSyncParts(
  { connection, store, credentials, systems, clock, language }: OpeningParts,
  onRequest: OnRequest,
  lane: CallLane,
): SyncParts {
  const { audienceId } = connection;
  if (audienceId === null) throw new Error('a lane needs an audience');
  const beforeWrite = async () => {
    await store.assertOwned();
    if (connection.wentBack && !connection.wentBack.isCaughtUp) await assertApproved(store);
  };
  const crm = systems.crm(credentials.crm, onRequest, connection.crmFacts.has, beforeWrite, lane);
  const provider = systems.provider(
    connection.provider,
    credentials.providerKey,
    onRequest,
    beforeWrite,
    lane,
    connection.settings,
  );
  const withAudience = { ...connection, audienceId };
  const gate = createConsentGate({
    connection: withAudience,
    store,
    crmWrites: crm.consentWrites,
    providerWrites: provider.consentWrites,
    clock,
  });
  return { connection: withAudience, store, crm: crm.reads, provider: provider.reads, gate, clock, language };
}

/** The last line of "asks before its first write" (F9): whatever planned this write, nobody has approved of it. */
async function assertApproved({ tables }: Store): Promise<void> {
  // The turn that ends that full sync goes on with other work.
  if (!(await tables.connection.isCatchingUp())) return;
  const run = await tables.runs.open();
  if (!run?.approvedAt) throw new Error('a write before the full sync that follows going back was approved');
}
