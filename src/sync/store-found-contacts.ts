import type { EmailAddress } from '../core/email-address.ts';
import type { ChangedContact, ObservedContact } from '../db/contact-readings.ts';
import type { DueMark } from '../db/due-addresses.ts';
import type { Tables } from '../db/store.ts';
import { storeContacts } from './store-contacts.ts';
import type { SyncParts } from './sync-parts.ts';

/**
 * Addresses that a contact found to have changed touches: the one it had, the one it has, and the one of the member that belongs to
 * it, who may have gone elsewhere; a No is urgent.
 */
export function marksOf({ emailKeyBefore, emailKey, linkedTo, consentBefore, consent }: ChangedContact): DueMark[] {
  const isUrgent = consent === 'no' && consentBefore !== 'no';
  return [...new Set([emailKeyBefore, emailKey, linkedTo])]
    .filter((key): key is EmailAddress => key !== '')
    .map((key) => ({ emailKey: key, cause: 'crm', isUrgent }));
}

/**
 * Stores contacts that were read for some work of their own, and marks what has changed about them: once it is stored, no poll
 * finds it changed any more (F4).
 *
 * @param tables of the transaction in which it is stored
 */
export async function storeFoundContacts(
  tables: Tables,
  parts: Pick<SyncParts, 'connection' | 'clock'>,
  seenBy: string,
  found: readonly ObservedContact[],
): Promise<void> {
  const changed = await tables.contacts.changedAmong(found);
  await storeContacts(tables, parts, seenBy, found);
  await tables.due.mark(changed.flatMap(marksOf), parts.clock.now());
}
