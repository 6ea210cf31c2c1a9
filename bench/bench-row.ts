import type { ProviderName } from '../src/core/mailing-provider.ts';

/** `free`: the vendors neither wait nor refuse; `limited`: their limits are on and every call takes `latencyMs`. */
export type BenchMode = 'free' | 'limited';

/** What one row of the bench measures. */
export type BenchRow = SyncRow | IntakeRow | OptOutRow | ChangeRow;

/** Full syncs in one process on a virtual clock. */
export type SyncRow = {
  kind: 'sync';
  provider: ProviderName;
  mode: BenchMode;
  contacts: number;
  /** of each call and of each action in the CRM; only in the mode `limited` */
  latencyMs: number;
  /** contacts that the baseline is measured with */
  sample: number;
};

/** How many webhooks a second the running program stores. */
export type IntakeRow = {
  kind: 'intake';
  provider: ProviderName;
  database: 'embedded' | 'postgres';
  /** webhooks at full load, and again at the even rate */
  events: number;
  latencyMs: number;
};

/** How long an opt-out at the provider takes to the CRM's Newsletter field, in the running program. */
export type OptOutRow = {
  kind: 'opt-outs';
  provider: ProviderName;
  during: 'idle' | 'full-sync' | 'campaign';
  contacts: number;
  optOuts: number;
  latencyMs: number;
};

/** How long a name edited in the CRM takes to the provider, in the running program. */
export type ChangeRow = {
  kind: 'changes';
  provider: ProviderName;
  contacts: number;
  changes: number;
  latencyMs: number;
};

/** Durations of one kind, in ms. */
export type Spread = { count: number; p50: number; p95: number; p99: number; max: number };

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

/** What a burst of webhooks, or an even stream of them, met. */
export type LoadFigures = {
  sent: number;
  /** answered 200: what counts as taken */
  taken: number;
  elapsedMs: number;
  /** from when each was due to be sent to its answer, of those taken */
  answered: Spread;
};

export type IntakeResult = {
  row: IntakeRow;
  /** as many as fit, a fixed number at the same time */
  full: LoadFigures & {
    atOnce: number;
    /** the program's, with applying what came meanwhile; null where the machine does not tell */
    processorMs: number | null;
  };
  /** at an even rate */
  even: LoadFigures & { perSecond: number };
  /** found in the database after the server was killed; as many as were taken, or none of the figures counts */
  durable: number;
};

export type OptOutResult = {
  row: OptOutRow;
  /** from the person's click to the field */
  delay: Spread;
  /** time of the full sync beside which they were measured; null when idle */
  fullSyncMs: number | null;
  /** what became of the campaign beside which they were measured; null without one */
  campaign: CampaignFigures | null;
  refusedForRate: number;
};

/** A newsletter to everybody and the activities about its delivery (M26). */
export type CampaignFigures = {
  recipients: number;
  /** activities in the CRM at its end */
  written: number;
  /** actions that wrote them */
  actions: number;
  /** requests to the CRM meanwhile, polls and opt-outs included */
  requests: number;
  /** from sending to the last activity */
  bookingMs: number;
};

export type ChangeResult = {
  row: ChangeRow;
  /** from the agent's save to the provider */
  delay: Spread;
  pollIntervalMs: number;
};

/** What a row's own process measured. */
export type BenchResult = SyncResult | IntakeResult | OptOutResult | ChangeResult;

/** All that was measured of full syncs. */
export type SyncResult = {
  row: SyncRow;
  sizes: BenchSizes;
  setUpRequests: number;
  first: SyncFigures;
  /** the same again, nothing having changed */
  second: SyncFigures;
  /** of this process, which holds the simulators too: before the first sync, and the most there ever was */
  memoryBytes: { beforeSync: number; peak: number };
  baseline: BaselineFigures;
};
