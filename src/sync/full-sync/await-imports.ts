import type { EmailAddress } from '../../core/email-address.ts';
import type { Member } from '../../core/member.ts';
import type { PlanRowState } from '../../db/plan-rows.ts';
import { observeMembers } from '../observe-members.ts';
import { CHUNK_SIZE, type PhaseStep, type SyncParts } from '../sync-parts.ts';

/** First wait for a provider's process, in ms; it doubles, so that half an hour costs a handful of questions (section 9). */
const FIRST_WAIT_MS = 5_000;
const LONGEST_WAIT_MS = 240_000;

/**
 * Waits for what the provider has in its own queue (M11): the run shows it as waiting at the provider and asks thriftily.
 * When all has ended, the list is read and every row gets the end that the list shows, not the one that was hoped for.
 */
export const awaitImports: PhaseStep = async (parts, run) => {
  const { provider, store, clock } = parts;
  const open = await store.tables.plan(run.id).openProcesses();
  const { readProcess } = provider;
  if (open.length > 0 && !readProcess) throw new Error('a provider without processes has queued something');
  const invalid = new Map<EmailAddress, string>();
  // Processes are worked off in order: while the newest is not done, one question is enough.
  for (const processId of open.toReversed()) {
    const process = await readProcess?.(processId);
    if (process?.state !== 'ended') {
      await waitLonger(parts, run.id, Number(run.cursor.asked ?? 0));
      return;
    }
    for (const { email, words } of process.invalid) invalid.set(email, words);
  }
  const since = run.readUpTo?.membersAsOf;
  const changed = await readSubscribed(parts, run.id, since ? { changedSince: since } : {});
  const isWhole = !since || (await allArrived(parts, run.id, changed, invalid));
  // Whoever is missing among the changed ones is looked for among all before he counts as refused (R4).
  const arrived = isWhole ? changed : await readSubscribed(parts, run.id, {});
  await settleQueued(parts, run.id, arrived, invalid);
  await store.transact((tables) => tables.runs.enterPhase(run.id, 'checking', clock.now()));
};

async function waitLonger({ provider, store, clock }: SyncParts, runId: string, asked: number): Promise<void> {
  const waitMs = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** asked);
  await store.transact(async (tables) => {
    await tables.runs.progress(runId, { cursor: { asked: asked + 1 }, done: 0, total: null });
    await tables.runs.wait(
      runId,
      { code: `${provider.name}.import_running`, params: { attempt: 0 } },
      clock.now() + waitMs,
    );
  });
}

async function allArrived(
  { store }: SyncParts,
  runId: string,
  arrived: ReadonlySet<EmailAddress>,
  invalid: ReadonlyMap<EmailAddress, string>,
): Promise<boolean> {
  for (let after = 0; ; ) {
    const rows = await store.tables.plan(runId).queued(after, CHUNK_SIZE);
    if (rows.some(({ operation: { email } }) => !arrived.has(email) && !invalid.has(email))) return false;
    const last = rows.at(-1);
    if (!last) return true;
    after = last.id;
  }
}

async function readSubscribed(
  parts: SyncParts,
  runId: string,
  since: { changedSince?: string },
): Promise<ReadonlySet<EmailAddress>> {
  const { provider, connection, store } = parts;
  const arrived = new Set<EmailAddress>();
  for (let offset = 0, total = 1; offset < total; offset += provider.capabilities.membersPerPage) {
    const page = await provider.readMembers({
      audienceId: connection.audienceId,
      scope: 'present',
      offset,
      mapping: connection.mapping,
      ...since,
    });
    const subscribed = page.members.filter((member: Member) => member.status === 'subscribed');
    for (const member of subscribed) arrived.add(member.email);
    for (let start = 0; start < page.members.length; start += CHUNK_SIZE) {
      await store.transact((tables) =>
        observeMembers(tables, parts, runId, page.members.slice(start, start + CHUNK_SIZE)),
      );
    }
    total = page.total;
  }
  return arrived;
}

async function settleQueued(
  { store }: SyncParts,
  runId: string,
  arrived: ReadonlySet<EmailAddress>,
  invalid: ReadonlyMap<EmailAddress, string>,
): Promise<void> {
  for (;;) {
    const rows = await store.tables.plan(runId).queued(0, CHUNK_SIZE);
    if (rows.length === 0) return;
    await store.transact(async (tables) => {
      const ends = rows.map(({ id, operation: { email } }) => {
        const state: PlanRowState = arrived.has(email) ? 'done' : 'refused';
        return { id, email, state, words: arrived.has(email) ? '' : (invalid.get(email) ?? '') };
      });
      const refused = ends.filter(({ state }) => state === 'refused');
      await tables.refusals.save(
        refused.map(({ email, words }) => ({
          emailKey: email,
          reason: invalid.has(email) ? 'invalid_email' : 'rejected_by_provider',
          words,
          isPermanent: invalid.has(email),
        })),
      );
      await tables.plan(runId).markWithWords(ends);
    });
  }
}
