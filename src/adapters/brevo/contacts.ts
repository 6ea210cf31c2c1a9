import type { PersonFields } from '../../core/contact.ts';
import { type EmailAddress, parseEmailAddress } from '../../core/email-address.ts';
import { ProviderError } from '../../core/errors.ts';
import type { ChangeResult, FieldMapping, MailingProvider, MemberPage } from '../../core/mailing-provider.ts';
import type { LeaveHistory, Member } from '../../core/member.ts';
import { toAttributes } from './attribute-map.ts';
import type { BlockCauses } from './block-causes.ts';
import type { BrevoClient } from './brevo-client.ts';
import { blockCause, leaveHistory, toInstant, toMember } from './contact-state.ts';
import { isNotFound, refusalFromError } from './errors.ts';
import { BREVO_LIMITS, TIMEOUT_MS } from './limits.ts';
import { type AssertListThere, parseListId } from './lists.ts';
import { ContactCollectionAnswer, ContactDetailsAnswer } from './schema.ts';

/** What the functions about contacts work with. */
export type ContactParts = { client: BrevoClient; assertListThere: AssertListThere; blockCauses: BlockCauses };

type MemberQuery = Parameters<MailingProvider['readMembers']>[0];

export const CONTACT_ROUTE = '/contacts/{email}';

/**
 * Reads one page of the whole account, oldest first: blocked contacts off the list are members too, and new ones come last,
 * where they push no other out of a page. A contact that is deleted meanwhile pulls one row past us; a loss is therefore
 * never concluded from a listing alone (R4). Nobody is archived at Brevo.
 */
export async function readMembers(parts: ContactParts, query: MemberQuery): Promise<MemberPage> {
  if (query.scope === 'archived') return { members: [], total: 0 };
  const listId = parseListId(query.audienceId);
  if (query.offset === 0) await parts.assertListThere(listId);
  const limit = BREVO_LIMITS.contactsPerPage;
  const { contacts, count } = await parts.client.ask(
    {
      method: 'GET',
      route: '/contacts',
      query: {
        limit,
        offset: query.offset,
        sort: 'asc',
        ...(query.changedSince === undefined ? {} : { modifiedSince: query.changedSince }),
      },
      timeoutMs: TIMEOUT_MS.page,
    },
    ContactCollectionAnswer,
  );
  if (query.changedSince === undefined && contacts.length < limit && count > query.offset + limit)
    throw shortPage(contacts.length);
  const wanted = query.statuses && new Set(query.statuses);
  const wantsBlocked = !wanted || wanted.has('unsubscribed') || wanted.has('cleaned');
  const causes = wantsBlocked ? await parts.blockCauses(contacts) : new Map();
  const members: Member[] = [];
  const absent: EmailAddress[] = [];
  for (const contact of contacts) {
    const member = toMember(contact, listId, causes.get(contact.id) ?? 'opt-out', query.mapping);
    const email = parseEmailAddress(contact.email);
    if (!member && email !== undefined) absent.push(email);
    else if (member && (wanted?.has(member.status) ?? true)) members.push(member);
  }
  // Whether the count follows `modifiedSince` is documented for lists only: an empty page is the end in any case.
  const newestChange = contacts.reduce((newest, { modifiedAt }) => {
    const at = toInstant(modifiedAt);
    return at > newest ? at : newest;
  }, '');
  return {
    members,
    total: contacts.length === 0 ? Math.min(count, query.offset) : count,
    ...(newestChange ? { newestChange } : {}),
    ...(query.changedSince === undefined ? {} : { absent }),
  };
}

/** A page that is cut short in the middle would let the rest pass for absent. */
function shortPage(rows: number): ProviderError {
  return new ProviderError({
    system: 'brevo',
    kind: 'unexpected_response',
    code: 'brevo.unexpected_response',
    words: `${rows} rows on a page of ${BREVO_LIMITS.contactsPerPage}`,
  });
}

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
