import type { Clock } from '../../core/clock.ts';
import type { CrmAccess } from '../../core/crm.ts';
import type { CrmTag } from '../../core/tag.ts';
import { onOfficeError } from './errors.ts';
import { type AddressFields, FIELD, optionalFields, REQUIRED_FIELDS } from './field-map.ts';
import type { OnOfficeLimits } from './limits.ts';
import type { Action, ActionResult } from './onoffice-client.ts';
import { parseFields } from './schema.ts';

/** onOffice's own three-letter languages (`ENG`, not `GBR`); the labels of salutations and tags are read in one of them. */
export type OnOfficeLanguage = 'DEU' | 'ENG' | 'ESP' | 'ITA' | 'FRA';

/** Asks for the address fields with their labels. */
export function fieldsAction(language: OnOfficeLanguage): Action {
  return { verb: 'get', resourceType: 'fields', parameters: { labels: true, language, modules: ['address'] } };
}

/** Reads the answer to `fieldsAction`. */
export function fieldsOf(result: Extract<ActionResult, { outcome: 'done' }>): AddressFields {
  const module = result.records.find((record) => record.id === 'address') ?? result.records[0];
  const fields = parseFields(module?.elements);
  if (fields.size === 0) throw onOfficeError('onoffice.unexpected_response', { words: 'field list is empty' });
  return fields;
}

/** Throws `onoffice.field_inactive`, naming the field, where one that the rules need is not in the list. */
export function demandRequiredFields(fields: AddressFields): void {
  const missing = REQUIRED_FIELDS.find((name) => !fields.has(name));
  if (missing !== undefined) throw onOfficeError('onoffice.field_inactive', { words: missing });
}

/** The permitted newsletter tags. */
export function tagsOf(fields: AddressFields): readonly CrmTag[] {
  return (fields.get(FIELD.tags) ?? []).map(({ key, label }) => ({ key, label }));
}

/** One customer's field list, kept for a while because reading it may take seconds. */
export type FieldCatalog = {
  /** The list as last read, if it is not too old. */
  get(): Promise<AddressFields>;
  /** Reads the list now. */
  refresh(): Promise<AddressFields>;
  /** Takes over a list that was read with something else. */
  keep(fields: AddressFields): void;
  /** Forgets the list, because an answer contradicted it. */
  drop(): void;
};

/**
 * Makes the catalog.
 *
 * @param parts.expects what the connection had when it was set up: a field of these that is gone stops the connection
 * instead of being left out in silence (F4)
 */
export function createFieldCatalog(parts: {
  read: () => Promise<AddressFields>;
  clock: Clock;
  limits: OnOfficeLimits;
  expects?: CrmAccess['has'];
}): FieldCatalog {
  let kept: { fields: AddressFields; untilAt: number } | undefined;
  const keep = (fields: AddressFields) => {
    kept = { fields, untilAt: parts.clock.now() + parts.limits.fieldsKeptMs };
  };
  const refresh = async () => {
    const fields = await parts.read();
    demandRequiredFields(fields);
    const lost = parts.expects && lostField(fields, parts.expects);
    if (lost !== undefined) throw onOfficeError('onoffice.field_missing', { words: lost });
    keep(fields);
    return fields;
  };
  return {
    get: async () => (kept && parts.clock.now() < kept.untilAt ? kept.fields : refresh()),
    refresh,
    keep,
    drop: () => {
      kept = undefined;
    },
  };
}

function lostField(fields: AddressFields, expects: CrmAccess['has']): string | undefined {
  const has = optionalFields(fields);
  const names = {
    privateFlag: FIELD.private,
    archiveFlag: FIELD.status,
    tags: FIELD.tags,
    letterSalutation: FIELD.letterSalutation,
  } as const;
  return (['privateFlag', 'archiveFlag', 'tags', 'letterSalutation'] as const)
    .filter((field) => expects[field] && !has[field])
    .map((field) => names[field])[0];
}
