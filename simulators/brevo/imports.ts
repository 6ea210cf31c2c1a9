import { isAddress } from './address-rules.ts';
import { changeContact, createContact } from './contact-changes.ts';
import { readAttributes } from './contact-fields.ts';
import type { Account, Cause, Contact, ImportTrouble, Process } from './entities.ts';
import { fireListAddition } from './event-payloads.ts';
import type { ImportRow } from './import-rows.ts';
import type { World } from './world.ts';

/** How an import treats its rows (fact sheet 4.3). */
export type ImportSettings = {
  listIds: readonly number[];
  updateExistingContacts: boolean;
  emptyContactsAttributes: boolean;
  emailBlacklist: boolean;
};

/**
 * Carries out an import: bad rows are left out and listed in files, unknown attributes are dropped, the block of a known
 * contact stays as it is unless the import blocks everybody or the switch says otherwise.
 */
export function runImport(
  world: World,
  account: Account,
  process: Process,
  rows: readonly ImportRow[],
  settings: ImportSettings,
  by: Omit<Cause, 'at'>,
): void {
  const { importEvents } = world.switches;
  const cause: Cause = { ...by, at: world.clock.now(), processId: process.id, silent: importEvents !== 'all' };
  // Lists may have been deleted while the import waited.
  const listIds = settings.listIds.filter((id) => account.lists.has(id));
  const trouble: ImportTrouble = { invalidEmails: [], duplicateEmails: [], duplicateExtIds: [] };
  const seen = new Set<string>();
  for (const row of rows) {
    const read = readAttributes(account, row.attributes, 'ignored');
    const email = row.email || read.email || '';
    const known = email !== '' ? account.contacts.byEmail(email) : account.contacts.byExtId(read.extId ?? '');
    if (email !== '' ? !isAddress(email) : !known) {
      trouble.invalidEmails.push(email);
      continue;
    }
    if (seen.has(email.toLowerCase())) trouble.duplicateEmails.push(email);
    seen.add(email.toLowerCase());
    const holder = read.extId ? account.contacts.byExtId(read.extId) : undefined;
    if (holder && holder !== known) {
      trouble.duplicateExtIds.push(read.extId ?? '');
      continue;
    }
    const added = listIds.filter((id) => !known?.listIds.includes(id));
    const contact = known ?? createFrom(world, account, { ...read, email }, listIds, settings, cause);
    if (known) update(world, account, known, read, listIds, settings, cause);
    if (importEvents === 'list_addition' && added.length > 0)
      fireListAddition(world, account, contact, added, { ...cause, silent: false });
  }
  process.trouble = trouble;
  writeFiles(world, process, trouble);
}

type Read = ReturnType<typeof readAttributes>;

function createFrom(
  world: World,
  account: Account,
  { email, extId, attributes }: Read,
  listIds: readonly number[],
  settings: ImportSettings,
  cause: Cause,
): Contact {
  const emailBlacklisted = settings.emailBlacklist;
  return createContact(
    world,
    account,
    { email, extId: extId || undefined, attributes, listIds, emailBlacklisted },
    cause,
  );
}

function update(
  world: World,
  account: Account,
  contact: Contact,
  read: Read,
  listIds: readonly number[],
  settings: ImportSettings,
  cause: Cause,
): void {
  const erases = settings.updateExistingContacts && settings.emptyContactsAttributes;
  const attributes = !settings.updateExistingContacts
    ? {}
    : Object.fromEntries(Object.entries(read.attributes).filter(([, value]) => value !== '' || erases));
  const blocked = settings.emailBlacklist ? true : world.switches.importLiftsBlock ? false : undefined;
  changeContact(
    world,
    account,
    contact,
    {
      attributes,
      ...(read.extId && settings.updateExistingContacts ? { extId: read.extId } : {}),
      addListIds: listIds,
      emailBlacklisted: blocked,
    },
    cause,
  );
}

function writeFiles({ store }: World, process: Process, trouble: ImportTrouble): void {
  const files: [string, string[]][] = [
    ['invalid_emails', trouble.invalidEmails],
    ['duplicate_email_id', trouble.duplicateEmails],
    ['duplicate_ext_id', trouble.duplicateExtIds],
  ];
  for (const [kind, rows] of files)
    if (rows.length > 0)
      store.files.set(`${process.fileKey}-${kind}.csv`, `${kind.toUpperCase()}\n${rows.join('\n')}\n`);
}
