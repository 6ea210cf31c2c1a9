import type { BaseState } from '../src/core/base-state.ts';
import { CRM_CONSENTS, type CrmConsent, MEMBER_STATUSES, type MemberStatus } from '../src/core/consent.ts';

/** What met, as the product's planner saw it; `base`: undefined at a first meeting. */
export type Meeting = {
  consent: CrmConsent | 'left out' | 'no contact';
  status: MemberStatus;
  base: (Pick<BaseState, 'consent' | 'status'> & { isTakenOut?: boolean }) | undefined;
};

declare global {
  /** told of every meeting, where the lab watches them */
  var onMeeting: ((meeting: Meeting) => void) | undefined;
}

/** A cell of the table R5, or of R6 with what has changed since both sides agreed. */
export function cellOf({ consent, status, base }: Meeting): string {
  if (!base || base.isTakenOut) return `R5 ${consent} × ${status}`;
  const changed = [consent !== base.consent ? 'CRM' : '', status !== base.status ? 'provider' : ''].filter(Boolean);
  return `R6 ${consent} × ${status} (${changed.join(' and ') || 'nothing'} changed)`;
}

/** Every cell of R5 that can be met, and every pair of R6. */
export const CELLS: readonly string[] = [
  ...[...CRM_CONSENTS, 'left out' as const, 'no contact' as const].flatMap((consent) =>
    MEMBER_STATUSES.map((status) => cellOf({ consent, status, base: undefined })),
  ),
  ...CRM_CONSENTS.flatMap((consent) =>
    MEMBER_STATUSES.flatMap((status) =>
      [false, true].flatMap((crmChanged) =>
        [false, true].map((providerChanged) =>
          cellOf({
            consent,
            status,
            base: {
              consent: crmChanged ? (consent === 'yes' ? 'no' : 'yes') : consent,
              status: providerChanged ? (status === 'absent' ? 'known' : 'absent') : status,
              isTakenOut: false,
            },
          }),
        ),
      ),
    ),
  ),
];
