import { z } from 'zod';
import { isRoleAddress } from '../address-rules.ts';
import { type Answer, apiCause, type Call, links, listOf, type Route, readBody, readFlag } from '../call.ts';
import type { Audience, Cause, Member } from '../entities.ts';
import { createMember, MemberBody, readTagNames, updateMember, type WriteMode, writeTags } from '../member-write.ts';
import { invalidResource, Problem, schemaProblem } from '../problem.ts';
import { renderBulkMember } from '../render.ts';

const BulkBody = z.object({
  members: z.array(MemberBody),
  update_existing: z.boolean().default(false),
  sync_tags: z.boolean().default(false),
});
type BulkBody = z.infer<typeof BulkBody>;

/** Most members of one call (fact sheet 4). */
const MAX_MEMBERS = 500;

type BulkError = {
  email_address: string;
  error: string;
  error_code: 'ERROR_CONTACT_EXISTS' | 'ERROR_GENERIC';
  field?: string;
  field_message?: string;
};

/** Batch subscribe and unsubscribe: 200 even if every record failed. */
export const bulkMemberRoutes: readonly Route[] = [{ method: 'POST', path: '/lists/{list_id}', serve: writeMembers }];

function writeMembers(call: Call): Answer {
  const list = listOf(call);
  const body = readBody(call, BulkBody);
  if (body.members.length > MAX_MEMBERS)
    throw schemaProblem([{ field: 'members', message: `Value may hold at most ${MAX_MEMBERS} items` }]);
  const cause = apiCause(call);
  const skipDuplicates = readFlag(call.query, 'skip_duplicate_check');
  const seen = new Set<string>();
  const created: Member[] = [];
  const updated: Member[] = [];
  const errors: BulkError[] = [];
  for (const record of body.members) {
    const email = record.email_address ?? '';
    const address = email.toLowerCase();
    if (seen.has(address) && skipDuplicates) continue;
    try {
      if (seen.has(address)) throw invalidResource(`${email} is a duplicate in this request.`);
      const known = list.members.find(email);
      const outcome = writeRecord(call, list, record, known, body, cause);
      (known ? updated : created).push(outcome);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      errors.push(bulkError(record, error));
    }
    seen.add(address);
  }
  return {
    new_members: created.map((member) => renderBulkMember(call.world, list, member)),
    updated_members: updated.map((member) => renderBulkMember(call.world, list, member)),
    errors,
    total_created: created.length,
    total_updated: updated.length,
    error_count: errors.length,
    _links: links(`/lists/${list.id}`),
  };
}

function writeRecord(
  call: Call,
  list: Audience,
  record: MemberBody,
  known: Member | undefined,
  { update_existing, sync_tags }: BulkBody,
  cause: Cause,
): Member {
  const { world } = call;
  const mode: WriteMode = {
    skipMergeValidation: readFlag(call.query, 'skip_merge_validation'),
    onRefusedRaise: world.switches.batchCompliance,
  };
  const email = record.email_address ?? '';
  if (!known) {
    if (record.status === undefined) throw invalidResource('Required fields were not provided: status');
    if (world.switches.roleAddressesInBatch === 'refused' && isRoleAddress(email))
      throw invalidResource(`${email} is a role-based address and cannot be imported.`);
    return createMember(world, list, record, record.status, cause, mode);
  }
  const unarchives = known.status === 'archived' && world.switches.bulkAddArchived === 'unarchived';
  if (!update_existing && !unarchives) throw new ContactExists(email);
  const tags = readTagNames(record.tags);
  updateMember(world, list, known, record, record.status, cause, mode);
  const replaces =
    update_existing && sync_tags && (record.tags !== undefined || world.switches.syncTagsWithoutTags === 'cleared');
  writeTags(world, list, known, tags, replaces, cause.at);
  return known;
}

class ContactExists extends Problem {
  constructor(email: string) {
    super(
      400,
      'Member Exists',
      `${email} is already a list member, do you want to update? please provide update_existing:true in the request body`,
    );
  }
}

function bulkError(record: MemberBody, problem: Problem): BulkError {
  const first = problem.title === 'Invalid Resource' ? problem.errors?.[0] : undefined;
  return {
    email_address: record.email_address ?? '',
    error: problem.detail,
    error_code: problem instanceof ContactExists ? 'ERROR_CONTACT_EXISTS' : 'ERROR_GENERIC',
    ...(first ? { field: first.field, field_message: first.message } : {}),
  };
}
