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

type Change = 'nothing' | 'CRM' | 'provider' | 'CRM and provider';

const CHANGES: readonly Change[] = ['nothing', 'CRM', 'provider', 'CRM and provider'];

function changeOf({ consent, status }: Meeting, base: Pick<BaseState, 'consent' | 'status'>): Change {
  if (consent === base.consent) return status === base.status ? 'nothing' : 'provider';
  return status === base.status ? 'CRM' : 'CRM and provider';
}

/** A cell of the table R5, or of R6 with what has changed since both sides agreed. */
export function cellOf(meeting: Meeting): string {
  const { consent, status, base } = meeting;
  if (!base || base.isTakenOut) return `R5 ${consent} × ${status}`;
  return cellOfR6(consent, status, changeOf(meeting, base));
}

function cellOfR6(consent: Meeting['consent'], status: MemberStatus, change: Change): string {
  return `R6 ${consent} × ${status} (${change} changed)`;
}

/** Statuses that readings show. That an address is forgotten is known from a refusal alone, and stands beside the contact as such. */
const SHOWN = MEMBER_STATUSES.filter((status) => status !== 'forgotten');

/** Cells of R6 that nothing can lead to. */
const NEVER: ReadonlySet<string> = new Set([
  // Beside an opt-out a Yes is never agreed on: the field becomes No, or the member is subscribed, or the refusal is remembered.
  cellOfR6('yes', 'unsubscribed', 'nothing'),
  // Only whom Mailchimp does not know becomes a customer. A Yes is agreed on beside nobody only after a deletion for good, and
  // such an address Mailchimp takes from nobody but the person.
  cellOfR6('yes', 'known', 'provider'),
  cellOfR6('yes', 'known', 'nothing'),
]);

/** Every cell of R5 that can be met, and every pair of R6 with what may have changed. */
export const CELLS: readonly string[] = [
  ...[...CRM_CONSENTS, 'left out' as const, 'no contact' as const].flatMap((consent) =>
    SHOWN.map((status) => cellOf({ consent, status, base: undefined })),
  ),
  ...CRM_CONSENTS.flatMap((consent) =>
    SHOWN.flatMap((status) => CHANGES.map((change) => cellOfR6(consent, status, change))),
  ).filter((cell) => !NEVER.has(cell)),
];

const R6_ROWS = {
  'the CRM changed': (_: Meeting, change) => change === 'CRM',
  'the provider changed': (_: Meeting, change) => change === 'provider',
  'both changed, an opt-out wins': ({ consent, status }, change) =>
    change === 'CRM and provider' && (consent === 'no' || status === 'unsubscribed'),
  'both changed, and he is subscribed': ({ consent, status }, change) =>
    change === 'CRM and provider' && consent !== 'no' && status === 'subscribed',
  'both changed, the CRM wins': ({ consent, status }, change) =>
    change === 'CRM and provider' && consent !== 'no' && status !== 'unsubscribed' && status !== 'subscribed',
  'none, pending or undeliverable after yes': ({ consent, base }) =>
    base?.consent === 'yes' && SAYS_NOTHING.has(consent),
  'none, pending or undeliverable after no': ({ consent, base }) => base?.consent === 'no' && SAYS_NOTHING.has(consent),
  'cleaned is not raised': ({ consent, status }) => consent === 'yes' && status === 'cleaned',
  'an unconfirmed pending that disappears': ({ status, base }) =>
    base?.status === 'pending' && (status === 'absent' || status === 'archived'),
} as const satisfies Record<string, (meeting: Meeting, change: Change) => boolean>;

const SAYS_NOTHING: ReadonlySet<string> = new Set(['none', 'pending', 'undeliverable']);

/** The rows of the table R5, and the sentences of R6 that a meeting falls under. */
export function rowsOf(meeting: Meeting): string[] {
  const { consent, base } = meeting;
  if (!base || base.isTakenOut) return [`R5 ${consent}`];
  const change = changeOf(meeting, base);
  return Object.entries(R6_ROWS).flatMap(([row, holds]) => (holds(meeting, change) ? [`R6 ${row}`] : []));
}

/** Every row of R5 and sentence of R6 about two states; what R6 says of refusals shows in the reasons. */
export const ROWS: readonly string[] = [
  ...[...CRM_CONSENTS, 'left out', 'no contact'].map((consent) => `R5 ${consent}`),
  ...Object.keys(R6_ROWS).map((row) => `R6 ${row}`),
];
