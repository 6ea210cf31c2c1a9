import type { OperationKind } from '../../../core/operation.ts';
import type { RowChoice } from '../../../db/plan-rows.ts';
import type { SyncRun } from '../../../db/sync-runs.ts';
import type { FullSyncParts, PhaseStep } from '../full-sync-parts.ts';
import { addMembers } from './add-members.ts';
import { archiveInstead } from './archive-instead.ts';
import { createContacts } from './create-contacts.ts';
import type { ExecuteRows } from './execute-rows.ts';
import { raiseMembers } from './raise-members.ts';
import { removeMembers } from './remove-members.ts';
import { tagContacts } from './tag-contacts.ts';
import { tagMembers } from './tag-members.ts';
import { unsubscribeMembers } from './unsubscribe-members.ts';
import { updateMembers } from './update-members.ts';
import { writeConsent } from './write-consent.ts';

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
    // An import that the provider queues is one call at a time: what is queued at once would only wait beside itself.
    rows: ({ provider: { capabilities } }) =>
      capabilities.maxAddsPerCall * (capabilities.asyncImport ? 1 : capabilities.maxConcurrentCalls),
  },
};

/** Carries out the stored plan, what lowers consent first, in resumable steps (F5). */
export const executePlan: PhaseStep = async (parts, run) => {
  const { store, clock } = parts;
  if (run.cursor.optOutsBefore !== undefined) {
    await executeOptOuts(parts, run);
    return;
  }
  const kind = await store.tables.plan(run.id).nextKind();
  if (kind === undefined) {
    await store.transact(async (tables) => {
      const isQueued = (await tables.plan(run.id).openProcesses()).length > 0;
      const next = isQueued ? 'importing' : run.cursor.isChecked === true ? 'counting' : 'checking';
      await tables.runs.enterPhase(run.id, next, clock.now());
    });
    return;
  }
  await executeKind(parts, run, kind, 'all');
};

/**
 * Neither the brake nor a preview holds an opt-out (R12): they are carried out before the question is asked. Too many No's of
 * the CRM are carried out in the form that can be undone; to unsubscribe them is left to the answer.
 */
const executeOptOuts: PhaseStep = async (parts, run) => {
  const { store } = parts;
  const areTooMany = run.brake.some((hit) => hit.kind === 'unsubscribe-member');
  const choice = areTooMany ? 'opt-outs-to-crm' : 'opt-outs';
  const kind = await store.tables.plan(run.id).nextKind(choice);
  if (kind !== undefined) {
    await executeKind(parts, run, kind, choice);
    return;
  }
  if (areTooMany && (await archiveInstead(parts, run))) return;
  const question = run.cursor.optOutsBefore === 'brake' ? 'brake' : 'asked-for-preview';
  await store.transact((tables) => tables.runs.ask(run.id, question));
};

async function executeKind(parts: FullSyncParts, run: SyncRun, kind: OperationKind, choice: RowChoice): Promise<void> {
  const { store } = parts;
  const plan = store.tables.plan(run.id);
  const { execute, rows } = EXECUTORS[kind];
  // A worker that was only paused and has lost its lane writes nothing more (F9).
  await store.assertOwned();
  await execute(parts, run, await plan.next(rows(parts), choice));
  const counts = await plan.counts();
  const total = counts.reduce((sum, entry) => sum + entry.count, 0);
  const open = counts
    .filter((entry) => entry.state === 'planned' || entry.state === 'sent')
    .reduce((sum, entry) => sum + entry.count, 0);
  await store.transact((tables) => tables.runs.progress(run.id, { cursor: run.cursor, done: total - open, total }));
}
