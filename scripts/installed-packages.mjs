import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Whether node_modules holds exactly what package-lock.json asks for. npm notes what it installed in
 * node_modules/.package-lock.json as the last step of an installation, so an interrupted one counts as not installed.
 * Optional packages may be absent: most are binaries for other platforms.
 *
 * @param {string} root folder of package-lock.json
 * @returns {boolean}
 */
export function packagesAreInstalled(root) {
  const wanted = readPackages(join(root, 'package-lock.json'));
  const installed = readPackages(join(root, 'node_modules', '.package-lock.json'));
  if (wanted === undefined || installed === undefined) return false;
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '') return true;
    const there = installed[path];
    if (there === undefined) return entry.optional === true;
    return there.version === entry.version && there.integrity === entry.integrity;
  });
}

function readPackages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return undefined;
  }
}
