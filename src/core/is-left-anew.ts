import { FIRST_MEETING } from './meeting.ts';
import type { PersonCase } from './person-case.ts';
import { isEligible, newestOptOut } from './person-consent.ts';
import { representative } from './plan-person.ts';

/**
 * Whether a member who is read as unsubscribed now, and was not, has left anew without anybody carrying it on: an earlier opt-out or an
 * opt-in is on record, for whose sake a later Yes would count, and the contacts say No, or both sides have agreed on him as unsubscribed
 * already. Pure; R1.
 *
 * @param person as known before that reading
 * @param isTold whether the provider has told of this very leaving
 */
export function isLeftAnew(person: PersonCase, isTold: boolean): boolean {
  const { contacts, ledger, member, statusOrder = 0 } = person;
  const optOut = newestOptOut(person);
  const isOnRecord = optOut > 0 || ledger.optIn !== undefined;
  // Learned since he was last read: that is this leaving, or the No for which he goes. Whoever is not in goes for no No.
  const mayGo = member?.status === 'subscribed' || member?.status === 'pending';
  if (!isOnRecord || (mayGo ? optOut > statusOrder : isTold)) return false;
  const eligible = contacts.filter(isEligible);
  const lead = representative(eligible);
  const base = lead?.base ?? eligible.find((contact) => contact.base)?.base;
  const isWritten = lead !== undefined && FIRST_MEETING[lead.consent].unsubscribed === 'crm-no';
  return !isWritten || base?.status === 'unsubscribed';
}
