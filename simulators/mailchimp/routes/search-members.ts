import { type Answer, type Call, links, type Route } from '../call.ts';
import { notFound, schemaProblem } from '../problem.ts';
import { renderMember } from '../render.ts';

/** Most members of one search. */
const MAX_FOUND = 30;

/** The search over all audiences of the account. */
export const searchMemberRoutes: readonly Route[] = [{ method: 'GET', path: '/search-members', serve: search }];

function search(call: Call): Answer {
  const wanted = (call.query.get('query') ?? '').trim().toLowerCase();
  if (wanted === '') throw schemaProblem([{ field: 'query', message: 'This value should not be blank.' }]);
  const listId = call.query.get('list_id');
  const lists = call.world.store.listsOf(call.account).filter((list) => !listId || list.id === listId);
  if (listId && lists.length === 0) throw notFound();
  const exact: Record<string, unknown>[] = [];
  const full: Record<string, unknown>[] = [];
  for (const list of lists)
    for (const member of list.members.all()) {
      if (member.status === 'archived') continue;
      const address = member.emailAddress.toLowerCase();
      const values = Object.values(member.mergeFields).map((value) => String(value).toLowerCase());
      if (address === wanted) exact.push(renderMember(list, member));
      else if (full.length < MAX_FOUND && [address, ...values].some((text) => text.includes(wanted)))
        full.push(renderMember(list, member));
    }
  return {
    exact_matches: { members: exact, total_items: exact.length },
    full_search: { members: full, total_items: full.length },
    _links: links('/search-members'),
  };
}
