import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const NAME = 'alive';

/** When the installation was last alive by the word of its data folder, in ms; undefined where it does not say (F9). */
export function readAliveFile(folder: string): number | undefined {
  try {
    const at = Date.parse(readFileSync(join(folder, NAME), 'utf8').trim());
    return Number.isNaN(at) ? undefined : at;
  } catch {
    return undefined;
  }
}

/** Keeps in the data folder that the installation is alive. Several processes may do so at once. */
export function writeAliveFile(folder: string, now: number): void {
  const path = join(folder, NAME);
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, `${new Date(now).toISOString()}\n`, { mode: 0o600 });
  renameSync(draft, path);
}
