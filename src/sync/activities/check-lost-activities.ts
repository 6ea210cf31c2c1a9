import { ProviderError, type ProviderErrorKind } from '../../core/errors.ts';
import type { ActivityBatch } from '../../db/activity-batches.ts';
import type { SyncParts } from '../sync-parts.ts';

/** Calls that are looked for in one step. */
const AT_ONCE = 5;

/** The CRM will not let us look, now or later. */
const NEVER_TOLD: readonly ProviderErrorKind[] = ['forbidden', 'misconfigured', 'rejected', 'not_found'];

/**
 * Looks in the CRM for activities whose answer was lost (F5): what is there counts as written, for each contact by itself, and
 * the rest is written again. Where the CRM does not let us look nothing is repeated: better one entry missing than two.
 *
 * @returns whether there was anything to look for
 */
export async function checkLostActivities(parts: SyncParts): Promise<boolean> {
  const { store, clock } = parts;
  const batches = await store.tables.activityBatches.toCheck(clock.now(), AT_ONCE);
  for (const batch of batches) await checkBatch(parts, batch);
  if (batches.length > 0) await store.transact((tables) => tables.activityWork.planWriting());
  return batches.length > 0;
}

async function checkBatch({ store, clock, crm }: SyncParts, batch: ActivityBatch): Promise<void> {
  const rows = await store.tables.activities.ofBatch(batch.id);
  const there = await contactsWith(crm, batch, [...new Set(rows.map(({ contactId }) => contactId))]);
  const now = clock.now();
  await store.transact(async ({ activities, activityBatches }) => {
    if (there === 'not-told') {
      await activities.end(
        rows.map(({ id }) => ({ id, state: 'refused', reason: 'answer_lost' })),
        now,
      );
    } else {
      await activities.end(
        rows.filter(({ contactId }) => there.has(contactId)).map(({ id }) => ({ id, state: 'written', reason: '' })),
        now,
      );
      await activities.again(
        rows.filter(({ contactId }) => !there.has(contactId)).map(({ id }) => id),
        now,
        { isChecked: true },
      );
    }
    await activityBatches.close(batch.id);
  });
}

async function contactsWith(
  crm: SyncParts['crm'],
  { reference, happenedAt }: ActivityBatch,
  contactIds: readonly string[],
): Promise<ReadonlySet<string> | 'not-told'> {
  if (contactIds.length === 0) return new Set();
  try {
    const entries = await crm.findActivities(contactIds, happenedAt);
    return new Set(entries.filter(({ note }) => note.includes(reference)).flatMap((entry) => entry.contactIds));
  } catch (error) {
    if (error instanceof ProviderError && NEVER_TOLD.includes(error.kind)) return 'not-told';
    throw error;
  }
}
