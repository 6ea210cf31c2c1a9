import { type AddressRecord, type EmailEntry, type FieldValue, mainEmail } from './entities.ts';
import type { FieldDefinition, PermittedValue } from './field-definitions.ts';
import { fieldValue, storedValue, withBothStatuses } from './field-values.ts';
import { addUser } from './rights.ts';
import type { AddressPatch, OnOfficeStore } from './store.ts';
import type { OnOfficeSwitches } from './switches.ts';
import { addPermittedValue, deletePermittedValue, renamePermittedValue } from './tags.ts';

/**
 * What an agent types into a contact, by field name. `Email` is the main address; `emails` replaces all of them, the
 * first being the main one. `NewsletterTag` takes labels or keys.
 */
export type ContactForm = Record<string, string | boolean | number | readonly string[]>;

/** What a person does in the CRM's own pages. Every function takes the user who does it; default: the office's agent. */
export type Agent = {
  /** the user who acts if none is named */
  readonly userId: number;
  createContact(form: ContactForm, userId?: number): AddressRecord;
  /** Opens a contact's form: what it shows now. Saving it later with `editContact` writes stale values back. */
  openForm(id: number): ContactForm;
  editContact(id: number, form: ContactForm, userId?: number): AddressRecord;
  archive(id: number, archived?: boolean, userId?: number): AddressRecord;
  setPrivate(id: number, isPrivate: boolean, userId?: number): AddressRecord;
  deleteContact(id: number, userId?: number): void;
  /** Joins two contacts: the loser's addresses go over, the loser is deleted. */
  mergeContacts(winnerId: number, loserId: number, userId?: number): AddressRecord;
  /** Adds a value of the tag field and returns its key. */
  addTag(label: string): string;
  /** Renames a value, named by label or key; its key stays. */
  renameTag(tag: string, label: string): void;
  /** Deletes a value, also from all contacts. */
  deleteTag(tag: string): void;
};

/** Makes the agent of a customer. Throws Error for contacts, fields and tags that do not exist. */
export function createAgent(store: OnOfficeStore, switches: OnOfficeSwitches): Agent {
  const office = addUser(store, { userName: 'agentur', firstName: 'Alex', lastName: 'Muster' });
  const actorOf = (userId = office.id) => ({ by: 'agent', userId }) as const;
  const existing = (id: number): AddressRecord => {
    const record = store.addresses.get(id);
    if (!record) throw new Error(`no contact ${id}`);
    return record;
  };
  const edit: Agent['editContact'] = (id, form, userId) => {
    const record = existing(id);
    store.change(record, patchOf(form, record), actorOf(userId));
    return record;
  };

  function patchOf(form: ContactForm, record?: AddressRecord): AddressPatch {
    const values: Record<string, FieldValue> = {};
    for (const [name, typed] of Object.entries(form)) {
      if (name === 'Email' || name === 'emails') continue;
      const definition = store.fields.get(name);
      if (!definition || definition.readOnly) throw new Error(`no field ${name} to edit`);
      const raw = name === 'NewsletterTag' ? tagKeys(definition, typed) : typed;
      values[name] = storedValue(store, switches, definition, raw);
    }
    return { values: withBothStatuses(values), emails: emailsOf(form, record) };
  }

  function emailsOf(form: ContactForm, record?: AddressRecord): AddressPatch['emails'] {
    if (Array.isArray(form.emails)) {
      const entries = form.emails.map(String).map((address) => keptEntry(record, address) ?? newEntry(address));
      return { entries, mainId: entries[0]?.id ?? 0 };
    }
    if (form.Email === undefined) return undefined;
    const address = String(form.Email);
    const main = record?.emails.find(({ id }) => id === record.mainEmailId);
    const others = (record?.emails ?? []).filter((entry) => entry !== main && entry.address !== address);
    if (address === '') return { entries: others, mainId: 0 };
    const entry = main ? { ...main, address } : (keptEntry(record, address) ?? newEntry(address));
    return { entries: [entry, ...others], mainId: entry.id };
  }

  function newEntry(address: string): EmailEntry {
    return { id: store.nextEmailId(), address, kind: '', comment: '' };
  }

  function tagField(): FieldDefinition {
    const definition = store.fields.get('NewsletterTag');
    if (!definition) throw new Error('no tag field');
    return definition;
  }

  function tagNamed(tag: string): PermittedValue {
    const found = tagField().permitted.find(({ key, labels }) => key === tag || labels.DEU === tag);
    if (!found) throw new Error(`no tag ${tag}`);
    return found;
  }

  function tagKeys(definition: FieldDefinition, typed: unknown): string[] {
    const names = Array.isArray(typed)
      ? typed.map(String)
      : String(typed)
          .split(',')
          .map((name) => name.trim());
    return names
      .filter(Boolean)
      .map((name) => definition.permitted.find(({ key, labels }) => key === name || labels.DEU === name)?.key ?? name);
  }

  return {
    userId: office.id,
    createContact: (form, userId) => store.insert(patchOf(form), actorOf(userId)),
    openForm: (id) => {
      const record = existing(id);
      const form: ContactForm = { emails: orderedAddresses(record) };
      for (const { name, readOnly, active } of store.fields.values())
        if (active && !readOnly) form[name] = fieldValue(record, name);
      return form;
    },
    editContact: edit,
    archive: (id, archived = true, userId) => edit(id, { Status: archived ? '0' : '1' }, userId),
    setPrivate: (id, isPrivate, userId) => edit(id, { Privat: isPrivate }, userId),
    deleteContact: (id, userId) => store.remove(existing(id), actorOf(userId)),
    mergeContacts: (winnerId, loserId, userId) => {
      const loser = existing(loserId);
      const known = orderedAddresses(existing(winnerId));
      const more = orderedAddresses(loser).filter((address) => !known.includes(address));
      store.remove(loser, actorOf(userId));
      return edit(winnerId, { emails: [...known, ...more] }, userId);
    },
    addTag: (label) => addPermittedValue(store, tagField(), label).key,
    renameTag: (tag, label) => renamePermittedValue(tagNamed(tag), label),
    deleteTag: (tag) => deletePermittedValue(store, tagField(), tagNamed(tag), actorOf()),
  };
}

function keptEntry(record: AddressRecord | undefined, address: string): EmailEntry | undefined {
  return record?.emails.find((entry) => entry.address === address);
}

/** The addresses of a contact, the main one first. */
function orderedAddresses(record: AddressRecord): string[] {
  const main = mainEmail(record);
  const others = record.emails.filter(({ id }) => id !== record.mainEmailId).map(({ address }) => address);
  return main === '' ? others : [main, ...others];
}
