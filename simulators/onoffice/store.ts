import type { SimulatorClock } from '../shared/clock.ts';
import { defaultActionKinds } from './action-kinds.ts';
import { ActivityBook } from './activity-book.ts';
import { AddressLists } from './address-lists.ts';
import { ChangeOrder } from './change-order.ts';
import {
  type ActionKind,
  type Actor,
  type AddressRecord,
  type CrmUser,
  type EmailEntry,
  type FieldValue,
  type LogEntry,
  mainEmail,
  type NewsletterChange,
  type SavedFilter,
  type UserGroup,
} from './entities.ts';
import {
  type CustomerOptions,
  DERIVED_FIELDS,
  defineAddressFields,
  type FieldDefinition,
} from './field-definitions.ts';
import type { OnOfficeSwitches } from './switches.ts';

/** What a write replaces on a record; e-mail entries and their main one always together. */
export type AddressPatch = {
  values: Record<string, FieldValue>;
  emails?: { entries: EmailEntry[]; mainId: number } | undefined;
};

/** Told after a contact was created or changed: the changed fields, `email` for the entries, `ID` if it is new. */
export type ChangeListener = (record: AddressRecord, changed: readonly string[], actor: Actor) => void;

const EMPTY: readonly string[] = Object.freeze([]);

/** Everything one customer's CRM holds, and the only way to change it. */
export class OnOfficeStore {
  readonly addresses = new Map<number, AddressRecord>();
  readonly fields: Map<string, FieldDefinition>;
  readonly lists = new AddressLists(() => this.addresses.values());
  readonly changeOrder = new ChangeOrder();
  readonly activities: ActivityBook;
  readonly log: LogEntry[] = [];
  readonly users = new Map<number, CrmUser>();
  readonly groups: UserGroup[] = [];
  readonly savedFilters: SavedFilter[] = [];
  readonly actionKinds: ActionKind[] = defaultActionKinds();
  readonly customer: { name: string; webId: string };
  /** called after every change of a contact */
  onChange: ChangeListener = () => {};
  readonly #clock: SimulatorClock;
  readonly #switches: OnOfficeSwitches;
  readonly #newsletter = new Map<number, NewsletterChange[]>();
  readonly #byEmail = new Map<string, number[]>();
  readonly #template: Record<string, FieldValue> = {};
  #lastAddressId = 10_500;
  #lastEmailId = 13_000;
  #lastLogId = 589_000;
  #lastValueId = 5_000;

  constructor(clock: SimulatorClock, switches: OnOfficeSwitches, customer: CustomerOptions) {
    this.#clock = clock;
    this.#switches = switches;
    this.customer = {
      name: customer.name ?? 'Muster Immobilien GmbH',
      webId: customer.webId ?? 'a1b2c3d4-0000-4000-8000-000000000001',
    };
    this.fields = new Map(defineAddressFields(customer).map((definition) => [definition.name, definition]));
    this.activities = new ActivityBook(() => this.now());
    for (const { name, type, default: initial } of this.fields.values())
      if (!DERIVED_FIELDS.has(name)) this.#template[name] = type === 'multiselect' ? EMPTY : (initial ?? '');
  }

  /** The CRM's time: whole seconds, in ms. */
  now(): number {
    return Math.floor(this.#clock.now() / 1000) * 1000;
  }

  /** An active field; undefined for inactive and unknown ones. */
  field(name: string): FieldDefinition | undefined {
    const found = this.fields.get(name);
    return found?.active ? found : undefined;
  }

  /** Every change of the field Newsletter of a contact, also of a deleted one, oldest first. */
  newsletterHistory(addressId: number): readonly NewsletterChange[] {
    return this.#newsletter.get(addressId) ?? [];
  }

  /** Ids of the contacts with an e-mail entry, compared in lower case, lowest first. */
  idsByEmail(address: string): readonly number[] {
    return this.#byEmail.get(address.toLowerCase()) ?? [];
  }

  nextEmailId(): number {
    this.#lastEmailId += 1;
    return this.#lastEmailId;
  }

  nextValueId(): number {
    this.#lastValueId += 1;
    return this.#lastValueId;
  }

  /**
   * Adds a contact as if it had always been there: no log entry, no listener. For seeds.
   *
   * @param createdAt ms; also the time of its last change
   */
  plant(patch: AddressPatch, createdAt: number): AddressRecord {
    this.#lastAddressId += 1;
    const record: AddressRecord = {
      id: this.#lastAddressId,
      emails: patch.emails?.entries ?? [],
      mainEmailId: patch.emails?.mainId ?? 0,
      values: { ...this.#template },
      createdAt: Math.floor(createdAt / 1000) * 1000,
      changedAt: Math.floor(createdAt / 1000) * 1000,
    };
    for (const [name, value] of Object.entries(patch.values)) record.values[name] = value;
    if (record.values.KdNr === '') record.values.KdNr = String(record.id - 10_000);
    this.addresses.set(record.id, record);
    this.changeOrder.touch(record.id, record.changedAt);
    this.#indexEmails(record, []);
    this.lists.added(record);
    return record;
  }

  /** Creates a contact. */
  insert(patch: AddressPatch, actor: Actor): AddressRecord {
    const record = this.plant(patch, this.now());
    this.addLog('add', 'address', actor.userId, record.id);
    this.#noteNewsletter(record.id, undefined, String(record.values.newsletter_aktiv ?? ''), actor);
    this.onChange(record, ['ID', ...Object.keys(patch.values), ...(patch.emails ? ['email'] : [])], actor);
    return record;
  }

  /** Changes a contact and returns the names of the fields that really changed. */
  change(record: AddressRecord, patch: AddressPatch, actor: Actor): string[] {
    const changed = Object.keys(patch.values).filter((name) => !sameValue(record.values[name], patch.values[name]));
    if (patch.emails && !sameEmails(record, patch.emails)) changed.push('email');
    if (changed.length === 0 && !this.#switches.bumpOnUnchanged) return [];
    const newsletterBefore = String(record.values.newsletter_aktiv ?? '');
    const emailsBefore = record.emails;
    this.lists.around(record, () => {
      for (const [name, value] of Object.entries(patch.values)) record.values[name] = value;
      if (patch.emails) {
        record.emails = patch.emails.entries;
        record.mainEmailId = patch.emails.mainId;
      }
      record.changedAt = this.now();
    });
    if (patch.emails) this.#indexEmails(record, emailsBefore);
    this.changeOrder.touch(record.id, record.changedAt);
    this.addLog('edit', 'address', actor.userId, record.id);
    const newsletterAfter = String(record.values.newsletter_aktiv ?? '');
    if (newsletterAfter !== newsletterBefore) this.#noteNewsletter(record.id, newsletterBefore, newsletterAfter, actor);
    this.onChange(record, changed, actor);
    return changed;
  }

  /** Deletes a contact for good; its activities stay without it. */
  remove(record: AddressRecord, actor: Actor): void {
    this.lists.removing(record);
    this.addresses.delete(record.id);
    this.changeOrder.remove(record.id);
    this.#indexEmails({ ...record, emails: [] }, record.emails);
    this.addLog('delete', 'address', actor.userId, record.id);
  }

  addLog(action: LogEntry['action'], module: LogEntry['module'], userId: number, recordId: number): void {
    this.#lastLogId += 2;
    const at = this.now();
    this.log.push({ id: this.#lastLogId, action, module, userId, at, recordId, sourceId: undefined });
  }

  /** Counts for the console and the control page. */
  summary(): Record<string, number> {
    let withNewsletter = 0;
    for (const record of this.addresses.values()) if (record.values.newsletter_aktiv === '1') withNewsletter += 1;
    return {
      addresses: this.addresses.size,
      withNewsletter,
      activities: this.activities.size,
      logEntries: this.log.length,
      users: this.users.size,
    };
  }

  #noteNewsletter(id: number, from: string | undefined, to: string, actor: Actor): void {
    const history = this.#newsletter.get(id) ?? [];
    history.push({ at: this.#clock.now(), from, to, by: actor.by, userId: actor.userId });
    this.#newsletter.set(id, history);
  }

  #indexEmails(record: AddressRecord, before: readonly EmailEntry[]): void {
    for (const { address } of before) {
      const key = address.toLowerCase();
      const left = (this.#byEmail.get(key) ?? []).filter((id) => id !== record.id);
      if (left.length > 0) this.#byEmail.set(key, left);
      else this.#byEmail.delete(key);
    }
    for (const { address } of record.emails) {
      const key = address.toLowerCase();
      const ids = this.#byEmail.get(key);
      if (!ids) this.#byEmail.set(key, [record.id]);
      else if (!ids.includes(record.id))
        this.#byEmail.set(
          key,
          [...ids, record.id].sort((a, b) => a - b),
        );
    }
  }
}

function sameValue(a: FieldValue | undefined, b: FieldValue | undefined): boolean {
  if (typeof a === 'string' || typeof b === 'string' || !a || !b) return a === b;
  return a.length === b.length && a.every((key) => b.includes(key));
}

function sameEmails(record: AddressRecord, next: { entries: EmailEntry[]; mainId: number }): boolean {
  return (
    record.mainEmailId === next.mainId &&
    record.emails.length === next.entries.length &&
    record.emails.every((entry, index) => {
      const other = next.entries[index];
      return (
        other !== undefined && entry.id === other.id && entry.address === other.address && entry.kind === other.kind
      );
    }) &&
    mainEmail(record) === (next.entries.find(({ id }) => id === next.mainId)?.address ?? '')
  );
}
