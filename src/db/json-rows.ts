import { type RawBuilder, sql } from 'kysely';

/** A text as the database can hold it: without NUL and without halves of characters, which it refuses with the whole chunk. */
export function storable(text: string): string {
  return text.replaceAll('\0', '').toWellFormed();
}

/** A value as one parameter for a column of type jsonb, each text in it made storable. */
export function jsonb(value: object): RawBuilder<unknown> {
  return sql`${storableJson(value)}::jsonb`;
}

/** Rows as one JSON parameter for `json_to_recordset`: one statement for a whole chunk on both databases. */
export function jsonRows(rows: readonly object[]): RawBuilder<unknown> {
  return sql`${storableJson(rows)}::json`;
}

/** A list of texts as one parameter for `= any(…)`. */
export function textArray(values: readonly string[]): RawBuilder<unknown> {
  return sql`array(select json_array_elements_text(${storableJson(values)}::json))`;
}

function storableJson(value: object): string {
  const json = JSON.stringify(value);
  // Looking for what is hardly ever there is cheaper than visiting every text.
  if (!/\\u(?:0000|d[89a-f])/.test(json)) return json;
  return JSON.stringify(value, (_, inner: unknown) => (typeof inner === 'string' ? storable(inner) : inner));
}
