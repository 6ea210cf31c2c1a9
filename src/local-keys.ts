import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What an installation keeps for itself in its data folder, readable by its user alone. */
export type LocalKeys = {
  /** 32 bytes that seal secrets and key the hashes of the consent record */
  masterKey: Buffer;
  /** names this installation in its webhooks' path (F9) */
  installationId: string;
};

/**
 * Reads the installation's keys or makes them at first start.
 *
 * @param masterKeyHex from the environment; then none is kept in the folder
 */
export function readLocalKeys(folder: string, masterKeyHex: string | undefined): LocalKeys {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const masterKey = masterKeyHex ?? readOrMake(join(folder, 'master.key'), () => randomBytes(32).toString('hex'));
  return {
    masterKey: Buffer.from(masterKey, 'hex'),
    installationId: readOrMake(join(folder, 'installation.id'), () => randomBytes(8).toString('hex')),
  };
}

function readOrMake(path: string, make: () => string): string {
  if (!existsSync(path)) writeFileSync(path, make(), { mode: 0o600, flag: 'wx' });
  return readFileSync(path, 'utf8').trim();
}
