/** Kinds of journal entries that a reader may ask for (U6). */
export const JOURNAL_KINDS = ['syncs', 'changes', 'opt-outs', 'alarms', 'settings'] as const;
export type JournalKind = (typeof JOURNAL_KINDS)[number];

const SYNCS = [
  'journal.run_started',
  'journal.run_finished',
  'journal.run_failed',
  'journal.run_cancelled',
  'journal.approved',
  'journal.nightly_started',
  'journal.bridge_broken',
  'journal.went_back',
] as const;
const OPT_OUTS = [
  'journal.opt_out_refused',
  'journal.person_erased',
  'journal.consent_record_head',
  'journal.consent_record_broken',
] as const;
const SETTINGS = [
  'journal.connection_created',
  'journal.connection_attention',
  'journal.settings_saved',
  'journal.webhook_created',
  'journal.webhook_repaired',
  'journal.keys_renewed',
  'journal.paused',
  'journal.unpaused',
  'journal.resumed',
  'journal.twin',
  'journal.taken_over',
  'journal.leaving',
  'journal.left',
  'journal.disconnected',
  'journal.disconnected_hook_left',
  'journal.connected_again',
] as const;

/**
 * The codes of a kind. `changes`: what belongs to none of the others, so that no entry is lost; `alarms` are marked as such
 * and may be of any kind.
 */
export const JOURNAL_CODES: Readonly<Record<Exclude<JournalKind, 'changes' | 'alarms'>, readonly string[]>> = {
  syncs: SYNCS,
  'opt-outs': OPT_OUTS,
  settings: SETTINGS,
};
