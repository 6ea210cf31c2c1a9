import type { EmailAddress } from '../../core/email-address.ts';
import { sorted } from '../../core/held-operations.ts';
import { lowersConsent, type Operation } from '../../core/operation.ts';
import type { PersonPlan } from '../../core/person-plan.ts';
import type { SyncRun } from '../../db/sync-runs.ts';
import { observeContacts } from '../observe-contacts.ts';
import { observeMembers } from '../observe-members.ts';
import { planChunk, saveReasons } from '../plan-chunk.ts';
import { readPlanRules } from '../plan-rules.ts';
import { CHUNK_SIZE, type PhaseStep, type SyncParts } from '../sync-parts.ts';
import { alignTags } from '../tags/align-tags.ts';
import { bindNewTags } from '../tags/bind-new-tags.ts';

/**
 * Between approval and the first write: reads what changed since the preview, plans those people anew and holds back rows
 * that are no longer what was approved (R12). An opt-out that turned up in between is carried out all the same.
 */
export const refreshBeforeWriting: PhaseStep = async (parts, run) => {
  await alignTags(parts, { mayWrite: true });
  await replanWhatChanged(parts, run);
  await parts.store.transact((tables) => tables.runs.enterPhase(run.id, 'executing', parts.clock.now()));
};

/**
 * After the last write: reads what happened while the run was going on (R4, M13). Opt-outs found now are carried out before
 * the run ends, and whoever came to the CRM by this run gets his fields and tags at the provider; everything else waits for
 * the next sync.
 */
export const checkAfterWriting: PhaseStep = async (parts, run) => {
  const { store, clock } = parts;
  await bindNewTags(parts);
  const arrivals = new Set(await store.tables.plan(run.id).arrivals());
  const added = await replanWhatChanged(parts, run, arrivals);
  await store.transact(async (tables) => {
    if (added > 0) await tables.runs.enterPhase(run.id, 'executing', clock.now(), { isChecked: true });
    else await tables.runs.enterPhase(run.id, 'counting', clock.now());
  });
};

/**
 * @param arrivals addresses whose every operation is added; of all others only what lowers consent
 * @returns how many operations were added
 */
async function replanWhatChanged(
  parts: SyncParts,
  run: SyncRun,
  arrivals: ReadonlySet<EmailAddress> = new Set(),
): Promise<number> {
  const changed = [...new Set([...(await readWhatChanged(parts, run)), ...arrivals])].sort();
  const rules = await readPlanRules(parts, run);
  const { store, clock } = parts;
  let count = 0;
  for (let start = 0; start < changed.length; start += CHUNK_SIZE) {
    const emails = changed.slice(start, start + CHUNK_SIZE);
    const planned = await planChunk(store.tables, emails, rules, { isPage: false });
    const stored = Map.groupBy(await store.tables.plan(run.id).byAddresses(emails), (row) => row.operation.email);
    const held: number[] = [];
    const added: Operation[] = [];
    for (const { email, plan } of planned.plans) {
      const wanted = new Map(plan.operations.map((operation) => [JSON.stringify(sorted(operation)), operation]));
      for (const row of stored.get(email) ?? []) {
        // Whoever was taken out before the question was asked is nobody to be unsubscribed any more, but for the answer.
        const waitsForAnswer = row.operation.kind === 'unsubscribe-member' && needsNothing(plan);
        const isStillWanted = wanted.delete(JSON.stringify(sorted(row.operation))) || waitsForAnswer;
        if (row.state === 'planned' && !isStillWanted) held.push(row.id);
      }
      added.push(...[...wanted.values()].filter((operation) => arrivals.has(email) || lowersConsent(operation)));
    }
    await store.transact(async (tables) => {
      await tables.plan(run.id).mark(held, 'held', clock.now());
      await tables.plan(run.id).add(added);
      await saveReasons(tables, emails, planned);
    });
    count += added.length;
  }
  return count;
}

/** Reads the changes of both sides since the reading of the run and says whose addresses they touch. */
async function readWhatChanged(parts: SyncParts, run: SyncRun) {
  const { crm, provider, store, connection, language } = parts;
  const readUpTo = run.readUpTo ?? { contactsAsOf: '', membersAsOf: '' };
  const changed = new Set<EmailAddress>();
  for (let offset: number | undefined = 0; offset !== undefined; ) {
    const page = await crm.readContacts({ offset, ...since(readUpTo.contactsAsOf) });
    const observed = observeContacts(page.contacts, language);
    const before = await store.tables.contacts.addresses(observed.map(({ contact }) => contact.id));
    for (const { emailKey } of observed) if (emailKey) changed.add(emailKey);
    for (const emailKey of before) changed.add(emailKey);
    await store.transact((tables) => tables.contacts.observe(run.id, observed));
    offset = page.nextOffset;
  }
  const left = provider.capabilities.filtersByStatus
    ? ([
        { scope: 'present', statuses: ['unsubscribed'] },
        { scope: 'present', statuses: ['cleaned'] },
      ] as const)
    : ([{ scope: 'present', statuses: ['unsubscribed', 'cleaned'] }] as const);
  const listings = [
    // Everybody whom we just subscribed would be among the present ones; only those who left are looked for again. One status
    // a listing: a provider that filters by one at most would list everybody for two.
    ...left,
    { scope: 'archived', statuses: ['archived'] },
  ] as const;
  for (const listing of listings) {
    for (let offset = 0, total = 1; offset < total; offset += provider.capabilities.membersPerPage) {
      const page = await provider.readMembers({
        audienceId: connection.audienceId,
        ...listing,
        offset,
        mapping: connection.mapping,
        ...since(readUpTo.membersAsOf),
      });
      for (const member of page.members) changed.add(member.email);
      for (let start = 0; start < page.members.length; start += CHUNK_SIZE) {
        await store.transact((tables) =>
          observeMembers(tables, parts, run.id, page.members.slice(start, start + CHUNK_SIZE)),
        );
      }
      total = page.total;
    }
  }
  return changed;
}

function since(instant: string): { changedSince?: string } {
  return instant ? { changedSince: instant } : {};
}

function needsNothing(plan: PersonPlan): boolean {
  return plan.operations.length === 0 && plan.reasons.length === 0;
}
