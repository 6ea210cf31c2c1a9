import { createHash } from 'node:crypto';
import { z } from 'zod';

/** First word of every backup. */
const FORMAT = 'newsletter-connector backup';

/**
 * A backup is lines of JSON: the header; for each table a line that names it and then its rows, one a line, parents before
 * children; the sequences; the end with a checksum of all lines before it; and, where it was asked for, the master key.
 */
export const BackupHeader = z.object({
  format: z.literal(FORMAT),
  version: z.literal(1),
  /** instant as ISO 8601 in UTC of which everything in it is */
  createdAt: z.iso.datetime(),
  program: z.string(),
  installationId: z.string(),
  /** shows whether a master key is the one that sealed the secrets; tells nothing about it */
  keyCheck: z.string(),
  /** names of the migrations that made the tables, in their order */
  migrations: z.array(z.string()),
});
export type BackupHeader = z.output<typeof BackupHeader>;

/** What the caller of a backup knows. */
export type BackupAbout = Pick<BackupHeader, 'createdAt' | 'program' | 'installationId' | 'keyCheck'>;

export const TableLine = z.strictObject({ table: z.string() });
export const SequencesLine = z.strictObject({ sequences: z.record(z.string(), z.number().int()) });
export const EndLine = z.strictObject({ end: z.strictObject({ rows: z.number().int(), sha256: z.string() }) });
export const KeyLine = z.strictObject({ masterKey: z.string().regex(/^[0-9a-f]{64}$/i) });

/** What is not worth keeping: what the restore makes itself, and sessions, which must not come back to life. */
export const LEFT_OUT: ReadonlySet<string> = new Set(['schema_migrations', 'sessions']);

export function headerOf(about: BackupAbout, migrations: readonly string[]): BackupHeader {
  return { format: FORMAT, version: 1, ...about, migrations: [...migrations] };
}

/** Sums up lines as they go by, one or several at once, without the line feed behind the last. */
export function createChecksum(): { add(lines: string): void; sum(): string } {
  const hash = createHash('sha256');
  return { add: (lines) => void hash.update(`${lines}\n`), sum: () => hash.copy().digest('hex') };
}

/**
 * A keyed hash that two holders of the same master key agree on.
 *
 * @param hash the secret box's
 */
export function keyCheckOf(
  hash: (purpose: string, value: string) => string,
  about: Pick<BackupHeader, 'createdAt' | 'installationId'>,
): string {
  return hash('backup', `${about.installationId} ${about.createdAt}`);
}
