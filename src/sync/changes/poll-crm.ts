import { workSettings } from '../../core/work-settings.ts';
import type { SyncCursors } from '../../db/sync-cursors.ts';
import { observeContacts } from '../observe-contacts.ts';
import { storeContacts } from '../store-contacts.ts';
import { marksOf } from '../store-found-contacts.ts';
import { CHUNK_SIZE, type SyncParts } from '../sync-parts.ts';
import { findLostContacts } from './find-lost-contacts.ts';
import { asOfNow, CRM_OVERLAP_MS, laterStamp, moveStamp } from './poll-window.ts';

/** Least time between two polls where the CRM itself tells of changes, in ms: many saves in a row are one poll. */
export const CRM_TOLD_POLL_MS = 5_000;

/** Name under which polls note what they have seen. */
const SEEN_BY = 'poll';

/**
 * Reads what changed in the CRM since the last poll, on the CRM's own clock (F4), stores it and marks the addresses it touches
 * (M14–M18). A count below what is stored tells of contacts that are gone.
 */
export async function pollCrm(parts: SyncParts, cursors: SyncCursors): Promise<void> {
  const { connection, crm, store, clock, language } = parts;
  const startedAt = clock.now();
  const changedSince = moveStamp(cursors.crmAsOf, -CRM_OVERLAP_MS);
  let newest = asOfNow(cursors.crmAsOf, startedAt - Date.parse(cursors.crmReadAt ?? new Date(startedAt).toISOString()));
  let contactCount: number | undefined;
  for (let offset: number | undefined = 0; offset !== undefined; ) {
    const readFrom = await store.tables.contacts.learnedSoFar();
    const page = await crm.readContacts({
      offset,
      ...(changedSince ? { changedSince } : {}),
      ...(offset === 0 ? { withCount: true } : {}),
    });
    contactCount ??= page.contactCount;
    for (const { modifiedAt } of page.contacts) newest = laterStamp(newest, modifiedAt);
    const observed = observeContacts(page.contacts, language);
    for (let start = 0; start < observed.length; start += CHUNK_SIZE) {
      const chunk = observed.slice(start, start + CHUNK_SIZE);
      await store.transact(async (tables) => {
        const changed = await tables.contacts.changedAmong(chunk);
        // Also what we wrote ourselves has to be read once: an agent's Yes answers it only after that (R1 b).
        await storeContacts(tables, parts, SEEN_BY, chunk, readFrom);
        await tables.due.mark(changed.flatMap(marksOf), clock.now());
      });
    }
    offset = page.nextOffset;
  }
  if (contactCount !== undefined) await findLostContacts(parts, contactCount, cursors.crmAsOf);
  await store.transact(async (tables) => {
    const usual = workSettings(connection.settings).crmPollMs;
    await tables.cursors.crmRead(newest, startedAt, { usual, told: CRM_TOLD_POLL_MS });
    await tables.health.set('crm', 'ok', clock.now());
  });
}
