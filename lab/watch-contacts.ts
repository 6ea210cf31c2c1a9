import type { AddressRecord } from '../simulators/onoffice/entities.ts';
import { mainEmail } from '../simulators/onoffice/entities.ts';
import type { LabWorld } from './lab-world.ts';

/** What the lab remembers of contacts, from the CRM's own changes; instants in ms. */
export type SeenContacts = {
  /** main addresses of each contact by record number, oldest first */
  mains: Map<number, { at: number; email: string }[]>;
  /** when an agent changed, made or deleted a contact with an address, for the last time */
  touchedAt: Map<string, number>;
  /** when a contact was deleted, by record number */
  goneAt: Map<number, number>;
};

/** Whoever was made by an agent while we were on the way to make him, cannot have been found: for so long a call may be late. */
const ON_THE_WAY_MS = 3 * 60_000;

/**
 * Watches the contacts from the beginning on.
 *
 * @param notice told what the product did that it must not: somebody was made whom a search by all addresses had found (R9)
 */
export function watchContacts({ crm, time }: LabWorld, notice: (sentence: string) => void): SeenContacts {
  const seen: SeenContacts = { mains: new Map(), touchedAt: new Map(), goneAt: new Map() };
  const { mains, touchedAt, goneAt } = seen;
  const heldSince = new Map<number, Map<string, number>>();
  const remember = (record: AddressRecord, at: number) => {
    const known = mains.get(record.id) ?? [];
    const email = keyOf(mainEmail(record));
    if (known.at(-1)?.email !== email) known.push({ at, email });
    mains.set(record.id, known);
    const before = heldSince.get(record.id);
    heldSince.set(record.id, new Map(addressesOf(record).map((one) => [one, before?.get(one) ?? at])));
  };
  for (const record of crm.store.addresses.values()) remember(record, 0);
  const { onChange } = crm.store;
  crm.store.onChange = (record, changed, actor) => {
    const now = time.now();
    const isNew = !mains.has(record.id);
    if (actor.by === 'agent')
      for (const email of [...addressesOf(record), ...(heldSince.get(record.id)?.keys() ?? [])])
        touchedAt.set(email, now);
    remember(record, now);
    if (isNew && actor.by === 'api') {
      const email = keyOf(mainEmail(record));
      const there = crm.store
        .idsByEmail(email)
        .find((id) => id !== record.id && now - (heldSince.get(id)?.get(email) ?? now) > ON_THE_WAY_MS);
      if (there !== undefined) notice(`R9: contact ${record.id} was made for ${email}, which contact ${there} has`);
    }
    onChange(record, changed, actor);
  };
  const remove = crm.store.remove.bind(crm.store);
  crm.store.remove = (record, actor) => {
    for (const email of addressesOf(record)) touchedAt.set(email, time.now());
    goneAt.set(record.id, time.now());
    remove(record, actor);
  };
  return seen;
}

function addressesOf(record: AddressRecord): string[] {
  return [mainEmail(record), ...record.emails.map(({ address }) => address)].map(keyOf).filter((email) => email !== '');
}

function keyOf(email: string): string {
  return email.trim().toLowerCase();
}
