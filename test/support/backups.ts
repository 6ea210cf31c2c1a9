import type { BackupAbout } from '../../src/db/backup/backup-format.ts';
import { checkBackup, partsOfBackup } from '../../src/db/backup/read-backup.ts';
import { restoreBackup } from '../../src/db/backup/restore-backup.ts';
import { writeBackup } from '../../src/db/backup/write-backup.ts';
import type { Database } from '../../src/db/database.ts';
import { settleStart } from '../../src/jobs/settle-start.ts';
import { MIGRATIONS } from './backends.ts';

export const ABOUT: BackupAbout = {
  createdAt: '2026-03-01T08:00:00.000Z',
  program: '1.2.3',
  installationId: 'aaaaaaaaaaaaaaaa',
  keyCheck: 'check',
};

/** The lines of a backup of everything that a database holds. */
export async function backupOf(database: Database): Promise<string[]> {
  const texts: string[] = [];
  for await (const text of writeBackup(database, MIGRATIONS, ABOUT)) texts.push(text);
  return texts.join('').trimEnd().split('\n');
}

/** Puts a backup in place of what a database holds, as the command does. */
export async function restoreInto(database: Database, lines: readonly string[], now: number): Promise<void> {
  const { header } = await checkBackup(each(lines));
  await restoreBackup(database, MIGRATIONS, { header, parts: partsOfBackup(each(lines)) }, now);
}

/** What the next start of a server does with a database that was restored: everybody goes back. */
export async function startAfterRestore(database: Database, now: number): Promise<void> {
  await settleStart(database, { installationId: ABOUT.installationId, place: '', folderAliveAt: undefined, now });
}

export async function* each(lines: readonly string[]): AsyncGenerator<string> {
  yield* lines;
}
