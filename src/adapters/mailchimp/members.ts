import type { PersonFields } from '../../core/contact.ts';
import { type EmailAddress, parseEmailAddress } from '../../core/email-address.ts';
import { ProviderError } from '../../core/errors.ts';
import type { ChangeResult, FieldMapping, MailingProvider, MemberPage } from '../../core/mailing-provider.ts';
import type { Member } from '../../core/member.ts';
import { refusalFromError } from './errors.ts';
import { toMergeFields } from './field-map.ts';
import { MAILCHIMP_LIMITS, TIMEOUT_MS } from './limits.ts';
import type { MailchimpClient } from './mailchimp-client.ts';
import { sortedTags, subscriberHash, toMember, vendorStatus } from './member.ts';
import {
  ADDRESS_FIELDS,
  AddressAnswer,
  MEMBER_FIELDS,
  MEMBER_LIST_FIELDS,
  MEMBER_TAGS_FIELDS,
  MemberAnswer,
  MemberListAnswer,
  MemberTagsAnswer,
} from './schema.ts';

export const MEMBER_ROUTE = '/lists/{listId}/members/{subscriberHash}';

type MemberQuery = Parameters<MailingProvider['readMembers']>[0];

/**
 * Reads one page of members. `offset` counts Mailchimp's rows, not the members handed back: step by `membersPerPage` until
 * `total`. A page may hold fewer, because rows of other statuses and addresses that are none are left out.
 *
 * Newest first, and by the opt-in time in a whole listing: with offsets, a row that moves must not hide another. A row that
 * is raised or changed while we read moves to the front, so the others come twice instead of not at all, and it is itself
 * newer than the start of the reading, where the next reading of changes finds it. Oldest first, a row that moves to the end
 * pulls one that did not change past us, and no reading of changes would ever show it. `last_changed` would let every edit
 * move a row, `timestamp_signup` is empty for all that came through the API.
 */
export async function readMembers(client: MailchimpClient, query: MemberQuery): Promise<MemberPage> {
  const wanted = query.statuses && new Set(query.statuses);
  const only = query.statuses?.length === 1 ? query.statuses[0] : undefined;
  const status = query.scope === 'archived' ? 'archived' : only && vendorStatus(only);
  const answer = await client.ask(
    {
      method: 'GET',
      route: '/lists/{listId}/members',
      path: { listId: query.audienceId },
      query: {
        count: MAILCHIMP_LIMITS.rowsPerPage,
        offset: query.offset,
        fields: MEMBER_LIST_FIELDS,
        sort_field: query.changedSince === undefined ? 'timestamp_opt' : 'last_changed',
        sort_dir: 'DESC',
        ...(status === undefined ? {} : { status }),
        ...(query.changedSince === undefined ? {} : { since_last_changed: query.changedSince }),
      },
      timeoutMs: TIMEOUT_MS.page,
    },
    MemberListAnswer,
  );
  const members = answer.members
    .map((row) => toMember(row, query.mapping))
    .filter((member) => member !== undefined)
    // Without a status Mailchimp leaves archived members out, as far as is known; this does not depend on it.
    .filter((member) => (member.status === 'archived') === (query.scope === 'archived'))
    .filter((member) => wanted?.has(member.status) ?? true);
  return { members, total: answer.total_items };
}

/** Reads one member with all tags; undefined when Mailchimp does not know the address in this audience. */
export async function readMember(
  client: MailchimpClient,
  listId: string,
  email: EmailAddress,
  mapping: FieldMapping,
): Promise<Member | undefined> {
  const path = { listId, subscriberHash: subscriberHash(email) };
  try {
    const answer = await client.ask(
      { method: 'GET', route: MEMBER_ROUTE, path, query: { fields: MEMBER_FIELDS } },
      MemberAnswer,
    );
    const member = toMember(answer, mapping);
    if (!member?.hasMoreTags) return member;
    const { tags } = await client.ask(
      {
        method: 'GET',
        route: `${MEMBER_ROUTE}/tags`,
        path,
        query: { count: MAILCHIMP_LIMITS.rowsPerPage, fields: MEMBER_TAGS_FIELDS },
      },
      MemberTagsAnswer,
    );
    return { ...member, tags: sortedTags(tags), hasMoreTags: false };
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}

/** The address of a contact of this audience, whatever its status; undefined when Mailchimp has none of that id. */
export async function addressOf(
  client: MailchimpClient,
  listId: string,
  contactId: string,
): Promise<EmailAddress | undefined> {
  const path = { listId, subscriberHash: contactId };
  const query = { fields: ADDRESS_FIELDS };
  try {
    const { email_address } = await client.ask({ method: 'GET', route: MEMBER_ROUTE, path, query }, AddressAnswer);
    return parseEmailAddress(email_address);
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}

/** Writes fields, and nothing else: no status rides along (R3). */
export function updateMember(
  client: MailchimpClient,
  listId: string,
  email: EmailAddress,
  fields: Partial<PersonFields>,
  mapping: FieldMapping,
): Promise<ChangeResult> {
  return changeMember(client, listId, email, { merge_fields: toMergeFields(fields, mapping, 'clear') }, mapping);
}

/**
 * Changes an existing member by PATCH, which never creates one. Repeatable: the same change twice is one change.
 *
 * @param body has no status but where consent is lowered
 */
export async function changeMember(
  client: MailchimpClient,
  listId: string,
  email: EmailAddress,
  body: { merge_fields: Record<string, string> } | { status: 'unsubscribed' },
  mapping: FieldMapping,
): Promise<ChangeResult> {
  try {
    const answer = await client.ask(
      {
        method: 'PATCH',
        route: MEMBER_ROUTE,
        path: { listId, subscriberHash: subscriberHash(email) },
        query: { skip_merge_validation: true },
        body,
        repeatable: true,
      },
      MemberAnswer,
    );
    return { outcome: 'done', member: toMember(answer, mapping) };
  } catch (error) {
    if (isGone(error)) return { outcome: 'gone' };
    const refusal = refusalFromError(error);
    if (!refusal || !(error instanceof ProviderError)) throw error;
    const reason = refusal.reason === 'exists' ? 'rejected_by_provider' : refusal.reason;
    return { outcome: 'refused', reason, words: error.words, isPermanent: refusal.isPermanent };
  }
}

/** Whether the member is gone, its audience being there. */
export function isGone(error: unknown): boolean {
  return error instanceof ProviderError && error.code === 'mailchimp.not_found';
}
