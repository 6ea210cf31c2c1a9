import { brakeHits } from '../../core/brake.ts';
import { workSettings } from '../../core/work-settings.ts';
import type { SyncRun } from '../../db/sync-runs.ts';
import { brakedCounts, holdOverLimits } from '../changes/hold-over-limits.ts';
import { planChunk, saveReasons } from '../plan-chunk.ts';
import { readPlanRules } from '../plan-rules.ts';
import { CHUNK_SIZE, type PhaseStep, type SyncParts } from '../sync-parts.ts';
import { alignTags } from '../tags/align-tags.ts';

/** Chunks that one step plans. */
const CHUNKS_PER_STEP = 4;

/** Plans all addresses of both sides in chunks (section 2 of the architecture: observe, plan, act). Nothing is written yet. */
export const planPeople: PhaseStep = async (parts, run) => {
  const { store } = parts;
  if (run.cursor.after === undefined) {
    // Nothing is written before a person who asked for a preview has seen it, nor before the first one (M8), nor after the data
    // went back (F9).
    const asks = run.isFirst || run.asksFirst || (await store.tables.connection.isCatchingUp());
    await alignTags(parts, { mayWrite: !asks });
  }
  const rules = await readPlanRules(parts, run);
  let { after = '', unchanged = 0 } = run.cursor;
  let done = run.done;
  const total = run.total ?? (await countAddresses(parts));
  for (let chunk = 0; chunk < CHUNKS_PER_STEP; chunk += 1) {
    const emails = await store.tables.people.nextAddresses(String(after), CHUNK_SIZE);
    const last = emails.at(-1);
    if (last === undefined) {
      await finishPlanning(parts, run, Number(unchanged));
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

async function finishPlanning(parts: SyncParts, run: SyncRun, unchanged: number): Promise<void> {
  const { store, clock } = parts;
  await store.analyze();
  if (run.startedBy === 'nightly') {
    // Nobody is there at night: what the brake stops is held and asked, all else goes on (R12).
    await holdOverLimits(parts, run);
    await store.transact(async (tables) => {
      await tables.contactReasons.setWithoutAddress();
      await tables.runs.setPlanned(run.id, { unchanged, brake: [] });
      await tables.runs.enterPhase(run.id, 'executing', clock.now());
    });
    return;
  }
  const weighed = await brakedCounts(store.tables, run.id);
  // Whom the provider has taken out already was managed until then.
  const managed = (await store.tables.links.countManaged()) + weighed.setToNone;
  const brake = brakeHits(weighed, managed, workSettings(parts.connection.settings).brake);
  await store.transact(async (tables) => {
    await tables.contactReasons.setWithoutAddress();
    await tables.runs.setPlanned(run.id, { unchanged, brake });
    // The first full sync always asks (R12); its brake says nothing, because nobody is managed yet.
    if (run.isFirst) await tables.runs.ask(run.id, 'first-sync');
    // Nor is anything written before that, not even an opt-out: it may rest on what was long answered (F9).
    else if (await tables.connection.isCatchingUp()) await tables.runs.ask(run.id, 'after-restore');
    else {
      // No question holds an opt-out: they are carried out before it is asked.
      const question = brake.length > 0 ? 'brake' : run.asksFirst ? 'asked-for-preview' : undefined;
      await tables.runs.enterPhase(run.id, 'executing', clock.now(), question ? { optOutsBefore: question } : {});
    }
  });
}
