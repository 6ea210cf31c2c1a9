import type { SyncParts } from '../sync-parts.ts';
import { alignTags } from './align-tags.ts';

/** Binds the tags that were made on either side by what was just carried out (R11): they may be renamed at any time. */
export async function bindNewTags(parts: SyncParts): Promise<void> {
  const isOutdated = (await parts.store.tables.connection.tagsAlignedAt()) === null;
  if (isOutdated) await alignTags(parts, { mayWrite: false, crmIsKnown: true });
}
