import type { Clock } from '../../core/clock.ts';
import { TRYABLE_REASONS, type TryableReason } from '../../core/reason.ts';
import type { Store } from '../../db/store.ts';
import { CHUNK_SIZE } from '../sync-parts.ts';

/**
 * Has contacts tried again although nothing has changed at them (U5): the provider's refusals are forgotten as far as they are not
 * its last word (R6), and the addresses are made due. What follows is planned and braked as ever. The caller wakes the lane.
 *
 * @param choice one contact, those of one reason, or all that may be tried again
 * @returns how many contacts
 */
export async function tryAgain(
  { store, clock }: { store: Store; clock: Clock },
  choice: { reason: TryableReason | undefined; contactId: string | undefined },
): Promise<number> {
  const reasons = choice.reason === undefined ? TRYABLE_REASONS : [choice.reason];
  let count = 0;
  for (let after = ''; ; ) {
    const page = await store.tables.contactReasons.addressesOf({
      reasons,
      contactId: choice.contactId,
      after,
      limit: CHUNK_SIZE,
    });
    const last = page.at(-1);
    if (!last) break;
    await store.transact(async (tables) => {
      await tables.refusals.forgetFor(
        page.map(({ emailKey }) => emailKey),
        reasons,
      );
      await tables.due.mark(
        page.map(({ emailKey }) => ({ emailKey, cause: 'decision' })),
        clock.now(),
      );
    });
    count += page.length;
    after = last.sortKey;
  }
  if (count > 0) await store.tables.journal.write('journal.tried_again', { count }, clock.now());
  return count;
}
