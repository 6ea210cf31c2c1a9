import type { AddressRecord } from './entities.ts';

/** What decides whether a record is in a list and where it stands. */
export type ListQuery = {
  /** two queries with the same key give the same list */
  key: string;
  matches(record: AddressRecord): boolean;
  /** undefined: by id */
  orderBy: ((record: AddressRecord) => string | number) | undefined;
  descending: boolean;
  /** the records that can match at all; undefined: every record */
  candidates: (() => Iterable<AddressRecord>) | undefined;
};

type CachedList = { query: ListQuery; ids: number[] };

const KEPT_LISTS = 12;

/** Filtered and sorted id lists, kept until a write could change them, so that a page costs no scan of the database. */
export class AddressLists {
  #lists = new Map<string, CachedList>();
  readonly #all: () => Iterable<AddressRecord>;

  constructor(all: () => Iterable<AddressRecord>) {
    this.#all = all;
  }

  /** The ids that match, in order. The array is the cache's own: do not change it. */
  list(query: ListQuery): readonly number[] {
    const kept = this.#lists.get(query.key);
    if (kept) return kept.ids;
    const ids = collect(query, this.#all);
    this.#lists.set(query.key, { query, ids });
    const oldest = this.#lists.keys().next().value;
    if (this.#lists.size > KEPT_LISTS && oldest !== undefined) this.#lists.delete(oldest);
    return ids;
  }

  /** Carries out a change of a record and drops the lists whose content or order it changes. */
  around(record: AddressRecord, change: () => void): void {
    const before = [...this.#lists].map(([key, { query }]) => ({ key, query, place: placeIn(query, record) }));
    change();
    for (const { key, query, place } of before) if (place !== placeIn(query, record)) this.#lists.delete(key);
  }

  /** A new record, whose id is the highest, joins the lists. */
  added(record: AddressRecord): void {
    for (const [key, { query, ids }] of this.#lists) {
      if (!query.matches(record)) continue;
      if (query.orderBy || query.descending) this.#lists.delete(key);
      else ids.push(record.id);
    }
  }

  /** A record goes; call it while the record is still unchanged. */
  removing(record: AddressRecord): void {
    for (const [key, { query }] of this.#lists) if (query.matches(record)) this.#lists.delete(key);
  }

  /** Forgets everything, after changes that are not those of single records. */
  clear(): void {
    this.#lists.clear();
  }
}

function placeIn(query: ListQuery, record: AddressRecord): string | number | undefined {
  if (!query.matches(record)) return undefined;
  return query.orderBy ? query.orderBy(record) : record.id;
}

function collect(query: ListQuery, all: () => Iterable<AddressRecord>): number[] {
  const found: { id: number; order: string | number }[] = [];
  let ascending = true;
  let last: { id: number; order: string | number } | undefined;
  for (const record of query.candidates?.() ?? all()) {
    if (!query.matches(record)) continue;
    const row = { id: record.id, order: query.orderBy ? query.orderBy(record) : record.id };
    if (last && compare(last, row) > 0) ascending = false;
    found.push(row);
    last = row;
  }
  if (!ascending || query.descending)
    found.sort(query.descending ? (a, b) => compareOrder(b.order, a.order) || a.id - b.id : compare);
  return found.map(({ id }) => id);
}

function compare(a: { id: number; order: string | number }, b: { id: number; order: string | number }): number {
  return compareOrder(a.order, b.order) || a.id - b.id;
}

function compareOrder(a: string | number, b: string | number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
