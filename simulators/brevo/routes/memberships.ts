import { z } from 'zod';
import { invalid, missing } from '../api-error.ts';
import { type Answer, Answered, apiCause, type Call, listOfPath, type Route, readBody } from '../call.ts';
import { changeContact } from '../contact-changes.ts';
import type { Contact } from '../entities.ts';
import { queueProcess } from '../processes.ts';

/** Most contacts of one call (fact sheet 2.1). */
const MAX_CONTACTS = 150;

const AddBody = z.object({
  emails: z.array(z.string()).max(MAX_CONTACTS).optional(),
  ids: z.array(z.int()).max(MAX_CONTACTS).optional(),
  extIds: z.array(z.string()).max(MAX_CONTACTS).optional(),
});
const RemoveBody = AddBody.extend({ all: z.boolean().optional() });

type Named = { name: string | number; contact: Contact | undefined };

/** Putting known contacts on a list and taking them off; the block stays as it is. */
export const membershipRoutes: readonly Route[] = [
  { method: 'POST', path: '/contacts/lists/{listId}/contacts/add', serve: addContacts },
  { method: 'POST', path: '/contacts/lists/{listId}/contacts/remove', serve: removeContacts },
];

function addContacts(call: Call): Answer {
  const { world, account } = call;
  const list = listOfPath(call);
  const named = readNamed(call, readBody(call, AddBody));
  const done = split(named, (contact) => !contact.listIds.includes(list.id));
  if (done.success.length === 0) throw invalid('Contact already in list and/or does not exist');
  for (const contact of done.contacts)
    changeContact(world, account, contact, { addListIds: [list.id] }, apiCause(call));
  return new Answered(201, { contacts: { success: done.success, failure: done.failure } });
}

function removeContacts(call: Call): Answer {
  const { world, account } = call;
  const list = listOfPath(call);
  const body = readBody(call, RemoveBody);
  if (body.all === true) return removeAll(call, list.id);
  const done = split(readNamed(call, body), (contact) => contact.listIds.includes(list.id));
  if (done.success.length === 0) throw invalid('Contact already removed from list and/or does not exist');
  for (const contact of done.contacts)
    changeContact(world, account, contact, { removeListIds: [list.id] }, apiCause(call));
  return new Answered(201, { contacts: { success: done.success, failure: done.failure } });
}

function removeAll(call: Call, listId: number): Answer {
  const { world, account } = call;
  const total = account.contacts.count(listId).unique;
  const process = queueProcess(world, account, {
    name: 'REMOVE_CONTACTS',
    rows: total,
    run: ({ id }) => {
      const cause = apiCause(call, { processId: id, silent: true });
      for (const contact of account.contacts.all())
        if (contact.listIds.includes(listId))
          changeContact(world, account, contact, { removeListIds: [listId] }, cause);
    },
  });
  return new Answered(201, { contacts: { processId: process.id, total } });
}

function readNamed({ account }: Call, body: z.infer<typeof AddBody>): Named[] {
  const { emails, ids, extIds } = body;
  const given = [emails, ids, extIds].filter((list) => list !== undefined);
  if (given.length !== 1) throw missing('Exactly one of emails, ids, extIds should be passed');
  return [
    ...(emails ?? []).map((name) => ({ name, contact: account.contacts.byEmail(name) })),
    ...(ids ?? []).map((name) => ({ name, contact: account.contacts.byId(name) })),
    ...(extIds ?? []).map((name) => ({ name, contact: account.contacts.byExtId(name) })),
  ];
}

function split(named: readonly Named[], isDone: (contact: Contact) => boolean) {
  const contacts = new Set<Contact>();
  const success: (string | number)[] = [];
  const failure: (string | number)[] = [];
  for (const { name, contact } of named) {
    if (contact && isDone(contact) && !contacts.has(contact)) {
      contacts.add(contact);
      success.push(name);
    } else failure.push(name);
  }
  return { contacts, success, failure };
}
