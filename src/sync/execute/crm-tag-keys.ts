import { ProviderError } from '../../core/errors.ts';
import { type CrmTag, foldTag } from '../../core/tag.ts';
import type { SyncParts } from '../sync-parts.ts';

/**
 * Finds the CRM's keys for tag names and creates what is missing. A tag that the API user may not create is remembered and
 * reported; it then stays as it is on both sides (R11).
 *
 * @returns folded name → key; refused names are missing
 */
export async function crmTagKeys(parts: SyncParts, names: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { crm, store, clock } = parts;
  const facts = await store.tables.connection.crmFacts();
  const keys = new Map(facts.tags.map((tag) => [foldTag(tag.label), tag.key]));
  const created: CrmTag[] = [];
  const refused = new Set((await store.tables.refusedTags.all()).map((tag) => tag.folded));
  for (const name of new Map(names.map((name) => [foldTag(name), name])).values()) {
    const folded = foldTag(name);
    if (keys.has(folded) || refused.has(folded)) continue;
    try {
      const tag = await crm.createTag(name);
      keys.set(folded, tag.key);
      created.push(tag);
    } catch (error) {
      if (!(error instanceof ProviderError) || (error.kind !== 'forbidden' && error.kind !== 'rejected')) throw error;
      await store.transact(async (tables) => {
        await tables.refusedTags.save(name, folded);
        await tables.journal.write('journal.tag_refused', { tag: name }, clock.now(), true);
      });
    }
  }
  if (created.length > 0) {
    await store.transact((tables) => tables.connection.saveCrmFacts({ ...facts, tags: [...facts.tags, ...created] }));
  }
  return keys;
}
