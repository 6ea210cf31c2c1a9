import { labelIn } from '../entities.ts';
import type { Action, ActionResult } from '../envelope.ts';
import type { ActionContext } from './context.ts';
import { languageOf, nameList } from './parameters.ts';

/**
 * `get actionkindtypes`: automatic types are left out unless their kind is named in `allowAutomaticTypesForActionKind`,
 * so that a complete list takes two calls (fact sheet 3).
 */
export function getActionKindTypes({ store }: ActionContext, action: Action): ActionResult {
  const language = languageOf(action.parameters.lang);
  const withAutomatic = nameList(
    action.parameters.allowAutomaticTypesForActionKind,
    'allowAutomaticTypesForActionKind',
  );
  const records = store.actionKinds.map((kind, index) => {
    const types = kind.types.filter(({ automatic }) => !automatic || withAutomatic.includes(kind.key));
    return {
      id: String(index),
      type: 'actionkind',
      elements: {
        key: kind.key,
        label: labelIn(kind.labels, language),
        types:
          types.length === 0
            ? []
            : Object.fromEntries(types.map(({ key, labels }) => [key, labelIn(labels, language)])),
        default: '',
      },
    };
  });
  return { cacheable: true, count: null, records };
}
