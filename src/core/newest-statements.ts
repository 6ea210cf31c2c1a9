import type { ConsentLedger } from './consent-ledger.ts';

/** What the consent record holds of somebody's will. `happenedAt`: ms, null where nobody told it. */
export type Statement = {
  effect: 'opt-out' | 'opt-in';
  /** our order of learning */
  order: number;
  connectionId: string;
  /** whether somebody else than the CRM's user, our rules or an operator is named as its source */
  isOfProvider: boolean;
  happenedAt: number | null;
  /** ms */
  learnedAt: number;
};

/** `leftAt`: before or at which a sign-up at the asking connection's provider is no newer opt-in, in ms; 0: at no time. */
export type NewestStatements = { ledger: ConsentLedger; leftAt: number };

/**
 * The newest opt-out, and the newest opt-in that is newer than the opt-outs learned before it. Pure; R1.
 *
 * Times of one provider are compared with each other, otherwise our order of learning. An opt-out without a time, as a reading
 * shows it, had happened when it was learned: a sign-up from before, told later, is not newer. Where a time was told before it, and no
 * opt-in since, it is that same opt-out once more.
 *
 * @param statements of one person, in any order
 * @param connectionId of the connection that asks
 */
export function newestStatements(statements: readonly Statement[], connectionId: string): NewestStatements {
  const toldAt = new Map<string, number>();
  let readAt = 0;
  let isTold = false;
  let ledger: ConsentLedger = { optOut: undefined, optIn: undefined };
  for (const statement of statements.toSorted((one, other) => one.order - other.order)) {
    const { effect, order, happenedAt, learnedAt, isOfProvider } = statement;
    const told = toldAt.get(statement.connectionId) ?? 0;
    if (effect === 'opt-in') {
      const isOlder = isOfProvider && happenedAt !== null && happenedAt <= Math.max(told, readAt);
      if (isOlder) continue;
      ledger = { ...ledger, optIn: { order } };
      isTold = false;
      continue;
    }
    ledger = { ...ledger, optOut: { order } };
    if (!isOfProvider) continue;
    if (happenedAt !== null) {
      toldAt.set(statement.connectionId, Math.max(told, happenedAt));
      isTold = true;
    } else if (!isTold) readAt = Math.max(readAt, learnedAt);
  }
  return { ledger, leftAt: Math.max(toldAt.get(connectionId) ?? 0, readAt) };
}
