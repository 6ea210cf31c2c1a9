import type { MailingProvider } from '../../core/mailing-provider.ts';
import { createTagBook, type TagBook } from '../../core/tag-book.ts';
import type { Store } from '../../db/store.ts';

/** What the tags of both sides are to each other, by what was last learned of them. */
export async function readTagBook({
  provider,
  store,
}: {
  provider: Pick<MailingProvider, 'capabilities'>;
  store: Pick<Store, 'tables'>;
}): Promise<TagBook> {
  const { has, tags } = await store.tables.connection.crmFacts();
  const refused = await store.tables.refusedTags.all();
  return createTagBook({
    crmTags: tags,
    providerTags: await store.tables.connection.providerTags(),
    bindings: await store.tables.tagBindings.all(),
    refusedNames: new Set(refused.map(({ folded }) => folded)),
    // Compared and written as the provider would cut them, or they would be planned again for ever (R13).
    maxNameLength: provider.capabilities.maxTagLength,
    isManaged: has.tags && provider.capabilities.tags,
  });
}
