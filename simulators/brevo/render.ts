import { contactStatistics } from './contact-statistics.ts';
import type { Account, Attribute, Contact, Folder, List, Process, Webhook } from './entities.ts';
import { localIso } from './local-time.ts';
import type { World } from './world.ts';

type Rendered = Record<string, unknown>;

/** A time stamp as the account gives it: 3 digits, or 6 where live answers have them. */
export function stamp(world: World, account: Account, at: number, digits: 3 | 6 = 3): string {
  return world.switches.timestamps === 'utc' ? new Date(at).toISOString() : localIso(at, account.timezone, digits);
}

/** A contact in lists (fact sheet 4.1). */
export function renderContact(world: World, account: Account, contact: Contact): Rendered {
  const { switches } = world;
  const left = contact.listUnsubscribed;
  const whenNone = { null: { listUnsubscribed: null }, missing: {}, empty: { listUnsubscribed: [] } };
  return {
    ...(contact.email === undefined ? {} : { email: contact.email }),
    id: contact.id,
    emailBlacklisted: contact.emailBlacklisted,
    smsBlacklisted: contact.smsBlacklisted,
    whatsappBlacklisted: false,
    createdAt: stamp(world, account, contact.createdAt),
    modifiedAt: stamp(world, account, contact.modifiedAt, 6),
    listIds: contact.listIds,
    ...(left.length > 0 ? { listUnsubscribed: left } : whenNone[switches.listUnsubscribedWhenNone]),
    subscriptions: {},
    attributes: { ...contact.attributes, ...(contact.extId === undefined ? {} : { EXT_ID: contact.extId }) },
  };
}

/** One contact, with its statistics between two instants. */
export function renderContactInFull(
  world: World,
  account: Account,
  contact: Contact,
  window: { from: number; to: number },
): Rendered {
  return {
    ...renderContact(world, account, contact),
    statistics: contactStatistics(contact, window, (at) => stamp(world, account, at)),
  };
}

/** A list in collections, whose totals are retired (fact sheet 2). */
export function renderList(world: World, account: Account, list: List): Rendered {
  return { id: list.id, name: list.name, folderId: list.folderId, ...counts(world, account, [list.id]) };
}

/** One list, whose totals are real. */
export function renderListInFull(world: World, account: Account, list: List): Rendered {
  const { unique, blocked } = account.contacts.count(list.id);
  return {
    id: list.id,
    name: list.name,
    folderId: list.folderId,
    uniqueSubscribers: unique,
    totalSubscribers: unique - blocked,
    totalBlacklisted: blocked,
    createdAt: stamp(world, account, list.createdAt),
    dynamicList: false,
  };
}

export function renderFolder(world: World, account: Account, folder: Folder): Rendered {
  const ids = [...account.lists.values()].filter(({ folderId }) => folderId === folder.id).map(({ id }) => id);
  return { id: folder.id, name: folder.name, ...counts(world, account, ids) };
}

function counts({ switches }: World, account: Account, listIds: readonly number[]): Rendered {
  const all = listIds.map((id) => account.contacts.count(id));
  const unique = all.reduce((sum, count) => sum + count.unique, 0);
  const blocked = all.reduce((sum, count) => sum + count.blocked, 0);
  const isReal = switches.collectionTotals === 'real';
  return {
    uniqueSubscribers: unique,
    totalSubscribers: isReal ? unique - blocked : 0,
    totalBlacklisted: isReal ? blocked : 0,
  };
}

export function renderAttribute(attribute: Attribute): Rendered {
  const { name, category, type, enumeration, multiCategoryOptions, calculatedValue } = attribute;
  return {
    name,
    category,
    ...(type === undefined ? {} : { type }),
    ...(enumeration ? { enumeration: enumeration.map((each) => ({ ...each, valueStr: String(each.value) })) } : {}),
    ...(multiCategoryOptions ? { multiCategoryOptions } : {}),
    ...(calculatedValue === undefined ? {} : { calculatedValue }),
  };
}

export function renderWebhook(world: World, account: Account, webhook: Webhook): Rendered {
  const { id, type, url, description, events, auth, headers, batched } = webhook;
  return {
    id,
    type,
    url,
    description,
    events,
    ...(auth ? { auth } : {}),
    headers,
    batched,
    createdAt: stamp(world, account, webhook.createdAt),
    modifiedAt: stamp(world, account, webhook.modifiedAt),
  };
}

/** A process; only a completed one has `info` (fact sheet 4.3). */
export function renderProcess({ switches }: World, process: Process, origin: string): Rendered {
  const { id, name, status, error, trouble, exportFile, fileKey } = process;
  const fileUrl = (file: string): string => `${origin}/_files/${file}`;
  const told = (kind: string, rows: readonly string[]): string | number | null =>
    switches.importInfo === 'counts' ? rows.length : rows.length > 0 ? fileUrl(`${fileKey}-${kind}.csv`) : null;
  return {
    id,
    name,
    status: status === 'running' ? switches.runningWord : status,
    ...(trouble && status === 'completed'
      ? {
          info: {
            import: {
              invalid_emails: told('invalid_emails', trouble.invalidEmails),
              duplicate_email_id: told('duplicate_email_id', trouble.duplicateEmails),
              duplicate_ext_id: told('duplicate_ext_id', trouble.duplicateExtIds),
              duplicate_contact_id: null,
              duplicate_phone_id: null,
              duplicate_whatsapp_id: null,
              duplicate_landline_number_id: null,
            },
          },
        }
      : {}),
    ...(exportFile !== undefined && status === 'completed' ? { export_url: fileUrl(exportFile) } : {}),
    ...(error === undefined ? {} : { error }),
  };
}
