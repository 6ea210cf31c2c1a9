import type { EmailAddress } from '../core/email-address.ts';
import type { DepartedContact } from '../db/departures.ts';
import type { Tables } from '../db/store.ts';
import { leavingEntry } from './leaving-entry.ts';
import type { SyncParts } from './sync-parts.ts';

/** So far the provider's clock may be ahead of ours, in ms. */
const AHEAD_MS = 120_000;

/** Somebody left under an address. `at`: by the provider's clock, ISO 8601 in UTC; '' where it does not say. */
export type LeftAddress = { email: EmailAddress; at: string };

/**
 * Contacts that both sides have met elsewhere before it was learned that somebody had left under the address that they had until then
 * (R1, R7). Which came first cannot be told, unless he left clearly after the contact was read with its new address, or its own member
 * signed up after that.
 *
 * @param tables of the transaction in which the leaving is stored: each contact is told once
 */
export async function takeDeparted(tables: Tables, leavings: readonly LeftAddress[]): Promise<DepartedContact[]> {
  const departed = await tables.departures.take(
    leavings.map(({ email, at }) => ({ emailKey: email, at, upTo: at === '' ? 0 : Date.parse(at) - AHEAD_MS })),
  );
  if (departed.length === 0) return [];
  const leftAt = new Map(leavings.map(({ email, at }) => [email, at]));
  const records = await tables.consent.newestOfProvider(departed.flatMap(({ nowAt }) => (nowAt ? [nowAt] : [])));
  return departed.filter(({ emailKey, nowAt }) => {
    const signedUpAt = (nowAt && records.get(nowAt)?.optInAt) || '';
    return signedUpAt === '' || signedUpAt <= (leftAt.get(emailKey) || signedUpAt);
  });
}

/** Books the leavings for such contacts, and marks the addresses that they have now. */
export async function bookForDeparted(
  tables: Tables,
  { connection, clock }: Pick<SyncParts, 'connection' | 'clock'>,
  leavings: readonly LeftAddress[],
): Promise<void> {
  const departed = await takeDeparted(tables, leavings);
  const leftAt = new Map(leavings.map(({ email, at }) => [email, at]));
  await tables.consent.append(
    departed.map(({ contactId, emailKey }) =>
      leavingEntry(connection.id, {
        email: emailKey,
        contactId,
        at: leftAt.get(emailKey) ?? '',
        source: 'provider',
        evidence: { rule: 'address-changed' },
      }),
    ),
    clock.now(),
  );
  await tables.due.mark(
    departed.flatMap(({ nowAt }) => (nowAt ? [{ emailKey: nowAt, cause: 'again', isUrgent: true }] : [])),
    clock.now(),
  );
}
