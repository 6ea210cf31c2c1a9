import type { Activity } from './entities.ts';

/** The agents log of a customer. */
export class ActivityBook {
  readonly #entries = new Map<number, Activity>();
  readonly #byAddress = new Map<number, number[]>();
  readonly #now: () => number;
  #lastId = 67_000;

  constructor(now: () => number) {
    this.#now = now;
  }

  get size(): number {
    return this.#entries.size;
  }

  get(id: number): Activity | undefined {
    return this.#entries.get(id);
  }

  /** All entries, oldest first. */
  all(): Activity[] {
    return [...this.#entries.values()];
  }

  /** The entries of a contact, oldest first. */
  ofAddress(addressId: number): Activity[] {
    return (this.#byAddress.get(addressId) ?? []).flatMap((id) => this.#entries.get(id) ?? []);
  }

  add(activity: Omit<Activity, 'id' | 'createdAt' | 'changedAt'>): Activity {
    this.#lastId += 2;
    const at = this.#now();
    const entry: Activity = { ...activity, id: this.#lastId, createdAt: at, changedAt: at };
    this.#entries.set(entry.id, entry);
    for (const addressId of entry.addressIds) {
      const ids = this.#byAddress.get(addressId);
      if (ids) ids.push(entry.id);
      else this.#byAddress.set(addressId, [entry.id]);
    }
    return entry;
  }

  /** Replaces fields of an entry; its links stay. */
  change(entry: Activity, changes: Partial<Omit<Activity, 'id' | 'addressIds' | 'createdAt'>>): void {
    Object.assign(entry, changes, { changedAt: this.#now() });
  }
}
