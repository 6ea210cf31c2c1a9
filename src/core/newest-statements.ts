import type { ConsentLedger } from './consent-ledger.ts';

/** What the consent record holds of somebody's will. `happenedAt`: ms, null where nobody told it. */
export type Statement = {
  effect: 'opt-out' | 'opt-in';
  /** our order of learning */
  order: number;
  /** whether somebody else than the CRM's user, our rules or an operator is named as its source */
  isOfProvider: boolean;
  happenedAt: number | null;
  /** ms */
  learnedAt: number;
};

/** `leftAt`: before or at which a sign-up is no newer opt-in, in ms; 0: at no time. */
export type NewestStatements = { ledger: ConsentLedger; leftAt: number };

/**
 * The newest opt-out, and the newest opt-in that is newer than the opt-outs learned before it. Pure; R1.
 *
 * What was learned before an opt-out is answered by it. What is learned after it is no answer where it had happened before, by the times
 * that providers told; an opt-out without a time, as a reading shows it, had happened when it was learned. Where a time was told before
 * it, and no opt-in since, it is that same opt-out once more.
 *
 * @param statements of one person, in any order
 */
export function newestStatements(statements: readonly Statement[]): NewestStatements {
  let leftAt = 0;
  let isTold = false;
  let ledger: ConsentLedger = { optOut: undefined, optIn: undefined };
  for (const statement of statements.toSorted((one, other) => one.order - other.order)) {
    const { effect, order, happenedAt, learnedAt, isOfProvider } = statement;
    if (effect === 'opt-in') {
      const isOlder = isOfProvider && happenedAt !== null && happenedAt <= leftAt;
      if (isOlder) continue;
      ledger = { ...ledger, optIn: { order } };
      isTold = false;
      continue;
    }
    ledger = { ...ledger, optOut: { order } };
    if (!isOfProvider) continue;
    if (happenedAt !== null) {
      leftAt = Math.max(leftAt, happenedAt);
      isTold = true;
    } else if (!isTold) leftAt = Math.max(leftAt, learnedAt);
  }
  return { ledger, leftAt };
}
