import type { AddressMove } from './address-move.ts';
import type { EmailAddress } from './email-address.ts';
import type { ProviderEvent } from './provider-event.ts';

/**
 * The changes of address that events tell and the provider still confirms: somebody is under the new address and nobody under
 * the old one (M24). Events may be late, repeated or out of order (F1); whatever they tell besides is what a reading tells.
 *
 * @param isThere what was read: whether somebody is under an address; undefined: it could not be read
 */
export function provenAddressChanges(
  events: readonly Pick<ProviderEvent, 'kind' | 'email' | 'newEmail'>[],
  isThere: (email: EmailAddress) => boolean | undefined,
): AddressMove[] {
  const changes = new Map<EmailAddress, EmailAddress>();
  for (const { kind, email, newEmail } of events) {
    if (kind !== 'address-changed' || email === undefined || newEmail === undefined || email === newEmail) continue;
    // Changed twice: the first address leads to the last one.
    for (const [from, to] of changes) if (to === email) changes.set(from, newEmail);
    changes.set(email, newEmail);
  }
  return [...changes]
    .map(([from, to]) => ({ from, to }))
    .filter(({ from, to }) => from !== to && isThere(from) === false && isThere(to) === true);
}
