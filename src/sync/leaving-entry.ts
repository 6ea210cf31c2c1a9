import type { ConsentEntry } from '../db/consent-records.ts';

/** A leaving as it was told or found. */
export type Leaving = Pick<ConsentEntry, 'email' | 'contactId' | 'source' | 'evidence' | 'clearEvidence'> & {
  /** ISO 8601 in UTC; '' where nobody tells */
  at: string;
  /** what he was before; '': not known */
  from?: string;
  /** order of learning of the opt-out that it carries on; undefined: learned now */
  learnedOrder?: number | undefined;
};

/** What the record says of somebody who has left, the same wherever it was learned (R1, R14). */
export function leavingEntry(
  connectionId: string,
  { at, from = 'subscribed', learnedOrder, ...leaving }: Leaving,
): ConsentEntry {
  return {
    ...leaving,
    connectionId,
    effect: 'opt-out',
    learnedOrder,
    from,
    to: 'unsubscribed',
    verdict: 'allowed',
    happenedAt: at || undefined,
    wrote: '',
  };
}

/** The same of whom the provider's history or a reading right before a write shows to have left himself (R1). */
export function ownLeavingEntry(
  connectionId: string,
  leaving: Pick<Leaving, 'email' | 'contactId' | 'at'>,
): ConsentEntry {
  return leavingEntry(connectionId, { ...leaving, source: 'person', evidence: { history: 'person' } });
}
