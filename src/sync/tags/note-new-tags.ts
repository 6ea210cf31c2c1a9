import type { SyncParts } from '../sync-parts.ts';
import { readTagBook } from './read-tag-book.ts';

/**
 * Says that a call will make tags at the provider: until both sides are compared again they are bound to nothing, and nobody
 * is known to have them (R11).
 *
 * @param names names of the tags that the call sets
 */
export async function noteNewTags(parts: SyncParts, names: readonly string[]): Promise<void> {
  if (names.length === 0) return;
  const book = await readTagBook(parts);
  if (names.every((name) => book.idOf(name) !== undefined)) return;
  await parts.store.transact((tables) => tables.connection.setTagsAligned(undefined));
}
