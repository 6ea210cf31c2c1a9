import { type ConsentLedger, mayRaise } from './consent-ledger.ts';
import type { Operation } from './operation.ts';
import type { PersonCase, SeenContact } from './person-case.ts';

/** Whether the rules treat a contact at all: readable, neither private nor archived (M17, M18). */
export function isEligible(contact: SeenContact): boolean {
  return contact.isReadable && !contact.isPrivate && !contact.isArchived;
}

/** The greatest order of a No that was seen to be set: it counts for the address, whatever became of its contact (R1, R8). */
export function lastSetToNo(person: PersonCase): number {
  return Math.max(0, ...person.contacts.map((contact) => contact.history.lastSetToNo));
}

/** The order of the newest opt-out: booked, or seen in the CRM's field; 0: none. */
export function newestOptOut(person: PersonCase): number {
  return Math.max(person.ledger.optOut?.order ?? 0, lastSetToNo(person));
}

/**
 * What is booked, and the subscribed member's own opt-in evidence as an opt-in of R1 (a): that of the member here, or of the
 * one that a contact brings along or has to follow (R7).
 */
export function ledgerOf(person: PersonCase): ConsentLedger {
  const { ledger, member, memberMovedTo, cameFrom } = person;
  const elsewhere = memberMovedTo?.status === 'subscribed' ? memberMovedTo.optInOrder : cameFrom?.providerOptInOrder;
  const order = member?.status === 'subscribed' ? person.providerOptInOrder : member ? undefined : elsewhere;
  if (order === undefined || order <= person.wentBackOrder) return ledger;
  return { ...ledger, optIn: { order: Math.max(ledger.optIn?.order ?? 0, order) } };
}

/**
 * Whether an opt-out at the address that a contact had before goes with him (R7): the member there has unsubscribed, and
 * nobody has booked it yet.
 */
function isOptedOutElsewhere(person: PersonCase): boolean {
  const isUnbooked = newestOptOut(person) === 0;
  // The provider moved him, and he left under the new address.
  if (person.memberMovedTo?.status === 'unsubscribed' && isUnbooked) return true;
  return person.contacts.some(
    ({ former }) => former?.status === 'unsubscribed' && (former.base?.status !== 'unsubscribed' || isUnbooked),
  );
}

/**
 * Whether the tenant's other provider shows an opt-out that is on nobody's record, because there was nothing to write for it
 * there (R15). Its own connection would answer it with No in the CRM: this one must not be faster.
 */
function hasLeftAnotherConnection(person: PersonCase): boolean {
  return person.hasLeftElsewhere && newestOptOut(person) === 0 && ledgerOf(person).optIn === undefined;
}

/** Whether the Yes of an address's contacts may raise the person (R1); asked by the planner and again by the gate (R2). */
export function personMayBeRaised(person: PersonCase): boolean {
  // No Yes of before answers it.
  if (isOptedOutElsewhere(person) || hasLeftAnotherConnection(person)) return false;
  return mayRaise(ledgerOf(person), { lastNotYes: lastNotYes(person), lastSetToNo: lastSetToNo(person) });
}

/**
 * Whether a person who is active on both sides stays so: by what was known before the data went back, too (F9). He is not
 * raised, and whoever left since then is not active on both.
 */
export function personMayStay(person: PersonCase): boolean {
  return personMayBeRaised({ ...person, wentBackOrder: 0 });
}

/** Whether an opt-in was learned since the data went back (F9); where they never did, all that is on record counts. */
export function hasOptInSinceGoingBack(person: PersonCase): boolean {
  const newest = Math.max(ledgerOf(person).optIn?.order ?? 0, lastNotYes(person));
  return person.wentBackOrder === 0 || newest > person.wentBackOrder;
}

/** When a field that says Yes now was last read as not Yes (R1 b); a reading from before the data went back is none (F9). */
function lastNotYes({ contacts, wentBackOrder }: PersonCase): number {
  const withYes = contacts.filter((contact) => isEligible(contact) && contact.consent === 'yes');
  const newest = Math.max(0, ...withYes.map((contact) => contact.history.lastNotYes));
  return newest > wentBackOrder ? newest : 0;
}

/** Whether an opt-in of R1 is newer than the last change of the member that was read. */
export function isChangeAnswered(person: PersonCase): boolean {
  return Math.max(ledgerOf(person).optIn?.order ?? 0, lastNotYes(person)) > (person.statusOrder ?? 0);
}

/** R1 for a raise that rests on the Yes of one contact. */
export function mayBeRaisedFor(person: PersonCase, contactId: string): boolean {
  const contact = person.contacts.find(({ id }) => id === contactId);
  return contact?.consent === 'yes' && isEligible(contact) && personMayBeRaised(person);
}

/**
 * What has to be done about a raise that waits in the provider's queue, now that more is known (R4): nothing while it may
 * stand; an opt-out is written; else whoever has come in by then leaves again (M18).
 *
 * @param contactId the contact on whose Yes the raise rests
 */
export function answerToQueuedRaise(person: PersonCase, contactId: string): Operation | undefined {
  if (mayBeRaisedFor(person, contactId)) return undefined;
  const { email, contacts, member } = person;
  const saysNo = contacts.some((contact) => isEligible(contact) && contact.consent === 'no');
  const said = contacts.find(({ id }) => id === contactId)?.id;
  return saysNo || !personMayBeRaised(person)
    ? { kind: 'unsubscribe-member', email, contactId: said, from: member?.status ?? 'absent' }
    : { kind: 'remove-member', email, contactId: said };
}

/**
 * The order of an opt-out that is no older than what we know of the member's being subscribed, and that no opt-in of R1 (a) or (c)
 * answers: he has left since, wherever that was (R1, R15). Where the order cannot be told, he has.
 *
 * @returns undefined: he has not
 */
export function leftSinceSubscribed(person: PersonCase): number | undefined {
  const { member, statusOrder = 0, leftElsewhereOrder } = person;
  const { optIn } = ledgerOf(person);
  const booked = newestOptOut(person);
  // Beside an opt-in nobody can tell a leaving that was only read from any other change of whoever had left before it, and beside an
  // opt-out that is booked not from our own carrying it there.
  const unbooked = optIn || booked > 0 ? undefined : leftElsewhereOrder;
  if (member?.status !== 'subscribed' || (booked === 0 && unbooked === undefined)) return undefined;
  const left = Math.max(booked, unbooked ?? 0);
  return left >= statusOrder && (optIn?.order ?? 0) <= left ? left : undefined;
}

/**
 * Whether somebody has left here, and the CRM's field does not tell it to the tenant's other connections, as it does elsewhere (R15):
 * it has a value that nobody writes over, the CRM does not take No, or has refused it.
 *
 * @param person as he is when everything that was planned for him has been carried out
 */
export function isLeavingUntold(person: PersonCase): boolean {
  if (person.member?.status !== 'unsubscribed' || person.isOutOverFlags) return false;
  const says = new Set(person.contacts.filter(isEligible).map(({ consent }) => consent));
  return says.size > 0 && !says.has('no') && !(says.has('yes') && personMayBeRaised(person));
}

/**
 * Whether an opt-in of R1 (a) or (c) is newer than every opt-out, and was learned since the data went back (F9); one of (b) is
 * not enough for what asks this.
 */
export function hasNewerOptIn(person: PersonCase): boolean {
  const { optIn } = ledgerOf(person);
  return optIn !== undefined && optIn.order > Math.max(newestOptOut(person), person.wentBackOrder);
}

/**
 * Whether a booked opt-out that the provider shows is answered by an opt-in of R1 (a) or (c), newer also than what was last learned of
 * the member: then it is nothing new to whoever meets him for the first time (R5).
 */
export function isLeavingAnswered(person: PersonCase): boolean {
  const { member, statusOrder = Infinity } = person;
  const isBooked = member?.status === 'unsubscribed' && newestOptOut(person) > 0;
  return isBooked && hasNewerOptIn(person) && (ledgerOf(person).optIn?.order ?? 0) > statusOrder;
}

/** Whether Yes may be written into the CRM for the address: no opt-out, or an opt-in of R1 (a) or (c) newer than it. */
export function yesMayBeWritten(person: PersonCase): boolean {
  return hasNewerOptIn(person) || (newestOptOut(person) === 0 && !hasLeftAnotherConnection(person));
}
