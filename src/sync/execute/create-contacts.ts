import type { FoundContact } from '../../core/crm.ts';
import type { MemberReason } from '../../core/reason.ts';
import { observeContacts } from '../observe-contacts.ts';
import { crmTagKeys, type KeysOfTag } from './crm-tag-keys.ts';
import type { ExecuteRows } from './execute-rows.ts';
import { markSent, rowsOfKind } from './rows-of-kind.ts';

/**
 * Creates contacts for members that the CRM does not know (R9), after a search by all e-mail addresses. Creating is not
 * idempotent: a row whose answer was lost is searched for first, too, so that nobody is created twice (F5).
 */
export const createContacts: ExecuteRows = async (parts, run, rows) => {
  const { crm, gate, store, language, connection } = parts;
  const asked = rowsOfKind(rows, 'create-contact');
  const found = await crm.findContactsByEmail(asked.map(({ operation }) => operation.email));
  const known = asked.map((row, index) => ({ row, contacts: found[index] ?? [] }));
  const joined = known.filter(({ contacts }) => contacts.length > 0);
  const unknown = known.filter(({ contacts }) => contacts.length === 0).map(({ row }) => row);
  await store.transact(async (tables) => {
    const mains = joined.flatMap(({ contacts }) =>
      contacts.filter(({ foundBy }) => foundBy === 'main-address').map(({ contact }) => contact),
    );
    await tables.contacts.observe(run.id, observeContacts(mains, language));
    for (const { row, contacts } of joined) {
      const reason = joinReason(contacts);
      if (reason) await tables.members.join(row.operation.email, contacts[0]?.contact.id ?? '', reason);
    }
    // A row that was sent and whose contact is there now went through, although its answer was lost.
    const wasSent = new Set(rows.filter(({ state }) => state === 'sent').map(({ id }) => id));
    await tables.plan(run.id).markWithWords(
      joined.map(({ row: { id }, contacts }) => {
        const wentThrough = wasSent.has(id) && contacts.some(({ foundBy }) => foundBy === 'main-address');
        return { id, state: wentThrough ? 'done' : 'dropped', words: '' };
      }),
    );
  });
  if (unknown.length === 0) return;
  const keysOf: KeysOfTag = connection.crmFacts.has.tags
    ? await crmTagKeys(
        parts,
        unknown.flatMap(({ operation }) => operation.tags),
      )
    : () => [];
  const withKeys = unknown.map((row) => ({
    ...row,
    operation: {
      ...row.operation,
      tags: row.operation.tags.flatMap((name) => keysOf(name).slice(0, 1)),
    },
  }));
  const results = await gate.createContacts(withKeys, markSent(parts, run.id));
  const createdIds = results.flatMap((result) =>
    result.verdict === 'allowed' && result.answer.outcome === 'done' ? [result.answer.id] : [],
  );
  const created = createdIds.length > 0 ? await crm.readContactsById(createdIds) : [];
  await store.transact(async (tables) => {
    await tables.contacts.observe(run.id, observeContacts(created, language));
    // In a full sync they may have been members for years; between two they have just signed up (M25).
    if (run.kind !== 'full') await tables.contacts.markNew(createdIds);
    await tables.plan(run.id).markWithWords(
      results.map((result) => {
        if (result.verdict === 'refused') return { id: result.id, state: 'refused' as const, words: 'opted_out' };
        const { answer } = result;
        if (answer.outcome === 'done') return { id: result.id, state: 'done' as const, words: '' };
        // Not known: it stays marked as sent, and the next step searches before it creates.
        if (answer.outcome === 'unknown') return { id: result.id, state: 'sent' as const, words: '' };
        return { id: result.id, state: 'refused' as const, words: answer.words || answer.code };
      }),
    );
  });
};

/** How a member counts that belongs to a contact found otherwise than by an ordinary main address; undefined: it is met again. */
function joinReason(contacts: readonly FoundContact[]): MemberReason | undefined {
  const [first] = contacts;
  if (!first || contacts.some(({ foundBy }) => foundBy === 'main-address')) return undefined;
  if (first.contact.isArchived) return 'member_of_archived_contact';
  if (first.contact.isPrivate) return 'member_of_private_contact';
  return 'second_address';
}
