import { z } from 'zod';
import {
  type Answer,
  apiCause,
  type Call,
  knownMemberOf,
  links,
  listOf,
  pageOf,
  type Route,
  readBody,
} from '../call.ts';
import { checkTagName } from '../member-write.ts';
import { ensureTag, findTag, putTag, takeTag } from '../membership.ts';
import { isoTime } from '../world.ts';

const TagsBody = z.object({
  tags: z.array(z.object({ name: z.string(), status: z.enum(['active', 'inactive']) })),
  is_syncing: z.boolean().optional(),
});

/** Tags of one member, and the search for tags. */
export const memberTagRoutes: readonly Route[] = [
  { method: 'GET', path: '/lists/{list_id}/members/{subscriber_hash}/tags', serve: readTags },
  { method: 'POST', path: '/lists/{list_id}/members/{subscriber_hash}/tags', serve: writeMemberTags },
  { method: 'GET', path: '/lists/{list_id}/tag-search', serve: searchTags },
];

function readTags(call: Call): Answer {
  const list = listOf(call);
  const member = knownMemberOf(call, list);
  const tags = [...member.tags].map(([id, addedAt]) => ({
    id,
    name: list.tags.get(id)?.name ?? '',
    date_added: isoTime(addedAt),
  }));
  return {
    tags: pageOf(call.query, tags),
    total_items: tags.length,
    _links: links(`/lists/${list.id}/members/${member.hash}/tags`),
  };
}

function writeMemberTags(call: Call): Answer {
  const list = listOf(call);
  const member = knownMemberOf(call, list);
  const { at } = apiCause(call);
  const wanted = readBody(call, TagsBody).tags.map(({ name, status }) => ({ name: checkTagName(name), status }));
  for (const { name, status } of wanted) {
    const tag = status === 'active' ? ensureTag(call.world, list, name, at) : findTag(list, name);
    if (tag && status === 'active') putTag(tag, member, at);
    else if (tag) takeTag(tag, member, at);
  }
  // Naming any tag moves `last_changed`, even one he has already (fact sheet 3.5).
  if (wanted.length > 0) list.members.touch(member, at);
  return undefined;
}

function searchTags(call: Call): Answer {
  const list = listOf(call);
  const prefix = (call.query.get('name') ?? '').trim().toLowerCase();
  const tags = [...list.tags.values()].filter((tag) => tag.name.toLowerCase().startsWith(prefix));
  return { tags: tags.map(({ id, name }) => ({ id, name })), total_items: tags.length };
}
