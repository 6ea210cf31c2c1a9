import { ProviderError } from '../../core/errors.ts';
import type { TagBinding } from '../../core/tag-binding.ts';
import type { SyncParts } from '../sync-parts.ts';

/**
 * Does what a person said about tags that were deleted on one side (R11). The comparison that follows finds the tag on both
 * sides again or on neither; may be repeated.
 */
export async function carryOutTagAnswers(parts: SyncParts): Promise<void> {
  const { store, clock } = parts;
  for (const binding of await store.tables.tagBindings.all()) {
    if (binding.state !== 'apart' || binding.answer === undefined || binding.answer === 'keep') continue;
    try {
      await (binding.answer === 'delete' ? deleteThereToo(parts, binding) : createAgain(parts, binding));
    } catch (error) {
      if (!(error instanceof ProviderError) || (error.kind !== 'forbidden' && error.kind !== 'rejected')) throw error;
      await store.transact(async (tables) => {
        await tables.tagBindings.askAgain(binding.slot);
        await tables.journal.write('journal.tag_answer_refused', { tag: binding.name }, clock.now(), true);
      });
    }
  }
}

async function deleteThereToo({ crm, provider, connection }: SyncParts, binding: TagBinding): Promise<void> {
  if (binding.crmKey !== undefined) await crm.deleteTag(binding.crmKey);
  if (binding.providerId !== undefined) await provider.deleteTag(connection.audienceId, binding.providerId);
}

async function createAgain({ crm, provider, connection }: SyncParts, binding: TagBinding): Promise<void> {
  if (binding.crmKey === undefined) await crm.createTag(binding.name);
  else {
    const tag = { id: undefined, name: binding.name };
    await provider.changeTag(connection.audienceId, tag, { add: [], remove: [] });
  }
}
