import type { Clock } from '../core/clock.ts';
import type { Connection } from '../core/connection.ts';
import { ProviderError } from '../core/errors.ts';
import { jobOutcome } from '../core/job-outcome.ts';
import type { OnRequest, OutsideSystems } from '../core/outside-systems.ts';
import type { LetterLanguage } from '../core/salutation.ts';
import type { Secret } from '../core/secret.ts';
import type { Store } from '../db/store.ts';
import type { SyncRun } from '../db/sync-runs.ts';
import { createConsentGate } from './consent-gate.ts';
import { stepFullSync } from './full-sync/step-full-sync.ts';
import type { SyncParts } from './sync-parts.ts';

/** What a lane is handed: one connection with a store that carries the lane's fence. */
export type LaneParts = {
  connection: Connection;
  store: Store;
  credentials: { crmToken: Secret; crmSecret: Secret; providerKey: Secret };
  systems: OutsideSystems;
  clock: Clock;
  language: LetterLanguage;
  /** told when a run has moved, so that pages see it live */
  onProgress: (run: SyncRun) => void;
  /** told of errors that are our own bugs */
  onBug: (error: unknown) => void;
};

/** How long a lane works before it lets others have a turn, in ms. */
const TURN_MS = 5_000;

/**
 * Works on a connection's open run until nothing is left, a person or an outside system has to be waited for, or its turn is
 * over.
 *
 * @returns `more` when the turn ended with work left
 */
export async function runLane(parts: LaneParts): Promise<'done' | 'more'> {
  const { store, clock, connection } = parts;
  let run = await store.tables.runs.open();
  if (!run || connection.state === 'attention' || run.state === 'awaiting-approval') return 'done';
  if (run.notBefore !== null && Date.parse(run.notBefore) > clock.now()) return 'done';
  const counted = { crm: 0, provider: 0 };
  const onRequest: OnRequest = ({ system }) => {
    if (system === 'onoffice') counted.crm += 1;
    else counted.provider += 1;
  };
  const turnEndsAt = clock.now() + TURN_MS;
  let failedIn: SyncRun = run;
  try {
    const sync = openFullSync(parts, onRequest);
    while (run) {
      failedIn = run;
      run = await stepFullSync(sync, run);
      await settleCount(store, failedIn.id, counted);
      const seen = run ?? (await store.tables.runs.get(failedIn.id));
      if (seen) parts.onProgress(seen);
      if (run && clock.now() >= turnEndsAt) return 'more';
    }
    return 'done';
  } catch (error) {
    await settleCount(store, failedIn.id, counted);
    await settleFailure(parts, failedIn, error);
    const seen = await store.tables.runs.get(failedIn.id);
    if (seen) parts.onProgress(seen);
    return 'done';
  }
}

function openFullSync(
  { connection, store, credentials, systems, clock, language }: LaneParts,
  onRequest: OnRequest,
): SyncParts {
  const { audienceId } = connection;
  if (audienceId === null) throw new Error('a run needs an audience');
  const crm = systems.crm(
    { token: credentials.crmToken, secret: credentials.crmSecret },
    onRequest,
    connection.crmFacts.has,
    store.assertOwned,
  );
  const provider = systems.provider(connection.provider, credentials.providerKey, onRequest, store.assertOwned);
  const withAudience = { ...connection, audienceId };
  const gate = createConsentGate({
    connection: withAudience,
    store,
    crmWrites: crm.consentWrites,
    providerWrites: provider.consentWrites,
    clock,
  });
  return {
    connection: withAudience,
    store,
    crm: crm.reads,
    provider: provider.reads,
    gate,
    clock,
    language,
  };
}

async function settleCount(store: Store, runId: string, counted: { crm: number; provider: number }): Promise<void> {
  if (counted.crm + counted.provider === 0) return;
  const { crm, provider } = counted;
  counted.crm = 0;
  counted.provider = 0;
  await store.tables.runs.countRequests(runId, crm, provider);
}

/** Gives a failure its meaning (house style 5.4): wait, ask for a person, or end the run. */
async function settleFailure({ store, clock, onBug }: LaneParts, run: SyncRun, error: unknown): Promise<void> {
  const attempt = (run.waitingFor ? Number(run.waitingFor.params.attempt ?? 0) : 0) + 1;
  const outcome = jobOutcome(error, attempt);
  const now = clock.now();
  if (!(error instanceof ProviderError)) onBug(error);
  const notice = { code: outcome.code, params: { words: outcome.words, attempt } };
  const system = error instanceof ProviderError && error.system === 'onoffice' ? 'crm' : 'provider';
  await store.transact(async (tables) => {
    switch (outcome.type) {
      case 'wait':
        await tables.runs.wait(run.id, notice, now + outcome.ms);
        await tables.health.set(system, 'waiting', now, notice);
        break;
      case 'attention':
        await tables.runs.wait(run.id, notice, now);
        await tables.connection.needAttention();
        await tables.health.set(system, 'failing', now, notice);
        await tables.journal.write('journal.connection_attention', { cause: outcome.code }, now, true);
        break;
      case 'fail':
        await tables.runs.finish(run.id, 'failed', now, notice);
        await tables.journal.write('journal.run_failed', { cause: outcome.code }, now, true);
        break;
    }
  });
}
