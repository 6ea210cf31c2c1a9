import { parseArgs } from 'node:util';
import { type Config, readConfig } from '../../config.ts';
import { keyCheckOf } from '../../db/backup/backup-format.ts';
import { type CheckedBackup, checkBackup, partsOfBackup } from '../../db/backup/read-backup.ts';
import { restoreBackup, restoreObstacle } from '../../db/backup/restore-backup.ts';
import { type Database, openPglite, openPostgres } from '../../db/database.ts';
import { migrate } from '../../db/migrate.ts';
import { lockDatabase } from '../../db/process-lock.ts';
import { createSecretBox } from '../../db/secret-box.ts';
import { keepKeys, readKeysThatAreThere } from '../../local-keys.ts';
import { programMigrations } from '../../start.ts';
import { readBackupFile } from '../backup-file.ts';
import { type Command, CommandError } from '../command.ts';

/** Puts a backup back. */
export const restore: Command = {
  usage: '<file> [--replace]',
  doc: [
    'Puts a backup into the data folder (DATA_FOLDER) or the database (DATABASE_URL). No server may run on it.',
    'It takes the master key that the backup was made with: as MASTER_KEY, as master.key in the data folder, or in the file.',
    '--replace takes the place of what is stored there; without it only an empty one is filled.',
    'After the next start every connection reads both sides first and asks before it writes anything: people may have',
    'left since the backup was made.',
  ].join('\n'),
  async run(words, environment) {
    const { values, positionals } = parseArgs({
      args: [...words],
      options: { replace: { type: 'boolean' } },
      allowPositionals: true,
    });
    const [file, more] = positionals;
    if (file === undefined || more !== undefined) throw new CommandError('Name one file: restore <file>.');
    const config = readConfig(environment);
    const backup = await checkBackup(readBackupFile(file));
    const local = readKeysThatAreThere(config.dataFolder, config);
    assertKeyFits(backup, local.masterKey, config);
    const opened = await openAlone(config);
    try {
      const migrations = programMigrations();
      const obstacle = await restoreObstacle(opened.database, migrations, backup.header, {
        replace: values.replace ?? false,
      });
      if (obstacle) throw new CommandError(OBSTACLES[obstacle.kind]);
      // Before the rows: a start without them would make other keys, which open nothing.
      keepKeys(config.dataFolder, {
        masterKey: local.masterKey === undefined ? backup.masterKey : undefined,
        installationId: local.installationId ?? backup.header.installationId,
      });
      const parts = partsOfBackup(readBackupFile(file));
      await restoreBackup(opened.database, migrations, { header: backup.header, parts }, Date.now());
      await migrate(opened.database, migrations);
    } finally {
      await opened.close();
    }
    console.log(`Restored: ${backup.rows} rows as of ${backup.header.createdAt}`);
    if (local.installationId !== undefined && local.installationId !== backup.header.installationId) {
      console.log('It is the backup of another installation: each connection waits until you take its audience over.');
    }
    console.log('Start the server now. Each connection reads both sides and asks before its first write.');
    return 0;
  },
};

const OBSTACLES = {
  'not-empty': 'There is something stored already: restore into an empty folder or database, or say --replace.',
  newer: 'The backup or the database is of a newer version of the program: restore it with that version.',
} as const;

function assertKeyFits({ header, masterKey }: CheckedBackup, local: string | undefined, config: Config): void {
  const key = local ?? masterKey;
  if (key === undefined) {
    throw new CommandError(
      `The master key is missing. Put the master.key of that installation into "${config.dataFolder}", or set MASTER_KEY.`,
    );
  }
  if (keyCheckOf(createSecretBox(Buffer.from(key, 'hex')).hash, header) === header.keyCheck) return;
  throw new CommandError(
    local === undefined
      ? 'The master key in the backup is not the one that it was made with: use another backup.'
      : 'The backup was made with another master key than MASTER_KEY or master.key: put the right one there first.',
  );
}

/** Opens the database while nobody else has it. */
async function openAlone(config: Config): Promise<{ database: Database; close(): Promise<void> }> {
  const { databaseUrl } = config;
  if (databaseUrl === undefined) {
    const database = await openPglite(config.dataFolder);
    return { database, close: () => database.close() };
  }
  const lock = await lockDatabase(databaseUrl, 'alone');
  if (!lock) throw new CommandError('A server runs on this database: stop all of its processes first.');
  const database = openPostgres(databaseUrl);
  return {
    database,
    close: async () => {
      await database.close();
      await lock.release();
    },
  };
}
