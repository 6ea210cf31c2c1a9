import { crmTagKeys } from './crm-tag-keys.ts';
import type { ExecuteRows } from './execute-rows.ts';
import { rowsOfKind } from './rows-of-kind.ts';

/**
 * Gives contacts the tags that the provider has (M10). The CRM replaces the whole set with each write, so the contacts are
 * read again right before: a tag that an agent set in between stays.
 */
export const tagContacts: ExecuteRows = async (parts, run, rows) => {
  const { crm, store } = parts;
  const asked = rowsOfKind(rows, 'tag-contact');
  const keysOf = await crmTagKeys(
    parts,
    asked.flatMap(({ operation }) => operation.add),
  );
  const current = new Map(
    (await crm.readContactsById(asked.map(({ operation }) => operation.contactId))).map((contact) => [
      contact.id,
      contact,
    ]),
  );
  const writes = asked.flatMap(({ id, operation }) => {
    const contact = current.get(operation.contactId);
    if (!contact) return [];
    const removed = new Set(operation.remove.flatMap(keysOf));
    const added = operation.add.flatMap((name) => keysOf(name).slice(0, 1));
    const tagKeys = [...new Set([...contact.tagKeys.filter((key) => !removed.has(key)), ...added])].sort();
    return [{ id, contactId: operation.contactId, tagKeys }];
  });
  const results = await crm.writeTags(writes);
  await store.transact(async (tables) => {
    const done = writes.filter((_, index) => results[index]?.outcome === 'done');
    await tables.contacts.setTagKeys(done);
    await tables.plan(run.id).markWithWords([
      ...asked
        .filter(({ id }) => !writes.some((write) => write.id === id))
        .map(({ id }) => ({ id, state: 'dropped' as const, words: '' })),
      ...writes.map(({ id }, index) => {
        const result = results[index];
        if (result?.outcome === 'refused') return { id, state: 'refused' as const, words: result.words || result.code };
        return { id, state: result?.outcome === 'done' ? ('done' as const) : ('planned' as const), words: '' };
      }),
    ]);
  });
};
