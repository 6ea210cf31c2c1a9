import { PERSON_FIELDS, type PersonField, type PersonFields } from '../../core/contact.ts';
import type { FieldMapping, FieldRecognition } from '../../core/mailing-provider.ts';
import { FIELD_NAMES, FIELD_TAGS, type FieldLanguage, foldName, NEW_FIELDS } from './field-names.ts';
import { MAILCHIMP_LIMITS } from './limits.ts';
import type { MergeField } from './schema.ts';

/**
 * Recognises which merge fields carry which person field (M5), first by tag, then by name in any language. Only text fields
 * are recognised: a list with choices would refuse the whole member over one unknown choice.
 *
 * @returns all fields that a person may map by hand, what was recognised and what is missing
 */
export function recogniseMergeFields(mergeFields: readonly MergeField[]): FieldRecognition {
  const texts = mergeFields.filter(({ type }) => type === 'text');
  const mapping: FieldMapping = {};
  const taken = new Set<string>();
  const take = (field: PersonField, found: MergeField | undefined) => {
    if (!found || mapping[field] !== undefined) return;
    mapping[field] = found.tag;
    taken.add(found.tag);
  };
  for (const field of PERSON_FIELDS)
    for (const tag of FIELD_TAGS[field])
      take(
        field,
        texts.find((one) => one.tag.toUpperCase() === tag && !taken.has(one.tag)),
      );
  for (const field of PERSON_FIELDS) {
    const names = new Set(FIELD_NAMES[field].map(foldName));
    take(
      field,
      texts.find((one) => names.has(foldName(one.name)) && !taken.has(one.tag)),
    );
  }
  return {
    fields: texts.map(({ tag, name }) => ({ key: tag, label: name || tag })),
    mapping,
    missing: PERSON_FIELDS.filter((field) => mapping[field] === undefined),
  };
}

/** The body that creates the merge field for a person field, under a tag that is still free. */
export function newMergeField(
  field: PersonField,
  language: FieldLanguage,
  takenTags: readonly string[],
): { tag: string; name: string; type: 'text'; public: false; required: false } {
  const wanted = NEW_FIELDS[language][field];
  const taken = new Set(takenTags.map((tag) => tag.toUpperCase()));
  let tag = wanted.tag;
  for (let number = 2; taken.has(tag); number += 1)
    tag = wanted.tag.slice(0, MAILCHIMP_LIMITS.mergeTagLength - String(number).length) + number;
  return { tag, name: wanted.name, type: 'text', public: false, required: false };
}

/**
 * The `merge_fields` of a write. Fields without a mapping are left out.
 *
 * @param empties `clear` sends empty texts, which empty the field; `leave-out` sends only what is known (M9)
 */
export function toMergeFields(
  fields: Partial<PersonFields>,
  mapping: FieldMapping,
  empties: 'clear' | 'leave-out',
): Record<string, string> {
  const merge: Record<string, string> = {};
  for (const field of PERSON_FIELDS) {
    const key = mapping[field];
    const value = fields[field];
    if (key === undefined || value === undefined || (value === '' && empties === 'leave-out')) continue;
    merge[key] = fitTextField(value);
  }
  return merge;
}

/** The person fields in the `merge_fields` of an answer; empty where nothing is mapped or the field holds no text. */
export function fromMergeFields(merge: Readonly<Record<string, unknown>>, mapping: FieldMapping): PersonFields {
  const read = (field: PersonField) => {
    const key = mapping[field];
    const value = key === undefined ? undefined : merge[key];
    return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  };
  return {
    salutation: read('salutation'),
    letterSalutation: read('letterSalutation'),
    firstName: read('firstName'),
    lastName: read('lastName'),
  };
}

const characters = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Cuts a text at 255 bytes of UTF-8, as Mailchimp does, but between two characters as people see them. */
export function fitTextField(value: string): string {
  if (Buffer.byteLength(value) <= MAILCHIMP_LIMITS.textFieldBytes) return value;
  let fitted = '';
  let bytes = 0;
  for (const { segment } of characters.segment(value)) {
    bytes += Buffer.byteLength(segment);
    if (bytes > MAILCHIMP_LIMITS.textFieldBytes) break;
    fitted += segment;
  }
  return fitted;
}
