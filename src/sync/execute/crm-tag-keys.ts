import { ProviderError } from '../../core/errors.ts';
import { type CrmTag, foldTag } from '../../core/tag.ts';
import type { SyncParts } from '../sync-parts.ts';
import { readTagBook } from '../tags/read-tag-book.ts';

/** The CRM's keys of a tag by the provider's name for it; the one to set comes first. */
export type KeysOfTag = (name: string) => readonly string[];

/**
 * Finds the CRM's keys of the provider's tags and creates those to be set that are missing. A tag that the API user may not
 * create is remembered and reported; it then stays as it is on both sides (R11).
 *
 * @param wanted names of the tags to be set
 */
export async function crmTagKeys(parts: SyncParts, wanted: readonly string[]): Promise<KeysOfTag> {
  const { crm, store, clock } = parts;
  const book = await readTagBook(parts);
  const created = new Map<string, CrmTag>();
  const refused = new Set((await store.tables.refusedTags.all()).map((tag) => tag.folded));
  for (const name of new Map(wanted.map((name) => [foldTag(name), name])).values()) {
    const folded = foldTag(name);
    if (book.keysOf(name).length > 0 || refused.has(folded)) continue;
    try {
      created.set(folded, await crm.createTag(name));
    } catch (error) {
      if (!(error instanceof ProviderError) || (error.kind !== 'forbidden' && error.kind !== 'rejected')) throw error;
      await store.transact(async (tables) => {
        await tables.refusedTags.save(name, folded);
        await tables.journal.write('journal.tag_refused', { tag: name }, clock.now(), true);
      });
    }
  }
  if (created.size > 0) {
    await store.transact(async (tables) => {
      const facts = await tables.connection.crmFacts();
      await tables.connection.saveCrmFacts({ ...facts, tags: [...facts.tags, ...created.values()] });
      // Its key and id are bound when the tags are compared again.
      await tables.connection.setTagsAligned(undefined);
    });
  }
  return (name) => {
    const made = created.get(foldTag(name));
    return made ? [made.key] : book.keysOf(name);
  };
}
