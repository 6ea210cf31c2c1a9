import type { Actor, Language } from './entities.ts';
import type { FieldDefinition, PermittedValue } from './field-definitions.ts';
import type { OnOfficeStore } from './store.ts';

/** Adds a permitted value; without a key it gets one like those made in the CRM (`indMulti…Select…`). */
export function addPermittedValue(
  store: OnOfficeStore,
  field: FieldDefinition,
  label: string,
  key?: string,
  language: Language = 'DEU',
): PermittedValue {
  const id = store.nextValueId();
  const value: PermittedValue = {
    id,
    key: key ?? `indMulti${2000 + 2 * id}Select${id * 4 + 5952}`,
    labels: { DEU: label, [language]: label },
    active: true,
    position: Math.max(0, ...field.permitted.map(({ position }) => position)) + 1,
  };
  field.permitted.push(value);
  return value;
}

/** Gives a permitted value another text; its key stays, so the contacts keep it. */
export function renamePermittedValue(value: PermittedValue, label: string, language: Language = 'DEU'): void {
  value.labels = { ...value.labels, [language]: label };
}

/** Removes a permitted value, also from every contact that carries it. */
export function deletePermittedValue(
  store: OnOfficeStore,
  field: FieldDefinition,
  value: PermittedValue,
  actor: Actor,
): void {
  field.permitted = field.permitted.filter((other) => other !== value);
  for (const record of store.addresses.values()) {
    const keys = record.values[field.name];
    if (typeof keys === 'string' || !keys?.includes(value.key)) continue;
    store.change(record, { values: { [field.name]: keys.filter((key) => key !== value.key) } }, actor);
  }
}
