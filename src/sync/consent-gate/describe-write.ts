import type { PersonCase } from '../../core/person-case.ts';
import { leftSinceSubscribed, newestOptOut } from '../../core/person-consent.ts';
import type { ConsentEntry } from '../../db/consent-records.ts';
import type { OperationOf } from './gate-rows.ts';

/**
 * What the record says of a write. `learnedOrder`: of the opt-out that it carries on, where that is not the newest; `happenedAt`: when
 * the provider says that it happened.
 */
export type WriteDescription = Pick<ConsentEntry, 'effect' | 'from' | 'to' | 'source'> & {
  learnedOrder?: number | undefined;
  happenedAt?: string | undefined;
};

/** When he left at the address that his contact had before (R7); undefined: he did not, or nobody knows. */
export function leftBefore(person: PersonCase | undefined, contactId: string): string | undefined {
  const former = person?.contacts.find(({ id }) => id === contactId)?.former;
  return former?.status === 'unsubscribed' && former.changedAt !== '' ? former.changedAt : undefined;
}

/** A raise is nobody's opt-in: it follows from what was booked or read before. */
export function describeRaise(kind: 'add-member' | 'raise-member' | 'move-member'): WriteDescription {
  return { effect: 'neutral', from: kind === 'raise-member' ? '' : 'absent', to: 'subscribed', source: 'rule' };
}

/** Whose opt-out an unsubscribe is: a person's own No, the copy of one that was booked for another address, or nobody's. */
export function describeUnsubscribe(
  { from, contactId, handedDownFrom }: OperationOf<'unsubscribe-member'>,
  person: PersonCase | undefined,
): WriteDescription {
  const to = 'unsubscribed';
  // As old as it was under the former address, so that an opt-in between still answers it.
  if (handedDownFrom !== undefined) {
    return { effect: 'opt-out', from, to, source: 'rule', learnedOrder: (person && newestOptOut(person)) || undefined };
  }
  // One that vanished with a change of address is on record already; flags that differ are another matter (R7, R8).
  const isSetAgain = person?.memberMovedFrom !== undefined && newestOptOut(person) > 0;
  if (isSetAgain) return { effect: 'neutral', from, to, source: 'rule' };
  const left = person && saysNothing(person, contactId) ? leftSinceSubscribed(person) : undefined;
  if (person && left !== undefined) {
    const isBooked = newestOptOut(person) >= left;
    return { effect: isBooked ? 'neutral' : 'opt-out', from, to, source: 'rule', learnedOrder: left || undefined };
  }
  return { effect: saysNo(person, contactId) ? 'opt-out' : 'neutral', from, to, source: 'crm-user' };
}

/** Whether an operator asked for the Yes with an opt-in entered by hand (R1 c). */
export function asksYes(person: PersonCase | undefined, contactId: string): boolean {
  return person?.contacts.some((contact) => contact.id === contactId && contact.asksYes !== undefined) ?? false;
}

/** Whether it is this contact's own No: flags that differ take a member out, but are nobody's opt-out (R8). */
function saysNo(person: PersonCase | undefined, contactId: string | undefined): boolean {
  return fieldOf(person, contactId)?.consent !== 'yes';
}

/** Whether the contact's field is neither Yes nor No: whoever is taken out beside it left elsewhere (R15). */
function saysNothing(person: PersonCase, contactId: string | undefined): boolean {
  const contact = person.contacts.find(({ id }) => id === contactId);
  return contact !== undefined && contact.consent !== 'yes' && contact.consent !== 'no';
}

/** What the field of a contact says that has the address, or is elsewhere by now (R7). */
function fieldOf(person: PersonCase | undefined, contactId: string | undefined) {
  const here = person?.contacts.find(({ id }) => id === contactId);
  if (here) return { consent: here.consent, lastNotYes: here.history.lastNotYes };
  return person?.leavers.find((leaver) => leaver.contactId === contactId);
}

/**
 * The order of an opt-out that is read off the CRM's field is that of the reading: booking it later must not outrank a Yes
 * that an agent sets in between (R1 b).
 */
export function orderOfReading(person: PersonCase | undefined, contactId: string | undefined): number | undefined {
  const field = fieldOf(person, contactId);
  return field?.consent === 'no' && field.lastNotYes > 0 ? field.lastNotYes : undefined;
}
