import { observeContacts } from '../observe-contacts.ts';
import { storeFoundContacts } from '../store-found-contacts.ts';
import { CHUNK_SIZE, type SyncParts } from '../sync-parts.ts';
import { moveStamp } from './poll-window.ts';

/** Time for which the CRM's log is read again, in ms: an entry may be a little behind. */
const LOG_OVERLAP_MS = 62 * 60_000;

/** Contacts up to which all record numbers are compared at once; more wait for the nightly comparison. */
const MOST_COMPARED = 10_000;

/**
 * Finds contacts that were deleted or can no longer be read (F4): the CRM counts fewer than are stored. The log names the
 * deleted ones where the API user may read it; else the record numbers are compared. A loss is concluded only when the record,
 * asked for by its number, is not there.
 *
 * @param asOf stamp of the CRM's clock from which on the log is read
 */
export async function findLostContacts(parts: SyncParts, contactCount: number, asOf: string): Promise<void> {
  const { crm, store } = parts;
  if (contactCount >= (await store.tables.contacts.count())) return;
  const logged = await crm.readDeletedIds(moveStamp(asOf, -LOG_OVERLAP_MS));
  if (logged) await concludeLosses(parts, await store.tables.contacts.readableAmong(logged));
  const stored = await store.tables.contacts.count();
  if (contactCount >= stored || stored > MOST_COMPARED) return;
  const listing = `compare ${parts.clock.now()}`;
  for (let offset: number | undefined = 0; offset !== undefined; ) {
    const page = await crm.readContacts({ offset });
    await store.transact((tables) =>
      tables.contacts.markSeen(
        listing,
        page.contacts.map(({ id }) => id),
      ),
    );
    offset = page.nextOffset;
  }
  await concludeLosses(parts, await store.tables.contacts.unseen(listing));
}

async function concludeLosses(parts: SyncParts, ids: readonly string[]): Promise<void> {
  const { crm, store, clock, language } = parts;
  for (let start = 0; start < ids.length; start += CHUNK_SIZE) {
    const asked = ids.slice(start, start + CHUNK_SIZE);
    const found = await crm.readContactsById(asked);
    const foundIds = new Set(found.map(({ id }) => id));
    const gone = asked.filter((id) => !foundIds.has(id));
    await store.transact(async (tables) => {
      await storeFoundContacts(tables, parts, 'poll', observeContacts(found, language));
      const addresses = await tables.contacts.addresses(gone);
      await tables.contacts.markUnreadable(gone);
      await tables.due.mark(
        addresses.map((emailKey) => ({ emailKey, cause: 'crm' })),
        clock.now(),
      );
    });
  }
}
