import { randomBytes } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What an installation keeps for itself in its data folder, readable by its user alone. */
export type LocalKeys = {
  /** 32 bytes that seal secrets and key the hashes of the consent record */
  masterKey: Buffer;
  /** names this installation in its webhooks' path (F9): 16 hex digits */
  installationId: string;
};

/**
 * Reads the installation's keys or makes them at first start.
 *
 * @param given from the environment, as hex digits; what is given is not kept in the folder
 * @throws Error when a file of the folder does not hold what it should
 */
export function readLocalKeys(
  folder: string,
  given: { masterKey: string | undefined; installationId: string | undefined },
): LocalKeys {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return {
    masterKey: Buffer.from(given.masterKey ?? readOrMake(join(folder, 'master.key'), 32), 'hex'),
    installationId: given.installationId ?? readOrMake(join(folder, 'installation.id'), 8),
  };
}

/**
 * Reads what there is of the keys and makes nothing, for a backup and a restore.
 *
 * @throws Error when a file of the folder does not hold what it should
 */
export function readKeysThatAreThere(
  folder: string,
  given: { masterKey: string | undefined; installationId: string | undefined },
): { masterKey: string | undefined; installationId: string | undefined } {
  const readIfThere = (name: string, bytes: number) =>
    existsSync(join(folder, name)) ? readOrMake(join(folder, name), bytes) : undefined;
  return {
    masterKey: given.masterKey ?? readIfThere('master.key', 32),
    installationId: given.installationId ?? readIfThere('installation.id', 8),
  };
}

/** Puts keys of a backup into a folder that has none; what is there stays. */
export function keepKeys(folder: string, keys: { masterKey: string | undefined; installationId: string }): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const write = (name: string, text: string) => {
    if (!existsSync(join(folder, name))) writeFileSync(join(folder, name), text, { mode: 0o600, flag: 'wx' });
  };
  if (keys.masterKey !== undefined) write('master.key', keys.masterKey);
  write('installation.id', keys.installationId);
}

/** Several processes may start on one new folder: whoever is first makes the file, and nobody ever sees half of one. */
function readOrMake(path: string, bytes: number): string {
  if (!existsSync(path)) {
    const draft = `${path}.${randomBytes(8).toString('hex')}`;
    writeFileSync(draft, randomBytes(bytes).toString('hex'), { mode: 0o600, flag: 'wx' });
    try {
      linkSync(draft, path);
    } catch (error) {
      // Not every file system has links; there the last one wins.
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) renameSync(draft, path);
    } finally {
      rmSync(draft, { force: true });
    }
  }
  const text = readFileSync(path, 'utf8').trim();
  if (!/^[0-9a-f]+$/i.test(text) || text.length !== bytes * 2) {
    throw new Error(`The file ${path} must hold ${bytes * 2} hex digits: put the right one back from a backup`);
  }
  return text;
}
