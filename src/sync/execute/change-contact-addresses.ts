import { parseEmailAddress } from '../../core/email-address.ts';
import { observeContacts } from '../observe-contacts.ts';
import { storeFoundContacts } from '../store-found-contacts.ts';
import type { ExecuteRows } from './execute-rows.ts';
import { rowsOfKind } from './rows-of-kind.ts';

/**
 * Makes the address that a person chose at the provider the main one of his contacts (M24). They are read again right before:
 * a contact that has another address by now, or does not say Yes any more, keeps what an agent gave it.
 */
export const changeContactAddresses: ExecuteRows = async (parts, run, rows) => {
  const { crm, store, language } = parts;
  const asked = rowsOfKind(rows, 'change-contact-address');
  const read = await crm.readContactsById(asked.map(({ operation }) => operation.contactId));
  const now = new Map(read.map((contact) => [contact.id, contact]));
  const states = asked.map(({ id, operation: { contactId, email, to } }) => {
    const contact = now.get(contactId);
    const held = contact && parseEmailAddress(contact.email);
    if (held === to) return { id, state: 'done' as const, words: '' };
    const isSame = held === email && contact?.consent === 'yes' && !contact.isPrivate && !contact.isArchived;
    return { id, state: isSame ? ('planned' as const) : ('held' as const), words: '' };
  });
  const open = new Set(states.filter(({ state }) => state === 'planned').map(({ id }) => id));
  const writes = asked.filter(({ id }) => open.has(id));
  const results =
    writes.length > 0
      ? await crm.writeMainEmail(writes.map(({ operation: { contactId, to } }) => ({ contactId, email: to })))
      : [];
  const written = writes.filter((_, index) => results[index]?.outcome === 'done');
  const after =
    written.length > 0 ? await crm.readContactsById(written.map(({ operation }) => operation.contactId)) : [];
  await store.transact(async (tables) => {
    // Whoever has another address now is looked at there: also where a write whose answer was lost gave it to him, or an agent.
    // What was booked for the new address while they were on their way concerns them, too.
    const stand = new Map([...read, ...after].map((contact) => [contact.id, contact]));
    await storeFoundContacts(tables, parts, run.id, observeContacts([...stand.values()], language));
    await tables.plan(run.id).markWithWords([
      ...states.filter(({ id }) => !open.has(id)),
      ...writes.map(({ id }, index) => {
        const result = results[index];
        if (result?.outcome === 'refused') return { id, state: 'refused' as const, words: result.words || result.code };
        // Not known: what the contact holds is looked at before it is written again (F5).
        return { id, state: result?.outcome === 'done' ? ('done' as const) : ('planned' as const), words: '' };
      }),
    ]);
  });
};
