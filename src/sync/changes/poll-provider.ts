import type { EmailAddress } from '../../core/email-address.ts';
import type { MemberScope } from '../../core/mailing-provider.ts';
import type { Member } from '../../core/member.ts';
import { workSettings } from '../../core/work-settings.ts';
import type { DueMark } from '../../db/due-addresses.ts';
import type { SyncCursors } from '../../db/sync-cursors.ts';
import { bookVanishedOptOuts } from '../book-vanished-opt-outs.ts';
import { completeAsOf } from '../full-sync/as-of.ts';
import { completeReading, storeReading } from '../read-members-singly.ts';
import { CHUNK_SIZE, type SyncParts } from '../sync-parts.ts';
import { asOfNow, laterStamp, moveStamp, PROVIDER_OVERLAP_MS } from './poll-window.ts';

/** What happened at the provider so long before a poll is known after it, whatever the clocks say, in ms. */
const SURELY_READ_MS = 3_600_000;

/**
 * Reads what changed at the provider since the last poll and marks what no event had told (F2): lost opt-outs, sign-ups,
 * removals and edits are found again. Deleted members appear in no change feed; the nightly comparison finds them.
 */
export async function pollProvider(parts: SyncParts, cursors: SyncCursors): Promise<void> {
  const { provider, store, clock, connection } = parts;
  const startedAt = clock.now();
  const readAt = Date.parse(cursors.providerReadAt ?? new Date(startedAt).toISOString());
  const changedSince = moveStamp(cursors.providerAsOf, -PROVIDER_OVERLAP_MS);
  let newest = '';
  let recovered = 0;
  const scopes: readonly MemberScope[] = provider.capabilities.filtersByStatus ? ['present', 'archived'] : ['present'];
  for (const scope of scopes) {
    for (let offset = 0, total = 1; offset < total; offset += provider.capabilities.membersPerPage) {
      const page = await provider.readMembers({
        audienceId: connection.audienceId,
        scope,
        offset,
        mapping: connection.mapping,
        ...(changedSince ? { changedSince } : {}),
      });
      for (const { changedAt } of page.members) newest = laterStamp(newest, changedAt);
      newest = laterStamp(newest, page.newestChange ?? '');
      for (let start = 0; start < page.members.length; start += CHUNK_SIZE) {
        recovered += await storeChanged(parts, page.members.slice(start, start + CHUNK_SIZE));
      }
      recovered += await storeAbsent(parts, page.absent ?? []);
      total = page.total;
    }
  }
  await store.transact(async (tables) => {
    const complete = completeAsOf(newest, clock.now() - startedAt);
    const asOf = laterStamp(asOfNow(cursors.providerAsOf, startedAt - readAt), complete);
    const nextAt = startedAt + workSettings(connection.settings).providerPollMs;
    await tables.cursors.providerRead(asOf, startedAt, nextAt, recovered);
    await tables.departures.forget(startedAt - SURELY_READ_MS);
    await tables.health.set('provider', 'ok', clock.now());
    if (recovered > 0) await tables.journal.write('journal.recovered', { count: recovered }, clock.now());
  });
}

/** Stores members as read and marks those that are otherwise than they were stored. @returns how many */
async function storeChanged(parts: SyncParts, members: readonly Member[]): Promise<number> {
  const { store, clock } = parts;
  const reading = await completeReading(parts, new Map(members.map((member) => [member.email, member])));
  return store.transact(async (tables) => {
    const changed = new Set(await tables.members.changedAmong(reading.found));
    const found = reading.found.filter(({ email }) => changed.has(email) || reading.unseen.has(email));
    await storeReading(tables, parts, 'poll', { ...reading, found });
    await tables.members.learnIds(members);
    await tables.due.mark(
      found.map(
        (member): DueMark => ({
          emailKey: member.email,
          cause: 'provider-poll',
          isUrgent: member.status === 'unsubscribed' || member.status === 'cleaned',
        }),
      ),
      clock.now(),
    );
    return found.length;
  });
}

/** Whoever was taken off the list shows only as somebody who is not on it. @returns how many were stored as members */
async function storeAbsent(parts: SyncParts, absent: readonly EmailAddress[]): Promise<number> {
  const { store, clock } = parts;
  let count = 0;
  for (let start = 0; start < absent.length; start += CHUNK_SIZE) {
    const chunk = absent.slice(start, start + CHUNK_SIZE);
    count += await store.transact(async (tables) => {
      const gone = [...(await tables.members.statuses(chunk)).keys()];
      await tables.aliases.keep(gone.map((email) => ({ from: email, to: email })));
      await bookVanishedOptOuts(tables, parts, gone);
      await tables.members.remove(gone);
      await tables.due.mark(
        gone.map((emailKey) => ({ emailKey, cause: 'provider-poll' })),
        clock.now(),
      );
      return gone.length;
    });
  }
  return count;
}
