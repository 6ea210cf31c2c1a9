import type { AddressMove } from '../core/address-move.ts';
import type { Member } from '../core/member.ts';
import { completeReading, storeReading } from './read-members-singly.ts';
import { CHUNK_SIZE, type SyncParts } from './sync-parts.ts';

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
  const found: AddressMove[] = [];
  for (let start = 0; start < members.length; start += CHUNK_SIZE) {
    const chunk = members.slice(start, start + CHUNK_SIZE);
    const reading = await completeReading(parts, new Map(chunk.map((member) => [member.email, member])));
    await parts.store.transact((tables) => storeReading(tables, parts, runId, reading));
    found.push(...reading.moved);
  }
  return found;
}
