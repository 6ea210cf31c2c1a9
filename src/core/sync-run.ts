/** The stretches of a full sync, in order (M11). */
export const SYNC_PHASES = [
  'reading-contacts',
  'reading-members',
  'planning',
  'awaiting-approval',
  'refreshing',
  'executing',
  'importing',
  'checking',
  'counting',
] as const;
export type SyncPhase = (typeof SYNC_PHASES)[number];

/** State of a run. `waiting`: an outside system lets us wait (F6); `awaiting-approval`: a person is asked (R12). */
export const SYNC_RUN_STATES = ['running', 'waiting', 'awaiting-approval', 'succeeded', 'failed', 'cancelled'] as const;
export type SyncRunState = (typeof SYNC_RUN_STATES)[number];
