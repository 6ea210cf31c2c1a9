import { type EmailAddress, parseEmailAddress } from '../../core/email-address.ts';
import { ProviderError } from '../../core/errors.ts';
import type {
  AddResult,
  ChangeResult,
  FieldMapping,
  NewMember,
  ProviderConsentWrites,
} from '../../core/mailing-provider.ts';
import type { Member } from '../../core/member.ts';
import { foldTag } from '../../core/tag.ts';
import { redact } from '../http/redact.ts';
import { type Refusal, refusalFromError, refusalFromWords } from './errors.ts';
import { toMergeFields } from './field-map.ts';
import { MAILCHIMP_LIMITS, TIMEOUT_MS } from './limits.ts';
import type { MailchimpClient } from './mailchimp-client.ts';
import { sortedTags, subscriberHash, toMember } from './member.ts';
import { changeMember, isGone, MEMBER_ROUTE } from './members.ts';
import { moveMember } from './move-member.ts';
import { BulkAnswer, MemberAnswer } from './schema.ts';
import { fitTagName } from './tags.ts';

/** Makes Mailchimp's writes of consent. Only the consent gate is handed them (R2). */
export function createMailchimpConsentWrites(client: MailchimpClient): ProviderConsentWrites {
  return {
    addMembers: (audienceId, rows, mapping) => addMembers(client, audienceId, rows, mapping),
    raiseMember: (audienceId, row, mapping) => raiseMember(client, audienceId, row, mapping),
    moveMember: (audienceId, from, to, mapping) => moveMember(client, audienceId, from, to, mapping),
    addUnsubscribed: (audienceId, email, mapping) => addUnsubscribed(client, audienceId, email, mapping),
    unsubscribeMember: (audienceId, email, mapping) => unsubscribeMember(client, audienceId, email, mapping),
    removeMember: (audienceId, email) => removeMember(client, audienceId, email),
    deleteMember: (audienceId, email) => deleteMember(client, audienceId, email),
  };
}

/**
 * One bulk call, create-only (R3): `update_existing:false`, so that a member who appeared since the read is refused. Not
 * repeated when its answer is lost: the error says that it may have happened.
 */
async function addMembers(
  client: MailchimpClient,
  listId: string,
  rows: readonly NewMember[],
  mapping: FieldMapping,
): Promise<readonly AddResult[]> {
  if (rows.length === 0) return [];
  if (rows.length > MAILCHIMP_LIMITS.addsPerCall) throw new Error(`more than ${MAILCHIMP_LIMITS.addsPerCall} members`);
  const answer = await client.ask(
    {
      method: 'POST',
      route: '/lists/{listId}',
      path: { listId },
      // Required fields of the audience's form must not keep a contact out. Duplicates stay refused, not skipped.
      query: { skip_merge_validation: true },
      body: {
        members: rows.map(({ email, fields, tags }) => ({
          email_address: email,
          status: 'subscribed',
          merge_fields: toMergeFields(fields, mapping, 'leave-out'),
          tags: tags.map(fitTagName),
        })),
        update_existing: false,
      },
      timeoutMs: TIMEOUT_MS.bulk,
    },
    BulkAnswer,
  );
  const results = new Map<EmailAddress, AddResult>();
  for (const { email_address, error, error_code } of answer.errors) {
    const email = parseEmailAddress(email_address);
    if (email === undefined) continue;
    results.set(
      email,
      error_code === 'ERROR_CONTACT_EXISTS' && !/compliance/i.test(error)
        ? { outcome: 'already-member' }
        : refused(refusalFromWords(error), error),
    );
  }
  // After the errors: where an address was given twice, the first was added and the second refused.
  for (const row of [...answer.new_members, ...answer.updated_members]) {
    const member = toMember(row, mapping);
    if (member) results.set(member.email, addedAs(member));
  }
  return rows.map(({ email }) => results.get(email) ?? NO_ANSWER);
}

/**
 * Raises one member by PUT, then sets his tags, which a PUT ignores for existing members. Not repeated when the answer is
 * lost (R4). If the tags fail, the raise has still been made: the member handed back shows the tags he has.
 */
async function raiseMember(
  client: MailchimpClient,
  listId: string,
  row: NewMember,
  mapping: FieldMapping,
): Promise<AddResult> {
  const path = { listId, subscriberHash: subscriberHash(row.email) };
  try {
    const answer = await client.ask(
      {
        method: 'PUT',
        route: MEMBER_ROUTE,
        path,
        query: { skip_merge_validation: true },
        body: {
          email_address: row.email,
          status_if_new: 'subscribed',
          status: 'subscribed',
          merge_fields: toMergeFields(row.fields, mapping, 'leave-out'),
        },
      },
      MemberAnswer,
    );
    const member = toMember(answer, mapping);
    if (!member) return NO_ANSWER;
    const result = addedAs(member);
    return result.outcome === 'done' ? { outcome: 'done', member: await withTags(client, path, member, row) } : result;
  } catch (error) {
    const refusal = refusalFromError(error);
    if (!refusal || !(error instanceof ProviderError)) throw error;
    return refused(refusal, error.words);
  }
}

async function withTags(
  client: MailchimpClient,
  path: { listId: string; subscriberHash: string },
  member: Member,
  row: NewMember,
): Promise<Member> {
  const held = new Set(member.tags.map(({ name }) => foldTag(name)));
  const missing = row.tags.map(fitTagName).filter((tag) => !held.has(foldTag(tag)));
  if (missing.length === 0) return member;
  try {
    await client.tell({
      method: 'POST',
      route: `${MEMBER_ROUTE}/tags`,
      path,
      // `is_syncing` keeps automations that a tag starts from firing.
      body: { tags: missing.map((name) => ({ name, status: 'active' })), is_syncing: true },
      repeatable: true,
    });
    // The answer does not tell the ids.
    return { ...member, tags: sortedTags([...member.tags, ...missing.map((name) => ({ id: '', name }))]) };
  } catch (error) {
    if (error instanceof ProviderError) return member;
    throw error;
  }
}

/** Creates an unsubscribed member by PUT; one that is there by now is lowered. Repeatable. */
async function addUnsubscribed(
  client: MailchimpClient,
  listId: string,
  email: EmailAddress,
  mapping: FieldMapping,
): Promise<ChangeResult> {
  try {
    const answer = await client.ask(
      {
        method: 'PUT',
        route: MEMBER_ROUTE,
        path: { listId, subscriberHash: subscriberHash(email) },
        query: { skip_merge_validation: true },
        body: { email_address: email, status_if_new: 'unsubscribed', status: 'unsubscribed' },
        repeatable: true,
      },
      MemberAnswer,
    );
    return { outcome: 'done', member: toMember(answer, mapping) };
  } catch (error) {
    const refusal = refusalFromError(error);
    if (!refusal || !(error instanceof ProviderError)) throw error;
    const reason = refusal.reason === 'exists' ? 'rejected_by_provider' : refusal.reason;
    return { outcome: 'refused', reason, words: error.words, isPermanent: refusal.isPermanent };
  }
}

/** Lowers one member. Repeatable; a member who is still subscribed afterwards was refused. */
async function unsubscribeMember(
  client: MailchimpClient,
  listId: string,
  email: EmailAddress,
  mapping: FieldMapping,
): Promise<ChangeResult> {
  const result = await changeMember(client, listId, email, { status: 'unsubscribed' }, mapping);
  if (result.outcome !== 'done' || result.member?.status !== 'subscribed') return result;
  return {
    outcome: 'refused',
    reason: 'rejected_by_provider',
    words: 'still subscribed after the call',
    isPermanent: false,
  };
}

/** Archives one member, which keeps his data and tags and can be undone. Never the permanent deletion. */
async function removeMember(client: MailchimpClient, listId: string, email: EmailAddress): Promise<ChangeResult> {
  try {
    await client.tell({
      method: 'DELETE',
      route: MEMBER_ROUTE,
      path: { listId, subscriberHash: subscriberHash(email) },
      repeatable: true,
    });
    return { outcome: 'done', member: undefined };
  } catch (error) {
    // 405: archived, cleaned or pending already; there is nobody to be taken out.
    if (isGone(error) || (error instanceof ProviderError && error.status === 405)) return { outcome: 'gone' };
    throw error;
  }
}

/** Deletes one member for good: his address can never be added by the API again, only he himself can come back by a form. */
async function deleteMember(client: MailchimpClient, listId: string, email: EmailAddress): Promise<boolean> {
  try {
    await client.tell({
      method: 'POST',
      route: `${MEMBER_ROUTE}/actions/delete-permanent`,
      path: { listId, subscriberHash: subscriberHash(email) },
      repeatable: true,
    });
    return true;
  } catch (error) {
    if (isGone(error)) return false;
    throw error;
  }
}

/** The status in the answer is compared with what was asked: a silent difference is a refusal (R3). */
function addedAs(member: Member): AddResult {
  if (member.status === 'subscribed') return { outcome: 'done', member };
  return { outcome: 'refused', reason: 'compliance', words: `status stayed ${member.status}`, isPermanent: true };
}

const NO_ANSWER: AddResult = {
  outcome: 'refused',
  reason: 'rejected_by_provider',
  words: 'the answer does not name the address',
  isPermanent: false,
};

function refused({ reason, isPermanent }: Refusal, words: string): AddResult {
  return reason === 'exists'
    ? { outcome: 'already-member' }
    : { outcome: 'refused', reason, words: redact(words), isPermanent };
}
