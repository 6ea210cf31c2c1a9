import { FIRST_MEETING } from './meeting.ts';
import type { PersonCase } from './person-case.ts';
import { isEligible, newestOptOut } from './person-consent.ts';
import { representative } from './plan-person.ts';

/**
 * Whether a subscribed member who is read as unsubscribed now has left anew without anybody carrying it on: an earlier opt-out or an
 * opt-in is on record, for whose sake a later Yes would count, and the contacts say No, or both sides have agreed on him as unsubscribed
 * already. Pure; R1.
 *
 * @param person as known before that reading
 */
export function isLeftAnew(person: PersonCase): boolean {
  const { contacts, ledger, statusOrder = 0 } = person;
  const optOut = newestOptOut(person);
  const isOnRecord = optOut > 0 || ledger.optIn !== undefined;
  // Learned since he was last read: that is this leaving, told by an event, or the No for which he goes.
  if (!isOnRecord || optOut > statusOrder) return false;
  const eligible = contacts.filter(isEligible);
  const lead = representative(eligible);
  const base = lead?.base ?? eligible.find((contact) => contact.base)?.base;
  const isWritten = lead !== undefined && FIRST_MEETING[lead.consent].unsubscribed === 'crm-no';
  return !isWritten || base?.status === 'unsubscribed';
}
