import type { EmailAddress } from '../../core/email-address.ts';
import type { SyncRun } from '../../db/sync-runs.ts';
import { CHUNK_SIZE, type PhaseStep, type SyncParts } from '../sync-parts.ts';
import { carryOut, lowerQueued } from './lower-queued.ts';
import { readArrivals } from './read-arrivals.ts';
import { readWhatChanged } from './read-what-changed.ts';
import { replanPeople } from './replan-people.ts';

/** First wait for a provider's process, in ms; it doubles, so that half an hour costs a handful of questions (section 9). */
const FIRST_WAIT_MS = 5_000;
const LONGEST_WAIT_MS = 240_000;
/** Questions after which we look at what changed after each further one; the waits are a minute and more by then (F2). */
const QUESTIONS_BEFORE_WATCHING = 4;

/**
 * Waits for what the provider has in its own queue (M11): the run shows it as waiting at the provider and asks thriftily. An
 * opt-out that shows meanwhile is carried out at once (R4). When all has ended, the list is read and every row gets the end
 * that the list shows, not the one that was hoped for.
 */
export const awaitImports: PhaseStep = async (parts, run) => {
  if (run.cursor.stage !== undefined) return readArrivals(parts, run);
  const asked = Number(run.cursor.asked ?? 0);
  const invalid = await askProcesses(parts, run.id);
  if (!invalid) {
    // Not when it has ended: whoever has come in would be listed among what changed, and then once more.
    if (asked >= QUESTIONS_BEFORE_WATCHING) await watch(parts, run);
    return waitLonger(parts, run.id, asked);
  }
  await refuseInvalid(parts, run.id, invalid);
  await lowerQueued(parts, run.id, 'ended');
  await parts.store.transact((tables) =>
    tables.runs.progress(run.id, { cursor: { stage: 'changed', offset: 0 }, done: 0, total: null }),
  );
};

/** @returns the addresses that the provider refused, with its words; undefined while a process goes on */
async function askProcesses(
  { provider, store }: SyncParts,
  runId: string,
): Promise<ReadonlyMap<EmailAddress, string> | undefined> {
  const open = await store.tables.plan(runId).openProcesses();
  const { readProcess } = provider;
  if (open.length > 0 && !readProcess) throw new Error('a provider without processes has queued something');
  const invalid = new Map<EmailAddress, string>();
  // Processes are worked off in order: while the newest is not done, one question is enough.
  for (const processId of open.toReversed()) {
    const process = await readProcess?.(processId);
    if (process?.state !== 'ended') return undefined;
    for (const { email, words } of process.invalid) invalid.set(email, words);
  }
  return invalid;
}

/** Once a full sync has ended the polls go on beside every import, and what they find is carried out by rounds. */
async function watch(parts: SyncParts, run: SyncRun): Promise<void> {
  const arePollsOn = (await parts.store.tables.cursors.get()) !== undefined;
  if (!arePollsOn) {
    const { emails } = await readWhatChanged(parts, run);
    await replanPeople(parts, run, emails);
    await carryOut(parts, run.id, 'opt-outs');
  }
  await lowerQueued(parts, run.id, 'waiting');
}

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

async function refuseInvalid(
  { store }: SyncParts,
  runId: string,
  invalid: ReadonlyMap<EmailAddress, string>,
): Promise<void> {
  const emails = [...invalid.keys()];
  for (let start = 0; start < emails.length; start += CHUNK_SIZE) {
    await store.transact(async (tables) => {
      const rows = await tables.plan(runId).byAddresses(emails.slice(start, start + CHUNK_SIZE));
      const refused = rows
        .filter(({ state }) => state === 'queued')
        .map(({ id, operation: { email } }) => ({ id, email, words: invalid.get(email) ?? '' }));
      await tables.refusals.save(
        refused.map(({ email, words }) => ({ emailKey: email, reason: 'invalid_email', words, isPermanent: true })),
      );
      await tables.plan(runId).markWithWords(refused.map(({ id, words }) => ({ id, state: 'refused', words })));
    });
  }
}
