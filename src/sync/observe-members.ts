import type { Member } from '../core/member.ts';
import type { Tables } from '../db/store.ts';
import { moveObservedMembers } from './move-observed-members.ts';
import type { SyncParts } from './sync-parts.ts';

/**
 * Stores members as read or as a write answered them; whoever is read under another address than before has moved (M24).
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
  const moves = await tables.members.movedAmong(observed);
  await moveObservedMembers(tables, parts, moves);
  await tables.members.observe(runId, observed);
}
