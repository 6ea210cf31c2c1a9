/** One line of a table: what, its figure, and the target or the lower bound beside it. */
export type TableLine = readonly [what: string, measured: string, note: string];

/** A table as text, its columns aligned. */
export function renderTable(title: string, lines: readonly TableLine[]): string {
  const [whatWidth = 0, measuredWidth = 0] = [0, 1].map((column) =>
    Math.max(...lines.map((line) => line[column]?.length ?? 0)),
  );
  const body = lines.map(([what, measured, note]) =>
    `${what.padEnd(whatWidth)}  ${measured.padStart(measuredWidth)}  ${note}`.trimEnd(),
  );
  return [title, ...body].join('\n');
}

export const count = (value: number): string => Math.round(value).toLocaleString('en');
export const seconds = (ms: number): string => `${(ms / 1000).toLocaleString('en', { maximumFractionDigits: 1 })} s`;
