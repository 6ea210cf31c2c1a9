import { z } from 'zod';
import { ApiError, missing } from '../api-error.ts';
import { type Answer, Answered, apiCause, type Call, checkLists, type Route, readBody } from '../call.ts';
import { changeContact, createContact, deleteContact } from '../contact-changes.ts';
import { checkAddress, checkIdentifiers, readAttributes } from '../contact-fields.ts';
import { contactOfPath } from '../contact-path.ts';
import type { Contact } from '../entities.ts';

const ContactBody = z.object({
  email: z.string().optional(),
  ext_id: z.string().optional(),
  attributes: z.record(z.string(), z.unknown()).default({}),
  listIds: z.array(z.int()).default([]),
  emailBlacklisted: z.boolean().optional(),
});
const NewContactBody = ContactBody.extend({ updateEnabled: z.boolean().default(false) });
const UpdateBody = ContactBody.extend({ unlinkListIds: z.array(z.int()).default([]) });

/** Creating, changing and deleting single contacts (fact sheet 4.2). */
export const contactWriteRoutes: readonly Route[] = [
  { method: 'POST', path: '/contacts', serve: postContact },
  { method: 'PUT', path: '/contacts/{identifier}', serve: putContact },
  {
    method: 'DELETE',
    path: '/contacts/{identifier}',
    serve: (call) => {
      const contact = contactOfPath(call);
      checkWritable(call, contact);
      if (contact.isProtected) throw new ApiError(405, 'method_not_allowed', 'Contact can not be deleted');
      deleteContact(call.world, call.account, contact, apiCause(call));
      return undefined;
    },
  },
];

function postContact(call: Call): Answer {
  const { world, account } = call;
  const { contacts } = account;
  const body = readBody(call, NewContactBody);
  const read = readAttributes(account, body.attributes, world.switches.unknownAttributes);
  const email = body.email?.trim() ?? read.email;
  const extId = body.ext_id ?? read.extId;
  const { SMS: sms } = read.attributes;
  if (email === undefined && !extId && !sms) throw missing('email is missing');
  if (email !== undefined) checkAddress(email);
  checkLists(call, body.listIds);
  const known = email === undefined ? contacts.byExtId(extId ?? '') : contacts.byEmail(email);
  checkWritable(call, known);
  checkIdentifiers(world, account, body.updateEnabled ? known : undefined, { email, extId, sms });
  const { attributes } = read;
  const { listIds, emailBlacklisted } = body;
  if (!known) {
    const contact = createContact(
      world,
      account,
      { email, extId: extId || undefined, attributes, listIds, emailBlacklisted },
      apiCause(call),
    );
    return new Answered(201, { id: contact.id });
  }
  const replaced = world.switches.postListIds === 'replaces' && listIds.length > 0;
  changeContact(
    world,
    account,
    known,
    {
      extId,
      attributes,
      addListIds: listIds,
      removeListIds: replaced ? known.listIds.filter((id) => !listIds.includes(id)) : [],
      emailBlacklisted,
    },
    apiCause(call),
  );
  return undefined;
}

// A new address comes as the attribute EMAIL only.
function putContact(call: Call): Answer {
  const { world, account } = call;
  const contact = contactOfPath(call);
  const body = readBody(call, UpdateBody);
  const read = readAttributes(account, body.attributes, world.switches.unknownAttributes);
  const extId = body.ext_id ?? read.extId;
  if (read.email !== undefined) checkAddress(read.email);
  checkLists(call, body.listIds);
  checkWritable(call, contact);
  checkIdentifiers(world, account, contact, { email: read.email, extId, sms: read.attributes.SMS });
  changeContact(
    world,
    account,
    contact,
    {
      email: read.email,
      extId,
      attributes: read.attributes,
      addListIds: body.listIds,
      removeListIds: body.unlinkListIds,
      emailBlacklisted: body.emailBlacklisted,
    },
    apiCause(call),
  );
  return undefined;
}

// "Too Early" most likely means that the same contact is still being written.
function checkWritable({ world, account }: Call, contact: Contact | undefined): void {
  const { tooEarlyMs, importBlocksWrites } = world.switches;
  if (contact && tooEarlyMs > 0 && world.clock.now() < contact.writtenAt + tooEarlyMs)
    throw new ApiError(425, 'bad_request', 'Another request for this contact is being processed');
  const isBusy = importBlocksWrites && account.queueBusyUntil > world.clock.now();
  if (isBusy) throw new ApiError(400, 'account_in_process', 'Your account is being processed, try again later');
}
