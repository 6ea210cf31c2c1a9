import { z } from 'zod';

/** A whole number that onOffice sends as a number or as text. */
const WholeNumber = z.union([
  z.number().int(),
  z
    .string()
    .regex(/^-?\d+$/)
    .transform(Number),
]);

/** Top-level status; `code` is 200, 400 or 500 where it is sent. */
const RequestStatus = z.object({
  code: WholeNumber.nullish().catch(undefined),
  errorcode: WholeNumber.nullish().transform((number) => number ?? 0),
  message: z
    .string()
    .nullish()
    .catch('')
    .transform((text) => text ?? ''),
});

/** Status of one action. Without a readable number it says nothing, so there the whole answer is refused. */
const ActionStatus = z.object({
  errorcode: WholeNumber,
  message: z
    .string()
    .nullish()
    .catch('')
    .transform((text) => text ?? ''),
});

const ActionAnswer = z.object({
  identifier: z.unknown().optional(),
  data: z.unknown().optional(),
  status: ActionStatus,
});

/** The body of every answer; `response` is missing when the request was refused as a whole. */
export const Envelope = z.object({
  status: RequestStatus,
  response: z
    .object({ results: z.array(ActionAnswer).nullish() })
    .nullish()
    // PHP sends an empty object as [].
    .or(z.array(z.never()).transform(() => undefined)),
});
export type Envelope = z.infer<typeof Envelope>;

/** One record; `elements` is an object, `[]` when empty, or a list (rights check). */
const OnOfficeRecord = z.object({
  id: z
    .union([z.string(), z.number()])
    .nullish()
    .transform((id) => (id === null || id === undefined ? '' : String(id).trim())),
  elements: z.unknown().optional(),
});
export type OnOfficeRecord = z.infer<typeof OnOfficeRecord>;

/** What an action that succeeded delivers. `total` counts all that match and may be read; undefined where none is given. */
export const ActionData = z
  .object({
    meta: z.unknown().optional(),
    // Nothing but a list is taken for one: a null here must never look like a customer without contacts.
    records: z.array(OnOfficeRecord),
  })
  .transform(({ meta, records }) => ({ total: parseTotal(meta), records }));
export type ActionData = z.infer<typeof ActionData>;

const Meta = z.object({ cntabsolute: WholeNumber });

function parseTotal(meta: unknown): number | undefined {
  const parsed = Meta.safeParse(meta);
  return parsed.success ? parsed.data.cntabsolute : undefined;
}

/** Fields of a record by name; an empty list is an empty object. */
export function parseElements(elements: unknown): Readonly<Record<string, unknown>> {
  const parsed = z.record(z.string(), z.unknown()).safeParse(elements);
  return parsed.success ? parsed.data : {};
}

/** A list of ids, as the rights check answers it. */
export function parseIdList(elements: unknown): readonly string[] {
  const parsed = z.array(z.union([z.string(), z.number()])).safeParse(elements);
  return parsed.success ? parsed.data.map(String) : [];
}

/** A value that a select field permits. */
export type PermittedValue = { key: string; label: string };

const PermittedValues = z.union([
  z
    .array(z.union([z.string(), z.number()]))
    .transform((keys) => keys.map((key) => ({ key: `${key}`, label: `${key}` }))),
  z
    .record(z.string(), z.union([z.string(), z.number()]))
    .transform((labels) => Object.entries(labels).map(([key, label]) => ({ key, label: cleanText(label) || key }))),
]);

const Field = z.object({ permittedvalues: PermittedValues.nullish().catch(null) });

/** Permitted values by field name, from one module's elements of the field list; entries that are no fields are left out. */
export function parseFields(elements: unknown): ReadonlyMap<string, readonly PermittedValue[]> {
  const fields = new Map<string, readonly PermittedValue[]>();
  for (const [name, value] of Object.entries(parseElements(elements))) {
    const field = Field.safeParse(value);
    if (field.success) fields.set(name, field.data.permittedvalues ?? []);
  }
  return fields;
}

/** Text of a value that may come as text, number, boolean or null; NUL characters and surrounding spaces are dropped. */
export function cleanText(value: unknown): string {
  if (value === true) return '1';
  if (value === false) return '0';
  if (typeof value !== 'string' && typeof value !== 'number') return '';
  return String(value).replaceAll('\0', '').trim();
}

/** Keys of a multiselect: `|a||b|`, a list, null or nothing; sorted, each once. */
export function parseMultiselect(value: unknown): readonly string[] {
  const parts: readonly unknown[] = Array.isArray(value) ? value : cleanText(value).split('|');
  return [...new Set(parts.map(cleanText).filter((key) => key !== ''))].sort();
}

/** A yes/no field: 1, "1", true. */
export function parseFlag(value: unknown): boolean {
  const text = cleanText(value).toLowerCase();
  return text === '1' || text === 'true';
}
