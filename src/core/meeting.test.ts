import { expect, test } from 'vitest';
import type { BaseState } from './base-state.ts';
import { CRM_CONSENTS, type CrmConsent, MEMBER_STATUSES, type MemberStatus } from './consent.ts';
import { decideLaterMeeting, type MeetingDecision } from './meeting.ts';

type Meeting = {
  consent: CrmConsent;
  status: MemberStatus;
  base: Pick<BaseState, 'consent' | 'status' | 'saidBefore'>;
  hasProviderOptIn: boolean;
};

/** What the field said when both sides agreed: a value of the customer's own may stand behind a Yes or a No. */
const SAID: readonly Pick<BaseState, 'consent' | 'saidBefore'>[] = [
  ...CRM_CONSENTS.map((consent) => ({ consent })),
  { consent: 'unknown', saidBefore: 'yes' },
  { consent: 'unknown', saidBefore: 'no' },
];

/** Every later meeting there is. */
const MEETINGS: readonly Meeting[] = CRM_CONSENTS.flatMap((consent) =>
  MEMBER_STATUSES.flatMap((status) =>
    SAID.flatMap((said) =>
      MEMBER_STATUSES.flatMap((statusBefore) =>
        [true, false].map((hasProviderOptIn) => ({
          consent,
          status,
          base: { ...said, status: statusBefore },
          hasProviderOptIn,
        })),
      ),
    ),
  ),
);

const decide = ({ consent, status, base, hasProviderOptIn }: Meeting) =>
  decideLaterMeeting(consent, status, base, { hasProviderOptIn });

/** Checks one rule over all the meetings it is about; a rule about none would prove nothing. */
function every(
  isMeant: (meeting: Meeting) => boolean,
  expected: MeetingDecision | ((meeting: Meeting) => MeetingDecision[]),
) {
  const meant = MEETINGS.filter(isMeant);
  expect(meant.length).toBeGreaterThan(0);
  for (const meeting of meant) {
    const allowed = typeof expected === 'string' ? [expected] : expected(meeting);
    expect(allowed, JSON.stringify(meeting)).toContain(decide(meeting));
  }
}

const crmChanged = (meeting: Meeting) => meeting.consent !== meeting.base.consent;
const providerChanged = (meeting: Meeting) => meeting.status !== meeting.base.status;
const hadSaid = (said: 'yes' | 'no', { base }: Meeting) => base.consent === said || base.saidBefore === said;
const isOneOf = <T>(value: T, ...values: readonly T[]) => values.includes(value);

test('R6: an opt-out at the provider wins, whatever the CRM changed to', () => {
  every(
    (meeting) => meeting.status === 'unsubscribed' && providerChanged(meeting),
    ({ consent }) => (isOneOf<CrmConsent>(consent, 'no', 'unknown') ? ['nothing'] : ['crm-no']),
  );
});

test('R6: an opt-out in the CRM wins, whatever the provider changed to', () => {
  every(
    (meeting) => meeting.consent === 'no' && crmChanged(meeting),
    ({ status }) => (isOneOf<MemberStatus>(status, 'subscribed', 'pending') ? ['unsubscribe'] : ['nothing']),
  );
});

test('R6: nobody is raised from cleaned', () => {
  every(
    (meeting) => meeting.status === 'cleaned',
    ({ consent }) => (consent === 'yes' ? ['nothing', 'crm-undeliverable'] : ['nothing']),
  );
});

test('R6: not specified, pending or undeliverable after Yes takes the member out without an opt-out', () => {
  const isTakenBack = (meeting: Meeting) =>
    hadSaid('yes', meeting) && isOneOf<CrmConsent>(meeting.consent, 'none', 'pending', 'undeliverable');
  every((meeting) => isTakenBack(meeting) && meeting.status === 'subscribed' && !providerChanged(meeting), 'remove');
  every(
    (meeting) => isTakenBack(meeting) && meeting.status === 'subscribed' && providerChanged(meeting),
    ({ hasProviderOptIn }) => [hasProviderOptIn ? 'crm-yes' : 'remove'],
  );
  every(
    (meeting) => isTakenBack(meeting) && !isOneOf<MemberStatus>(meeting.status, 'subscribed', 'unsubscribed'),
    'nothing',
  );
});

test('R6: not specified, pending or undeliverable after No changes nothing at the provider and raises nobody', () => {
  const isAfterNo = (meeting: Meeting) =>
    hadSaid('no', meeting) && isOneOf<CrmConsent>(meeting.consent, 'none', 'pending', 'undeliverable');
  every((meeting) => isAfterNo(meeting) && !providerChanged(meeting), 'nothing');
  every(
    (meeting) =>
      isAfterNo(meeting) && meeting.status === 'subscribed' && !meeting.hasProviderOptIn && providerChanged(meeting),
    () => ['nothing', 'resubscribed-elsewhere'],
  );
});

test('R13: what both sides agreed on plans nothing again', () => {
  every(
    (meeting) => !crmChanged(meeting) && !providerChanged(meeting),
    ({ consent, status }) => {
      if (consent === 'yes' && status === 'subscribed') return ['update'];
      // Never agreed on: were they, the opt-out would have to win.
      if (consent === 'yes' && status === 'unsubscribed') return ['crm-no'];
      if (consent === 'no' && status === 'subscribed') return ['unsubscribe'];
      return ['nothing'];
    },
  );
});

test('M20: archived, deleted or taken off the list turns Yes into not specified', () => {
  const isGone = ({ status }: Meeting) => isOneOf<MemberStatus>(status, 'archived', 'absent', 'known');
  every(
    (meeting) =>
      meeting.consent === 'yes' && !crmChanged(meeting) && meeting.base.status === 'subscribed' && isGone(meeting),
    'crm-none',
  );
  every((meeting) => meeting.consent !== 'yes' && isGone(meeting), 'nothing');
});

test('M20: only Yes ever becomes not specified', () => {
  every(
    (meeting) => decide(meeting) === 'crm-none',
    (meeting) => (meeting.consent === 'yes' ? ['crm-none'] : []),
  );
});

test('R6: an unconfirmed pending that disappears changes nothing', () => {
  every(
    ({ consent, status, base }) =>
      consent === base.consent &&
      base.status === 'pending' &&
      isOneOf<MemberStatus>(status, 'absent', 'archived', 'known'),
    'nothing',
  );
});

test('R1: a raise without an opt-in of the person is not carried on to a contact that says No', () => {
  const isRaised = (meeting: Meeting) =>
    meeting.consent === 'no' && !crmChanged(meeting) && meeting.status === 'subscribed' && providerChanged(meeting);
  every((meeting) => isRaised(meeting) && !meeting.hasProviderOptIn, 'resubscribed-elsewhere');
  every((meeting) => isRaised(meeting) && meeting.hasProviderOptIn, 'crm-yes');
});

test('M19: a subscription by the person becomes Yes, unless the CRM opted out meanwhile', () => {
  every(
    (meeting) => meeting.hasProviderOptIn && meeting.status === 'subscribed' && providerChanged(meeting),
    (meeting) => {
      if (meeting.consent === 'yes') return ['update'];
      if (meeting.consent === 'unknown') return ['nothing'];
      return meeting.consent === 'no' && crmChanged(meeting) ? ['unsubscribe'] : ['crm-yes'];
    },
  );
});

test('M15: a contact that turns to Yes is subscribed, as far as the provider lets him', () => {
  every(
    (meeting) => meeting.consent === 'yes' && crmChanged(meeting) && !providerChanged(meeting),
    ({ status }) => {
      if (status === 'subscribed') return ['update'];
      return isOneOf<MemberStatus>(status, 'cleaned', 'pending', 'forgotten') ? ['nothing'] : ['subscribe'];
    },
  );
});

test('R10: a value that we do not know is never overwritten and moves nobody', () => {
  every((meeting) => meeting.consent === 'unknown', 'nothing');
});
