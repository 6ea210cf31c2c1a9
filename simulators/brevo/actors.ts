import { attribute, readValue } from './attributes.ts';
import { changeContact, createContact, deleteContact } from './contact-changes.ts';
import type { Account, Attribute, AttributeType, Campaign, Cause, Contact, List } from './entities.ts';
import { complainByPerson, unsubscribeByPerson } from './leaving.ts';
import { addList, deleteList } from './lists.ts';
import { listOf } from './store.ts';
import { causedBy, type World } from './world.ts';

/** Attributes by name, as people type them. */
export type TypedAttributes = Record<string, string | number | boolean>;
/** A list by id, or the oldest one of that name. */
export type ListName = number | string;

/** What subscribers do. Contacts go by address; unknown ones throw. */
export type PersonActor = {
  /** signs up through a form of the list: this lifts a block */
  subscribe(list: ListName, form: { email: string; attributes?: TypedAttributes }): Contact;
  /** clicks "unsubscribe" in a mail; a list is left only where the account allows that */
  unsubscribe(email: string, more?: { campaignId?: number; list?: ListName }): void;
  /** reports spam */
  complain(email: string, more?: { campaignId?: number }): void;
  changeAddress(from: string, to: string): void;
  /** edits his own profile */
  editProfile(email: string, attributes: TypedAttributes): void;
  /** clicks the link of a double opt-in mail */
  confirm(email: string): Contact;
};

/** What the agency does in Brevo's own pages. */
export type AdminActor = {
  addContact(contact: {
    email: string;
    lists?: readonly ListName[];
    attributes?: TypedAttributes;
    blocked?: boolean;
  }): Contact;
  /** puts many on a list at once, without events */
  importContacts(list: ListName, emails: readonly string[], more?: { blocked?: boolean }): void;
  block(email: string): void;
  unblock(email: string): void;
  addToList(list: ListName, email: string): void;
  removeFromList(list: ListName, email: string): void;
  deleteContact(email: string): void;
  changeAddress(from: string, to: string): void;
  editProfile(email: string, attributes: TypedAttributes): void;
  createList(name: string): List;
  renameList(list: ListName, name: string): void;
  deleteList(list: ListName): void;
  createAttribute(name: string, type: AttributeType): Attribute;
  deleteAttribute(name: string): void;
};

/** Builds the people who use one account of Brevo without the API. */
export function createActors(world: World, account: Account): { person: PersonActor; admin: AdminActor } {
  const known = (email: string): Contact => {
    const contact = account.contacts.byEmail(email);
    if (!contact) throw new Error(`the account has no contact ${email}`);
    return contact;
  };
  const campaignOf = (id: number | undefined): Campaign | undefined => {
    if (id === undefined) return undefined;
    const campaign = account.campaigns.get(id);
    if (!campaign) throw new Error(`no campaign ${id}`);
    return campaign;
  };
  const move = (from: string, to: string, cause: Cause): void => {
    const contact = known(from);
    if (account.contacts.byEmail(to)) throw new Error(`the account has a contact ${to} already`);
    changeContact(world, account, contact, { email: to }, cause);
  };
  const edit = (email: string, attributes: TypedAttributes, cause: Cause): void =>
    changeContact(world, account, known(email), { attributes: readTyped(account, attributes) }, cause);
  const subscribe = (listIds: number[], email: string, typed: TypedAttributes): Contact => {
    const cause = causedBy(world, 'person');
    const attributes = readTyped(account, typed);
    const contact = account.contacts.byEmail(email);
    if (!contact) return createContact(world, account, { email, attributes, listIds }, cause);
    const change = { attributes, addListIds: listIds, emailBlacklisted: false, resubscribes: true };
    changeContact(world, account, contact, change, cause);
    return contact;
  };

  const person: PersonActor = {
    subscribe: (list, { email, attributes = {} }) => subscribe([listOf(account, list).id], email, attributes),
    unsubscribe: (email, { campaignId, list } = {}) =>
      unsubscribeByPerson(world, account, known(email), {
        campaign: campaignOf(campaignId),
        listId: list === undefined ? undefined : listOf(account, list).id,
      }),
    complain: (email, { campaignId } = {}) => complainByPerson(world, account, known(email), campaignOf(campaignId)),
    changeAddress: (from, to) => move(from, to, causedBy(world, 'person')),
    editProfile: (email, attributes) => edit(email, attributes, causedBy(world, 'person')),
    confirm: (email) => {
      const pending = world.store.pendingOptIns.get(email.toLowerCase());
      if (pending?.accountId !== account.id) throw new Error(`nobody asked ${email} to confirm`);
      world.store.pendingOptIns.delete(email.toLowerCase());
      const contact = subscribe(pending.includeListIds, pending.email, {});
      const { attributes, excludeListIds } = pending;
      const change = { attributes, removeListIds: excludeListIds };
      changeContact(world, account, contact, change, causedBy(world, 'person'));
      return contact;
    },
  };

  const admin: AdminActor = {
    addContact: ({ email, lists = [], attributes = {}, blocked = false }) =>
      createContact(
        world,
        account,
        {
          email,
          attributes: readTyped(account, attributes),
          listIds: lists.map((list) => listOf(account, list).id),
          emailBlacklisted: blocked,
        },
        causedBy(world, 'admin'),
      ),
    importContacts: (list, emails, { blocked = false } = {}) => {
      const { id } = listOf(account, list);
      const cause = causedBy(world, 'admin', { silent: true });
      for (const email of emails) {
        const contact = account.contacts.byEmail(email);
        const emailBlacklisted = blocked || undefined;
        if (contact) changeContact(world, account, contact, { addListIds: [id], emailBlacklisted }, cause);
        else createContact(world, account, { email, listIds: [id], emailBlacklisted }, cause);
      }
    },
    block: (email) => changeContact(world, account, known(email), { emailBlacklisted: true }, causedBy(world, 'admin')),
    unblock: (email) =>
      changeContact(world, account, known(email), { emailBlacklisted: false }, causedBy(world, 'admin')),
    addToList: (list, email) =>
      changeContact(world, account, known(email), { addListIds: [listOf(account, list).id] }, causedBy(world, 'admin')),
    removeFromList: (list, email) =>
      changeContact(
        world,
        account,
        known(email),
        { removeListIds: [listOf(account, list).id] },
        causedBy(world, 'admin'),
      ),
    deleteContact: (email) => deleteContact(world, account, known(email), causedBy(world, 'admin')),
    changeAddress: (from, to) => move(from, to, causedBy(world, 'admin')),
    editProfile: (email, attributes) => edit(email, attributes, causedBy(world, 'admin')),
    createList: (name) => addList(account, name, [...account.folders.keys()][0] ?? 1, world.clock.now()),
    renameList: (list, name) => {
      listOf(account, list).name = name;
    },
    deleteList: (list) => deleteList(world, account, listOf(account, list), causedBy(world, 'admin')),
    createAttribute: (name, type) => {
      const created = attribute(name.toUpperCase(), type === 'category' ? 'category' : 'normal', type);
      account.attributes.set(created.name, created);
      return created;
    },
    deleteAttribute: (name) => {
      account.attributes.delete(name.toUpperCase());
      for (const { attributes } of account.contacts.all()) delete attributes[name.toUpperCase()];
      account.contacts.changed();
    },
  };
  return { person, admin };
}

function readTyped(account: Account, typed: TypedAttributes) {
  return Object.fromEntries(
    Object.entries(typed).map(([name, value]) => {
      const known = account.attributes.get(name);
      const kept = known && readValue(known, value);
      if (kept === undefined) throw new Error(`the account has no attribute ${name} for ${value}`);
      return [name, kept];
    }),
  );
}
