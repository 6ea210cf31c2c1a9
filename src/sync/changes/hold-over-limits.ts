import { type BrakedCounts, brakeHits } from '../../core/brake.ts';
import type { OperationKind } from '../../core/operation.ts';
import { workSettings } from '../../core/work-settings.ts';
import type { PlanRow } from '../../db/plan-rows.ts';
import type { Tables } from '../../db/store.ts';
import type { SyncRun } from '../../db/sync-runs.ts';
import { CHUNK_SIZE, type SyncParts } from '../sync-parts.ts';

/** The brake counts what was done within this time together with what is planned (R12), in ms. */
const WINDOW_MS = 60 * 60_000;

/** Kinds of the plan that a hit of the brake stops. */
const STOPPED: Readonly<Partial<Record<OperationKind, readonly OperationKind[]>>> = {
  'add-member': ['add-member', 'raise-member'],
};

/**
 * R12 for rounds of changes: whatever goes beyond the limits within 60 minutes is held and asked; all else goes on. No
 * opt-out is held: too many from the CRM are carried out in the form that can be undone, and their unsubscribing is asked.
 */
export async function holdOverLimits(parts: SyncParts, round: SyncRun): Promise<void> {
  const { connection, store, clock } = parts;
  const recent = await store.tables.recent.countsSince(clock.now() - WINDOW_MS);
  const weighed = await brakedCounts(store.tables, round.id, [recent, await store.tables.due.waiting()]);
  // Whoever was taken out within the hour, by us or at the provider, is counted on both sides, or the limit would fall with
  // each of them.
  const taken = (recent['remove-member'] ?? 0) + (recent['unsubscribe-member'] ?? 0) + weighed.setToNone;
  const hits = brakeHits(
    weighed,
    (await store.tables.links.countManaged()) + taken,
    workSettings(connection.settings).brake,
  );
  let count = 0;
  for (const hit of hits) {
    for (const kind of STOPPED[hit.kind] ?? [hit.kind]) count += await holdKind(parts, round, kind);
  }
  // What a person has approved goes on, however much it is.
  if (count > 0) {
    await store.transact((tables) => tables.journal.write('journal.held_by_brake', { count }, clock.now(), true));
  }
}

/** The numbers of a plan that the brake weighs, with those that count beside it (R12). */
export async function brakedCounts(
  tables: Tables,
  runId: string,
  beside: readonly Partial<Record<OperationKind | 'setToNone' | 'tagsTakenOff', number>>[] = [],
): Promise<BrakedCounts> {
  const counts = await tables.plan(runId).counts();
  const details = await tables.plan(runId).brakedDetails();
  const countBeside = (kind: OperationKind | 'setToNone' | 'tagsTakenOff') =>
    beside.reduce((sum, numbers) => sum + (numbers[kind] ?? 0), 0);
  const countOf = (kind: OperationKind) =>
    counts.filter((entry) => entry.kind === kind).reduce((sum, { count }) => sum + count, 0) + countBeside(kind);
  return {
    'remove-member': countOf('remove-member'),
    // A record that hands an opt-out down takes nobody out.
    'unsubscribe-member': countOf('unsubscribe-member') - details.handedDown,
    'add-member': countOf('add-member'),
    'raise-member': countOf('raise-member'),
    'create-contact': countOf('create-contact'),
    setToNone: details.setToNone + countBeside('setToNone'),
    tagsTakenOff: details.tagsTakenOff + countBeside('tagsTakenOff'),
  };
}

/** @returns how many were held */
async function holdKind({ store, clock }: SyncParts, round: SyncRun, kind: OperationKind): Promise<number> {
  let count = 0;
  for (let after = 0; ; ) {
    const rows = await store.tables.plan(round.id).unapproved(kind, after, CHUNK_SIZE);
    const last = rows.at(-1);
    if (!last) return count;
    after = last.id;
    const held = rows.filter(isStopped);
    if (held.length === 0) continue;
    count += held.length;
    await store.transact(async (tables) => {
      const question = kind === 'write-consent' ? 'removed-in-bulk' : 'brake';
      await tables.held.hold(
        held.map(({ operation }) => ({ operation, question })),
        clock.now(),
      );
      await tables.plan(round.id).mark(
        held.map(({ id }) => id),
        'held',
        clock.now(),
      );
      // Taken out instead of unsubscribed: nobody who said No stays in the audience while the question is open.
      await tables
        .plan(round.id)
        .add(
          held.flatMap(({ operation }) =>
            operation.kind === 'unsubscribe-member' && operation.from === 'subscribed'
              ? [{ kind: 'remove-member', email: operation.email, contactId: operation.contactId }]
              : [],
          ),
        );
    });
  }
}

/** Of the writes of consent the brake weighs "not specified" alone, of the tags those that are taken off. */
function isStopped({ operation }: PlanRow): boolean {
  switch (operation.kind) {
    case 'write-consent':
      return operation.to === 'none';
    case 'tag-member':
    case 'tag-contact':
      return operation.remove.length > 0;
    default:
      return true;
  }
}
