import { PERSON_FIELDS, type PersonField } from '../../core/contact.ts';
import { UserError } from '../../core/errors.ts';
import type { FieldMapping, FieldRecognition } from '../../core/mailing-provider.ts';

/** The mapping as far as its fields are there, and what has to be created for the rest. */
export type MappingPlan = { mapping: FieldMapping; toCreate: readonly PersonField[] };

/**
 * Joins what the user chose with what was recognised (M5): a chosen field wins, null is not carried, an absent one is
 * recognised or created.
 *
 * @param recognised of the audience; undefined while it does not exist, when there is nothing to choose from
 * @throws UserError `settings.field_unknown`, `settings.field_used_twice`; `field` is `mapping.<person field>`
 */
export function planMapping(
  chosen: Partial<Record<PersonField, string | null>>,
  recognised: FieldRecognition | undefined,
): MappingPlan {
  const known = new Set(recognised?.fields.map(({ key }) => key));
  const mapping: FieldMapping = {};
  const toCreate: PersonField[] = [];
  const users = new Map<string, PersonField>();
  for (const field of PERSON_FIELDS) {
    const choice = chosen[field];
    if (choice === null) continue;
    if (choice !== undefined && !known.has(choice)) {
      throw new UserError({
        code: 'settings.field_unknown',
        field: `mapping.${field}`,
        params: { providerField: choice },
      });
    }
    const key = choice ?? recognised?.mapping[field];
    if (key === undefined) {
      toCreate.push(field);
      continue;
    }
    if (users.has(key)) {
      throw new UserError({
        code: 'settings.field_used_twice',
        field: `mapping.${field}`,
        params: { providerField: key },
      });
    }
    users.set(key, field);
    mapping[field] = key;
  }
  return { mapping, toCreate };
}
