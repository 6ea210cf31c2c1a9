import type { EmailAddress } from '../core/email-address.ts';
import type { ConsentEntry } from '../db/consent-records.ts';

/**
 * What the record says of somebody who left himself, as the provider's history or a reading right before a write showed it (R1).
 *
 * @param leaving `at`: ISO 8601 in UTC; '' where the provider does not tell
 */
export function ownLeaving(
  connectionId: string,
  leaving: { email: EmailAddress; contactId: string | undefined; at: string },
): ConsentEntry {
  return {
    connectionId,
    contactId: leaving.contactId,
    email: leaving.email,
    effect: 'opt-out',
    learnedOrder: undefined,
    from: 'subscribed',
    to: 'unsubscribed',
    source: 'person',
    verdict: 'allowed',
    happenedAt: leaving.at || undefined,
    evidence: { history: 'person' },
    wrote: '',
  };
}
