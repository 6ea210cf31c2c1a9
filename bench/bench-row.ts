import type { ProviderName } from '../src/core/mailing-provider.ts';

/** `free`: the vendors neither wait nor refuse; `limited`: their limits are on and every call takes `latencyMs`. */
export type BenchMode = 'free' | 'limited';

/** What one row of the bench measures. */
export type BenchRow = {
  provider: ProviderName;
  mode: BenchMode;
  contacts: number;
  /** of each call and of each action in the CRM; only in the mode `limited` */
  latencyMs: number;
  /** contacts that the baseline is measured with */
  sample: number;
};

/** Requests by `system METHOD route`, in the words of our adapters. */
export type RequestsByRoute = Readonly<Record<string, number>>;

/** One full sync that succeeded, from its start to its end. */
export type SyncFigures = {
  requests: RequestsByRoute;
  /** requests that were answered with 429 */
  refusedForRate: number;
  /** actions that write into the CRM, and requests that carried one */
  crmWrites: number;
  crmWriteRequests: number;
  /** calls of the provider that are no reads */
  providerWrites: number;
  /** time of this machine */
  engineMs: number;
  /** the same plus the waits that were skipped: about what a real run takes */
  virtualMs: number;
  /** time of this machine by phase of the run */
  phaseMs: Readonly<Record<string, number>>;
};

/** What the sizes in section "lower bound" of `docs/bench.md` were. */
export type BenchSizes = {
  /** C: contacts with an address */
  withAddress: number;
  /** M, A at Mailchimp and K at Brevo before the first sync */
  membersBefore: number;
  archivedBefore: number;
  /** N: members that the first sync made */
  added: number;
  /** L: members of the list after it */
  membersAfter: number;
  /** bytes of the bodies of all imports */
  importBytes: number;
};

/** The plain way: the vendor's own client, one call for each contact, one after the other. Measured with `sample`. */
export type BaselineFigures = { sample: number; requests: number; virtualMs: number };

/** All that one child process measured. */
export type BenchResult = {
  row: BenchRow;
  sizes: BenchSizes;
  setUpRequests: number;
  first: SyncFigures;
  /** the same again, nothing having changed */
  second: SyncFigures;
  /** of this process, which holds the simulators too: before the first sync, and the most there ever was */
  memoryBytes: { beforeSync: number; peak: number };
  baseline: BaselineFigures;
};
