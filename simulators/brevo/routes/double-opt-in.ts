import { z } from 'zod';
import { Answered, type Call, checkLists, type Route, readBody } from '../call.ts';
import { checkAddress, readAttributes } from '../contact-fields.ts';

const OptInBody = z.object({
  email: z.string(),
  includeListIds: z.array(z.int()).min(1),
  excludeListIds: z.array(z.int()).default([]),
  templateId: z.int(),
  redirectionUrl: z.url(),
  attributes: z.record(z.string(), z.unknown()).default({}),
});

/** Asks somebody to confirm; the contact is there only after the click (fact sheet 8). */
export const doubleOptInRoutes: readonly Route[] = [
  { method: 'POST', path: '/contacts/doubleOptinConfirmation', serve: askToConfirm },
];

function askToConfirm(call: Call): Answered {
  const { world, account } = call;
  const body = readBody(call, OptInBody);
  checkAddress(body.email);
  checkLists(call, [...body.includeListIds, ...body.excludeListIds]);
  const { attributes } = readAttributes(account, body.attributes, world.switches.unknownAttributes);
  const isKnown = account.contacts.byEmail(body.email) !== undefined;
  world.store.pendingOptIns.set(body.email.toLowerCase(), {
    accountId: account.id,
    email: body.email,
    attributes,
    includeListIds: body.includeListIds,
    excludeListIds: body.excludeListIds,
  });
  world.store.systemMails.push({ accountId: account.id, to: body.email, kind: 'opt-in', at: world.clock.now() });
  return new Answered(isKnown ? 204 : 201);
}
