import type { Member } from '../core/member.ts';
import type { Tables } from '../db/store.ts';
import { bookNewLeavings } from './book-new-leavings.ts';
import { bookVanishedOptOuts } from './book-vanished-opt-outs.ts';
import type { SyncParts } from './sync-parts.ts';

/**
 * Stores members as read or as a write answered them. Who has another address than before has moved by then.
 *
 * @param tables of the transaction in which it is stored
 */
export async function observeMembers(
  tables: Tables,
  parts: Pick<SyncParts, 'connection' | 'clock'>,
  runId: string,
  observed: readonly Member[],
): Promise<void> {
  if (observed.length === 0) return;
  await bookVanishedOptOuts(
    tables,
    parts,
    observed.filter(({ status }) => status !== 'unsubscribed').map(({ email }) => email),
  );
  await bookNewLeavings(tables, parts, observed);
  await tables.members.observe(runId, observed);
}
