import { type BrakedCounts, brakeHits } from '../../core/brake.ts';
import type { Operation } from '../../core/operation.ts';
import { planChunk, saveReasons } from '../plan-chunk.ts';
import { readPlanRules } from '../plan-rules.ts';
import { CHUNK_SIZE, type PhaseStep, type SyncParts } from '../sync-parts.ts';

/** Chunks that one step plans. */
const CHUNKS_PER_STEP = 4;

/** Plans all addresses of both sides in chunks (section 2 of the architecture: observe, plan, act). Nothing is written yet. */
export const planPeople: PhaseStep = async (parts, run) => {
  const { store } = parts;
  const rules = await readPlanRules(parts);
  let { after = '', unchanged = 0 } = run.cursor;
  let done = run.done;
  const total = run.total ?? (await countAddresses(parts));
  for (let chunk = 0; chunk < CHUNKS_PER_STEP; chunk += 1) {
    const emails = await store.tables.people.nextAddresses(String(after), CHUNK_SIZE);
    const last = emails.at(-1);
    if (last === undefined) {
      await finishPlanning(parts, run.id, Number(unchanged), run.isFirst, run.asksFirst);
      return;
    }
    const planned = await planChunk(store.tables, emails, rules, { isPage: true });
    after = last;
    unchanged = Number(unchanged) + planned.unchanged;
    done += emails.length;
    await store.transact(async (tables) => {
      await tables.plan(run.id).add(planned.operations);
      // Whoever is to be added would be "waiting" until then: not worth a write for nearly everybody.
      const reasons = planned.reasons.filter(({ reason }) => reason !== 'waiting');
      await saveReasons(tables, emails, { ...planned, reasons });
      await tables.runs.progress(run.id, { cursor: { after: last, unchanged: Number(unchanged) }, done, total });
    });
  }
};

async function countAddresses({ store }: SyncParts): Promise<number> {
  const counts = await store.tables.members.counts();
  return Math.max(await store.tables.contacts.count(), counts.total);
}

async function finishPlanning(
  { store, clock }: SyncParts,
  runId: string,
  unchanged: number,
  isFirst: boolean,
  asksFirst: boolean,
): Promise<void> {
  await store.analyze();
  const plan = store.tables.plan(runId);
  const counts = await plan.counts();
  const details = await plan.brakedDetails();
  const countOf = (kind: Operation['kind']) =>
    counts.filter((entry) => entry.kind === kind).reduce((sum, entry) => sum + entry.count, 0);
  const braked: BrakedCounts = {
    'remove-member': countOf('remove-member'),
    'unsubscribe-member': countOf('unsubscribe-member'),
    'add-member': countOf('add-member'),
    'raise-member': countOf('raise-member'),
    'create-contact': countOf('create-contact'),
    ...details,
  };
  const brake = brakeHits(braked, await store.tables.links.countManaged());
  await store.transact(async (tables) => {
    await tables.contacts.setReasonsWithoutAddress();
    await tables.runs.setPlanned(runId, { unchanged, brake });
    // The first full sync always asks (R12); its brake says nothing, because nobody is managed yet.
    if (isFirst) await tables.runs.ask(runId, 'first-sync');
    else {
      // No question holds an opt-out: they are carried out before it is asked.
      const question = brake.length > 0 ? 'brake' : asksFirst ? 'asked-for-preview' : undefined;
      await tables.runs.enterPhase(runId, 'executing', clock.now(), question ? { optOutsBefore: question } : {});
    }
  });
}
