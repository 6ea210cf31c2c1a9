import type { Account, Campaign, Contact, Process, Recipient } from './entities.ts';
import { localPlain } from './local-time.ts';
import type { World } from './world.ts';

/** Who of a list an export holds. */
export const CONTACT_ACTIONS = ['allContacts', 'subscribed', 'unsubscribed', 'unsubscribedPerList'] as const;
export type ContactAction = (typeof CONTACT_ACTIONS)[number];

/** Who of a campaign's recipients an export holds. There is no "delivered" (fact sheet 6). */
export const RECIPIENT_ACTIONS = [
  'all',
  'openers',
  'nonOpeners',
  'clickers',
  'nonClickers',
  'softBounces',
  'hardBounces',
  'unsubscribed',
] as const;
export type RecipientAction = (typeof RECIPIENT_ACTIONS)[number];

/** What the rows of a contact export carry. */
export type ExportColumns = {
  attributes: readonly string[];
  metadata: readonly string[];
  subscriptionStatus: boolean;
  isUtc: boolean;
};

/** Contacts of a list by what they are on it; blocked ones count as unsubscribed. */
export function contactsOfList(
  account: Account,
  listId: number,
  action: ContactAction,
  since: { modifiedSince: number | undefined; createdSince: number | undefined },
): Contact[] {
  const isWanted: Record<ContactAction, (contact: Contact) => boolean> = {
    allContacts: () => true,
    subscribed: (contact) => !contact.emailBlacklisted && !contact.listUnsubscribed.includes(listId),
    unsubscribed: ({ emailBlacklisted }) => emailBlacklisted,
    unsubscribedPerList: ({ listUnsubscribed }) => listUnsubscribed.includes(listId),
  };
  const found = account.contacts.select({ listIds: [listId], ...since, descending: false });
  return found.filter(isWanted[action]);
}

/** Recipients of a campaign by what they did. */
export function recipientsOf(campaign: Campaign, action: RecipientAction): Recipient[] {
  const isWanted: Record<RecipientAction, (recipient: Recipient) => boolean> = {
    all: () => true,
    openers: ({ opens }) => opens > 0,
    nonOpeners: ({ opens, bounce }) => opens === 0 && bounce === undefined,
    clickers: ({ clicks }) => clicks > 0,
    nonClickers: ({ clicks, bounce }) => clicks === 0 && bounce === undefined,
    softBounces: ({ bounce }) => bounce === 'soft',
    hardBounces: ({ bounce }) => bounce === 'hard',
    unsubscribed: ({ unsubscribed }) => unsubscribed,
  };
  return [...campaign.recipients.values()].filter(isWanted[action]);
}

/** Writes contacts as the file of a process; the layout is a guess from what can be asked for. */
export function writeContacts(
  world: World,
  account: Account,
  process: Process,
  contacts: readonly Contact[],
  columns: ExportColumns,
): void {
  const zone = columns.isUtc ? 'UTC' : account.timezone;
  const time = (at: number): string => localPlain(at, zone);
  const header = [
    'CONTACT ID',
    'EMAIL',
    ...columns.attributes,
    'ADDED_TIME',
    'MODIFIED_TIME',
    ...(columns.metadata.includes('_listIds') ? ['_listIds'] : []),
    ...(columns.subscriptionStatus ? ['email_marketing'] : []),
  ];
  const rows = contacts.map((contact) => [
    contact.id,
    contact.email ?? '',
    ...columns.attributes.map((name) => String(contact.attributes[name] ?? '')),
    time(contact.createdAt),
    time(contact.modifiedAt),
    ...(columns.metadata.includes('_listIds') ? [contact.listIds.join(',')] : []),
    ...(columns.subscriptionStatus ? [contact.emailBlacklisted ? 'unsubscribed' : 'subscribed'] : []),
  ]);
  writeCsv(world, process, [header, ...rows]);
}

/** Writes recipients as the file of a process: no time stamps. */
export function writeRecipients(world: World, process: Process, recipients: readonly Recipient[]): void {
  writeCsv(world, process, [['EMAIL'], ...recipients.map(({ email }) => [email])]);
}

function writeCsv({ store }: World, process: Process, rows: readonly (string | number)[][]): void {
  const quoted = (cell: string | number): string =>
    /[;"\n]/.test(String(cell)) ? `"${String(cell).replaceAll('"', '""')}"` : String(cell);
  process.exportFile = `${process.fileKey}-export.csv`;
  store.files.set(process.exportFile, `${rows.map((row) => row.map(quoted).join(';')).join('\n')}\n`);
}
