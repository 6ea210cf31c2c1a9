import type { EmailAddress } from '../../core/email-address.ts';
import { ProviderError } from '../../core/errors.ts';
import { foldTag } from '../../core/tag.ts';
import type { ExecuteRows } from './execute-rows.ts';
import { rowsOfKind } from './rows-of-kind.ts';

type TagChange = { name: string; add: EmailAddress[]; remove: EmailAddress[] };

/** Sets and takes off tags at the provider, tag by tag in calls of the provider's maximum (section 9); may be repeated. */
export const tagMembers: ExecuteRows = async ({ provider, connection, store }, run, rows) => {
  const asked = rowsOfKind(rows, 'tag-member');
  const changes = new Map<string, TagChange>();
  for (const { operation } of asked) {
    for (const name of operation.add) changeOf(changes, name).add.push(operation.email);
    for (const name of operation.remove) changeOf(changes, name).remove.push(operation.email);
  }
  const known = new Map((await provider.listTags(connection.audienceId)).map((tag) => [foldTag(tag.name), tag.id]));
  const refused = new Map<EmailAddress, string>();
  const size = provider.capabilities.maxTagChangesPerCall;
  for (const [folded, change] of changes) {
    let id = known.get(folded);
    const calls = Math.ceil(Math.max(change.add.length, change.remove.length) / size);
    for (let call = 0; call < calls; call += 1) {
      const part = (emails: readonly EmailAddress[]) => emails.slice(call * size, (call + 1) * size);
      const asked = { add: part(change.add), remove: part(change.remove) };
      try {
        const result = await provider.changeTag(connection.audienceId, { id, name: change.name }, asked);
        id = result.id;
        for (const { email, words } of result.refused) refused.set(email, words);
      } catch (error) {
        // One tag that the provider refuses, or that was deleted meanwhile, never stops the others (F7).
        if (!(error instanceof ProviderError) || (error.kind !== 'rejected' && error.kind !== 'not_found')) throw error;
        for (const email of [...asked.add, ...asked.remove]) refused.set(email, error.words || error.code);
      }
    }
  }
  await store.transact(async (tables) => {
    await tables.members.changeTags(
      asked
        .filter(({ operation }) => !refused.has(operation.email))
        .map(({ operation }) => ({ emailKey: operation.email, add: operation.add, remove: operation.remove })),
    );
    await tables.plan(run.id).markWithWords(
      asked.map(({ id, operation }) => {
        const words = refused.get(operation.email);
        return { id, state: words === undefined ? 'done' : 'refused', words: words ?? '' };
      }),
    );
  });
};

function changeOf(changes: Map<string, TagChange>, name: string): TagChange {
  const folded = foldTag(name);
  const change = changes.get(folded) ?? { name, add: [], remove: [] };
  changes.set(folded, change);
  return change;
}
