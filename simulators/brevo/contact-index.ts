import type { AttributeValue, Contact } from './contact.ts';

/** What a list of contacts can ask for; instants in ms, included. */
export type ContactFilter = {
  listIds?: readonly number[] | undefined;
  ids?: readonly number[] | undefined;
  modifiedSince?: number | undefined;
  createdSince?: number | undefined;
  equals?: { name: string; value: string } | undefined;
  descending: boolean;
};

/** How many contacts a list holds; `unique` counts the blocked ones too (fact sheet 2). */
export type ListCount = { unique: number; blocked: number };

const MAX_KEPT_ANSWERS = 32;

/** The contacts of one account, found by every id; answers are kept until a contact changes, so that paging is cheap. */
export class ContactIndex {
  readonly #byId = new Map<number, Contact>();
  readonly #byEmail = new Map<string, Contact>();
  readonly #byExtId = new Map<string, Contact>();
  readonly #selections = new Map<string, Contact[]>();
  #counts: Map<number, ListCount> | undefined;

  get size(): number {
    return this.#byId.size;
  }

  /** All contacts, oldest first. */
  all(): MapIterator<Contact> {
    return this.#byId.values();
  }

  byId(id: number): Contact | undefined {
    return this.#byId.get(id);
  }

  byExtId(extId: string): Contact | undefined {
    return this.#byExtId.get(extId);
  }

  /** Finds by address, whatever its case. */
  byEmail(email: string): Contact | undefined {
    return this.#byEmail.get(email.toLowerCase());
  }

  /** Finds by the text of an attribute, e.g. a phone number. */
  byAttribute(name: string, value: string): Contact | undefined {
    return this.#byId.values().find(({ attributes }) => attributes[name] === value);
  }

  add(contact: Contact): void {
    this.#byId.set(contact.id, contact);
    this.#register(contact);
    this.changed();
  }

  remove(contact: Contact): void {
    this.#byId.delete(contact.id);
    this.#unregister(contact);
    this.changed();
  }

  /** Gives a contact another address or external id. */
  rename(contact: Contact, names: { email: string | undefined; extId: string | undefined }): void {
    this.#unregister(contact);
    contact.email = names.email;
    contact.extId = names.extId;
    this.#register(contact);
    this.changed();
  }

  /** Says that contacts were changed in place. */
  changed(): void {
    if (this.#selections.size > 0) this.#selections.clear();
    this.#counts = undefined;
  }

  /** How many contacts are on a list. */
  count(listId: number): ListCount {
    this.#counts ??= this.#countLists();
    return this.#counts.get(listId) ?? { unique: 0, blocked: 0 };
  }

  /** Contacts that meet the filter, by creation. The answer is shared: callers slice it and leave it as it is. */
  select(filter: ContactFilter): readonly Contact[] {
    const key = JSON.stringify(filter);
    const known = this.#selections.get(key);
    if (known) return known;
    const selected = [...this.all()].filter((contact) => meets(contact, filter));
    if (filter.descending) selected.reverse();
    // Pollers ask with a new instant each time: without a bound a quiet account would keep all their answers.
    if (this.#selections.size >= MAX_KEPT_ANSWERS) this.#selections.clear();
    this.#selections.set(key, selected);
    return selected;
  }

  #countLists(): Map<number, ListCount> {
    const counts = new Map<number, ListCount>();
    for (const { listIds, emailBlacklisted } of this.all()) {
      for (const listId of listIds) {
        const count = counts.get(listId) ?? { unique: 0, blocked: 0 };
        count.unique += 1;
        if (emailBlacklisted) count.blocked += 1;
        counts.set(listId, count);
      }
    }
    return counts;
  }

  #register(contact: Contact): void {
    if (contact.email !== undefined) this.#byEmail.set(contact.email.toLowerCase(), contact);
    if (contact.extId !== undefined) this.#byExtId.set(contact.extId, contact);
  }

  #unregister(contact: Contact): void {
    if (contact.email !== undefined) this.#byEmail.delete(contact.email.toLowerCase());
    if (contact.extId !== undefined) this.#byExtId.delete(contact.extId);
  }
}

function meets(contact: Contact, filter: ContactFilter): boolean {
  return (
    contact.modifiedAt >= (filter.modifiedSince ?? 0) &&
    contact.createdAt >= (filter.createdSince ?? 0) &&
    (filter.listIds === undefined || filter.listIds.some((id) => contact.listIds.includes(id))) &&
    (filter.ids?.includes(contact.id) ?? true) &&
    (filter.equals === undefined || isEqual(contact.attributes[filter.equals.name], filter.equals.value))
  );
}

function isEqual(value: AttributeValue | undefined, wanted: string): boolean {
  return Array.isArray(value) ? value.includes(wanted) : value !== undefined && String(value) === wanted;
}
