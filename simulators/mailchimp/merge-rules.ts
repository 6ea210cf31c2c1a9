import type { AddressValue, Audience, MergeField, MergeValue } from './entities.ts';
import type { FieldError } from './problem.ts';

/** Longest text value in bytes (fact sheet 2.3). */
const MAX_TEXT_BYTES = 255;

/** Merge values by merge id, or what is wrong with them. */
export type MergeReading = { values: Record<number, MergeValue>; errors: FieldError[] };

/**
 * Reads `merge_fields`. Unknown keys are ignored, texts are cut at 255 bytes, `""` clears.
 *
 * @param known values the member has already: a required field that is filled may be absent from the call
 * @param skipRequired `skip_merge_validation=true`
 */
export function readMergeFields(
  list: Audience,
  given: Readonly<Record<string, unknown>>,
  known: Readonly<Record<number, MergeValue>>,
  skipRequired: boolean,
): MergeReading {
  const values: Record<number, MergeValue> = {};
  const errors: FieldError[] = [];
  for (const field of list.mergeFields) {
    const raw = given[field.tag];
    if (raw !== undefined && raw !== null) {
      const read = readMergeValue(field, raw);
      if (typeof read === 'object' && 'message' in read) {
        errors.push({ field: field.tag, message: read.message });
        continue;
      }
      values[field.mergeId] = read;
    }
    const effective = values[field.mergeId] ?? known[field.mergeId] ?? '';
    if (field.required && !skipRequired && effective === '')
      errors.push({ field: field.tag, message: 'Please enter a value' });
  }
  return { values, errors };
}

function readMergeValue(field: MergeField, raw: unknown): MergeValue | { message: string } {
  if (raw === '') return '';
  if (field.type === 'address') return readAddress(raw);
  if (typeof raw === 'object') return { message: 'This value should not be an array or object' };
  const text = String(raw);
  switch (field.type) {
    case 'number': {
      const value = Number(text.trim());
      return Number.isFinite(value) ? value : { message: 'Please enter a number' };
    }
    case 'dropdown':
    case 'radio':
      return field.choices.includes(text)
        ? text
        : { message: `Value must be one of: ${field.choices.join(', ')} (not ${text})` };
    case 'zip':
      return /^\d{5}$/.test(text) ? text : { message: 'Please enter a zip code (5 digits)' };
    case 'birthday':
      return /^(0?[1-9]|1[0-2])\/(0?[1-9]|[12]\d|3[01])$/.test(text)
        ? text
        : { message: 'Please enter a month and day' };
    case 'date':
      return readDate(text);
    case 'text':
    case 'phone':
    case 'url':
    case 'imageurl':
      return cutToBytes(text, MAX_TEXT_BYTES);
  }
}

function readDate(text: string): MergeValue | { message: string } {
  const american = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text);
  const iso = american
    ? `${american[3]}-${(american[1] ?? '').padStart(2, '0')}-${(american[2] ?? '').padStart(2, '0')}`
    : text.slice(0, 10);
  return /^\d{4}-\d{2}-\d{2}$/.test(iso) && !Number.isNaN(Date.parse(iso)) ? iso : { message: 'Please enter the date' };
}

function readAddress(raw: unknown): AddressValue | { message: string } {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw))
    return { message: 'Please enter a complete address' };
  const parts: Record<string, unknown> = { ...raw };
  const part = (name: string): string => (typeof parts[name] === 'string' ? parts[name] : '');
  if (!['addr1', 'city', 'state', 'zip'].every((name) => typeof parts[name] === 'string'))
    return { message: 'Please enter a complete address' };
  return {
    addr1: part('addr1'),
    addr2: part('addr2'),
    city: part('city'),
    state: part('state'),
    zip: part('zip'),
    country: part('country') || 'US',
  };
}

function cutToBytes(text: string, limit: number): string {
  if (text.length * 3 <= limit || Buffer.byteLength(text) <= limit) return text;
  let cut = '';
  let bytes = 0;
  for (const character of text) {
    bytes += Buffer.byteLength(character);
    if (bytes > limit) break;
    cut += character;
  }
  return cut;
}
