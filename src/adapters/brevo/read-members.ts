import { type EmailAddress, parseEmailAddress } from '../../core/email-address.ts';
import { ProviderError } from '../../core/errors.ts';
import type { MailingProvider, MemberPage } from '../../core/mailing-provider.ts';
import type { Member } from '../../core/member.ts';
import { toInstant, toMember } from './contact-state.ts';
import type { ContactParts } from './contacts.ts';
import { BREVO_LIMITS, TIMEOUT_MS } from './limits.ts';
import { parseListId } from './lists.ts';
import { type ContactAnswer, ContactCollectionAnswer } from './schema.ts';

type MemberQuery = Parameters<MailingProvider['readMembers']>[0];

/** Rows of a page as Brevo lists them, and how many there are in all. */
type Rows = { contacts: readonly ContactAnswer[]; count: number };

/**
 * Reads one page of members. Where the collection is metered fast, of the whole account: blocked contacts off the list are
 * members too. Where it is metered slowly, or only the audience matters, of the list alone. Nobody is archived at Brevo.
 */
export async function readMembers(parts: ContactParts, query: MemberQuery): Promise<MemberPage> {
  if (query.scope === 'archived') return { members: [], total: 0 };
  const listId = parseListId(query.audienceId);
  if (query.offset === 0) await parts.assertListThere(listId);
  const ofAccount = query.within === 'audience' ? undefined : await readAccountRows(parts, query);
  const rows = ofAccount ?? (await readListRows(parts, listId, query));
  const { contacts, count } = rows;
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
  const newestChange = contacts.reduce((newest, { modifiedAt }) => {
    const at = toInstant(modifiedAt);
    return at > newest ? at : newest;
  }, '');
  return {
    members,
    // Whether the count follows `modifiedSince` is documented for lists only: an empty page is the end in any case.
    total: contacts.length === 0 ? Math.min(count, query.offset) : count,
    ...(newestChange ? { newestChange } : {}),
    ...(query.changedSince === undefined ? {} : { absent }),
    ...(ofAccount || query.within === 'audience' ? {} : { isAudienceOnly: true }),
  };
}

/**
 * A page of the whole account, oldest first: new contacts come last, where they push no other out of a page. A contact that is
 * deleted meanwhile pulls one row past us; a loss is therefore never concluded from a listing alone (R4).
 *
 * @returns undefined where the collection is metered slowly and one page does not hold all: the meter is for other things too
 */
async function readAccountRows({ client }: ContactParts, query: MemberQuery): Promise<Rows | undefined> {
  if (query.offset > 0 && client.isCollectionSlow()) return undefined;
  try {
    const rows = await readRows({ client }, '/contacts', {}, query.offset, BREVO_LIMITS.contactsPerPage, query);
    return client.isCollectionSlow() && rows.count > BREVO_LIMITS.contactsPerPage ? undefined : rows;
  } catch (error) {
    const isEmpty = error instanceof ProviderError && error.kind === 'rate_limited' && client.isCollectionSlow();
    if (isEmpty) return undefined;
    throw error;
  }
}

/** A page of the list alone, which takes as many calls as the list route needs for it. */
async function readListRows({ client }: ContactParts, listId: number, query: MemberQuery): Promise<Rows> {
  const contacts: ContactAnswer[] = [];
  const end = query.offset + BREVO_LIMITS.contactsPerPage;
  let count = end;
  for (let offset = query.offset; offset < Math.min(end, count); offset += BREVO_LIMITS.listContactsPerPage) {
    const route = '/contacts/lists/{listId}/contacts';
    const rows = await readRows({ client }, route, { listId }, offset, BREVO_LIMITS.listContactsPerPage, query);
    contacts.push(...rows.contacts);
    count = rows.count;
  }
  return { contacts, count };
}

async function readRows(
  { client }: Pick<ContactParts, 'client'>,
  route: string,
  path: Readonly<Record<string, number>>,
  offset: number,
  limit: number,
  { changedSince }: MemberQuery,
): Promise<Rows> {
  const modified = changedSince === undefined ? {} : { modifiedSince: changedSince };
  const query = { limit, offset, sort: 'asc', ...modified };
  const rows = await client.ask(
    { method: 'GET', route, path, query, timeoutMs: TIMEOUT_MS.page },
    ContactCollectionAnswer,
  );
  // A page that is cut short in the middle would let the rest pass for absent.
  if (changedSince === undefined && rows.contacts.length < limit && rows.count > offset + limit)
    throw shortPage(rows.contacts.length, limit);
  return rows;
}

function shortPage(rows: number, limit: number): ProviderError {
  return new ProviderError({
    system: 'brevo',
    kind: 'unexpected_response',
    code: 'brevo.unexpected_response',
    words: `${rows} rows on a page of ${limit}`,
  });
}
