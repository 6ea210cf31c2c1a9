import type { Operation } from '../../core/operation.ts';
import type { Tables } from '../../db/store.ts';

/** The operations of a kind. */
export type OperationOf<K extends Operation['kind']> = Extract<Operation, { kind: K }>;

/** An operation with the number of its plan row; the gate hands the number back with the answer. */
export type GateRow<K extends Operation['kind']> = { id: number; operation: OperationOf<K> };

/** What became of a row: what the outside system answered, or that the gate did not let it through (R1). */
export type GateResult<T> = { id: number; verdict: 'allowed'; answer: T } | { id: number; verdict: 'refused' };

/** Told in the transaction that records the gate's verdicts, right before the call: marks rows as sent (F5). */
export type OnIntent = (tables: Tables, ids: readonly number[]) => Promise<void>;

/** @returns what stands for a row that the gate did not let through */
export function refusedResult(row: { id: number }): { id: number; verdict: 'refused' } {
  return { id: row.id, verdict: 'refused' };
}

/**
 * Puts answers to the rows that were sent, in their order.
 *
 * @throws Error when an adapter answered fewer rows than it was handed
 */
export function pairAnswers<T>(
  rows: readonly { id: number }[],
  answers: readonly T[],
): { id: number; verdict: 'allowed'; answer: T }[] {
  return rows.map((row, index) => {
    const answer = answers[index];
    if (answer === undefined) throw new Error('an adapter answered fewer rows than it was handed');
    return { id: row.id, verdict: 'allowed', answer };
  });
}
