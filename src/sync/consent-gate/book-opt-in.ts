import type { PersonCase, SeenContact } from '../../core/person-case.ts';
import type { Tables } from '../../db/store.ts';
import { leavingEntry } from '../leaving-entry.ts';

/** An opt-in as an operator entered it (R1 c). */
export type EnteredOptIn = {
  /** who gave it */
  person: string;
  /** when he gave it, ISO 8601 in UTC */
  givenAt: string;
  /** how: in the operator's words */
  how: string;
  /** name of the operator */
  operator: string;
};

/** The opt-out that the provider tells and that nobody has booked since the newest opt-in, if there is one. */
export function unbookedLeave({ member, ledger }: PersonCase): { atLatest: string } | undefined {
  const isBooked = ledger.optOut !== undefined && ledger.optOut.order >= (ledger.optIn?.order ?? 0);
  return member?.status === 'unsubscribed' && !isBooked ? { atLatest: member.changedAt } : undefined;
}

/**
 * Books an opt-in of R1 (c). An opt-out that stands at the provider unbooked is booked before it, so that the opt-in is known
 * to be the newer one.
 */
export async function bookOptIn(
  tables: Tables,
  who: { connectionId: string; person: PersonCase; contact: SeenContact },
  entered: EnteredOptIn,
  now: number,
): Promise<void> {
  const { connectionId, person, contact } = who;
  // Two calls: entries of one are learned at the same time, and a tie is an opt-out.
  if (unbookedLeave(person)) {
    await tables.consent.append(
      [
        leavingEntry(connectionId, {
          email: person.email,
          contactId: contact.id,
          at: '',
          from: '',
          source: 'provider',
          evidence: { found: 'unsubscribed' },
        }),
      ],
      now,
    );
  }
  await tables.consent.append(
    [
      {
        connectionId,
        contactId: contact.id,
        email: person.email,
        effect: 'opt-in',
        learnedOrder: undefined,
        from: contact.consent,
        to: 'yes',
        source: 'operator',
        verdict: 'allowed',
        happenedAt: entered.givenAt,
        evidence: { operator: entered.operator },
        clearEvidence: { person: entered.person, how: entered.how },
        wrote: '',
      },
    ],
    now,
  );
}
