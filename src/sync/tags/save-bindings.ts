import { foldTag } from '../../core/tag.ts';
import type { TagBinding } from '../../core/tag-binding.ts';
import type { Tables } from '../../db/store.ts';

/** Stores bindings; what is planned already follows the names that changed, and lets go of tags that are nobody's any more. */
export async function saveBindings(
  tables: Tables,
  before: readonly TagBinding[],
  after: readonly TagBinding[],
  now: number,
): Promise<void> {
  const known = new Map(before.map((binding) => [binding.slot, binding]));
  const changed = after.filter((binding) => JSON.stringify(binding) !== JSON.stringify(known.get(binding.slot)));
  await tables.tagBindings.save(changed, now);
  const names = changed.flatMap(({ slot, state, name }): { from: string; to: string | null }[] => {
    const last = known.get(slot);
    if (last?.state !== 'bound' || (state === 'bound' && last.name === name)) return [];
    return [{ from: last.name, to: state === 'bound' ? name : null }];
  });
  await tables.openPlans.renameTags(names);
  // What the CRM once refused to create is there now.
  for (const binding of changed) if (binding.state === 'bound') await tables.refusedTags.forget(foldTag(binding.name));
}
