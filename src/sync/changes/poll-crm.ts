import type { EmailAddress } from '../../core/email-address.ts';
import { workSettings } from '../../core/work-settings.ts';
import type { ChangedContact } from '../../db/contacts.ts';
import type { DueMark } from '../../db/due-addresses.ts';
import { observeContacts } from '../observe-contacts.ts';
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
export async function pollCrm(parts: SyncParts): Promise<void> {
  const { connection, crm, store, clock, language } = parts;
  const cursors = await store.tables.cursors.get();
  if (!cursors) return;
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
        await tables.contacts.observe(SEEN_BY, chunk, readFrom);
        await tables.due.mark(changed.flatMap(marksOf), clock.now());
      });
    }
    offset = page.nextOffset;
  }
  if (contactCount !== undefined) await findLostContacts(parts, contactCount, cursors.crmAsOf);
  await store.transact(async (tables) => {
    await tables.cursors.crmRead(newest, startedAt);
    // What was told of while this poll was reading, it may have read past.
    const toldAt = (await tables.cursors.get())?.crmToldAt;
    // Stored instants have whole milliseconds.
    const isTold = toldAt != null && Date.parse(toldAt) >= Math.floor(startedAt);
    await tables.cursors.planNext(
      'crm-poll',
      startedAt + (isTold ? CRM_TOLD_POLL_MS : workSettings(connection.settings).crmPollMs),
    );
    await tables.health.set('crm', 'ok', clock.now());
  });
}

/** Both addresses of a contact whose address changed are looked at; a No is urgent. */
function marksOf({ emailKeyBefore, emailKey, consentBefore, consent }: ChangedContact): DueMark[] {
  const isUrgent = consent === 'no' && consentBefore !== 'no';
  return [...new Set([emailKeyBefore, emailKey])]
    .filter((key): key is EmailAddress => key !== '')
    .map((key) => ({ emailKey: key, cause: 'crm', isUrgent }));
}
