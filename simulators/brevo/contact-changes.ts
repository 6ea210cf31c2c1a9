import { consentOf, recordConsent } from './consent.ts';
import type { Account, AttributeValue, Cause, Contact } from './entities.ts';
import { fireContactDeleted, fireContactUpdated, fireListAddition, type UpdatedContent } from './event-payloads.ts';
import { nextNumber } from './store.ts';
import type { World } from './world.ts';

/** What a new contact holds; everything has been checked. */
export type NewContact = {
  email?: string | undefined;
  extId?: string | undefined;
  attributes?: Record<string, AttributeValue>;
  listIds?: readonly number[];
  emailBlacklisted?: boolean | undefined;
  listUnsubscribed?: readonly number[];
};

/** What changes of a contact; what is absent stays. */
export type ContactChange = {
  email?: string | undefined;
  extId?: string | undefined;
  /** `''` erases */
  attributes?: Record<string, AttributeValue>;
  addListIds?: readonly number[];
  removeListIds?: readonly number[];
  emailBlacklisted?: boolean | undefined;
  /** lists left one by one */
  unsubscribeListIds?: readonly number[];
  /** a new subscription by the person himself ends his leaving of single lists */
  resubscribes?: boolean;
};

/** Creates a contact and tells the webhooks about its lists. */
export function createContact(world: World, account: Account, fresh: NewContact, cause: Cause): Contact {
  const contact: Contact = {
    id: nextNumber(account, 'contact'),
    email: fresh.email === undefined ? undefined : storedAddress(world, fresh.email),
    extId: fresh.extId,
    attributes: withoutEmpty(fresh.attributes ?? {}),
    emailBlacklisted: fresh.emailBlacklisted ?? false,
    smsBlacklisted: false,
    listIds: [...new Set(fresh.listIds)],
    listUnsubscribed: [...(fresh.listUnsubscribed ?? [])],
    createdAt: cause.at,
    modifiedAt: cause.at,
    activities: [],
    writtenAt: cause.by === 'api' ? cause.at : 0,
    isProtected: false,
  };
  account.contacts.add(contact);
  if (contact.emailBlacklisted) noteBlock(world, contact, cause);
  recordConsent(world.store, account, contact, cause, { from: 'absent', to: consentOf(contact) });
  if (contact.listIds.length > 0) fireListAddition(world, account, contact, contact.listIds, cause);
  return contact;
}

/** Changes a contact and tells the webhooks; a new address lifts the block, as the switches say (fact sheet 4.2). */
export function changeContact(
  world: World,
  account: Account,
  contact: Contact,
  change: ContactChange,
  cause: Cause,
): void {
  const from = consentOf(contact);
  const previousEmail = contact.email;
  const updatedEmail = newAddress(world, contact, change.email);
  if (updatedEmail !== undefined || (change.extId !== undefined && change.extId !== contact.extId))
    account.contacts.rename(contact, {
      email: updatedEmail ?? contact.email,
      extId: change.extId === undefined ? contact.extId : change.extId || undefined,
    });
  const attributes = setAttributes(contact, change.attributes ?? {});
  const blocked = blockAfter(world, contact, change, updatedEmail !== undefined);
  const blockChanged = blocked !== undefined && blocked !== contact.emailBlacklisted;
  if (blockChanged) {
    contact.emailBlacklisted = blocked;
    if (blocked) noteBlock(world, contact, cause);
  }
  const added = addLists(contact, change.addListIds ?? []);
  const removed = removeLists(contact, change.removeListIds ?? []);
  leaveLists(world, contact, change);
  if (movesModifiedAt(world, cause, change)) contact.modifiedAt = cause.at;
  if (cause.by === 'api') contact.writtenAt = cause.at;
  account.contacts.changed();
  recordConsent(world.store, account, contact, cause, {
    from,
    to: consentOf(contact),
    previousEmail: updatedEmail === undefined ? undefined : previousEmail,
  });
  tell(world, account, contact, previousEmail, cause, {
    added,
    removed,
    attributes,
    updatedEmail,
    // Nothing shows that a change of address also lifts the block in its event.
    emailBlacklist: blockChanged && updatedEmail === undefined ? blocked : undefined,
  });
}

/** Deletes a contact with its history and its block. */
export function deleteContact(world: World, account: Account, contact: Contact, cause: Cause): void {
  account.contacts.remove(contact);
  recordConsent(world.store, account, contact, cause, { from: consentOf(contact), to: 'absent' });
  fireContactDeleted(world, account, contact, cause);
}

type Told = {
  added: number[];
  removed: number[];
  attributes: Record<string, AttributeValue>;
  updatedEmail: string | undefined;
  emailBlacklist: boolean | undefined;
};

function tell(
  world: World,
  account: Account,
  contact: Contact,
  email: string | undefined,
  cause: Cause,
  { added, removed, attributes, updatedEmail, emailBlacklist }: Told,
): void {
  const { existingListAddition } = world.switches;
  const named = (ids: number[]) => ids.map((id) => ({ id, name: account.lists.get(id)?.name ?? '' }));
  const addition = existingListAddition === 'list_addition' ? [] : added;
  const content: UpdatedContent = {
    ...(emailBlacklist === undefined ? {} : { emailBlacklist }),
    ...(updatedEmail === undefined ? {} : { updated_email: updatedEmail }),
    list: {
      ...(addition.length > 0 ? { addition: named(addition) } : {}),
      ...(removed.length > 0 ? { deletion: named(removed) } : {}),
    },
    ...(emailBlacklist === true && Object.keys(attributes).length === 0 ? {} : { attributes }),
  };
  const isUpdated =
    emailBlacklist !== undefined ||
    updatedEmail !== undefined ||
    addition.length + removed.length + Object.keys(attributes).length > 0;
  if (isUpdated) fireContactUpdated(world, account, contact, email, content, cause);
  if (added.length > 0 && existingListAddition !== 'contact_updated')
    fireListAddition(world, account, contact, added, cause);
}

function newAddress(world: World, contact: Contact, email: string | undefined): string | undefined {
  if (email === undefined) return undefined;
  const stored = storedAddress(world, email);
  return stored.toLowerCase() === contact.email?.toLowerCase() ? undefined : stored;
}

function storedAddress(world: World, email: string): string {
  return world.switches.storedAddresses === 'lower-case' ? email.toLowerCase() : email;
}

function blockAfter(
  { switches }: World,
  { emailBlacklisted: isBlocked }: Contact,
  { emailBlacklisted: wanted }: ContactChange,
  isMoved: boolean,
): boolean | undefined {
  if (!isMoved || !isBlocked || switches.addressChange === 'keeps-block') return wanted;
  return wanted === true && switches.addressChangeWithBlock === 'blocked';
}

function setAttributes(contact: Contact, values: Record<string, AttributeValue>): Record<string, AttributeValue> {
  const changed: Record<string, AttributeValue> = {};
  for (const [name, value] of Object.entries(values)) {
    if (JSON.stringify(contact.attributes[name] ?? '') === JSON.stringify(value)) continue;
    changed[name] = value;
    if (value === '') delete contact.attributes[name];
    else contact.attributes[name] = value;
  }
  return changed;
}

function withoutEmpty(values: Record<string, AttributeValue>): Record<string, AttributeValue> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));
}

function addLists(contact: Contact, ids: readonly number[]): number[] {
  const added = [...new Set(ids)].filter((id) => !contact.listIds.includes(id));
  contact.listIds.push(...added);
  return added;
}

function removeLists(contact: Contact, ids: readonly number[]): number[] {
  const removed = contact.listIds.filter((id) => ids.includes(id));
  if (removed.length > 0) contact.listIds = contact.listIds.filter((id) => !ids.includes(id));
  return removed;
}

function leaveLists({ switches }: World, contact: Contact, change: ContactChange): void {
  const left = (change.unsubscribeListIds ?? []).filter((id) => !contact.listUnsubscribed.includes(id));
  contact.listUnsubscribed.push(...left);
  if (switches.listUnsubscription === 'leaves-list') removeLists(contact, left);
  if (change.resubscribes)
    contact.listUnsubscribed = contact.listUnsubscribed.filter((id) => !change.addListIds?.includes(id));
}

function movesModifiedAt({ switches }: World, cause: Cause, change: ContactChange): boolean {
  if (cause.reason !== undefined) return switches.modifiedAtOnUnsubscribe;
  const isRemovalOnly = Object.entries(change).every(
    ([name, value]) => name === 'removeListIds' || value === undefined,
  );
  return !isRemovalOnly || switches.modifiedAtOnListRemoval;
}

function noteBlock({ switches }: World, contact: Contact, cause: Cause): void {
  if (cause.reason !== undefined || (cause.by === 'api' && switches.apiBlockStatistics === 'none')) return;
  contact.activities.push({ type: 'adminUnsubscription', at: cause.at, ...(cause.ip ? { ip: cause.ip } : {}) });
}
