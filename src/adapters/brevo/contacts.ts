import type { PersonFields } from '../../core/contact.ts';
import { type EmailAddress, parseEmailAddress } from '../../core/email-address.ts';
import { ProviderError } from '../../core/errors.ts';
import type { ChangeResult, FieldMapping } from '../../core/mailing-provider.ts';
import type { LeaveHistory, Member } from '../../core/member.ts';
import { toAttributes } from './attribute-map.ts';
import type { BlockCauses } from './block-causes.ts';
import type { BrevoClient } from './brevo-client.ts';
import { blockCause, leaveHistory, toMember } from './contact-state.ts';
import { isNotFound, refusalFromError } from './errors.ts';
import { type AssertListThere, parseListId } from './lists.ts';
import { ContactDetailsAnswer } from './schema.ts';

/** What the functions about contacts work with. */
export type ContactParts = { client: BrevoClient; assertListThere: AssertListThere; blockCauses: BlockCauses };

export const CONTACT_ROUTE = '/contacts/{email}';

/** Reads a contact with its statistics; undefined when the account does not know the address. */
export async function readContact(client: BrevoClient, email: EmailAddress): Promise<ContactDetailsAnswer | undefined> {
  try {
    return await client.ask({ method: 'GET', route: CONTACT_ROUTE, path: { email } }, ContactDetailsAnswer);
  } catch (error) {
    // 400 is the answer to an address that Brevo takes for none: nobody can have it.
    if (isNotFound(error) || refusalFromError(error)) return undefined;
    throw error;
  }
}

/** The address under which the account holds a contact now; undefined when it has none of that number. */
export async function addressOf({ client }: ContactParts, stableId: string): Promise<EmailAddress | undefined> {
  try {
    const { email } = await client.ask(
      { method: 'GET', route: CONTACT_ROUTE, path: { email: stableId }, query: { identifierType: 'contact_id' } },
      ContactDetailsAnswer,
    );
    return parseEmailAddress(email);
  } catch (error) {
    if (isNotFound(error) || refusalFromError(error)) return undefined;
    throw error;
  }
}

/** Reads one member; undefined when he is absent from our list, the list being there. */
export async function readMember(
  parts: ContactParts,
  audienceId: string,
  email: EmailAddress,
  mapping: FieldMapping,
): Promise<Member | undefined> {
  const listId = parseListId(audienceId);
  const contact = await readContact(parts.client, email);
  const member = contact && toMember(contact, listId, blockCause(contact.statistics), mapping);
  if (!member) await parts.assertListThere(listId);
  return member;
}

/** Reads from the contact's statistics when and through whom he last left; they reach 90 days back. */
export async function readLeaveHistory(
  { client }: ContactParts,
  audienceId: string,
  email: EmailAddress,
): Promise<LeaveHistory> {
  const contact = await readContact(client, email);
  return contact ? leaveHistory(contact, parseListId(audienceId)) : { state: 'not-left' };
}

/** Writes attributes, and nothing else: neither block nor lists ride along (R3). */
export async function updateMember(
  parts: ContactParts,
  audienceId: string,
  email: EmailAddress,
  fields: Partial<PersonFields>,
  mapping: FieldMapping,
): Promise<ChangeResult> {
  const attributes = toAttributes(fields, mapping, 'clear');
  const refused = await changeContact(parts.client, email, { attributes });
  if (refused) return refused;
  return { outcome: 'done', member: await readMember(parts, audienceId, email, mapping) };
}

/** What a change of a contact may hold. The block is only ever set by lowering and only ever lifted by raising. */
export type ContactChange = {
  attributes?: Record<string, string>;
  listIds?: readonly number[];
  unlinkListIds?: readonly number[];
  emailBlacklisted?: boolean;
};

/**
 * Changes an existing contact by PUT, which never creates one and answers nothing.
 *
 * @param repeatable false for what raises consent
 * @returns undefined when it was carried out
 */
export async function changeContact(
  client: BrevoClient,
  email: EmailAddress,
  body: ContactChange,
  { repeatable = true }: { repeatable?: boolean } = {},
): Promise<Exclude<ChangeResult, { outcome: 'done' }> | undefined> {
  try {
    await client.tell({ method: 'PUT', route: CONTACT_ROUTE, path: { email }, body, repeatable });
    return undefined;
  } catch (error) {
    if (isNotFound(error)) return { outcome: 'gone' };
    const refusal = refusalFromError(error);
    if (!refusal || !(error instanceof ProviderError)) throw error;
    const reason = refusal.reason === 'exists' ? 'rejected_by_provider' : refusal.reason;
    return { outcome: 'refused', reason, words: error.words, isPermanent: refusal.isPermanent };
  }
}
