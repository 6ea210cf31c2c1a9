import type { Activity } from '../entities.ts';
import { type Action, type ActionResult, isObject } from '../envelope.ts';
import { ActionError } from '../errors.ts';
import { localDateTime, normalDateTime } from '../local-time.ts';
import { mayRead } from '../rights.ts';
import { scalarText } from '../scalar-text.ts';
import type { ActionContext } from './context.ts';

type Written = Omit<Activity, 'id' | 'addressIds' | 'estateIds' | 'createdAt' | 'changedAt' | 'by' | 'userId'>;

const ADVISORY_LEVELS = ['A', 'B', 'C', 'D', 'E', 'F', 'G'];

/** `create agentslog`: an entry for each address; only one id is shown (fact sheet 3). */
export function createActivity(context: ActionContext, action: Action): ActionResult {
  const { store, switches, user, actor } = context;
  const { parameters } = action;
  if (!user.rights.createActivities) throw new ActionError(183);
  const addressIds = linkedAddresses(context, parameters.addressids);
  const estateIds = parameters.estateid === undefined ? [] : [Number(scalarText(parameters.estateid))];
  if (addressIds.length === 0 && estateIds.length === 0) throw new ActionError(98);
  const entry = {
    ...emptyActivity(localDateTime(store.now())),
    ...writtenFields(context, parameters),
    estateIds,
    userId: parameters.userid === undefined ? actor.userId : knownUser(context, parameters.userid),
    by: actor.by,
  };
  const links =
    addressIds.length === 0 || switches.severalAddressIds === 'one-entry' ? [addressIds] : addressIds.map((id) => [id]);
  const created = links.map((linked) => store.activities.add({ ...entry, addressIds: linked }));
  for (const { id } of created) store.addLog('add', 'agentslog', actor.userId, id);
  return { cacheable: false, count: null, records: [{ id: created[0]?.id ?? 0, type: 'agentsLog', elements: [] }] };
}

/** `modify agentslog`: here the fields are under `data`; answers what was written in the words of a read. */
export function modifyActivity(context: ActionContext, action: Action): ActionResult {
  const { store, user } = context;
  const entry = store.activities.get(Number(action.resourceId));
  if (!entry) throw new ActionError(80, action.resourceId);
  if (!user.rights.createActivities) throw new ActionError(183);
  const { data } = action.parameters;
  if (!isObject(data)) throw new ActionError(167, 'data');
  store.activities.change(entry, writtenFields(context, data, entry.kind));
  store.addLog('edit', 'agentslog', context.actor.userId, entry.id);
  const elements = {
    ...(data.actionkind === undefined ? {} : { Aktionsart: entry.kind }),
    ...(data.actiontype === undefined ? {} : { Aktionstyp: entry.type }),
    ...(data.origincontact === undefined ? {} : { HerkunftKontakt: entry.originContact }),
    ...(data.cost === undefined ? {} : { Kosten: entry.cost }),
    ...(data.note === undefined ? {} : { Bemerkung: entry.note }),
    ...(data.duration === undefined ? {} : { dauer: entry.duration }),
    ...(data.features === undefined ? {} : { merkmal: entry.features.map((key) => `|${key}|`).join('') }),
    ...(data.datetime === undefined ? {} : { Datum: entry.dateTime, Uhrzeit: entry.dateTime.slice(11) }),
  };
  return { cacheable: false, count: null, records: [{ id: entry.id, type: 'agentsLog', elements }] };
}

/** An entry without content at a local time. */
export function emptyActivity(dateTime: string): Written {
  return {
    kind: '',
    type: '',
    dateTime,
    note: '',
    originContact: '',
    features: [],
    cost: '',
    duration: '',
    advisoryLevel: '',
    reasonCancellation: '',
  };
}

function linkedAddresses({ store, user, switches }: ActionContext, raw: unknown): number[] {
  if (raw === undefined) return [];
  if (!Array.isArray(raw)) throw new ActionError(99);
  return [...new Set(raw.map((id) => Number(scalarText(id))))].map((id) => {
    const record = store.addresses.get(id);
    if (!record || !mayRead(user, record, switches)) throw new ActionError(80, String(id));
    return id;
  });
}

function knownUser({ store }: ActionContext, raw: unknown): number {
  const id = Number(scalarText(raw));
  if (!store.users.has(id)) throw new ActionError(251, scalarText(raw));
  return id;
}

function writtenFields(context: ActionContext, given: Record<string, unknown>, kindBefore = ''): Partial<Written> {
  const { store } = context;
  const written: Partial<Written> = {};
  if (given.actionkind !== undefined && given.actionkind !== '') {
    written.kind = scalarText(given.actionkind);
    if (!store.actionKinds.some(({ key }) => key === written.kind)) throw new ActionError(100, written.kind);
  }
  if (given.actiontype !== undefined && given.actiontype !== '') {
    written.type = scalarText(given.actiontype);
    const kind = store.actionKinds.find(({ key }) => key === (written.kind ?? kindBefore));
    if (!kind?.types.some(({ key }) => key === written.type)) throw new ActionError(101, written.type);
  }
  if (given.datetime !== undefined && given.datetime !== '') {
    const normal = normalDateTime(scalarText(given.datetime));
    if (normal === undefined) throw new ActionError(122, scalarText(given.datetime));
    written.dateTime = normal;
  }
  if (given.note !== undefined) {
    if (typeof given.note === 'object') throw new ActionError(227, 'note');
    written.note = scalarText(given.note);
  }
  if (given.origincontact !== undefined && given.origincontact !== '') {
    written.originContact = scalarText(given.origincontact);
    const origins = store.field('HerkunftKontakt')?.permitted ?? [];
    if (!origins.some(({ key }) => key === written.originContact)) throw new ActionError(220, written.originContact);
  }
  if (given.features !== undefined)
    written.features = (Array.isArray(given.features) ? given.features : [given.features]).map(scalarText);
  if (given.cost !== undefined) written.cost = amount(given.cost, 222);
  if (given.duration !== undefined) written.duration = amount(given.duration, 223);
  if (given.advisorylevel !== undefined) {
    written.advisoryLevel = scalarText(given.advisorylevel);
    if (!ADVISORY_LEVELS.includes(written.advisoryLevel)) throw new ActionError(225, written.advisoryLevel);
  }
  if (given.reasoncancellation !== undefined) written.reasonCancellation = scalarText(given.reasoncancellation);
  return written;
}

function amount(raw: unknown, code: number): string {
  const text = scalarText(raw);
  if (!/^\d+(\.\d+)?$/.test(text)) throw new ActionError(code, text);
  return text;
}
