import { parseArgs } from 'node:util';
import { readConfig } from '../../config.ts';
import { keyCheckOf } from '../../db/backup/backup-format.ts';
import { checkBackup } from '../../db/backup/read-backup.ts';
import { createSecretBox } from '../../db/secret-box.ts';
import { readKeysThatAreThere } from '../../local-keys.ts';
import { downloadFile, findServer } from '../api-client.ts';
import { linesOf, readBackupFile, writeBackupFile } from '../backup-file.ts';
import { type Command, CommandError } from '../command.ts';

/** Writes a backup of the running server. */
export const backup: Command = {
  usage: '<file> [--with-key]',
  doc: [
    'Writes a backup of everything that the running server has stored, as it is at one instant.',
    'The file is compressed, carries a checksum and is readable by its owner alone. It can be restored into the embedded',
    'database as well as into PostgreSQL.',
    'Keys are in it sealed: to restore it takes the same master.key or MASTER_KEY, which is not in the file.',
    '--with-key puts the master key into the file. Whoever has the file then has everything: keep it like the key itself.',
  ].join('\n'),
  async run(words, environment) {
    const { values, positionals } = parseArgs({
      args: [...words],
      options: { 'with-key': { type: 'boolean' } },
      allowPositionals: true,
    });
    const [file, more] = positionals;
    if (file === undefined || more !== undefined) throw new CommandError('Name one file: backup <file>.');
    const config = readConfig(environment);
    const server = findServer(config.dataFolder);
    const masterKey = values['with-key'] ? readKeysThatAreThere(config.dataFolder, config).masterKey : undefined;
    if (values['with-key'] && masterKey === undefined) {
      throw new CommandError(`There is no master key in "${config.dataFolder}": set MASTER_KEY as for the server.`);
    }
    await writeBackupFile(file, () => withKey(server, masterKey));
    // What was written is read again, so that nobody finds out at the restore.
    const { header, rows } = await checkBackup(readBackupFile(file));
    console.log(`Backup written: ${file}, ${rows} rows as of ${header.createdAt}`);
    if (masterKey !== undefined) {
      const { createdAt, installationId, keyCheck } = header;
      const isRight = keyCheckOf(createSecretBox(Buffer.from(masterKey, 'hex')).hash, { createdAt, installationId });
      if (isRight !== keyCheck) {
        throw new CommandError(
          'The key in the file is not the one that the server runs with: set the same MASTER_KEY.',
        );
      }
      console.log('WARNING: the master key is in the file. Whoever has it can read all keys and all people in it.');
    } else {
      console.log('The master key is not in it: keep master.key (or MASTER_KEY) in another safe place.');
    }
    return 0;
  },
};

async function* withKey(
  server: Parameters<typeof downloadFile>[0],
  masterKey: string | undefined,
): AsyncGenerator<string> {
  yield* linesOf(downloadFile(server, '/api/backup'));
  if (masterKey !== undefined) yield JSON.stringify({ masterKey });
}
