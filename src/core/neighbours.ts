import type { EmailAddress } from './email-address.ts';
import type { Leaver, PersonCase } from './person-case.ts';
import { isEligible } from './person-consent.ts';

/** The contact that an address's member belongs to although it has another address now: the first with Yes (R7). */
export function heirOf(person: PersonCase): (Leaver & { email: EmailAddress }) | undefined {
  for (const leaver of person.leavers) {
    const { email } = leaver;
    if (leaver.isEligible && leaver.consent === 'yes' && email !== undefined) return { ...leaver, email };
  }
  return undefined;
}

/** The address whose subscribed member belongs to a contact that is here now; of several the first contact's. */
export function formerAddress({ contacts, memberMovedTo }: PersonCase): EmailAddress | undefined {
  return contacts
    .filter((contact) => isEligible(contact) && contact.consent === 'yes')
    .map(({ former }) => former)
    .find((former) => former?.base && former.status === 'subscribed' && former.email !== memberMovedTo?.email)?.email;
}

/** The address where the contact is to whom this address's subscribed member belongs; undefined when he is nowhere else. */
export function nextAddress(person: PersonCase): EmailAddress | undefined {
  if (person.member?.status !== 'subscribed') return undefined;
  return heirOf(person)?.email ?? person.memberMovedFrom;
}

/** Puts a person and his neighbours together, as far as the latter were loaded. */
export function withNeighbours(person: PersonCase, others: ReadonlyMap<EmailAddress, PersonCase>): PersonCase {
  const before = formerAddress(person);
  const next = nextAddress(person);
  return { ...person, cameFrom: before && others.get(before), goesTo: next && others.get(next) };
}
