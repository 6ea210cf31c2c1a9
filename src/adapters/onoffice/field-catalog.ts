import type { Clock } from '../../core/clock.ts';
import type { CrmAccess } from '../../core/crm.ts';
import type { CrmTag } from '../../core/tag.ts';
import { onOfficeError } from './errors.ts';
import { type AddressFields, FIELD, optionalFields, REQUIRED_FIELDS, readableFields } from './field-map.ts';
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

/** Where a field list lies between two catalogs of the same customer. */
export type FieldShelf = { kept?: { fields: AddressFields; untilAt: number } | undefined };

/** One customer's field list, kept for a while because reading it may take seconds. */
export type FieldCatalog = {
  /** The list for reading, as last read if that is not too old. Throws `onoffice.field_missing` where a field is gone. */
  forReading(): Promise<AddressFields>;
  /** The list for writing: a field that is gone does not hold an opt-out (R12). */
  forWriting(): Promise<AddressFields>;
  /** Reads the list now. */
  refresh(): Promise<AddressFields>;
  /** Takes over a list that was read with something else. */
  keep(fields: AddressFields): void;
  /** Forgets the list, because an answer contradicted it. */
  drop(): void;
};

/**
 * Makes the catalog. A field that we used and that is gone from the list stops every read that follows: left out in silence
 * it would make private contacts public and empty what the provider holds (F4). Going on without it takes a new catalog.
 *
 * @param parts.expects what the connection had when it was set up
 * @param parts.shelf keeps the list for the next catalog of the customer; its own by default
 */
export function createFieldCatalog(parts: {
  read: () => Promise<AddressFields>;
  clock: Clock;
  limits: OnOfficeLimits;
  expects?: CrmAccess['has'];
  shelf?: FieldShelf;
}): FieldCatalog {
  const shelf = parts.shelf ?? {};
  let used: ReadonlySet<string> = new Set(expectedFields(parts.expects));
  const keep = (fields: AddressFields) => {
    shelf.kept = { fields, untilAt: parts.clock.now() + parts.limits.fieldsKeptMs };
    used = new Set([...used, ...readableFields(fields)]);
  };
  const refresh = async () => {
    const fields = await parts.read();
    demandRequiredFields(fields);
    keep(fields);
    return fields;
  };
  const current = async () => (shelf.kept && parts.clock.now() < shelf.kept.untilAt ? shelf.kept.fields : refresh());
  return {
    forReading: async () => {
      const known = await current();
      if (lostField(known, used) === undefined) return known;
      // The administrator may have brought it back since.
      const fields = await refresh();
      const lost = lostField(fields, used);
      if (lost !== undefined) throw onOfficeError('onoffice.field_missing', { words: lost });
      return fields;
    },
    forWriting: current,
    refresh,
    keep,
    drop: () => {
      shelf.kept = undefined;
    },
  };
}

function expectedFields(expects: CrmAccess['has'] | undefined): readonly string[] {
  return [
    ...(expects?.privateFlag ? [FIELD.private] : []),
    ...(expects?.archiveFlag ? [FIELD.status] : []),
    ...(expects?.tags ? [FIELD.tags] : []),
    ...(expects?.letterSalutation ? [FIELD.letterSalutation] : []),
  ];
}

function lostField(fields: AddressFields, used: ReadonlySet<string>): string | undefined {
  const now = new Set(readableFields(fields));
  // onOffice moves customers from the one kind of status to the other; either will do.
  const isThere = (name: string) => now.has(name) || (isStatus(name) && optionalFields(fields).archiveFlag);
  return [...used].find((name) => !isThere(name));
}

function isStatus(name: string): boolean {
  return name === FIELD.status || name === FIELD.newerStatus;
}
