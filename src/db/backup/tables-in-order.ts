/** That rows of one table point to rows of another. */
export type Reference = { from: string; to: string };

/**
 * Puts tables in an order in which each comes after those that it points to, so that rows can be stored one after the other.
 * A table that points to itself, or to one that is not there, stands in nobody's way.
 *
 * @throws Error when tables point to each other in a circle
 */
export function tablesInOrder(tables: readonly string[], references: readonly Reference[]): string[] {
  const ordered: string[] = [];
  const left = new Set([...tables].sort());
  while (left.size > 0) {
    const free = [...left].filter((table) =>
      references.every(({ from, to }) => from !== table || to === table || !left.has(to)),
    );
    if (free.length === 0) throw new Error(`Tables point to each other in a circle: ${[...left].join(', ')}`);
    for (const table of free) left.delete(table);
    ordered.push(...free);
  }
  return ordered;
}
