import type { ListQuery } from '../address-lists.ts';
import type { AddressRecord, EmailEntry } from '../entities.ts';
import type { Action, ActionResult } from '../envelope.ts';
import { ActionError } from '../errors.ts';
import { addressColumn, answeredValue, fieldValue, ID_NAMES } from '../field-values.ts';
import type { Filter } from '../filters.ts';
import { parseFilter } from '../filters.ts';
import { earliestInstant } from '../local-time.ts';
import { mayRead, sightOf } from '../rights.ts';
import { scalarText } from '../scalar-text.ts';
import type { ActionContext } from './context.ts';
import { isDescending, listWindow, recordIds } from './parameters.ts';

const EMAIL_FIELDS = ['email', 'defaultemail'];
/** Contact data the simulator holds none of: allowed to ask for, never answered. */
const ABSENT_CONTACT_DATA = ['phone', 'mobile', 'fax', 'defaultphone', 'defaultfax', 'imageUrl'];

/** `read address`: records that match and that the user may read. */
export function readAddresses(context: ActionContext, action: Action): ActionResult {
  const { store, switches, user } = context;
  const { parameters } = action;
  if (user.rights.readAddresses === 'none' && switches.noReadRight === 'error') throw new ActionError(170);
  const write = elementWriter(context, parameters.data);
  const { limit, offset } = listWindow(parameters);
  const ids = matchingIds(context, action);
  const page = ids.slice(offset, offset + limit);
  return {
    cacheable: true,
    count: ids.length,
    records: page.flatMap((id) => {
      const record = store.addresses.get(id);
      return record
        ? [{ id: switches.scalars === 'numbers' ? String(id) : id, type: 'address', elements: write(record) }]
        : [];
    }),
  };
}

function matchingIds(context: ActionContext, action: Action): readonly number[] {
  const { store, switches, user } = context;
  const { parameters, resourceId } = action;
  const filters = [parameters.filter, savedFilter(context, parameters.filterid)].map((raw) =>
    parseFilter(raw, (name) => addressColumn(store, switches, name)),
  );
  const order = orderOf(context, parameters);
  // A list outlives the request: it must not see rights that change later.
  const seer = { ...user, rights: { ...user.rights }, ownRecords: new Set(user.ownRecords) };
  const sight = { privateHidden: switches.privateHidden };
  const matches = (record: AddressRecord) =>
    filters.every((filter) => filter.matches(record)) && mayRead(seer, record, sight);
  const named = resourceId !== '' ? recordIds([resourceId]) : namedIds(parameters.recordids);
  if (named) return pick(context, named, matches, order);
  return store.lists.list({
    key: JSON.stringify([
      filters.map(({ conditions }) => conditions),
      order.field,
      order.descending,
      sightOf(user, switches),
    ]),
    matches,
    orderBy: order.by,
    descending: order.descending,
    candidates: candidatesOf(context, filters),
  });
}

function namedIds(raw: unknown): number[] | undefined {
  return raw === undefined || (Array.isArray(raw) && raw.length === 0) ? undefined : recordIds(raw);
}

function savedFilter({ store }: ActionContext, id: unknown): unknown {
  if (id === undefined || id === '') return undefined;
  const found = store.savedFilters.find((filter) => String(filter.id) === scalarText(id));
  if (!found) throw new ActionError(284, scalarText(id));
  return found.filter;
}

type Order = { field: string; by: ListQuery['orderBy']; descending: boolean };

function orderOf({ store, switches }: ActionContext, parameters: Record<string, unknown>): Order {
  const { sortby } = parameters;
  const descending = isDescending(parameters.sortorder);
  if (sortby === undefined || sortby === '' || (Array.isArray(sortby) && sortby.length === 0))
    return { field: '', by: undefined, descending: false };
  if (typeof sortby !== 'string') throw new ActionError(227, 'sortby');
  if (ID_NAMES.has(sortby)) return { field: 'id', by: (record) => record.id, descending };
  const definition = store.field(sortby);
  if (!definition || (sortby === 'Aenderung' && !switches.sortByChange)) throw new ActionError(212, sortby);
  if (sortby === 'Aenderung') return { field: sortby, by: (record) => record.changedAt, descending };
  const numeric = definition.type === 'integer' || definition.type === 'boolean';
  const by = (record: AddressRecord) => {
    const text = String(fieldValue(record, sortby));
    return numeric ? Number(text) : text.toLowerCase();
  };
  return { field: sortby, by, descending };
}

function pick(
  { store, switches }: ActionContext,
  ids: readonly number[],
  matches: (record: AddressRecord) => boolean,
  order: Order,
): number[] {
  const found: AddressRecord[] = [];
  for (const id of [...new Set(ids)].sort((a, b) => a - b)) {
    const record = store.addresses.get(id);
    if (record && matches(record)) found.push(record);
    else if (switches.missingRecordIds === 'error') throw new ActionError(235, String(id));
  }
  const { by } = order;
  if (by) {
    const sign = order.descending ? -1 : 1;
    found.sort((a, b) => (by(a) < by(b) ? -sign : by(a) > by(b) ? sign : a.id - b.id));
  }
  return found.map(({ id }) => id);
}

/** Narrows the search where an index answers part of the filter: by e-mail entry, or by time of change. */
function candidatesOf({ store }: ActionContext, filters: readonly Filter<AddressRecord>[]): ListQuery['candidates'] {
  const conditions = filters.flatMap((filter) => filter.conditions);
  const byEmail = conditions.find(
    ({ field, operator, values }) =>
      (field === 'email' || field === 'Email') && (operator === '=' || operator === 'in') && !values.includes(''),
  );
  const records = (ids: Iterable<number>) => [...new Set(ids)].flatMap((id) => store.addresses.get(id) ?? []);
  if (byEmail) return () => records(byEmail.values.flatMap((address) => [...store.idsByEmail(address)]));
  const since = conditions.find(
    ({ field, operator }) => field === 'Aenderung' && ['>=', '>', 'between', '='].includes(operator),
  );
  const from = since?.values[0];
  return from ? () => records(store.changeOrder.since(earliestInstant(from))) : undefined;
}

/** Checks the names in `data` once and returns what writes the elements of a record. */
function elementWriter(
  { store, switches }: ActionContext,
  data: unknown,
): (record: AddressRecord) => Record<string, unknown> {
  const names = data === undefined ? [] : data;
  if (!Array.isArray(names)) throw new ActionError(74, 'data');
  const writers: ((record: AddressRecord, elements: Record<string, unknown>) => void)[] = [];
  for (const name of names.map(scalarText)) {
    if (ID_NAMES.has(name)) {
      if (name !== 'id') writers.push((record, elements) => Object.assign(elements, { [name]: String(record.id) }));
    } else if (EMAIL_FIELDS.includes(name)) {
      writers.push((record, elements) => writeEmails(record, name, elements));
    } else if (!ABSENT_CONTACT_DATA.includes(name)) {
      const definition = store.field(name);
      if (!definition) throw new ActionError(switches.unknownFieldCode, name);
      writers.push((record, elements) => {
        elements[name] = answeredValue(record, definition, switches);
      });
    }
  }
  return (record) => {
    const elements: Record<string, unknown> = { id: switches.scalars === 'numbers' ? String(record.id) : record.id };
    for (const write of writers) write(record, elements);
    return elements;
  };
}

function writeEmails(record: AddressRecord, name: string, elements: Record<string, unknown>): void {
  const shown = name === 'email' ? record.emails : record.emails.filter(({ id }) => id === record.mainEmailId);
  for (const entry of shown) {
    const key = entryKey(name, entry);
    elements[key] = entry.address;
    if (entry.comment !== '') elements[`${key}__Comment`] = entry.comment;
  }
}

/** `<identifier><type>__<id>`, e.g. `email__13027` or `emailprivate__13029`. */
function entryKey(name: string, entry: EmailEntry): string {
  return `${name}${entry.kind}__${entry.id}`;
}
