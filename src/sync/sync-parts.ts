import type { Clock } from '../core/clock.ts';
import type { Connection } from '../core/connection.ts';
import type { Crm } from '../core/crm.ts';
import type { MailingProvider } from '../core/mailing-provider.ts';
import type { LetterLanguage } from '../core/salutation.ts';
import type { Store } from '../db/store.ts';
import type { SyncRun } from '../db/sync-runs.ts';
import type { ConsentGate } from './consent-gate.ts';

/** What full syncs and change rounds are handed. `crm` and `provider` cannot write consent: that is the gate's alone (R2). */
export type SyncParts = {
  connection: Connection & { audienceId: string };
  store: Store;
  crm: Crm;
  provider: MailingProvider;
  gate: ConsentGate;
  clock: Clock;
  language: LetterLanguage;
};

/** One step of a phase: it does a bounded piece of work, stores where it is, and returns. */
export type PhaseStep = (parts: SyncParts, run: SyncRun) => Promise<void>;

/** Most rows that one database step writes. */
export const CHUNK_SIZE = 500;
