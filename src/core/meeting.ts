import { type BaseState, lastSaid } from './base-state.ts';
import type { CrmConsent, MemberStatus } from './consent.ts';

/** What a meeting of a CRM consent and a member status leads to, before R1 is asked. */
export type MeetingDecision =
  | 'nothing'
  /** both say active: fields and tags only */
  | 'update'
  | 'subscribe'
  | 'unsubscribe'
  /** take out of the audience without recording an opt-out */
  | 'remove'
  | 'crm-yes'
  | 'crm-no'
  | 'crm-none'
  | 'crm-undeliverable'
  /** raised at the provider by somebody who is no opt-in: listed and asked (R1) */
  | 'resubscribed-elsewhere';

type Row = Readonly<Record<MemberStatus, MeetingDecision>>;

const NOTHING: Row = {
  subscribed: 'nothing',
  unsubscribed: 'nothing',
  cleaned: 'nothing',
  pending: 'nothing',
  archived: 'nothing',
  known: 'nothing',
  absent: 'nothing',
  forgotten: 'nothing',
};

/** R5 to the letter: the first meeting of a contact's consent and a member's status. */
export const FIRST_MEETING: Readonly<Record<CrmConsent, Row>> = {
  yes: {
    subscribed: 'update',
    unsubscribed: 'crm-no',
    cleaned: 'crm-undeliverable',
    pending: 'nothing',
    archived: 'subscribe',
    known: 'subscribe',
    absent: 'subscribe',
    forgotten: 'nothing',
  },
  no: { ...NOTHING, subscribed: 'unsubscribe', pending: 'unsubscribe' },
  none: { ...NOTHING, subscribed: 'crm-yes', unsubscribed: 'crm-no' },
  pending: { ...NOTHING, unsubscribed: 'crm-no' },
  undeliverable: { ...NOTHING, unsubscribed: 'crm-no' },
  unknown: NOTHING,
};

/** What a later meeting has to know besides the two states. */
export type MeetingEvidence = {
  /** the provider's own opt-in time and IP are newer than every booked opt-out (R1 a) */
  hasProviderOptIn: boolean;
};

/**
 * R6: a later meeting, the base state being known. The side that changed wins; if both changed, an opt-out wins, then an
 * opt-in of R1 (a), else the CRM.
 */
export function decideLaterMeeting(
  consent: CrmConsent,
  status: MemberStatus,
  base: Pick<BaseState, 'consent' | 'saidBefore' | 'status'>,
  evidence: MeetingEvidence,
): MeetingDecision {
  const crmChanged = consent !== base.consent;
  const providerChanged = status !== base.status;
  if (providerChanged && status === 'unsubscribed') return FIRST_MEETING[consent].unsubscribed;
  if (crmChanged && consent === 'no') return FIRST_MEETING.no[status];
  if (providerChanged && status === 'subscribed') return decideRaisedMember(consent, base, crmChanged, evidence);
  if (crmChanged) return decideChangedContact(consent, status, base);
  if (providerChanged) return decideChangedMember(consent, status, base);
  return decideUnchanged(consent, status);
}

function decideRaisedMember(
  consent: CrmConsent,
  base: Pick<BaseState, 'consent' | 'saidBefore'>,
  crmChanged: boolean,
  evidence: MeetingEvidence,
): MeetingDecision {
  if (consent === 'yes') return 'update';
  if (consent === 'unknown') return 'nothing';
  if (evidence.hasProviderOptIn) return 'crm-yes';
  // After a No the opt-out stays booked, whatever the field says now (R6).
  if (consent === 'no' || (consent === 'none' && lastSaid(base) === 'no')) return 'resubscribed-elsewhere';
  if (crmChanged && lastSaid(base) === 'yes') return 'remove';
  return consent === 'none' ? 'crm-yes' : 'nothing';
}

function decideChangedContact(
  consent: CrmConsent,
  status: MemberStatus,
  base: Pick<BaseState, 'consent' | 'saidBefore'>,
): MeetingDecision {
  if (consent === 'yes') {
    switch (status) {
      case 'cleaned':
        // We never raise a dead address again (R6); writing "undeliverable" back would fight the agent.
        return 'nothing';
      case 'unsubscribed':
        // The opt-out was known when the field was not Yes: whether this Yes is a newer opt-in, R1 decides.
        return 'subscribe';
      default:
        return FIRST_MEETING.yes[status];
    }
  }
  if (consent === 'unknown') return 'nothing';
  if (lastSaid(base) === 'yes') return status === 'subscribed' ? 'remove' : 'nothing';
  return 'nothing';
}

function decideChangedMember(
  consent: CrmConsent,
  status: MemberStatus,
  base: Pick<BaseState, 'status'>,
): MeetingDecision {
  if (consent !== 'yes') return 'nothing';
  switch (status) {
    case 'cleaned':
      return 'crm-undeliverable';
    case 'archived':
    case 'absent':
    case 'known':
      // A confirmation that never came leaves nothing behind (R6); M20 is about members that were there.
      return base.status === 'subscribed' ? 'crm-none' : 'nothing';
    default:
      return 'nothing';
  }
}

function decideUnchanged(consent: CrmConsent, status: MemberStatus): MeetingDecision {
  if (consent === 'yes') {
    // A base of Yes beside a member that is gone was kept because the removal could not be written (M20): not put back.
    return status === 'subscribed' || status === 'unsubscribed' ? FIRST_MEETING.yes[status] : 'nothing';
  }
  // A pending member beside a No is a sign-up that waits for its confirmation: once agreed on, it stays (R13).
  return consent === 'no' && status === 'subscribed' ? 'unsubscribe' : 'nothing';
}
