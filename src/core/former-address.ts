import type { MemberStatus } from './consent.ts';
import { decideLaterMeeting, type MeetingDecision } from './meeting.ts';
import type { Operation } from './operation.ts';
import type { PersonCase, SeenContact } from './person-case.ts';
import { isEligible, newestOptOut, yesMayBeWritten } from './person-consent.ts';
import type { PersonPlan } from './person-plan.ts';

const LEFT_OR_GONE: ReadonlySet<MemberStatus> = new Set(['archived', 'absent', 'known', 'forgotten']);
const MAY_GET_MAIL: ReadonlySet<MemberStatus> = new Set(['subscribed', 'pending', 'known']);

/**
 * What became of a contact's member under the address it had before counts at the new one too, where nobody is a member
 * (R7, M20): who was removed there is not put back by a change of address. `cleaned` and `pending` hand nothing down.
 *
 * @returns undefined when the new address is a first meeting
 */
export function decideFromFormer(person: PersonCase, { consent, former }: SeenContact): MeetingDecision | undefined {
  if (!former?.base || person.member !== undefined || !LEFT_OR_GONE.has(former.status)) return undefined;
  if (former.base.isTakenOut) return undefined;
  return decideLaterMeeting(consent, former.status, former.base, { hasProviderOptIn: false });
}

/** Completes the plan of an address with what changes of address leave behind (R7). */
export function withFormerAddresses(person: PersonCase, plan: PersonPlan): PersonPlan {
  const vanished = vanishedOptOut(person);
  if (vanished) {
    const toCrm = plan.operations.filter((operation) => operation.kind === 'write-consent' && operation.to === 'no');
    return { ...plan, operations: [...toCrm, vanished], agreed: undefined };
  }
  const handedDown = handedDownOptOut(person, plan.operations);
  // The link stays where it is until the new address has its record, and while the old one's history counts.
  if (handedDown) return { ...plan, operations: [...plan.operations, handedDown], agreed: undefined };
  const agreed = person.contacts.find(({ id }) => id === plan.agreed?.contactId);
  const needsHistory = agreed?.former?.status === 'archived' && agreed.consent !== 'yes';
  return needsHistory ? { ...plan, agreed: undefined } : plan;
}

/**
 * The new address of somebody who is unsubscribed under his old one gets a record of its own with the same opt-out.
 *
 * @param planned what is planned for the address besides; an opt-in of R1 answers the old record
 */
function handedDownOptOut(person: PersonCase, planned: readonly Operation[]): Operation | undefined {
  const { email, member, refusal, memberMovedTo } = person;
  const contact = person.contacts.find(
    ({ former }) => former?.status === 'unsubscribed' && former.email !== memberMovedTo?.email,
  );
  if (!contact?.former || member || refusal || !isEligible(contact)) return undefined;
  const isRaised = planned.some(({ kind }) => kind === 'add-member' || kind === 'raise-member');
  if (isRaised || planned.some(({ kind }) => kind === 'unsubscribe-member')) return undefined;
  const { id: contactId, former } = contact;
  return { kind: 'unsubscribe-member', email, contactId, from: 'absent', handedDownFrom: former.email };
}

/** An opt-out that vanished together with a change of address at the provider is no opt-in: it is set again. */
function vanishedOptOut(person: PersonCase): Operation | undefined {
  const { email, member, memberMovedFrom, leavers, contacts } = person;
  if (memberMovedFrom === undefined || !member || !MAY_GET_MAIL.has(member.status)) return undefined;
  if (newestOptOut(person) === 0 || yesMayBeWritten(person)) return undefined;
  const contactId = contacts.find(isEligible)?.id ?? leavers[0]?.contactId;
  return { kind: 'unsubscribe-member', email, contactId, from: member.status };
}

/**
 * What takes a subscribed member out whose contacts are all elsewhere or do not count: an opt-out when one of them says No
 * now, else the form that can be undone (M18).
 */
export function leaveOperation({ email, leavers }: PersonCase, contactId: string | undefined): Operation {
  const saidNo = leavers.find(({ consent, isEligible }) => isEligible && consent === 'no');
  return saidNo
    ? { kind: 'unsubscribe-member', email, contactId: saidNo.contactId, from: 'subscribed' }
    : { kind: 'remove-member', email, contactId };
}
