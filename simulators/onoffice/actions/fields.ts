import { type Language, labelIn } from '../entities.ts';
import type { Action, ActionResult } from '../envelope.ts';
import { ActionError } from '../errors.ts';
import type { FieldDefinition } from '../field-definitions.ts';
import { scalarText } from '../scalar-text.ts';
import type { ActionContext } from './context.ts';
import { flag, languageOf, nameList } from './parameters.ts';

const MODULES = [
  'address',
  'estate',
  'agentsLog',
  'calendar',
  'email',
  'file',
  'news',
  'intranet',
  'project',
  'task',
  'user',
];

/** `get fields`: a record for each module; only the address module has fields here. */
export function getFields({ store }: ActionContext, action: Action): ActionResult {
  const { parameters } = action;
  const language = languageOf(parameters.language);
  const withLabels = flag(parameters.labels);
  const only = nameList(parameters.fieldList, 'fieldList');
  const modules = nameList(parameters.modules, 'modules');
  const foreign = modules.find((name) => !MODULES.includes(name));
  if (foreign !== undefined) throw new ActionError(163, foreign);
  const inactive = flag(parameters.showOnlyInactive);
  const shown = [...store.fields.values()].filter(
    (field) => field.listed && field.active !== inactive && (only.length === 0 || only.includes(field.name)),
  );
  const wanted = modules.length === 0 ? ['address'] : modules;
  return {
    cacheable: true,
    count: null,
    records: wanted.map((module) => ({
      id: module,
      type: '',
      elements: {
        ...(withLabels ? { label: module === 'address' ? 'Adressen' : module } : {}),
        ...Object.fromEntries(
          (module === 'address' ? shown : []).map((field) => [
            field.name,
            described(field, withLabels, language, parameters),
          ]),
        ),
      },
    })),
  };
}

function described(
  field: FieldDefinition,
  withLabels: boolean,
  language: Language,
  parameters: Record<string, unknown>,
): Record<string, unknown> {
  return {
    // Users are told from text only on request (fact sheet 2.6, realDataTypes).
    type: field.type === 'user' && !flag(parameters.realDataTypes) ? 'text' : field.type,
    length: field.length,
    permittedvalues: permittedValues(field, withLabels, language),
    default: field.default,
    ...(flag(parameters.showfieldfilters) ? { filters: [] } : {}),
    ...(flag(parameters.showfielddependencies) ? { dependencies: [] } : {}),
    compoundFields: [],
    ...(withLabels ? { label: labelIn(field.labels, language) } : {}),
    ...(flag(parameters.showFieldMeasureFormat) ? { fieldMeasureFormat: null } : {}),
  };
}

/** Object key to label with labels; array of keys without (numeric keys as numbers); `[]` when nothing is permitted. */
function permittedValues(field: FieldDefinition, withLabels: boolean, language: Language): unknown {
  if (field.type !== 'singleselect' && field.type !== 'multiselect') return null;
  const values = field.permitted.filter(({ active }) => active);
  if (values.length === 0) return [];
  if (withLabels) return Object.fromEntries(values.map(({ key, labels }) => [key, labelIn(labels, language)]));
  return values.map(({ key }) => (/^\d+$/.test(key) ? Number(key) : key));
}

/** `get multiselectconfiguration`: the values of multiselect fields, by position. */
export function getMultiselectConfiguration({ store, switches }: ActionContext, action: Action): ActionResult {
  const { module, fields, language } = action.parameters;
  if (module === undefined) throw new ActionError(167, 'module');
  if (!MODULES.includes(scalarText(module))) throw new ActionError(163, scalarText(module));
  if (fields === undefined) throw new ActionError(167, 'fields');
  const spoken = languageOf(language);
  const records = nameList(fields, 'fields').flatMap((name) => {
    const field = module === 'address' ? store.field(name) : undefined;
    if (field?.type !== 'multiselect') throw new ActionError(switches.unknownFieldCode, name);
    return [...field.permitted]
      .sort((a, b) => a.position - b.position)
      .map((value) => ({
        id: value.id,
        type: '',
        elements: {
          field: value.key,
          fieldcontent: labelIn(value.labels, spoken),
          multiselectfield: name,
          active: value.active ? 1 : 0,
          fieldfilter: 0,
          default: 0,
          position: value.position,
          level: 1,
          parent: null,
        },
      }));
  });
  return { cacheable: true, count: records.length, records };
}
