/** Most rows of one transaction. */
const CHUNK_SIZE = 500;

/** Cuts rows into those of one transaction each. */
export function chunksOf<T>(rows: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(rows.length / CHUNK_SIZE) }, (_, index) =>
    rows.slice(index * CHUNK_SIZE, (index + 1) * CHUNK_SIZE),
  );
}
