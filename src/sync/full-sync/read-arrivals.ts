import type { Member } from '../../core/member.ts';
import type { OperationKind } from '../../core/operation.ts';
import type { SyncRun } from '../../db/sync-runs.ts';
import { meetRaised } from '../execute/meet-raised.ts';
import { readMembersSingly } from '../read-members-singly.ts';
import { storeListed } from '../store-listed.ts';
import { CHUNK_SIZE, type PhaseStep, type SyncParts } from '../sync-parts.ts';
import { lowerQueued } from './lower-queued.ts';

/** Pages that are read side by side. */
const PAGES_AT_ONCE = 4;
/** Members that are read singly in one step. */
const SINGLES_PER_STEP = 100;
/** What is planned of whoever should not have come in. */
const TAKES_OUT: ReadonlySet<OperationKind> = new Set(['remove-member', 'unsubscribe-member']);

/**
 * After an import: reads who is on the list and gives each queued row its end. The stages: what changed, which is least; who
 * is missing then is looked for singly or among the whole audience, whichever costs fewer calls, before he counts as refused
 * (R4). So the reads are no more than the audience's own pages (section 9), however large the rest of the account is.
 */
export const readArrivals: PhaseStep = async (parts, run) => {
  switch (run.cursor.stage) {
    case 'changed':
      return readChanged(parts, run);
    case 'audience':
      return readAudience(parts, run);
    case 'singly':
      return readMissing(parts, run);
    default:
      return settle(parts, run);
  }
};

type Stage = 'changed' | 'audience' | 'singly' | 'settling';

async function readChanged(parts: SyncParts, run: SyncRun): Promise<void> {
  const changedSince = run.readUpTo?.membersAsOf;
  const { next, total } = await readPages(parts, run, changedSince ? { changedSince } : {});
  const { provider, store } = parts;
  const { membersPerPage } = provider.capabilities;
  const audienceCalls = await callsForAudience(parts, run.id);
  if (next <= membersPerPage && Math.ceil(total / membersPerPage) > audienceCalls) {
    // More has changed elsewhere in the account than the audience holds.
    return enter(parts, run, 'audience');
  }
  if (next < total) return progress(parts, run, 'changed', next, total);
  const missing = await store.tables.plan(run.id).countMissing();
  if (missing === 0) return enter(parts, run, 'settling');
  return enter(parts, run, missing > audienceCalls ? 'audience' : 'singly');
}

async function readAudience(parts: SyncParts, run: SyncRun): Promise<void> {
  const { next, total } = await readPages(parts, run, { within: 'audience' });
  return next < total ? progress(parts, run, 'audience', next, total) : enter(parts, run, 'settling');
}

/** Reads the next pages of the present members, the first one alone, and stores whom the run is about. */
async function readPages(
  parts: SyncParts,
  run: SyncRun,
  query: { changedSince?: string; within?: 'audience' },
): Promise<{ next: number; total: number }> {
  const { provider, connection, store } = parts;
  const { membersPerPage } = provider.capabilities;
  const start = Number(run.cursor.offset ?? 0);
  const left = run.total === null ? 1 : Math.ceil((run.total - start) / membersPerPage);
  const pages = await Promise.all(
    Array.from({ length: Math.max(1, Math.min(PAGES_AT_ONCE, left)) }, (_, index) =>
      provider.readMembers({
        audienceId: connection.audienceId,
        scope: 'present',
        offset: start + index * membersPerPage,
        mapping: connection.mapping,
        ...query,
      }),
    ),
  );
  const read = pages.flatMap((page) => page.members);
  await storeListed(parts, run.id, run.kind === 'full' ? read : await ofPlan(parts, run.id, read));
  const next = start + pages.length * membersPerPage;
  const total = Math.max(...pages.map((page) => page.total));
  // What is missing is asked for after the first and the last page.
  if (start === 0 || next >= total) await store.analyze();
  return { next, total };
}

/**
 * Those whom a round is about. A full sync looks at everybody once more, a round at nobody else: whatever it stored of others would be
 * no news to the next poll, and an opt-out among it would wait for the night (F2).
 */
async function ofPlan({ store }: SyncParts, runId: string, read: readonly Member[]): Promise<readonly Member[]> {
  const rows = await store.tables.plan(runId).byAddresses(read.map(({ email }) => email));
  const planned = new Set(rows.map(({ operation }) => operation.email));
  return read.filter(({ email }) => planned.has(email));
}

/** Calls that list the whole audience, as large as it is if everybody has come in. */
async function callsForAudience({ provider, store }: SyncParts, runId: string): Promise<number> {
  const { active } = await store.tables.members.counts();
  const missing = await store.tables.plan(runId).countMissing();
  return Math.ceil((active + missing) / provider.capabilities.audienceRowsPerCall);
}

async function readMissing(parts: SyncParts, run: SyncRun): Promise<void> {
  const rows = await parts.store.tables.plan(run.id).missing(Number(run.cursor.offset ?? 0), SINGLES_PER_STEP);
  const last = rows.at(-1);
  if (!last) return enter(parts, run, 'settling');
  await readMembersSingly(
    parts,
    run.id,
    rows.map(({ email }) => email),
  );
  return progress(parts, run, 'singly', last.id, null);
}

/** Gives the queued rows their ends; who should not have come in leaves again (R4). */
async function settle(parts: SyncParts, run: SyncRun): Promise<void> {
  const { store, clock } = parts;
  if (run.cursor.isLookedAt !== true) {
    await lowerQueued(parts, run.id, 'read');
    await store.transact((tables) =>
      tables.runs.progress(run.id, { cursor: { stage: 'settling', isLookedAt: true }, done: 0, total: null }),
    );
    return;
  }
  for (;;) {
    const ends = await store.tables.plan(run.id).queuedEnds(CHUNK_SIZE);
    if (ends.length === 0) break;
    const done = ends.filter(({ status }) => status === 'subscribed' || status === 'pending');
    const missing = ends.filter(({ status }) => status === null);
    const rows = await store.tables.plan(run.id).byAddresses(done.map(({ email }) => email));
    const takenOut = new Set(
      rows.filter(({ operation }) => TAKES_OUT.has(operation.kind)).map((row) => row.operation.email),
    );
    const raised = done.flatMap(({ email, contactId }) =>
      contactId === null || takenOut.has(email) ? [] : [{ email, contactId }],
    );
    await store.transact(async (tables) => {
      await meetRaised(tables, raised, clock.now());
      await tables.refusals.forget(done.map(({ email }) => email));
      await tables.refusals.save(
        missing.map(({ email }) => ({
          emailKey: email,
          reason: 'rejected_by_provider',
          words: '',
          isPermanent: false,
        })),
      );
      await tables.plan(run.id).markWithWords(
        ends.map(({ id, status }) => {
          if (status === null) return { id, state: 'refused', words: '' };
          const isIn = status === 'subscribed' || status === 'pending';
          return { id, state: isIn ? 'done' : 'refused', words: isIn ? '' : 'opted_out' };
        }),
      );
    });
  }
  await store.transact((tables) => tables.runs.enterPhase(run.id, 'checking', clock.now(), { areMembersRead: true }));
}

function enter(parts: SyncParts, run: SyncRun, stage: Stage): Promise<void> {
  return progress(parts, run, stage, 0, null);
}

function progress(
  { store }: SyncParts,
  run: SyncRun,
  stage: Stage,
  offset: number,
  total: number | null,
): Promise<void> {
  const done = total === null ? 0 : Math.min(offset, total);
  return store.transact((tables) => tables.runs.progress(run.id, { cursor: { stage, offset }, done, total }));
}
