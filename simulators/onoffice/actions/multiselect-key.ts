import type { Action, ActionResult } from '../envelope.ts';
import { isObject } from '../envelope.ts';
import { ActionError } from '../errors.ts';
import type { FieldDefinition, PermittedValue } from '../field-definitions.ts';
import { scalarText } from '../scalar-text.ts';
import { addPermittedValue, deletePermittedValue, renamePermittedValue } from '../tags.ts';
import { type ActionContext, success } from './context.ts';
import { languageOf, nameList } from './parameters.ts';

/** `create multiselectkey`: adds permitted values under keys that the caller chooses (fact sheet 2.4). */
export function createMultiselectKey(context: ActionContext, action: Action): ActionResult {
  const field = targetField(context, action);
  const entries = keyEntries(action);
  const taken = entries.find(([key]) => field.permitted.some((value) => value.key === key));
  if (taken) throw new ActionError(78, taken[0]);
  const language = languageOf(action.parameters.Sprache);
  for (const [key, label] of entries) addPermittedValue(context.store, field, label, key, language);
  return success();
}

/** `modify multiselectkey`: renames permitted values. */
export function modifyMultiselectKey(context: ActionContext, action: Action): ActionResult {
  const field = targetField(context, action);
  const language = languageOf(action.parameters.Sprache);
  const renames = keyEntries(action).map(([key, label]) => ({ value: existing(field, key), label }));
  for (const { value, label } of renames) renamePermittedValue(value, label, language);
  return success();
}

/** `delete multiselectkey`: removes permitted values, also from the contacts. */
export function deleteMultiselectKey(context: ActionContext, action: Action): ActionResult {
  const field = targetField(context, action);
  const values = nameList(action.parameters.data, 'data').map((key) => existing(field, key));
  for (const value of values) deletePermittedValue(context.store, field, value, context.actor);
  return success();
}

function targetField({ store, switches, user }: ActionContext, action: Action): FieldDefinition {
  if (!user.rights.createTags) throw new ActionError(183);
  if (action.parameters.modul !== 'adressen') throw new ActionError(163, scalarText(action.parameters.modul));
  const field = store.field(action.resourceId);
  if (field?.type !== 'multiselect') throw new ActionError(switches.unknownFieldCode, action.resourceId);
  return field;
}

function keyEntries(action: Action): [key: string, label: string][] {
  const { data } = action.parameters;
  if (!isObject(data) || Object.keys(data).length === 0) throw new ActionError(167, 'data');
  return Object.entries(data).map(([key, entry]) => {
    if (!isObject(entry) || typeof entry.Feldinhalt !== 'string' || entry.Feldinhalt === '')
      throw new ActionError(167, 'Feldinhalt');
    return [key, entry.Feldinhalt];
  });
}

function existing(field: FieldDefinition, key: string): PermittedValue {
  const found = field.permitted.find((value) => value.key === key);
  if (!found) throw new ActionError(76, key);
  return found;
}
