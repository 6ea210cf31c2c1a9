import { createHash } from 'node:crypto';
import { type AddressRecord, type FieldValue, mainEmail } from './entities.ts';
import { ActionError } from './errors.ts';
import type { FieldDefinition } from './field-definitions.ts';
import type { Column } from './filters.ts';
import { localDate, localDateTime, normalDateTime } from './local-time.ts';
import { scalarText } from './scalar-text.ts';
import type { OnOfficeStore } from './store.ts';
import type { OnOfficeSwitches } from './switches.ts';

/** Names under which a caller may ask for the record number. */
export const ID_NAMES: ReadonlySet<string> = new Set(['id', 'Id', 'ID']);

/** An immutable id that looks random; made from the record number so that it costs no memory. */
function uuidOf(id: number): string {
  const hex = createHash('sha256').update(`address ${id}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** The stored or derived value of a field. */
export function fieldValue(record: AddressRecord, name: string): FieldValue {
  switch (name) {
    case 'ID':
      return String(record.id);
    case 'Email':
      return mainEmail(record);
    case 'Aenderung':
      return localDateTime(record.changedAt);
    case 'Eintragsdatum':
      return localDate(record.createdAt);
    case 'uuid':
      return uuidOf(record.id);
    default:
      return record.values[name] ?? '';
  }
}

/** A field as the API answers it (fact sheet 2.3). */
export function answeredValue(record: AddressRecord, definition: FieldDefinition, switches: OnOfficeSwitches): unknown {
  const value = fieldValue(record, definition.name);
  if (typeof value !== 'string') {
    if (value.length === 0)
      return switches.emptyMultiselect === 'null' ? null : switches.multiselectRead === 'array' ? [] : '';
    return switches.multiselectRead === 'array' ? value : value.map((key) => `|${key}|`).join('');
  }
  const numeric = switches.scalars === 'numbers' && definition.type !== 'varchar' && definition.type !== 'text';
  return numeric && /^\d{1,9}$/.test(value) ? Number(value) : value;
}

/** The column that a filter or a sort names; throws 75/141 for unknown and inactive fields. */
export function addressColumn(store: OnOfficeStore, switches: OnOfficeSwitches, name: string): Column<AddressRecord> {
  if (ID_NAMES.has(name)) return { kind: 'number', read: (record) => String(record.id) };
  if (name === 'email') return { kind: 'list', read: (record) => record.emails.map(({ address }) => address) };
  const definition = store.field(name);
  if (!definition) throw new ActionError(switches.unknownFieldCode, name);
  return { kind: columnKind(definition), read: (record) => fieldValue(record, name) };
}

function columnKind(definition: FieldDefinition): Column<AddressRecord>['kind'] {
  if (definition.type === 'multiselect') return 'multiselect';
  if (definition.type === 'date' || definition.type === 'datetime') return 'date';
  const numeric =
    definition.type === 'integer' || definition.type === 'boolean' || definition.name === 'newsletter_aktiv';
  return numeric ? 'number' : 'text';
}

/**
 * Checks a value that a caller writes and gives it the form in which it is stored.
 *
 * @throws ActionError 215 null, 74 no array for a multiselect, 76/77/252 not permitted, 122 no date, 251 unknown user,
 *   294 anything else of the wrong type
 */
export function storedValue(
  store: OnOfficeStore,
  switches: OnOfficeSwitches,
  definition: FieldDefinition,
  raw: unknown,
): FieldValue {
  if (raw === null || raw === undefined) throw new ActionError(215, definition.name);
  if (definition.type === 'multiselect') return permittedKeys(switches, definition, raw);
  if (typeof raw === 'object') throw new ActionError(294, definition.name);
  const text = raw === true ? '1' : raw === false ? '0' : scalarText(raw);
  switch (definition.type) {
    case 'boolean':
      if (text !== '0' && text !== '1') throw new ActionError(294, definition.name);
      return text;
    case 'integer':
      if (text !== '' && !/^-?\d+$/.test(text)) throw new ActionError(294, definition.name);
      return text;
    case 'singleselect':
      if (text !== '' && !isPermitted(definition, text))
        throw new ActionError(switches.invalidValueCode === 'by-type' ? 77 : 252, `${definition.name}: ${text}`);
      return text;
    case 'date':
    case 'datetime': {
      const normal = text === '' ? '' : normalDateTime(text);
      if (normal === undefined) throw new ActionError(122, text);
      return definition.type === 'date' ? normal.slice(0, 10) : normal;
    }
    case 'user':
      if (text !== '' && ![...store.users.values()].some(({ userName }) => userName === text))
        throw new ActionError(251, text);
      return text;
    case 'varchar':
      return text.slice(0, definition.length ?? text.length);
    case 'text':
      return text;
  }
}

function permittedKeys(switches: OnOfficeSwitches, definition: FieldDefinition, raw: unknown): FieldValue {
  if (!Array.isArray(raw)) throw new ActionError(74, definition.name);
  const keys = [...new Set(raw.map(scalarText))];
  const foreign = keys.find((key) => !isPermitted(definition, key));
  if (foreign !== undefined)
    throw new ActionError(switches.invalidValueCode === 'by-type' ? 76 : 252, `${definition.name}: ${foreign}`);
  return keys;
}

function isPermitted(definition: FieldDefinition, key: string): boolean {
  return definition.permitted.some((value) => value.active && value.key === key);
}

/** Keeps `Status` and `Status2Adr` in step, whichever of them is written. */
export function withBothStatuses(values: Record<string, FieldValue>): Record<string, FieldValue> {
  if (values.Status2Adr !== undefined)
    return { ...values, Status: values.Status2Adr === 'status2adr_archive' ? '0' : '1' };
  if (values.Status !== undefined)
    return { ...values, Status2Adr: values.Status === '0' ? 'status2adr_archive' : 'status2adr_active' };
  return values;
}
