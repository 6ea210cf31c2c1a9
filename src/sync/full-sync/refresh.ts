import type { EmailAddress } from '../../core/email-address.ts';
import type { SyncRun } from '../../db/sync-runs.ts';
import { readMembersSingly } from '../read-members-singly.ts';
import type { PhaseStep, SyncParts } from '../sync-parts.ts';
import { readChangedContacts, readWhatChanged } from './read-what-changed.ts';
import { replanPeople } from './replan-people.ts';

/** Addresses that one step asks for singly. */
const SINGLES_PER_STEP = 100;

import { alignTags } from '../tags/align-tags.ts';
import { bindNewTags } from '../tags/bind-new-tags.ts';

const JUST_NOW_MS = 60_000;

/**
 * Between approval and the first write: reads what changed since the preview, plans those people anew and holds back rows
 * that are no longer what was approved (R12). An opt-out that turned up in between is carried out all the same. Where the
 * provider showed its audience alone, everybody who is to be added is asked for singly: he may have left meanwhile (R4).
 */
export const refreshBeforeWriting: PhaseStep = async (parts, run) => {
  if (run.cursor.askedUpTo !== undefined) {
    await askWhoIsToBeAdded(parts, run, Number(run.cursor.askedUpTo));
    return;
  }
  const { store, clock } = parts;
  await alignTagsOnceMore(parts, run);
  const { emails, isAudienceOnly } = await readWhatChanged(parts, run);
  await replanPeople(parts, run, emails);
  await store.transact(async (tables) => {
    if (isAudienceOnly) await tables.runs.progress(run.id, { cursor: { askedUpTo: 0 }, done: 0, total: null });
    else await tables.runs.enterPhase(run.id, 'executing', clock.now());
  });
};

async function askWhoIsToBeAdded(parts: SyncParts, run: SyncRun, after: number): Promise<void> {
  const { store, clock } = parts;
  const rows = await store.tables.plan(run.id).plannedAdds(after, SINGLES_PER_STEP);
  const found = await readMembersSingly(
    parts,
    run.id,
    rows.map(({ operation }) => operation.email),
  );
  await replanPeople(parts, run, found.keys());
  const last = rows.at(-1);
  const total = run.total ?? (await store.tables.plan(run.id).countPlannedAdds());
  await store.transact(async (tables) => {
    if (last)
      await tables.runs.progress(run.id, { cursor: { askedUpTo: last.id }, done: run.done + rows.length, total });
    else await tables.runs.enterPhase(run.id, 'executing', clock.now());
  });
}

/** The answer to a preview may have taken its time. */
async function alignTagsOnceMore(parts: SyncParts, { isFirst }: SyncRun): Promise<void> {
  const at = await parts.store.tables.connection.tagsAlignedAt();
  // Before the first sync nothing was bound that could have been renamed, so a comparison of just now is enough.
  if (isFirst && at !== null && parts.clock.now() - Date.parse(at) < JUST_NOW_MS) return;
  await alignTags(parts, { mayWrite: true });
}

/**
 * After the last write: reads what happened while the run was going on (R4, M13). Opt-outs found now are carried out before
 * the run ends, and whoever came to the CRM by this run gets his fields and tags at the provider; everything else waits for
 * the next sync. What was read of the provider after an import is not read again.
 */
export const checkAfterWriting: PhaseStep = async (parts, run) => {
  const { store, clock } = parts;
  await bindNewTags(parts);
  const arrivals = new Set(await store.tables.plan(run.id).arrivals());
  const changed =
    run.cursor.areMembersRead === true ? await readTheCrmOnly(parts, run) : await readWhatChanged(parts, run);
  await replanPeople(parts, run, changed.emails, arrivals);
  await store.transact(async (tables) => {
    const isOpen = (await tables.plan(run.id).nextKind()) !== undefined;
    if (isOpen) await tables.runs.enterPhase(run.id, 'executing', clock.now(), { isChecked: true });
    else await tables.runs.enterPhase(run.id, 'counting', clock.now());
  });
};

async function readTheCrmOnly(parts: SyncParts, run: SyncRun): Promise<{ emails: ReadonlySet<EmailAddress> }> {
  const emails = new Set(await parts.store.tables.members.leftUnheard(run.id));
  await readChangedContacts(parts, run, emails);
  return { emails };
}
