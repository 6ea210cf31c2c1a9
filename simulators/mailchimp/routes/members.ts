import {
  type Answer,
  apiCause,
  type Call,
  knownMemberOf,
  links,
  listOf,
  memberOf,
  pageOf,
  type Route,
  readBody,
  readChoice,
  readFlag,
  readInstant,
} from '../call.ts';
import { MEMBER_STATUSES } from '../entities.ts';
import type { MemberFilter } from '../member-index.ts';
import { createMember, MemberBody, readTagNames, updateMember, type WriteMode, writeTags } from '../member-write.ts';
import { forgetMember, setStatus } from '../membership.ts';
import { badRequest, memberExists, methodNotAllowed, notFound, schemaProblem } from '../problem.ts';
import { renderMember } from '../render.ts';

/** Members one by one, and their list. */
export const memberRoutes: readonly Route[] = [
  { method: 'GET', path: '/lists/{list_id}/members', serve: readMembers },
  { method: 'POST', path: '/lists/{list_id}/members', serve: postMember },
  {
    method: 'GET',
    path: '/lists/{list_id}/members/{subscriber_hash}',
    serve: (call) => renderMember(listOf(call), knownMemberOf(call, listOf(call))),
  },
  { method: 'PUT', path: '/lists/{list_id}/members/{subscriber_hash}', serve: putMember },
  { method: 'PATCH', path: '/lists/{list_id}/members/{subscriber_hash}', serve: patchMember },
  { method: 'DELETE', path: '/lists/{list_id}/members/{subscriber_hash}', serve: archiveMember },
  {
    method: 'POST',
    path: '/lists/{list_id}/members/{subscriber_hash}/actions/delete-permanent',
    serve: (call) => {
      const list = listOf(call);
      forgetMember(call.world, list, memberByHash(call), apiCause(call));
      return undefined;
    },
  },
];

function readMembers(call: Call): Answer {
  const list = listOf(call);
  const selected = list.members.select(readFilter(call.query));
  return {
    members: pageOf(call.query, selected).map((member) => renderMember(list, member)),
    list_id: list.id,
    total_items: selected.length,
    _links: links(`/lists/${list.id}/members`),
  };
}

function readFilter(query: URLSearchParams): MemberFilter {
  const status = readChoice(query, 'status', MEMBER_STATUSES);
  const unsubscribedSince = readInstant(query, 'unsubscribed_since');
  if (unsubscribedSince !== undefined && status !== 'unsubscribed')
    throw badRequest("The 'unsubscribed_since' parameter needs the status 'unsubscribed'.");
  return {
    status,
    emailType: query.get('email_type') ?? undefined,
    uniqueEmailId: query.get('unique_email_id') ?? undefined,
    vipOnly: readFlag(query, 'vip_only'),
    sinceLastChanged: wholeSeconds(readInstant(query, 'since_last_changed') ?? unsubscribedSince),
    beforeLastChanged: readInstant(query, 'before_last_changed'),
    sinceTimestampOpt: wholeSeconds(readInstant(query, 'since_timestamp_opt')),
    beforeTimestampOpt: readInstant(query, 'before_timestamp_opt'),
    sortField: readChoice(query, 'sort_field', ['timestamp_opt', 'timestamp_signup', 'last_changed']),
    descending: readChoice(query, 'sort_dir', ['ASC', 'DESC']) === 'DESC',
  };
}

// "Since" is inclusive to the second; parts of a second are accepted (fact sheet 3.4).
function wholeSeconds(at: number | undefined): number | undefined {
  return at === undefined ? undefined : Math.floor(at / 1000) * 1000;
}

function postMember(call: Call): Answer {
  const list = listOf(call);
  const body = readBody(call, MemberBody);
  if (body.email_address === undefined || body.status === undefined)
    throw schemaProblem([{ field: '', message: 'Required fields were not provided: email_address, status' }]);
  const mode = modeOf(call);
  const known = list.members.find(body.email_address);
  const cause = apiCause(call);
  if (!known) return renderMember(list, createMember(call.world, list, body, body.status, cause, mode));
  if (known.status !== 'archived') throw memberExists(body.email_address);
  const tags = readTagNames(body.tags);
  updateMember(call.world, list, known, body, body.status, cause, { ...mode, existing: true });
  writeTags(call.world, list, known, tags, false, cause.at);
  return renderMember(list, known);
}

function putMember(call: Call): Answer {
  const list = listOf(call);
  const body = readBody(call, MemberBody);
  const known = memberOf(call, list);
  const mode = modeOf(call);
  if (known) {
    updateMember(call.world, list, known, body, body.status, apiCause(call), mode);
    return renderMember(list, known);
  }
  const status = body.status ?? body.status_if_new;
  if (body.email_address === undefined || status === undefined)
    throw schemaProblem([{ field: '', message: 'Required fields were not provided: email_address, status_if_new' }]);
  if (list.members.find(body.email_address)) throw memberExists(body.email_address);
  return renderMember(list, createMember(call.world, list, body, status, apiCause(call), mode));
}

function patchMember(call: Call): Answer {
  const list = listOf(call);
  const member = knownMemberOf(call, list);
  const body = readBody(call, MemberBody);
  if (body.status === 'transactional')
    throw schemaProblem([
      { field: 'status', message: 'Value must be one of: subscribed, unsubscribed, cleaned, pending' },
    ]);
  updateMember(call.world, list, member, body, body.status, apiCause(call), modeOf(call));
  return renderMember(list, member);
}

function archiveMember(call: Call): Answer {
  const list = listOf(call);
  const member = knownMemberOf(call, list);
  if (['archived', 'cleaned', 'pending'].includes(member.status))
    throw methodNotAllowed(
      'GET, PUT',
      'This list member cannot be removed. Can not archive a contact that is bounced, pending or archived',
    );
  setStatus(call.world, list, member, 'archived', apiCause(call));
  return undefined;
}

/** The member of the path, which here takes the hash only (fact sheet 3.1). */
function memberByHash(call: Call) {
  const member = memberOf(call, listOf(call));
  if (!member || member.hash !== call.params.subscriber_hash) throw notFound();
  return member;
}

function modeOf(call: Call): WriteMode {
  return { skipMergeValidation: readFlag(call.query, 'skip_merge_validation'), onRefusedRaise: 'error' };
}
