import { addsUp } from '../../core/bridge.ts';
import { lowersConsent } from '../../core/operation.ts';
import { workSettings } from '../../core/work-settings.ts';
import type { DueMark } from '../../db/due-addresses.ts';
import type { SyncRun } from '../../db/sync-runs.ts';
import { type ChunkPlan, planChunk } from '../plan-chunk.ts';
import { readPlanRules } from '../plan-rules.ts';
import { readNextCutTags } from '../read-cut-tags.ts';
import { settlePeople } from '../settle-people.ts';
import { CHUNK_SIZE, type PhaseStep, type SyncParts } from '../sync-parts.ts';
import { TAG_COMPARISON_MS } from '../tags/align-tags.ts';
import { bindNewTags } from '../tags/bind-new-tags.ts';
import { tellOtherConnections } from '../tell-other-connections.ts';
import { HOOK_CHECK_MS } from '../upkeep/check-webhook-daily.ts';
import { nextNight } from '../upkeep/start-nightly-sync.ts';

/** Wait before a round looks at whoever still needs something, in ms: what was just refused is not repeated at once. */
const AGAIN_AFTER_MS = 60_000;

/**
 * The last phase: plans everybody once more over what is stored now, without writing outside. Whoever needs nothing more
 * gets his link and base state, everybody else his reason; then the bridge is counted (M12, section 7).
 */
export const countPeople: PhaseStep = async (parts, run) => {
  const { store } = parts;
  if (run.cursor.after === undefined) {
    // Whoever was added with many tags was told of with some of them only: the rest is no difference.
    if (await readNextCutTags(parts, run.id)) return;
    await bindNewTags(parts);
    // What was just written is unknown to the statistics; of a connection that they do not know a plan expects a row or two.
    await store.analyze();
  }
  const rules = await readPlanRules(parts, run);
  const total = run.total ?? (await store.tables.contacts.count());
  let after = String(run.cursor.after ?? '');
  let done = run.done;
  for (let chunk = 0; chunk < 4; chunk += 1) {
    const emails = await store.tables.people.nextAddresses(after, CHUNK_SIZE);
    const last = emails.at(-1);
    if (last === undefined) {
      await finish(parts, run);
      await store.analyze();
      return;
    }
    const planned = await planChunk(store.tables, emails, rules, { isPage: true });
    after = last;
    done += emails.length;
    const now = parts.clock.now();
    await tellOtherConnections(parts, planned.plans);
    await store.transact(async (tables) => {
      await settlePeople(tables, emails, planned, now);
      await tables.due.mark(stillNeeding(planned, now + AGAIN_AFTER_MS), now);
      await tables.runs.progress(run.id, { cursor: { after: last }, done, total: Math.max(done, total) });
    });
  }
};

/** Who changed while the run went on was held back, or is waiting for something else: the next round looks at him (M13). */
function stillNeeding({ plans }: ChunkPlan, dueAt: number): DueMark[] {
  return plans
    .filter(({ plan, isHeld }) => !isHeld && plan.operations.length > 0)
    .map(({ email, plan }) => ({
      emailKey: email,
      cause: 'again',
      dueAt,
      isUrgent: plan.operations.some(lowersConsent),
    }));
}

async function finish({ store, clock, connection }: SyncParts, run: SyncRun): Promise<void> {
  await store.transact(async (tables) => {
    await tables.contactReasons.setWithoutAddress();
    const bridge = await tables.bridges.count();
    const now = clock.now();
    const { crmPollMs, providerPollMs } = workSettings(connection.settings);
    await tables.bridges.save(run.id, bridge, now);
    const counts = await tables.plan(run.id).counts();
    const sum = (kinds: readonly string[], state: string) =>
      counts
        .filter((entry) => kinds.includes(entry.kind) && entry.state === state)
        .reduce((all, entry) => all + entry.count, 0);
    await tables.journal.write(
      'journal.run_finished',
      {
        added: sum(['add-member', 'raise-member'], 'done'),
        updated: sum(['update-member', 'tag-member', 'move-member', 'change-contact-address'], 'done'),
        optOuts: sum(['write-consent'], 'done'),
        takenOut: sum(['unsubscribe-member', 'remove-member'], 'done'),
        created: sum(['create-contact'], 'done'),
        refused: counts.filter((entry) => entry.state === 'refused').reduce((all, entry) => all + entry.count, 0),
      },
      now,
    );
    // A bridge that does not add up is a bug of ours, and must be seen.
    if (!addsUp(bridge)) await tables.journal.write('journal.bridge_broken', {}, now, true);
    await tables.events.answeredByFullSync(run.startedAt, now);
    // What happened while the run went on is read again from where its reading was complete (M13).
    const { contactsAsOf: crm = '', membersAsOf: provider = '' } = run.readUpTo ?? {};
    await tables.cursors.begin(
      { crm, provider, at: now },
      {
        crmPollAt: now + crmPollMs,
        providerPollAt: now + providerPollMs,
        nightlyAt: nextNight(connection.id, now),
        hookCheckAt: now + HOOK_CHECK_MS,
        tagsAt: now + TAG_COMPARISON_MS,
      },
    );
    await tables.activityWork.begin(now);
    await tables.connection.caughtUp();
    await tables.runs.finish(run.id, 'succeeded', now);
  });
}
