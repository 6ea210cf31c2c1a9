/** Any JSON value as text, without ever throwing: scalars as they are, nothing as empty text, the rest as JSON. */
export function scalarText(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
