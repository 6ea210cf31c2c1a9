import type { PersonCase } from '../../core/person-case.ts';
import { mayBeRaisedFor, personMayBeRaised } from '../../core/person-consent.ts';
import type { OperationOf } from './gate-rows.ts';

/** Whether the record lets the person be raised for the operation's contact (R1). */
export function raiseIsAllowed(
  person: PersonCase | undefined,
  operation: OperationOf<'add-member'> | OperationOf<'raise-member'> | OperationOf<'move-member'>,
): boolean {
  return person !== undefined && mayBeRaisedFor(person, operation.contactId);
}

/** As a raise, and the record still holds a subscribed member under the old address. */
export function moveIsAllowed(person: PersonCase | undefined, operation: OperationOf<'move-member'>): boolean {
  return person?.cameFrom?.email === operation.from && raiseIsAllowed(person, operation);
}

/** Whether a raise that was let through may stand: nothing booked since forbids it (R4). */
export function someContactMayBeRaised(person: PersonCase): boolean {
  return person.contacts.some((contact) => contact.consent === 'yes') && personMayBeRaised(person);
}
