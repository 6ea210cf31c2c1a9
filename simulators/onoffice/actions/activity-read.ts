import type { Activity } from '../entities.ts';
import { type Action, type ActionResult, isObject } from '../envelope.ts';
import { ActionError } from '../errors.ts';
import { type Column, parseFilter } from '../filters.ts';
import { localDateTime } from '../local-time.ts';
import { mayRead } from '../rights.ts';
import { scalarText } from '../scalar-text.ts';
import type { ActionContext } from './context.ts';
import { isDescending, listWindow, nameList } from './parameters.ts';

/** What each field answers; `null` where the CRM has nothing. */
const FIELDS = new Map<string, (entry: Activity, context: ActionContext) => unknown>(
  Object.entries({
    Nr: (entry) => String(entry.id),
    Objekt_nr: (entry) => entry.estateIds.map(String),
    Adress_nr: (entry) => entry.addressIds.map(String),
    Aktionsart: (entry) => entry.kind,
    Aktionstyp: (entry) => entry.type,
    Datum: (entry) => entry.dateTime,
    created: (entry) => localDateTime(entry.createdAt),
    Benutzer: (entry, { store }) => store.users.get(entry.userId)?.userName ?? '',
    Benutzer_nr: (entry) => String(entry.userId),
    Datum_bearb: (entry) => localDateTime(entry.changedAt),
    Kosten: (entry) => entry.cost || null,
    Bemerkung: (entry) => entry.note,
    merkmal: (entry) => (entry.features.length > 0 ? entry.features.map((key) => `|${key}|`).join('') : null),
    HerkunftKontakt: (entry) => entry.originContact || null,
    dauer: (entry) => entry.duration || null,
    Beratungsebene: (entry) => entry.advisoryLevel || null,
    Absagegrund: (entry) => entry.reasonCancellation || null,
    Benutzer_bearb: (entry, { store }) => store.users.get(entry.userId)?.userName ?? '',
    mailDate: () => null,
    Aktionsmerkmale: () => null,
    Angeboten_fuer: () => null,
  }),
);

const DATES = ['Datum', 'created', 'Datum_bearb', 'mailDate'];
const NUMBERS = ['Nr', 'Benutzer_nr', 'Kosten'];
const NOT_FILTERABLE = ['Benutzer', 'Adress_nr', 'Objekt_nr', 'dauer'];

/** `read agentslog`: newest first; needs addresses, estates, a project or a filter (fact sheet 3). */
export function readActivities(context: ActionContext, action: Action): ActionResult {
  const { store, switches, user } = context;
  const { parameters, resourceId } = action;
  const names = nameList(parameters.data, 'data');
  const unknown = names.find((name) => !FIELDS.has(name));
  if (unknown !== undefined) throw new ActionError(switches.unknownFieldCode, unknown);
  const addressIds = parameters.addressid === undefined ? undefined : idList(parameters.addressid);
  const estateIds = parameters.estateid === undefined ? undefined : idList(parameters.estateid);
  if (
    !addressIds &&
    !estateIds &&
    parameters.projectid === undefined &&
    parameters.filter === undefined &&
    resourceId === ''
  )
    throw new ActionError(98);
  const filter = parseFilter(parameters.filter, (name) => activityColumn(context, name));
  const source = addressIds
    ? [...new Set(addressIds.flatMap((id) => store.activities.ofAddress(id)))]
    : store.activities.all();
  const found = source.filter(
    (entry) =>
      (!estateIds || entry.estateIds.some((id) => estateIds.includes(id))) &&
      parameters.projectid === undefined &&
      (resourceId === '' || String(entry.id) === resourceId) &&
      mayReadEntry(entry) &&
      filter.matches(entry),
  );
  sortActivities(found, context, parameters);
  const { limit, offset } = listWindow(parameters);
  return {
    cacheable: true,
    count: found.length,
    records: found.slice(offset, offset + limit).map((entry) => ({
      id: entry.id,
      type: 'agentslog',
      elements: Object.fromEntries(names.map((name) => [name, FIELDS.get(name)?.(entry, context)])),
    })),
  };

  function mayReadEntry(entry: Activity): boolean {
    return entry.addressIds.every((id) => {
      const record = store.addresses.get(id);
      return !record || mayRead(user, record, switches);
    });
  }
}

function idList(raw: unknown): number[] {
  return (Array.isArray(raw) ? raw : [raw]).map((id) => Number(scalarText(id)));
}

function activityColumn(context: ActionContext, name: string): Column<Activity> {
  const read = FIELDS.get(name);
  if (!read || NOT_FILTERABLE.includes(name)) throw new ActionError(context.switches.unknownFieldCode, name);
  const kind = DATES.includes(name) ? 'date' : NUMBERS.includes(name) ? 'number' : 'text';
  return { kind, read: (entry) => String(read(entry, context) ?? '') };
}

function sortActivities(found: Activity[], context: ActionContext, parameters: Record<string, unknown>): void {
  const orders = isObject(parameters.sortby)
    ? Object.entries(parameters.sortby).map(([name, direction]) => ({ name, down: isDescending(direction) }))
    : typeof parameters.sortby === 'string' && parameters.sortby !== ''
      ? [{ name: parameters.sortby, down: isDescending(parameters.sortorder) }]
      : [];
  const columns = orders.map(({ name, down }) => {
    const read = FIELDS.get(name);
    if (!read) throw new ActionError(212, name);
    return { read: (entry: Activity) => String(read(entry, context) ?? ''), sign: down ? -1 : 1 };
  });
  found.sort((a, b) => {
    for (const { read, sign } of columns) {
      const [left, right] = [read(a), read(b)];
      if (left !== right) return left < right ? -sign : sign;
    }
    return a.dateTime === b.dateTime ? b.id - a.id : a.dateTime < b.dateTime ? 1 : -1;
  });
}
