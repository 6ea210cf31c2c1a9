import type { OperationKind } from '../../../core/operation.ts';
import type { PlanRow } from '../../../db/plan-rows.ts';
import type { SyncRun } from '../../../db/sync-runs.ts';
import type { FullSyncParts, PhaseStep } from '../full-sync-parts.ts';
import { addMembers } from './add-members.ts';
import { createContacts } from './create-contacts.ts';
import { raiseMembers } from './raise-members.ts';
import { removeMembers } from './remove-members.ts';
import { tagContacts } from './tag-contacts.ts';
import { tagMembers } from './tag-members.ts';
import { unsubscribeMembers } from './unsubscribe-members.ts';
import { updateMembers } from './update-members.ts';
import { writeConsent } from './write-consent.ts';

/** Carries out rows of one kind and stores what came back. */
export type ExecuteRows = (parts: FullSyncParts, run: SyncRun, rows: readonly PlanRow[]) => Promise<void>;

/** How the rows of a kind are carried out, and how many in one step; bulk kinds take what a few calls carry. */
const EXECUTORS: Readonly<Record<OperationKind, { execute: ExecuteRows; rows: (parts: FullSyncParts) => number }>> = {
  'write-consent': { execute: writeConsent, rows: () => 100 },
  'unsubscribe-member': { execute: unsubscribeMembers, rows: () => 64 },
  'remove-member': { execute: removeMembers, rows: () => 64 },
  'update-member': { execute: updateMembers, rows: () => 200 },
  'tag-contact': { execute: tagContacts, rows: () => 100 },
  'tag-member': { execute: tagMembers, rows: () => 4000 },
  'create-contact': { execute: createContacts, rows: () => 20 },
  'raise-member': { execute: raiseMembers, rows: () => 32 },
  'add-member': {
    execute: addMembers,
    rows: ({ provider }) => provider.capabilities.maxAddsPerCall * provider.capabilities.maxConcurrentCalls,
  },
};

/** Carries out the stored plan, what lowers consent first, in resumable steps (F5). */
export const executePlan: PhaseStep = async (parts, run) => {
  const { store, clock } = parts;
  const plan = store.tables.plan(run.id);
  const kind = await plan.nextKind();
  if (kind === undefined) {
    await store.transact(async (tables) => {
      await tables.runs.enterPhase(run.id, run.cursor.isChecked === true ? 'counting' : 'checking', clock.now());
    });
    return;
  }
  const { execute, rows } = EXECUTORS[kind];
  await execute(parts, run, await plan.next(rows(parts)));
  const counts = await plan.counts();
  const total = counts.reduce((sum, entry) => sum + entry.count, 0);
  const open = counts
    .filter((entry) => entry.state === 'planned' || entry.state === 'sent')
    .reduce((sum, entry) => sum + entry.count, 0);
  await store.transact((tables) => tables.runs.progress(run.id, { cursor: run.cursor, done: total - open, total }));
};
