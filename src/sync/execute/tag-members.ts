import type { EmailAddress } from '../../core/email-address.ts';
import { ProviderError } from '../../core/errors.ts';
import { foldTag } from '../../core/tag.ts';
import type { SyncParts } from '../sync-parts.ts';
import { noteNewTags } from '../tags/note-new-tags.ts';
import { readTagBook } from '../tags/read-tag-book.ts';
import type { ExecuteRows } from './execute-rows.ts';
import { rowsOfKind } from './rows-of-kind.ts';

type TagChange = { name: string; add: EmailAddress[]; remove: EmailAddress[] };

/** Sets and takes off tags at the provider, tag by tag in calls of the provider's maximum (section 9); may be repeated. */
export const tagMembers: ExecuteRows = async (parts, run, rows) => {
  const { provider, connection, store } = parts;
  const asked = rowsOfKind(rows, 'tag-member');
  const changes = new Map<string, TagChange>();
  for (const { operation } of asked) {
    for (const name of operation.add) changeOf(changes, name).add.push(operation.email);
    for (const name of operation.remove) changeOf(changes, name).remove.push(operation.email);
  }
  const ids = await idsOfTags(parts, [...changes.values()]);
  await noteNewTags(
    parts,
    asked.flatMap(({ operation }) => operation.add),
  );
  const refused = new Map<EmailAddress, string>();
  const size = provider.capabilities.maxTagChangesPerCall;
  for (const [folded, change] of changes) {
    const calls = Math.ceil(Math.max(change.add.length, change.remove.length) / size);
    for (let call = 0; call < calls; call += 1) {
      const part = (emails: readonly EmailAddress[]) => emails.slice(call * size, (call + 1) * size);
      const asked = { add: part(change.add), remove: part(change.remove) };
      try {
        const tag = { id: ids.get(folded), name: change.name };
        const result = await provider.changeTag(connection.audienceId, tag, asked);
        ids.set(folded, result.id);
        for (const { email, words } of result.refused) refused.set(email, words);
      } catch (error) {
        // One tag that the provider refuses, or that was deleted meanwhile, never stops the others (F7).
        if (!(error instanceof ProviderError) || (error.kind !== 'rejected' && error.kind !== 'not_found')) throw error;
        for (const email of [...asked.add, ...asked.remove]) refused.set(email, error.words || error.code);
      }
    }
  }
  const tagOf = (name: string) => ({ id: ids.get(foldTag(name)) ?? '', name });
  await store.transact(async (tables) => {
    await tables.members.changeTags(
      asked
        .filter(({ operation }) => !refused.has(operation.email))
        .map(({ operation: { email, add, remove } }) => ({
          emailKey: email,
          add: add.map(tagOf),
          remove: remove.map(tagOf),
        })),
    );
    await tables.plan(run.id).markWithWords(
      asked.map(({ id, operation }) => {
        const words = refused.get(operation.email);
        return { id, state: words === undefined ? 'done' : 'refused', words: words ?? '' };
      }),
    );
  });
};

/**
 * The provider's ids by folded name: the bound ones, whatever the tag is called by now, else those of the tags that have the
 * name; missing where the tag has to be created.
 */
async function idsOfTags(parts: SyncParts, changes: readonly TagChange[]): Promise<Map<string, string>> {
  const { provider, connection } = parts;
  const book = await readTagBook(parts);
  const ids = new Map<string, string>();
  for (const { name } of changes) {
    const id = book.idOf(name);
    if (id !== undefined) ids.set(foldTag(name), id);
  }
  const unbound = changes.map(({ name }) => foldTag(name)).filter((folded) => !ids.has(folded));
  if (unbound.length === 0) return ids;
  const named = new Map((await provider.listTags(connection.audienceId)).map(({ id, name }) => [foldTag(name), id]));
  for (const folded of unbound) {
    const id = named.get(folded);
    if (id !== undefined) ids.set(folded, id);
  }
  return ids;
}

function changeOf(changes: Map<string, TagChange>, name: string): TagChange {
  const folded = foldTag(name);
  const change = changes.get(folded) ?? { name, add: [], remove: [] };
  changes.set(folded, change);
  return change;
}
