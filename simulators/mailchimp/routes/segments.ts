import { z } from 'zod';
import {
  type Answer,
  apiCause,
  type Call,
  links,
  listOf,
  pageOf,
  type Route,
  readBody,
  readFlag,
  readInstant,
} from '../call.ts';
import type { Audience, Member, Tag } from '../entities.ts';
import { checkTagName } from '../member-write.ts';
import { deleteTag, ensureTag, findTag, putTag, renameTag, takeTag } from '../membership.ts';
import { badRequest, notFound, schemaProblem } from '../problem.ts';
import { renderBulkMember, renderSegment } from '../render.ts';

/** Most addresses of one bulk call, each way (fact sheet 1.3). */
const MAX_ADDRESSES = 500;

const SegmentBody = z.object({ name: z.string(), static_segment: z.array(z.string()).optional() });
const BulkBody = z.object({
  members_to_add: z.array(z.string()).max(MAX_ADDRESSES).default([]),
  members_to_remove: z.array(z.string()).max(MAX_ADDRESSES).default([]),
});

type AddressError = { email_addresses: string[]; error: string };

/** Tags as static segments. */
export const segmentRoutes: readonly Route[] = [
  { method: 'GET', path: '/lists/{list_id}/segments', serve: readSegments },
  { method: 'POST', path: '/lists/{list_id}/segments', serve: createSegment },
  {
    method: 'GET',
    path: '/lists/{list_id}/segments/{segment_id}',
    serve: (call) => renderSegment(listOf(call), tagOf(call, listOf(call))),
  },
  { method: 'PATCH', path: '/lists/{list_id}/segments/{segment_id}', serve: updateSegment },
  {
    method: 'DELETE',
    path: '/lists/{list_id}/segments/{segment_id}',
    serve: (call) => {
      const list = listOf(call);
      deleteTag(list, tagOf(call, list));
      return undefined;
    },
  },
  { method: 'POST', path: '/lists/{list_id}/segments/{segment_id}', serve: changeMembers },
  { method: 'GET', path: '/lists/{list_id}/segments/{segment_id}/members', serve: readMembers },
];

function readSegments(call: Call): Answer {
  const list = listOf(call);
  const type = call.query.get('type');
  const since = readInstant(call.query, 'since_updated_at') ?? readInstant(call.query, 'since_created_at') ?? 0;
  // Only tags are simulated, so any other type is an empty collection.
  const tags = type && type !== 'static' ? [] : [...list.tags.values()].filter((tag) => tag.updatedAt >= since);
  return {
    segments: pageOf(call.query, tags).map((tag) => renderSegment(list, tag)),
    list_id: list.id,
    total_items: tags.length,
    _links: links(`/lists/${list.id}/segments`),
  };
}

function createSegment(call: Call): Answer {
  const list = listOf(call);
  const body = readBody(call, SegmentBody);
  if (!body.static_segment)
    throw schemaProblem([{ field: 'static_segment', message: 'Only static segments are simulated' }]);
  const name = checkTagName(body.name);
  refuseTaken(list, name, undefined);
  const { at } = apiCause(call);
  const tag = ensureTag(call.world, list, name, at);
  addAll(list, tag, body.static_segment, at);
  return renderSegment(list, tag);
}

function updateSegment(call: Call): Answer {
  const list = listOf(call);
  const tag = tagOf(call, list);
  const body = readBody(call, SegmentBody.partial());
  const { at } = apiCause(call);
  const name = body.name === undefined ? undefined : checkTagName(body.name);
  if (name !== undefined) refuseTaken(list, name, tag);
  if (name !== undefined) renameTag(list, tag, name, at);
  if (body.static_segment) {
    const kept = new Set(body.static_segment.map((email) => list.members.find(email)));
    for (const member of [...tag.members]) if (!kept.has(member)) takeAndTouch(list, tag, member, at);
    addAll(list, tag, body.static_segment, at);
  }
  return renderSegment(list, tag);
}

function changeMembers(call: Call): Answer {
  const list = listOf(call);
  const tag = tagOf(call, list);
  const body = readBody(call, BulkBody);
  const { at } = apiCause(call);
  const errors: AddressError[] = [];
  const added = addAll(list, tag, body.members_to_add, at, errors);
  const removed: Member[] = [];
  const notHeld: string[] = [];
  for (const email of body.members_to_remove) {
    const member = list.members.find(email);
    if (member && takeAndTouch(list, tag, member, at)) removed.push(member);
    else notHeld.push(email);
  }
  if (notHeld.length > 0)
    errors.push({ email_addresses: notHeld, error: 'Email addresses are not members of this segment' });
  return {
    members_added: added.map((member) => renderBulkMember(call.world, list, member)),
    members_removed: removed.map((member) => renderBulkMember(call.world, list, member)),
    errors,
    total_added: added.length,
    total_removed: removed.length,
    error_count: errors.length,
    _links: links(`/lists/${list.id}/segments/${tag.id}`),
  };
}

/** Tags everybody who is on the list; archived contacts count as not on it. */
function addAll(
  list: Audience,
  tag: Tag,
  emails: readonly string[],
  at: number,
  errors: AddressError[] = [],
): Member[] {
  const added: Member[] = [];
  const unknown: string[] = [];
  const held: string[] = [];
  for (const email of emails) {
    const member = list.members.find(email);
    if (!member || member.status === 'archived') unknown.push(email);
    else if (putTag(tag, member, at)) {
      list.members.touch(member, at);
      added.push(member);
    } else held.push(email);
  }
  if (unknown.length > 0)
    errors.push({
      email_addresses: unknown,
      error:
        unknown.length === emails.length
          ? 'None of the emails provided were subscribed to the list'
          : 'Email addresses do not exist on the list',
    });
  if (held.length > 0)
    errors.push({ email_addresses: held, error: 'Email addresses are already members of this segment' });
  return added;
}

function takeAndTouch(list: Audience, tag: Tag, member: Member, at: number): boolean {
  const taken = takeTag(tag, member, at);
  if (taken) list.members.touch(member, at);
  return taken;
}

function readMembers(call: Call): Answer {
  const list = listOf(call);
  const tag = tagOf(call, list);
  const shown = new Set(['subscribed']);
  for (const status of ['unsubscribed', 'cleaned', 'transactional'])
    if (readFlag(call.query, `include_${status}`)) shown.add(status);
  const members = [...tag.members].filter((member) => shown.has(member.status));
  return {
    members: pageOf(call.query, members).map((member) => renderBulkMember(call.world, list, member, false)),
    total_items: members.length,
    _links: links(`/lists/${list.id}/segments/${tag.id}/members`),
  };
}

function tagOf(call: Call, list: Audience): Tag {
  const tag = list.tags.get(Number(call.params.segment_id));
  if (!tag) throw notFound();
  return tag;
}

function refuseTaken(list: Audience, name: string, own: Tag | undefined): void {
  const taken = findTag(list, name);
  if (taken && taken !== own) throw badRequest('Sorry, that tag already exists.');
}
