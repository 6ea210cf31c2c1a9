import type { EmailAddress } from '../../core/email-address.ts';
import { foldTag, MARKER_TAG, type ProviderTag } from '../../core/tag.ts';
import type { PlanRow } from '../../db/plan-rows.ts';
import { storeListed } from '../store-listed.ts';
import { CHUNK_SIZE, type SyncParts } from '../sync-parts.ts';
import { noteNewTags } from '../tags/note-new-tags.ts';
import type { ExecuteRows } from './execute-rows.ts';
import { meetRaised } from './meet-raised.ts';
import { markSent, rowsOfKind } from './rows-of-kind.ts';
import { storeAdds } from './store-adds.ts';

/** The two clocks may differ; what changed this much before our call is read as well, in ms. */
const CLOCK_MARGIN_MS = 10 * 60_000;

/**
 * Adds members in calls of the provider's maximum, a few side by side (section 9). Rows that were sent before a crash or
 * whose answer was lost are looked up first: what went through is not sent again (F5).
 */
export const addMembers: ExecuteRows = async (parts, run, rows) => {
  if (rows.some((row) => row.state === 'sent')) {
    await settleSent(parts, run.id, rows);
    return;
  }
  const asked = rowsOfKind(rows, 'add-member');
  await noteNewTags(parts, [...new Set(asked.flatMap(({ operation }) => operation.tags))]);
  const size = parts.provider.capabilities.maxAddsPerCall;
  const batches = Array.from({ length: Math.ceil(asked.length / size) }, (_, index) =>
    asked.slice(index * size, (index + 1) * size),
  );
  const ends = await Promise.allSettled(
    batches.map(async (batch) => {
      const results = await parts.gate.addMembers(batch, markSent(parts, run.id));
      const byId = new Map(results.map((result) => [result.id, result]));
      const answered = batch.flatMap((row) => {
        const result = byId.get(row.id);
        return result ? [{ row, result }] : [];
      });
      for (let start = 0; start < answered.length; start += CHUNK_SIZE) {
        await storeAdds(parts, run.id, answered.slice(start, start + CHUNK_SIZE));
      }
    }),
  );
  const failed = ends.find((end) => end.status === 'rejected');
  if (failed) throw failed.reason;
};

/** Reads what the provider changed since the calls were made and settles the rows that went through; the rest is planned again. */
async function settleSent(parts: SyncParts, runId: string, rows: readonly PlanRow[]): Promise<void> {
  const { provider, connection, store, clock } = parts;
  const sentAt = await store.tables.plan(runId).earliestSent();
  const since = new Date(Date.parse(sentAt ?? new Date(clock.now()).toISOString()) - CLOCK_MARGIN_MS).toISOString();
  const asked = new Set(rows.map((row) => row.operation.email));
  const arrived = new Set<EmailAddress>();
  for (let offset = 0, total = 1; offset < total; offset += provider.capabilities.membersPerPage) {
    const page = await provider.readMembers({
      audienceId: connection.audienceId,
      scope: 'present',
      offset,
      mapping: connection.mapping,
      changedSince: since,
    });
    // Nobody else: what is stored here is no news to the next poll, and a round plans only its own people (F2).
    const ours = page.members.filter(
      ({ email, status, tags }) =>
        asked.has(email) && status === 'subscribed' && (!provider.capabilities.tags || hasMarker(tags)),
    );
    for (const member of ours) arrived.add(member.email);
    await storeListed(parts, runId, ours);
    total = page.total;
  }
  await store.transact(async (tables) => {
    const plan = tables.plan(runId);
    const wentThrough = rowsOfKind(rows, 'add-member').filter(({ operation }) => arrived.has(operation.email));
    const toRepeat = rows.filter((row) => row.state === 'sent' && !arrived.has(row.operation.email));
    await plan.mark(
      wentThrough.map(({ id }) => id),
      'done',
      clock.now(),
    );
    await meetRaised(
      tables,
      wentThrough.map(({ operation }) => operation),
      clock.now(),
    );
    await plan.mark(
      toRepeat.map(({ id }) => id),
      'planned',
      clock.now(),
    );
  });
}

function hasMarker(tags: readonly ProviderTag[]): boolean {
  return tags.some(({ name }) => foldTag(name) === MARKER_TAG);
}
