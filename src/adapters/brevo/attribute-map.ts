import { PERSON_FIELDS, type PersonField, type PersonFields } from '../../core/contact.ts';
import { cutText } from '../../core/cut-text.ts';
import type { FieldMapping, FieldRecognition } from '../../core/mailing-provider.ts';
import {
  type FieldLanguage,
  IDENTIFIER_NAMES,
  NAME_PAIRS,
  type NamePair,
  NEW_ATTRIBUTES,
  OLD_NAME_PAIR,
  SALUTATION_NAMES,
} from './attribute-names.ts';
import { BREVO_LIMITS } from './limits.ts';
import type { Attribute } from './schema.ts';

/** Attribute values of some contacts, to see which of two pairs of name fields is in use. */
export type Sample = readonly Readonly<Record<string, unknown>>[];

/**
 * Recognises which attributes carry which person field (M5), by the names that Brevo gives in its account languages. Only
 * texts are recognised, and nothing is guessed: an attribute that was renamed is missing until a person maps it.
 *
 * @param sample decides where more than one whole pair of names is there, else the order of the languages
 */
export function recogniseAttributes(attributes: readonly Attribute[], sample: Sample = []): FieldRecognition {
  const texts = attributes.filter(isText);
  const keys = new Map(texts.map(({ name }) => [name.toUpperCase(), name]));
  const mapping: FieldMapping = {};
  const take = (field: PersonField, names: readonly string[]) => {
    const found = names.find((name) => keys.has(name));
    const key = found === undefined ? undefined : keys.get(found);
    if (key !== undefined) mapping[field] = key;
  };
  const pair = mostUsed(wholePairs(attributes), sample);
  take('firstName', pair ? [pair.firstName] : NAME_PAIRS.map(({ firstName }) => firstName));
  take('lastName', pair ? [pair.lastName] : NAME_PAIRS.map(({ lastName }) => lastName));
  take('salutation', SALUTATION_NAMES.salutation);
  take('letterSalutation', SALUTATION_NAMES.letterSalutation);
  return {
    fields: texts.map(({ name }) => ({ key: name, label: name })),
    mapping,
    missing: PERSON_FIELDS.filter((field) => mapping[field] === undefined),
  };
}

/** The pairs of name attributes that are there as a whole; with more than one a sample of contacts has to decide. */
export function wholePairs(attributes: readonly Attribute[]): readonly NamePair[] {
  const names = new Set(attributes.filter(isText).map(({ name }) => name.toUpperCase()));
  return [...NAME_PAIRS, OLD_NAME_PAIR].filter((pair) => names.has(pair.firstName) && names.has(pair.lastName));
}

function mostUsed(pairs: readonly NamePair[], sample: Sample): NamePair | undefined {
  const uses = (pair: NamePair) =>
    sample.filter((values) => toText(values[pair.firstName]) !== '' || toText(values[pair.lastName]) !== '').length;
  return pairs.toSorted((one, other) => uses(other) - uses(one))[0];
}

function isText({ name, category, type }: Attribute): boolean {
  return category === 'normal' && type === 'text' && !IDENTIFIER_NAMES.has(name.toUpperCase());
}

/**
 * The name of the attribute to be created for a person field: the other half of a pair that is there, else the one of our
 * language; numbered where it is taken.
 *
 * @param taken names of all attributes, in capital letters
 */
export function newAttributeName(field: PersonField, language: FieldLanguage, taken: ReadonlySet<string>): string {
  const wanted = otherHalf(field, taken) ?? NEW_ATTRIBUTES[language][field];
  let name = wanted;
  for (let number = 2; taken.has(name); number += 1) name = `${wanted}${number}`;
  return name;
}

function otherHalf(field: PersonField, taken: ReadonlySet<string>): string | undefined {
  if (field === 'firstName') return NAME_PAIRS.find(({ lastName }) => taken.has(lastName))?.firstName;
  if (field === 'lastName') return NAME_PAIRS.find(({ firstName }) => taken.has(firstName))?.lastName;
  return undefined;
}

/**
 * The `attributes` of a write. Fields without a mapping are left out.
 *
 * @param empties `clear` sends empty texts, which empty the attribute; `leave-out` sends only what is known (M9)
 */
export function toAttributes(
  fields: Partial<PersonFields>,
  mapping: FieldMapping,
  empties: 'clear' | 'leave-out',
): Record<string, string> {
  const attributes: Record<string, string> = {};
  for (const field of PERSON_FIELDS) {
    const key = mapping[field];
    const value = fields[field];
    if (key === undefined || value === undefined || (value === '' && empties === 'leave-out')) continue;
    attributes[key] = cutText(value, BREVO_LIMITS.textFieldBytes);
  }
  return attributes;
}

/** The person fields in the `attributes` of an answer; empty where nothing is mapped or the attribute holds no text. */
export function fromAttributes(attributes: Readonly<Record<string, unknown>>, mapping: FieldMapping): PersonFields {
  const read = (field: PersonField) => {
    const key = mapping[field];
    return key === undefined ? '' : toText(attributes[key]);
  };
  return {
    salutation: read('salutation'),
    letterSalutation: read('letterSalutation'),
    firstName: read('firstName'),
    lastName: read('lastName'),
  };
}

function toText(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
