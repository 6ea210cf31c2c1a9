import { z } from 'zod';
import { invalid, missing } from '../api-error.ts';
import { Answered, apiCause, type Call, listOfPath, type Route, readBody, readInstant, readPage } from '../call.ts';
import { campaignStats } from '../campaign-statistics.ts';
import { addList, deleteList } from '../lists.ts';
import { renderContact, renderList, renderListInFull } from '../render.ts';

const NewListBody = z.object({ name: z.string().min(1), folderId: z.int() });
const ListBody = z.object({ name: z.string().min(1).optional(), folderId: z.int().optional() });

/** Lists and who is on them (fact sheet 2). */
export const listRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/contacts/lists',
    serve: ({ world, account, query }) => {
      const { slice, descending } = readPage(query, { usual: 10, max: 50 });
      const lists = [...account.lists.values()];
      if (descending) lists.reverse();
      return { lists: slice(lists).map((list) => renderList(world, account, list)), count: lists.length };
    },
  },
  {
    method: 'POST',
    path: '/contacts/lists',
    serve: (call) => {
      const { name, folderId } = readBody(call, NewListBody);
      checkFolder(call, folderId);
      return new Answered(201, { id: addList(call.account, name, folderId, call.world.clock.now()).id });
    },
  },
  {
    method: 'GET',
    path: '/contacts/lists/{listId}',
    serve: (call) => {
      const { world, account, query } = call;
      const list = listOfPath(call);
      const from = readInstant(query, 'startDate') ?? 0;
      const to = readInstant(query, 'endDate') ?? world.clock.now();
      const sent = [...account.campaigns.values()].filter(
        ({ sentAt, listIds }) => sentAt !== undefined && sentAt >= from && sentAt <= to && listIds.includes(list.id),
      );
      return {
        ...renderListInFull(world, account, list),
        campaignStats: sent.map((campaign) => ({ campaignId: campaign.id, stats: campaignStats(campaign) })),
      };
    },
  },
  { method: 'PUT', path: '/contacts/lists/{listId}', serve: updateList },
  {
    method: 'DELETE',
    path: '/contacts/lists/{listId}',
    serve: (call) => {
      deleteList(call.world, call.account, listOfPath(call), apiCause(call));
      return undefined;
    },
  },
  { method: 'GET', path: '/contacts/lists/{listId}/contacts', serve: readMembers },
];

function updateList(call: Call): undefined {
  const list = listOfPath(call);
  const { name, folderId } = readBody(call, ListBody);
  if ((name === undefined) === (folderId === undefined)) throw missing('Either name or folderId should be passed');
  if (folderId !== undefined) {
    checkFolder(call, folderId);
    list.folderId = folderId;
  } else if (name !== undefined) list.name = name;
  return undefined;
}

// Blocked contacts are members too; `count` honours `modifiedSince`.
function readMembers(call: Call) {
  const { world, account, query } = call;
  const list = listOfPath(call);
  const { slice, descending } = readPage(query, { usual: 50, max: 500 });
  const found = account.contacts.select({
    listIds: [list.id],
    modifiedSince: readInstant(query, 'modifiedSince'),
    descending,
  });
  return { contacts: slice(found).map((contact) => renderContact(world, account, contact)), count: found.length };
}

function checkFolder(call: Call, folderId: number): void {
  if (!call.account.folders.has(folderId)) throw invalid('Folder ID does not exist');
}
