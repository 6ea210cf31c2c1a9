import { z } from 'zod';
import { notFound } from '../api-error.ts';
import { Answered, apiCause, type Call, type Route, readBody, readId, readPage } from '../call.ts';
import type { Folder } from '../entities.ts';
import { deleteFolder } from '../lists.ts';
import { renderFolder, renderList } from '../render.ts';
import { nextNumber } from '../store.ts';

const FolderBody = z.object({ name: z.string().min(1) });

/** Folders, which lists lie in. Deleting one deletes its lists (fact sheet 2). */
export const folderRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/contacts/folders',
    serve: ({ world, account, query }) => {
      const { slice, descending } = readPage(query, { usual: 10, max: 50 });
      const folders = [...account.folders.values()];
      if (descending) folders.reverse();
      return {
        folders: slice(folders).map((folder) => renderFolder(world, account, folder)),
        count: folders.length,
      };
    },
  },
  {
    method: 'POST',
    path: '/contacts/folders',
    serve: (call) => {
      const { name } = readBody(call, FolderBody);
      const id = nextNumber(call.account, 'folder');
      call.account.folders.set(id, { id, name });
      return new Answered(201, { id });
    },
  },
  {
    method: 'GET',
    path: '/contacts/folders/{folderId}',
    serve: (call) => renderFolder(call.world, call.account, folderOf(call)),
  },
  {
    method: 'PUT',
    path: '/contacts/folders/{folderId}',
    serve: (call) => {
      folderOf(call).name = readBody(call, FolderBody).name;
      return undefined;
    },
  },
  {
    method: 'DELETE',
    path: '/contacts/folders/{folderId}',
    serve: (call) => {
      deleteFolder(call.world, call.account, folderOf(call), apiCause(call));
      return undefined;
    },
  },
  {
    method: 'GET',
    path: '/contacts/folders/{folderId}/lists',
    serve: (call) => {
      const { id } = folderOf(call);
      const { slice, descending } = readPage(call.query, { usual: 10, max: 50 });
      const lists = [...call.account.lists.values()].filter(({ folderId }) => folderId === id);
      if (descending) lists.reverse();
      return { lists: slice(lists).map((list) => renderList(call.world, call.account, list)), count: lists.length };
    },
  },
];

function folderOf(call: Call): Folder {
  const folder = call.account.folders.get(readId(call, 'folderId'));
  if (!folder) throw notFound('Folder ID does not exist');
  return folder;
}
