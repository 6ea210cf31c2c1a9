import { type RawBuilder, sql } from 'kysely';

/** Rows as one JSON parameter for `json_to_recordset`: one statement for a whole chunk on both databases. */
export function jsonRows(rows: readonly object[]): RawBuilder<unknown> {
  return sql`${JSON.stringify(rows)}::json`;
}

/** A list of texts as one parameter for `= any(…)`. */
export function textArray(values: readonly string[]): RawBuilder<unknown> {
  return sql`array(select json_array_elements_text(${JSON.stringify(values)}::json))`;
}
