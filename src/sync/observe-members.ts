import type { AddressMove } from '../core/address-move.ts';
import type { Member } from '../core/member.ts';
import type { Tables } from '../db/store.ts';
import { bookVanishedOptOuts } from './book-vanished-opt-outs.ts';
import { type HiddenOptOuts, hiddenOptOuts } from './hidden-opt-outs.ts';
import { moveObservedMembers } from './move-observed-members.ts';
import { CHUNK_SIZE, type SyncParts } from './sync-parts.ts';
import { bookUnseenLeavings, unseenLeavings } from './unseen-leavings.ts';

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
  hidden: HiddenOptOuts = new Map(),
): Promise<void> {
  if (observed.length === 0) return;
  await moveObservedMembers(tables, parts, await tables.members.movedAmong(observed), hidden);
  await bookVanishedOptOuts(
    tables,
    parts,
    observed.filter(({ status }) => status !== 'unsubscribed').map(({ email }) => email),
  );
  await tables.members.observe(runId, observed);
}

/**
 * Stores what a listing delivered, in transactions of a bounded size.
 *
 * @returns whose address the provider changed
 */
export async function storeListed(
  parts: SyncParts,
  runId: string,
  members: readonly Member[],
): Promise<readonly AddressMove[]> {
  const { store } = parts;
  const found: AddressMove[] = [];
  for (let start = 0; start < members.length; start += CHUNK_SIZE) {
    const chunk = members.slice(start, start + CHUNK_SIZE);
    const moves = await store.tables.members.movedAmong(chunk);
    const hidden = await hiddenOptOuts(parts, moves);
    const unseen = await unseenLeavings(parts, chunk);
    await store.transact(async (tables) => {
      await bookUnseenLeavings(tables, parts, unseen);
      await observeMembers(tables, parts, runId, chunk, hidden);
    });
    found.push(...moves);
  }
  return found;
}
