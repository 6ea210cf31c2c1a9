import type { Clock } from '../../core/clock.ts';
import { UserError } from '../../core/errors.ts';
import { lowersConsent } from '../../core/operation.ts';
import type { DueMark } from '../../db/due-addresses.ts';
import type { HeldChange, HeldChoice } from '../../db/held-changes.ts';
import type { Store, Tables } from '../../db/store.ts';
import { CHUNK_SIZE } from '../sync-parts.ts';

/** What a person answers (R12). `put-back`: members that were removed in bulk at the provider come back (M21). */
export type HeldDecision = 'carry-out' | 'drop' | 'put-back';

/**
 * Answers what waits (R12, M21). Approved work is planned anew by the next round, so that whoever changed since is not
 * treated as he was; what is dropped stays undone until it would be another operation. The caller wakes both lanes.
 *
 * @param choice what the person saw: what was held later waits for an answer of its own
 * @returns how many operations were answered
 * @throws UserError 400 `input.invalid` for putting back what was not removed at the provider
 */
export async function decideHeld(
  { store, clock }: { store: Store; clock: Clock },
  choice: HeldChoice,
  decision: HeldDecision,
): Promise<number> {
  if (decision === 'put-back' && choice.question !== 'removed-in-bulk') {
    throw new UserError({ code: 'input.invalid', field: 'decision', params: { field: 'decision' } });
  }
  let count = 0;
  for (;;) {
    const held = await store.tables.held.asked(choice, 0, CHUNK_SIZE);
    if (held.length === 0) break;
    await store.transact((tables) => answer(tables, held, decision, clock.now()));
    count += held.length;
  }
  if (count > 0) {
    const { kind, question } = choice;
    await store.tables.journal.write('journal.held_decided', { count, kind, question, decision }, clock.now());
  }
  return count;
}

async function answer(tables: Tables, held: readonly HeldChange[], decision: HeldDecision, now: number): Promise<void> {
  const ids = held.map(({ id }) => id);
  const emails = held.map(({ emailKey }) => emailKey);
  switch (decision) {
    case 'drop':
      await tables.held.setState(ids, 'dropped');
      // Whoever stays is counted anew.
      await tables.due.mark(held.map(toMark), now);
      return;
    case 'put-back':
      await tables.held.release(ids);
      await tables.links.forget(emails);
      break;
    case 'carry-out': {
      const isTakenOutInstead = ({ kind }: HeldChange) => kind === 'unsubscribe-member';
      await tables.held.setState(
        held.filter(isTakenOutInstead).map(({ id }) => id),
        'approved',
      );
      await tables.held.release(held.filter((one) => !isTakenOutInstead(one)).map(({ id }) => id));
    }
  }
  await tables.due.mark(
    held.map((one) => ({
      ...toMark(one),
      isUrgent: decision === 'carry-out' && lowersConsent(one.operation),
      isApproved: true,
    })),
    now,
  );
}

function toMark({ emailKey }: HeldChange): DueMark {
  return { emailKey, cause: 'decision' };
}
