import { consentOf, recordConsent } from './consent.ts';
import type { Account, Cause, Folder, List } from './entities.ts';
import { nextNumber } from './store.ts';
import type { World } from './world.ts';

/** Makes a list; names need not be unique (fact sheet 2). */
export function addList(account: Account, name: string, folderId: number, at: number): List {
  const list: List = { id: nextNumber(account, 'list'), name, folderId, createdAt: at };
  account.lists.set(list.id, list);
  return list;
}

/** Deletes a list; its contacts survive. Nothing shows that this fires events. */
export function deleteList(world: World, account: Account, list: List, cause: Cause): void {
  account.lists.delete(list.id);
  for (const contact of account.contacts.all()) {
    if (!contact.listIds.includes(list.id) && !contact.listUnsubscribed.includes(list.id)) continue;
    const from = consentOf(contact);
    contact.listIds = contact.listIds.filter((id) => id !== list.id);
    contact.listUnsubscribed = contact.listUnsubscribed.filter((id) => id !== list.id);
    recordConsent(world.store, account, contact, cause, { from, to: consentOf(contact) });
  }
  account.contacts.changed();
}

/** Deletes a folder with its lists. */
export function deleteFolder(world: World, account: Account, folder: Folder, cause: Cause): void {
  account.folders.delete(folder.id);
  for (const list of [...account.lists.values()])
    if (list.folderId === folder.id) deleteList(world, account, list, cause);
}
