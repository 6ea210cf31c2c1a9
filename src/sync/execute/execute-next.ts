import type { OperationKind } from '../../core/operation.ts';
import type { RowChoice } from '../../db/plan-rows.ts';
import type { SyncRun } from '../../db/sync-runs.ts';
import type { SyncParts } from '../sync-parts.ts';
import { addMembers } from './add-members.ts';
import { changeContactAddresses } from './change-contact-addresses.ts';
import { createContacts } from './create-contacts.ts';
import type { ExecuteRows } from './execute-rows.ts';
import { moveMembers } from './move-members.ts';
import { raiseMembers } from './raise-members.ts';
import { removeMembers } from './remove-members.ts';
import { tagContacts } from './tag-contacts.ts';
import { tagMembers } from './tag-members.ts';
import { unsubscribeMembers } from './unsubscribe-members.ts';
import { updateMembers } from './update-members.ts';
import { writeConsent } from './write-consent.ts';

/**
 * Rows that are one call each, in one step: so many rounds of simultaneous calls, that a lane which has to stop, pause or look
 * for polls waits for seconds.
 */
const ROUNDS_PER_STEP = 8;

/** How the rows of a kind are carried out, and how many in one step; bulk kinds take what a few calls carry. */
const EXECUTORS: Readonly<Record<OperationKind, { execute: ExecuteRows; rows: (parts: SyncParts) => number }>> = {
  'write-consent': { execute: writeConsent, rows: () => 100 },
  'unsubscribe-member': { execute: unsubscribeMembers, rows: () => 64 },
  'move-member': { execute: moveMembers, rows: () => 32 },
  'remove-member': { execute: removeMembers, rows: () => 64 },
  'change-contact-address': { execute: changeContactAddresses, rows: () => 100 },
  'update-member': {
    execute: updateMembers,
    rows: ({ provider: { capabilities } }) => capabilities.maxConcurrentCalls * ROUNDS_PER_STEP,
  },
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

/**
 * Carries out the next rows of a plan, all of one kind, what lowers consent first.
 *
 * @returns false when no row is left
 */
export async function executeNext(parts: SyncParts, run: SyncRun, choice: RowChoice): Promise<boolean> {
  const { store, clock } = parts;
  const plan = store.tables.plan(run.id);
  const kind = await plan.nextKind(choice);
  if (kind === undefined) return false;
  const { execute, rows } = EXECUTORS[kind];
  await execute(parts, run, await plan.next(rows(parts), choice));
  const counts = await plan.counts();
  const total = counts.reduce((sum, entry) => sum + entry.count, 0);
  const open = counts
    .filter((entry) => entry.state === 'planned' || entry.state === 'sent')
    .reduce((sum, entry) => sum + entry.count, 0);
  await store.transact(async (tables) => {
    await tables.plan(run.id).stampEnds(clock.now());
    await tables.runs.progress(run.id, { cursor: run.cursor, done: total - open, total });
  });
  return true;
}
